"""GET /api/tracker/…: records in scope, by program, type, unit and values (facts §17.11)."""

from collections.abc import Callable, Mapping, Sequence

from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.tracker.records import ENROLLMENTS, ENTITIES, EVENTS, Sort, values

_NARROWED = ("program", "programStage", "trackedEntityType", "trackedEntity", "enrollment", "status")
_HOLDERS = {ENTITIES: ("attributes", "attribute"), EVENTS: ("dataValues", "dataElement")}


def find(session: Session, sort: Sort, query: Sequence[tuple[str, str]]) -> list[Body]:
    """The records that a query asks for."""
    given = dict(query)
    conditions = [value for name, value in query if name in {"filter", "filterAttributes"} and value]
    units = {given[name] for name in ("orgUnit", "orgUnits") if name in given}
    units = {uid for text in units for uid in text.replace(";", ",").split(",")}
    return [
        body
        for body in session.every(sort.store)
        if all(_has(session, sort, body, name, given[name]) for name in _NARROWED if name in given)
        and (not units or _is_below(session, body, units))
        and all(_meets(session, sort, body, text) for text in conditions)
    ]


def _has(session: Session, sort: Sort, body: Body, name: str, wanted: str) -> bool:
    if name == "program" and sort is ENTITIES:
        return any(
            row.get("program") == wanted
            for row in session.every(ENROLLMENTS.store)
            if row.get(ENTITIES.key) == body[ENTITIES.key]
        )
    return bool(body.get(name) == wanted)


def _is_below(session: Session, body: Body, units: set[str]) -> bool:
    unit = session.get("organisationUnits", str(body.get("orgUnit"))) or {}
    return bool(units & set(str(unit.get("path", "")).split("/")))


def _meets(session: Session, sort: Sort, body: Body, text: str) -> bool:
    """`UID` alone means that there is a value; `UID:op:value` compares it.

    2.41 knows no `!null`, and its `eq` compares names of options.
    """
    uid, _, rest = text.partition(":")
    operator, _, wanted = rest.partition(":")
    rows, key = _HOLDERS.get(sort, ("attributes", "attribute"))
    held = [str(row.get("value")) for row in body.get(rows) or [] if row.get(key) == uid]
    is_old = session.world.release < (2, 42)
    if operator == "!null" and is_old:
        raise Trouble(400, "Query item or filter is invalid: !null")
    if not operator or operator == "!null":
        return bool(held)
    if operator == "eq" and is_old:
        held = [_option_name(session, key, uid, value) for value in held]
    if operator == "null":
        return not held
    compare = _OPERATORS.get(operator)
    if compare is None:
        raise Trouble(400, f"filter={text} is invalid. '{operator}' is not a valid operator.", "E1003")
    return any(compare(value, _unescaped(wanted)) for value in held)


def _option_name(session: Session, key: str, uid: str, value: str) -> str:
    field = session.get("dataElements" if key == "dataElement" else "trackedEntityAttributes", uid) or {}
    options = session.children("options", (field.get("optionSet") or {}).get("id") or "")
    return next((str(option.get("name")) for option in options if option.get("code") == value), value)


def _unescaped(text: str) -> str:
    return text.replace("/:", ":").replace("/,", ",").replace("//", "/")


_OPERATORS: Mapping[str, Callable[[str, str], bool]] = {
    "eq": lambda value, wanted: value.lower() == wanted.lower(),
    "ne": lambda value, wanted: value != wanted,
    "in": lambda value, wanted: value in wanted.split(";"),
    "like": lambda value, wanted: wanted.lower() in value.lower(),
    "sw": lambda value, wanted: value.lower().startswith(wanted.lower()),
    "ew": lambda value, wanted: value.lower().endswith(wanted.lower()),
}


def shown(session: Session, sort: Sort, body: Body) -> Body:
    """A record with what hangs below it."""
    found = {name: value for name, value in body.items() if name != "id" and name[0] != "#"} | {
        "deleted": False
    }
    if "attributes" in body:
        found["attributes"] = [_named(session, body, row) for row in body["attributes"]]
    if sort is ENTITIES:
        rows = [row for row in session.every(ENROLLMENTS.store) if row.get(ENTITIES.key) == body["id"]]
        found["enrollments"] = [shown(session, ENROLLMENTS, row) for row in rows]
    if sort is ENROLLMENTS:
        rows = [row for row in session.every(EVENTS.store) if row.get(ENROLLMENTS.key) == body["id"]]
        found["events"] = [shown(session, EVENTS, row) for row in rows]
    return found


def _named(session: Session, body: Body, row: Body) -> Body:
    """A value with what its attribute is called."""
    attribute = session.get("trackedEntityAttributes", str(row.get("attribute"))) or {}
    named = {
        "code": attribute.get("code"),
        "displayName": attribute.get("name"),
        "valueType": attribute.get("valueType"),
        "createdAt": body["createdAt"],
        "updatedAt": body["updatedAt"],
    }
    return row | {name: value for name, value in named.items() if value is not None}


def holder(session: Session, uid: str, rows: Sequence[tuple[Sort, str, str]]) -> str | None:
    """The name of the first sort of record that uses a metadata object."""
    for sort, path, name in rows:
        if any(uid in values(body, path) for body in session.holding(sort.store, uid)):
            return name
    return None
