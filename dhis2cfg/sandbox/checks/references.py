"""References that lead nowhere, or stand on the wrong side (E5002, E5006)."""

from collections.abc import Iterator, Mapping

from dhis2cfg.catalogue.types import MetadataType, Shape
from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part, label
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.rights.sharing import can_read
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.world.world import AUTHORS

_PLURAL = frozenset({"legendSets", "recipientUserGroups", "trackedEntityAttributes", "validationRules"})
"""Collections whose schema name is in the plural too."""


def check_references(bundle: Bundle, part: Part) -> Found:
    """Every reference that an owner writes, sharing and attribute values included."""
    for item in part.items:
        problems = [
            *_plain(bundle, part.kind, item.uid, item.body),
            *_attributes(bundle, part, item),
            *_sharing(bundle, part, item),
        ]
        if problems:
            yield item, problems


def _plain(bundle: Bundle, kind: MetadataType, uid: str, body: Body) -> Iterator[Problem]:
    for prop in kind.properties.values():
        value = body.get(prop.name)
        if (not value and value != {}) or not prop.owner or prop.name in AUTHORS:
            continue
        if prop.shape is Shape.CHILDREN and prop.target in bundle.world.catalogue.embedded:
            child_kind = bundle.world.kind(prop.target)
            for child in value if child_kind.klass and "id" in child_kind.properties else ():
                yield from _plain(bundle, child_kind, str(child.get("id") or "null"), child)
        elif (
            prop.shape in {Shape.REFERENCE, Shape.REFERENCES} and prop.target in bundle.world.catalogue.types
        ):
            for member in value if prop.shape is Shape.REFERENCES else (value,):
                found = member.get("id")
                association = prop.name if prop.shape is Shape.REFERENCE else member_name(prop.name)
                more = {"mainId": uid, "errorProperty": association}
                if found is not None and bundle.knows(prop.target, found):
                    target = (prop.target, found)
                    yield from _unreadable(bundle, kind, body, target, more)
                else:
                    holder = label(kind, body.get("name"), uid)
                    yield _nowhere(kind, holder, _named(bundle, prop.target, found), association, more)


def _unreadable(
    bundle: Bundle, kind: MetadataType, body: Body, target: tuple[str, str], more: Mapping[str, str]
) -> Iterator[Problem]:
    """What the caller may not see he may not refer to (E5008, facts §1.6)."""
    stored = bundle.session.get(*target)
    target_kind = bundle.world.kind(target[0])
    if stored is None or can_read(bundle.person, target_kind, stored):
        return
    named, holder = label(target_kind, None, target[1]), label(kind, body.get("name"), more["mainId"])
    association = more["errorProperty"]
    yield Problem(
        code="E5008",
        message=(
            f"READ access is required for reference {named} on object {holder} "
            f"for association `{association}`"
        ),
        klass=kind.klass,
        properties=(named, holder, association),
        more=more,
    )


def member_name(collection: str) -> str:
    """What a schema calls a property whose JSON key is this collection."""
    if collection in _PLURAL:
        return collection
    return f"{collection[:-3]}y" if collection.endswith("ies") else collection[:-1]


def _attributes(bundle: Bundle, part: Part, item: Item) -> Iterator[Problem]:
    for row in item.body.get("attributeValues") or []:
        uid = row["attribute"]["id"]
        if not bundle.knows("attributes", uid):
            named = uid if bundle.world.release >= (2, 42) else _named(bundle, "attributes", uid)
            yield _nowhere(part.kind, part.label(item), named, "attributeValues", {})


def _sharing(bundle: Bundle, part: Part, item: Item) -> Iterator[Problem]:
    if bundle.parameters.skip_sharing:
        return
    sharing = item.body.get("sharing") or {}
    for name, association in (("userGroups", "userGroupAccesses"), ("users", "userAccesses")):
        for uid in sharing.get(name, {}):
            if not bundle.knows(name, uid):
                yield _nowhere(part.kind, part.label(item), _named(bundle, name, uid), association, {})


def _named(bundle: Bundle, type_name: str, uid: str | None) -> str:
    name = "null null" if type_name == "users" else None
    return label(bundle.world.kind(type_name), name, uid or "null")


def _nowhere(
    kind: MetadataType, holder: str, named: str, association: str, more: Mapping[str, str]
) -> Problem:
    return Problem(
        code="E5002",
        message=f"Invalid reference {named} on object {holder} for association `{association}`",
        klass=kind.klass,
        properties=(named, holder, association),
        more=more,
    )


def check_sides(bundle: Bundle, part: Part) -> Found:
    """References on the side that does not own them; asked for by ERRORS_NOT_OWNER only."""
    if bundle.parameters.report != "ERRORS_NOT_OWNER":
        return
    for item in part.items:
        problems = [
            _disallowed(bundle, part, item, prop.name, prop.target, member["id"])
            for prop in part.kind.properties.values()
            if prop.shape is Shape.REFERENCES
            and not prop.owner
            and prop.target in bundle.world.catalogue.types
            for member in item.body.get(prop.name) or []
            if "id" in member
        ]
        if problems:
            yield item, problems


def _disallowed(bundle: Bundle, part: Part, item: Item, name: str, target: str, uid: str) -> Problem:
    named, holder = label(bundle.world.kind(target), None, uid), part.label(item)
    return Problem(
        code="E5006",
        message=(
            f"Non-owner reference {named} on object {holder} for association `{name}` "
            "disallowed for payload for ERRORS_NOT_OWNER"
        ),
        klass=part.kind.klass,
        properties=(named, holder, name),
    )
