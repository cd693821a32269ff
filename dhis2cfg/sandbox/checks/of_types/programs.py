"""Programs, stages and tracked entity types."""

from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part, label
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble

_NOBODYS = 'Cannot invoke "org.hisp.dhis.common.IdentifiableObject.getUid()" because "object" is null'
_NOBODYS_OF_2_41 = (
    'Cannot invoke "java.lang.Iterable.forEach(java.util.function.Consumer)" because "typeReports" is null'
)
"""What servers stumble over where a row of a program names no attribute."""


def check_programs(bundle: Bundle, part: Part) -> Found:
    """A related program that is itself, or an event program's (E6022, E4023); attributes (E3012)."""
    for item in part.items:
        problems = []
        related = (item.body.get("relatedProgram") or {}).get("id")
        if related == item.uid:
            message = "Object cannot reference itself by property `relatedProgram`"
            problems.append(_problem(part, "E6022", message, ("relatedProgram",)))
        if related and item.body.get("programType") == "WITHOUT_REGISTRATION":
            message = (
                "Property `relatedProgram` can not be set when property `programType` is "
                "`WITHOUT_REGISTRATION`"
            )
            names = ("relatedProgram", "programType", "WITHOUT_REGISTRATION")
            problems.append(_problem(part, "E4023", message, names))
        rows = item.body.get("programTrackedEntityAttributes") or []
        if any(not (row.get("trackedEntityAttribute") or {}).get("id") for row in rows):
            raise Trouble(500, _NOBODYS if bundle.world.release >= (2, 42) else _NOBODYS_OF_2_41)
        problems += _unreadable(bundle, rows, "trackedEntityAttribute", "trackedEntityAttributes")
        if problems:
            yield item, problems


def check_stages(bundle: Bundle, part: Part) -> Found:
    """A stage that no program holds, elements nobody knows, a bad date element (E4053, E3012, E6001)."""
    for item in part.items:
        rows = item.body.get("programStageDataElements") or []
        problems = [*_next_date(bundle, part, item, rows)]
        problems += _unreadable(bundle, rows, "dataElement", "dataElements")
        if not item.body.get("program") and not _is_listed(bundle, item):
            message = f"Program stage `{item.uid}` must reference a program."
            problems.append(_problem(part, "E4053", message, (item.uid,)))
        if problems:
            yield item, problems


def _is_listed(bundle: Bundle, item: Item) -> bool:
    sent = bundle.parts["programs"].items if "programs" in bundle.parts else []
    return any(row.get("id") == item.uid for one in sent for row in one.body.get("programStages") or [])


def _next_date(bundle: Bundle, part: Part, item: Item, rows: list[Body]) -> Iterator[Problem]:
    uid = (item.body.get("nextScheduleDate") or {}).get("id")
    if not uid:
        return
    element = bundle.either("dataElements", uid) or {}
    is_held = any((row.get("dataElement") or {}).get("id") == uid for row in rows)
    if not is_held or element.get("valueType") != "DATE":
        message = (
            f"Program stage `{item.uid}` has invalid next event scheduling property `{uid}`"
            "This property need to be data element of value type date and belong the program stage"
        )
        yield _problem(part, "E6001", message, (item.uid, uid))


def _unreadable(bundle: Bundle, rows: list[Body], prop: str, type_name: str) -> Iterator[Problem]:
    kind = bundle.world.kind(type_name)
    for row in rows:
        uid = (row.get(prop) or {}).get("id")
        if not uid:
            continue
        stored = bundle.session.get(type_name, uid)
        is_known = bundle.knows(type_name, uid)
        is_hidden = prop == "trackedEntityAttribute" and stored is not None
        if is_known and not (is_hidden and not sharing.can_read(bundle.person, kind, stored or {})):
            continue
        who, what = bundle.person.label, label(kind, None, uid)
        message = f"User `{who}` does not have read access for object `{what}`"
        yield Problem(code="E3012", message=message, klass=kind.klass, properties=(who, what))


def check_entity_types(bundle: Bundle, part: Part) -> Found:
    """Attributes that nobody knows (E5001)."""
    kind = bundle.world.kind("trackedEntityAttributes")
    for item in part.items:
        problems = []
        for row in item.body.get("trackedEntityTypeAttributes") or []:
            uid = (row.get("trackedEntityAttribute") or {}).get("id")
            if uid and not bundle.knows("trackedEntityAttributes", uid):
                what = label(kind, None, uid)
                message = f"No matching object for reference. Identifier was UID, and object was {what}."
                more = {"errorProperty": "id", "mainId": uid}
                problems.append(
                    Problem(
                        code="E5001",
                        message=message,
                        klass=kind.klass,
                        properties=("UID", what),
                        more=more,
                    )
                )
        if problems:
            yield item, problems


def _problem(part: Part, code: str, message: str, properties: tuple[str, ...]) -> Problem:
    return Problem(code=code, message=message, klass=part.kind.klass, properties=properties)
