"""Both ends of relationship types, and what their data views may show (facts §17.2, §19.32)."""

from collections.abc import Iterable, Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble

_KLASS = "org.hisp.dhis.relationship.RelationshipConstraint"
_ENDS = (("fromConstraint", "leftConstraint"), ("toConstraint", "rightConstraint"))
_RULES = {
    "TRACKED_ENTITY_INSTANCE": ("trackedEntityType", ("programStage",), "TrackedEntityType"),
    "PROGRAM_INSTANCE": ("program", ("trackedEntityType", "programStage"), "PROGRAM_INSTANCE"),
    "PROGRAM_STAGE_INSTANCE": ("programStage", ("trackedEntityType",), ""),
}
"""Kind of an end → what it must name, what it must not, how elements in its view are refused."""


def check_ends(bundle: Bundle, part: Part) -> Found:
    """Ends that are missing or name what their kind forbids (E4000, E4023, E4024); data views (E4314)."""
    for item in part.items:
        problems = list(_problems(bundle, part, item))
        if problems:
            yield item, problems


def _problems(bundle: Bundle, part: Part, item: Item) -> Iterator[Problem]:
    for name, old_name in _ENDS:
        end = item.body.get(name)
        if not end:
            message = f"Missing required property `{old_name}`"
            yield Problem(code="E4000", message=message, klass=part.kind.klass, properties=(old_name,))
        elif not end.get("relationshipEntity"):
            raise Trouble(500, 'Cannot invoke "RelationshipEntity.ordinal()"')
        else:
            yield from _end(bundle, end, str(end["relationshipEntity"]))


def _end(bundle: Bundle, end: Body, kind: str) -> Iterator[Problem]:
    needed, forbidden, shown = _RULES[kind]
    for name in forbidden:
        if end.get(name):
            yield _rule("E4023", name, "can not be set", kind)
    view = end.get("trackerDataView") or {}
    elements = view.get("dataElements") or []
    if not end.get(needed):
        yield _rule("E4024", needed, "must be set", kind)
    if shown:
        yield from _attributes(bundle, end, view, kind)
        if elements:
            yield _rule("E4023", "dataElement", "can not be set", shown)
        return
    stage = _stored(bundle, end, "programStage", "programStages")
    known = _uids(stage.get("programStageDataElements") or [], "dataElement")
    yield from _missing("dataElement", elements, known, "programStage")
    yield from _attributes(bundle, end, view, kind)


def _rule(code: str, name: str, what: str, kind: str) -> Problem:
    message = f"Property `{name}` {what} when property `relationshipEntity` is `{kind}`"
    return Problem(code=code, message=message, klass=_KLASS, properties=(name, "relationshipEntity", kind))


def _attributes(bundle: Bundle, end: Body, view: Body, kind: str) -> Iterator[Problem]:
    program = _stored(bundle, end, "program", "programs")
    if kind == "PROGRAM_INSTANCE" and program.get("programType") == "WITHOUT_REGISTRATION":
        program = {}
    known = _uids(program.get("programTrackedEntityAttributes") or [], "trackedEntityAttribute")
    shown, where = "TrackedEntityAttributes", "program"
    if kind == "TRACKED_ENTITY_INSTANCE":
        entity = _stored(bundle, end, "trackedEntityType", "trackedEntityTypes")
        known |= _uids(entity.get("trackedEntityTypeAttributes") or [], "trackedEntityAttribute")
        where = "TrackedEntityType/Program"
    elif kind == "PROGRAM_STAGE_INSTANCE":
        shown = "TrackedEntityAttribute"
    yield from _missing(shown, view.get("attributes") or [], known, where)


def _missing(shown: str, uids: Iterable[str], known: frozenset[str], where: str) -> Iterator[Problem]:
    listed = ",".join(uid for uid in uids if uid not in known)
    if listed:
        message = f"Provided `{shown}`: (`{listed}`) are not part of the selected `{where}`"
        yield Problem(code="E4314", message=message, klass=_KLASS, properties=(shown, listed, where))


def _stored(bundle: Bundle, end: Body, prop: str, type_name: str) -> Body:
    uid = (end.get(prop) or {}).get("id")
    return (bundle.session.get(type_name, uid) if uid else None) or {}


def _uids(rows: Iterable[Body], prop: str) -> frozenset[str]:
    return frozenset((row.get(prop) or {}).get("id") or "" for row in rows)
