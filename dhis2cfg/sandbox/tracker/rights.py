"""Who may see and enter tracker data: the data half of sharing of type, program and stage (2.42.5.2)."""

from collections.abc import Iterator

from dhis2cfg.sandbox.rights.people import Person
from dhis2cfg.sandbox.rights.sharing import can_read, can_read_data, can_write_data
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.tracker.records import ENROLLMENTS, ENTITIES, EVENTS, Record

OWNERS = "#owners"
"""Where a person carries who owns them in which program, once they were handed over."""
_ENTERED = (
    (ENTITIES, "trackedEntityType", "trackedEntityTypes", "E1001", "TrackedEntityType"),
    (ENROLLMENTS, "program", "programs", "E1091", "Program"),
    (EVENTS, "programStage", "programStages", "E1095", "ProgramStage"),
)
"""What must be open to whoever enters a record, and how the error calls it."""

_SEEN = (
    ("program", "programs", "program"),
    ("programStage", "programStages", "program stage"),
    ("trackedEntityType", "trackedEntityTypes", "tracked entity type"),
)


def visible(session: Session, person: Person, type_name: str, uid: str) -> Body | None:
    """A metadata object as tracker sees it: what somebody may not read does not exist for them."""
    body = session.get(type_name, uid)
    kind = session.world.catalogue.types[type_name]
    return body if body is not None and can_read(person, kind, body) else None


def write_errors(session: Session, person: Person, record: Record) -> Iterator[tuple[str, str, list[str]]]:
    """Code, text and arguments where somebody may not enter a record."""
    for sort, name, type_name, code, shown in _ENTERED:
        body = session.get(type_name, str(record.body.get(name)))
        kind = session.world.catalogue.types[type_name]
        if sort is not record.sort or not body or can_write_data(person, kind, body):
            continue
        if sort is ENTITIES and session.get(sort.store, record.uid) is not None:
            text = f"User: `{person.uid}` has no write access to TrackedEntity: `{record.uid}`."
            yield "E1003", text, [person.uid, record.uid]
        else:
            text = f"User: `{person.uid}` has no data write access to {shown}: `{body['id']}`."
            yield code, text, [person.uid, str(body["id"])]


def refuse_who_sees_nobody(session: Session, person: Person) -> None:
    """403 for whoever may read the data of no type at all."""
    kind = session.world.catalogue.types["trackedEntityTypes"]
    if not any(can_read_data(person, kind, body) for body in session.every(kind.name)):
        raise Trouble(403, "User has no access to any Tracked Entity Type")


def refuse_unseen(session: Session, person: Person, given: dict[str, str]) -> None:
    """403 for a program, stage or type whose data somebody may not read; 400 where it is hidden from them."""
    for name, type_name, shown in _SEEN:
        body = session.get(type_name, given[name]) if name in given else None
        if body and visible(session, person, type_name, given[name]) is None:
            raise Trouble(400, f"{shown.capitalize()} is specified but does not exist: {body['id']}")
        if body and not can_read_data(person, session.world.catalogue.types[type_name], body):
            raise Trouble(403, f"User has no access to {shown}: {body['id']}")


def is_seen(session: Session, person: Person, body: Body) -> bool:
    """Whether somebody may see a record: its program's data, else its type's, in their own units."""
    if person.is_superuser:
        return True
    type_name = "programs" if "program" in body else "trackedEntityTypes"
    of = session.get(type_name, str(body.get("program") or body.get("trackedEntityType"))) or {}
    if not can_read_data(person, session.world.catalogue.types[type_name], of):
        return False
    user = session.get("users", person.uid) or {}
    roots = {row["id"] for row in user.get("organisationUnits", [])}
    units = [session.get("organisationUnits", uid) or {} for uid in _owners(session, body)]
    return any(roots & set(str(unit.get("path", "")).split("/")) for unit in units)


def _owners(session: Session, body: Body) -> set[str]:
    """The units that own a record: where it was handed over to, else where it was registered."""
    holder = session.get(ENTITIES.store, str(body.get(ENTITIES.key))) or {}
    given = holder.get(OWNERS) or {}
    if "program" in body:
        return {str(given.get(body["program"]) or body.get("orgUnit"))}
    return {str(unit) for unit in given.values()} or {str(body.get("orgUnit"))}
