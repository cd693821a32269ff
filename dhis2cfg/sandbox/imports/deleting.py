"""Deleting one object: who holds it back, what goes with it, what lets go of it (facts §6, §19.18)."""

from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.sandbox.imports.deletion_tables import CASCADES, VETOES
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.store.trouble import Trouble, not_null
from dhis2cfg.sandbox.tracker import reading
from dhis2cfg.sandbox.tracker.records import VETOES as VETOES_OF_DATA
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS
from dhis2cfg.sandbox.world.world import Pointer

_ROLLED_BACK = "Transaction silently rolled back because it has been marked as rollback-only"
_TO_DEFAULT = frozenset({"categoryCombo", "attributeCombo", "enrollmentCategoryCombo"})
_EXPRESSIONS: Mapping[str, tuple[str, ...]] = {
    "indicators": ("numerator", "denominator"),
    "validationRules": ("leftSide", "rightSide"),
    "predictors": ("generator",),
}


def blocker(session: Session, type_name: str, uid: str) -> str | None:
    """What refuses the deletion, as reports name it (`ProgramStage (name)`), or None."""
    record = reading.holder(session, uid, VETOES_OF_DATA.get(type_name, ()))
    if record is not None:
        return record
    for pointer, holder in holders(session, type_name, uid):
        if pointer.type_name in VETOES.get(type_name, ()):
            simple = session.world.kind(pointer.type_name).klass.rpartition(".")[2]
            return f"{simple} ({holder.get('name') or holder['id']})"
    if type_name == "legendSets":
        return _stumble(session, uid)
    if type_name == "attributes":
        return _valued(session, uid)
    if type_name == "dataElements":
        return _in_expression(session, uid)
    if type_name == "programNotificationTemplates":
        return _sent_by(session, uid)
    if type_name == "users":
        return _made_by(session, uid)
    if type_name == "trackedEntityAttributes" and session.world.release < (2, 42):
        _stay_in_programs(session, uid)
    return None


def _stay_in_programs(session: Session, uid: str) -> None:
    """2.41 empties the rows of programs before it takes them away, which the database refuses."""
    for program in session.holding("programs", uid):
        if _holds(program, ("programTrackedEntityAttributes", "trackedEntityAttribute"), uid):
            raise not_null("org.hisp.dhis.program.ProgramTrackedEntityAttribute", "attribute")


def _made_by(session: Session, uid: str) -> str | None:
    """What an account has made or saved last holds it back."""
    for name in session.world.order:
        for body in session.holding(name, uid):
            signed = {(body.get(by) or {}).get("id") for by in ("createdBy", "lastUpdatedBy")}
            if body["id"] != uid and uid in signed:
                return session.world.kind(name).klass.rpartition(".")[2]
    return None


def _sent_by(session: Session, uid: str) -> str | None:
    """The action that sends a template; from 2.42 on it is the database that refuses."""
    if not any(one.get("templateUid") == uid for one in session.holding("programRuleActions", uid)):
        return None
    if session.world.release < (2, 42):
        return "ProgramRuleAction"
    raise Trouble(
        409,
        'ERROR: update or delete on table "programnotificationtemplate" violates foreign key constraint '
        '"fk_notificationtemplate" on table "programruleaction"\n'
        f"  Detail: Key (programnotificationtemplateid)=({uid}) is still referenced from table "
        '"programruleaction".',
    )


def _stumble(session: Session, uid: str) -> str | None:
    """A legend set that elements use: refused, and the elements have lost it all the same (facts §19.19)."""
    users = [row for row in holders(session, "legendSets", uid) if row[0].type_name == "dataElements"]
    for pointer, holder in users:
        session.put(pointer.type_name, _without(holder, pointer.path, uid))
    text = "handler 'DataElementDeletionHandler' threw an exception while removing LegendSet"
    return text if users else None


def _valued(session: Session, uid: str) -> str | None:
    for name in session.world.order:
        for body in session.holding(name, uid):
            if any(row["attribute"]["id"] == uid for row in body.get("attributeValues") or []):
                return f"{session.world.kind(name).klass.rpartition('.')[2]} ({body.get('name')})"
    return None


def _in_expression(session: Session, uid: str) -> str | None:
    for name, properties in _EXPRESSIONS.items():
        for body in session.holding(name, uid):
            if any(uid in str(body.get(prop) or "") for prop in properties):
                return f"{session.world.kind(name).klass.rpartition('.')[2]} ({body.get('name')})"
    return None


def holders(session: Session, type_name: str, uid: str) -> Iterator[tuple[Pointer, Body]]:
    """Every object that refers to this one, with the place of the reference."""
    for pointer in session.world.pointers(type_name):
        if (pointer.type_name, pointer.path[0]) in session.world.lists:
            continue
        for body in session.holding(pointer.type_name, uid):
            if body["id"] != uid and _holds(body, pointer.path, uid):
                yield pointer, body


def _holds(value: Any, path: tuple[str, ...], uid: str) -> bool:
    if isinstance(value, list):
        return any(_holds(member, path, uid) for member in value)
    if not isinstance(value, dict):
        return False
    if not path:
        return value.get("id") == uid
    return _holds(value.get(path[0]), path[1:], uid)


def delete(session: Session, type_name: str, uid: str) -> None:
    """Take an object away with what hangs on it; everything else that names it lets go.

    The server stumbles over a stage that no program holds: it must be given to one before it can go.
    """
    body = session.get(type_name, uid) or {}
    if type_name == "programStages" and not body.get("program"):
        raise Trouble(500, _ROLLED_BACK)
    for child_type, back in CASCADES.get(type_name, ()):
        for child in session.holding(child_type, uid):
            if _holds(child, tuple(back.split(".")), uid):
                delete(session, child_type, child["id"])
    for pointer, holder in list(holders(session, type_name, uid)):
        session.put(pointer.type_name, _without(holder, pointer.path, uid))
    session.remove(type_name, uid)


def refuse_managers(session: Session, type_name: str, uids: list[str]) -> None:
    """The server stumbles where a group goes in one call before a group that it manages."""
    for place, uid in enumerate(uids if type_name == "userGroups" else ()):
        managed = {row["id"] for row in (session.get(type_name, uid) or {}).get("managedGroups") or []}
        if managed & set(uids[place + 1 :]):
            raise Trouble(500, _ROLLED_BACK)


def _without(body: Body, path: tuple[str, ...], uid: str) -> Body:
    name, rest = path[0], path[1:]
    value = body.get(name)
    if isinstance(value, list):
        return body | {name: [kept for member in value for kept in _kept(member, rest, uid)]}
    if rest:
        return body | {name: _without(value or {}, rest, uid)}
    if name in _TO_DEFAULT:
        return body | {name: {"id": DEFAULTS["categoryCombos"]}}
    return {key: held for key, held in body.items() if key != name}


def _kept(member: Body, path: tuple[str, ...], uid: str) -> list[Body]:
    """The list's member as it stays: gone with its one reference, shortened by one of many."""
    if not _holds(member, path, uid):
        return [member]
    if path and isinstance(member.get(path[0]), list):
        return [_without(member, path, uid)]
    return []


def leave_sharing(session: Session, uid: str) -> None:
    """Take a group out of every sharing block; only its own endpoint does so (facts §17.1)."""
    for name in session.world.order:
        if not session.world.kind(name).shareable:
            continue
        for body in session.holding(name, uid):
            block = body.get("sharing") or {}
            if uid in block.get("userGroups", {}):
                groups = {key: entry for key, entry in block["userGroups"].items() if key != uid}
                session.put(name, body | {"sharing": block | {"userGroups": groups}})
