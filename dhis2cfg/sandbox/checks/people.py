"""Who may make, change and equip accounts and roles (E3003, E3005, E3032, E7617)."""

from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item
from dhis2cfg.sandbox.checks.problem import Problem
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.store.session import Body

_USER, _ROLE = "org.hisp.dhis.user.User", "org.hisp.dhis.user.UserRole"
_GROUP, _UNIT = "org.hisp.dhis.user.UserGroup", "org.hisp.dhis.organisationunit.OrganisationUnit"
_UNITS = ("organisationUnits", "dataViewOrganisationUnits", "teiSearchOrganisationUnits")


def check_person(bundle: Bundle, type_name: str, item: Item) -> Iterator[Problem]:
    """What somebody without all rights is refused for in an account or a role."""
    if type_name == "userRoles":
        yield from _role(bundle, item)
    elif type_name == "users":
        yield from _account(bundle, item)


def _role(bundle: Bundle, item: Item) -> Iterator[Problem]:
    for body in (item.body, item.before or {}):
        if "ALL" in (body.get("authorities") or ()):
            yield _refused(
                "E3032", f"User `{bundle.person.username}` does not have access to user role", _ROLE
            )


def _account(bundle: Bundle, item: Item) -> Iterator[Problem]:
    name = bundle.person.username
    mine = bundle.session.get("users", bundle.person.uid) or {}
    held = {role["id"] for role in mine.get("userRoles", ())}
    for role in _known(bundle, "userRoles", item.body.get("userRoles")):
        if role["id"] in held or not bundle.person.authorities.issuperset(role.get("authorities", ())):
            text = f"User `{name}` is not allowed to grant users access to user role `{role.get('name')}`"
            yield _refused("E3003", text, _ROLE, name, role.get("name"))
    yield from _groups(bundle, item)
    scope = {unit["id"] for unit in mine.get("organisationUnits", ())}
    for prop in _UNITS:
        for unit in _known(bundle, "organisationUnits", item.body.get(prop)):
            if not scope & set(str(unit.get("path") or "").split("/")):
                text = f"Organisation unit: `{unit['id']}` not in hierarchy of current user: `{name}`"
                yield _refused("E7617", text, _UNIT, unit["id"], name)


def _groups(bundle: Bundle, item: Item) -> Iterator[Problem]:
    """Who has neither right is refused before (E3000), so that E3004 is never met.

    Managers of a group count as little as nobody: the group in a call does not know who manages it.
    """
    if bundle.person.may("F_USER_ADD"):
        return
    name, kind = bundle.person.username, bundle.world.kind("userGroups")
    for group in _known(bundle, "userGroups", item.body.get("userGroups")):
        if not sharing.can_update(bundle.person, kind, group):
            text = f"User `{name}` is not allowed to grant users access to user group `{group.get('name')}`"
            yield _refused("E3005", text, _GROUP)


def _known(bundle: Bundle, type_name: str, rows: list[Body] | None) -> list[Body]:
    found = [bundle.session.get(type_name, str(row.get("id"))) for row in rows or ()]
    return [body for body in found if body is not None]


def _refused(code: str, text: str, klass: str, *properties: str | None) -> Problem:
    return Problem(code=code, message=text, klass=klass, properties=properties)
