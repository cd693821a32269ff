"""POST /api/tracker: scope, references and option codes are checked; all is stored or nothing (facts §16)."""

from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.sandbox.rights.people import Person
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.tracker.records import ENROLLMENTS, ENTITIES, EVENTS, SORTS, Record
from dhis2cfg.sandbox.tracker.rights import visible, write_errors

_UNKNOWN = {
    (ENTITIES, "trackedEntityType"): ("trackedEntityTypes", "E1005", "TrackedEntityType"),
    (ENTITIES, "orgUnit"): ("organisationUnits", "E1049", "OrganisationUnit"),
    (ENROLLMENTS, "program"): ("programs", "E1069", "Program"),
    (ENROLLMENTS, "orgUnit"): ("organisationUnits", "E1070", "OrganisationUnit"),
    (EVENTS, "program"): ("programs", "E1010", "Program"),
    (EVENTS, "programStage"): ("programStages", "E1013", "ProgramStage"),
    (EVENTS, "orgUnit"): ("organisationUnits", "E1011", "OrganisationUnit"),
}
"""(sort, property) → type, code and name in the error when nothing is found."""


def import_records(
    session: Session, person: Person, records: list[Record], *, dry: bool, strategy: str
) -> tuple[int, Body]:
    """HTTP status and report."""
    errors = [] if strategy == "DELETE" else list(_all_errors(session, person, records))
    validation = {"errorReports": errors, "warningReports": []}
    if errors:
        stats = _stats(ignored=len(records))
        return 409, {"status": "ERROR", "validationReport": validation, "stats": stats}
    counts: dict[str, dict[str, int]] = {sort.shown: {} for sort in SORTS}
    for record in [] if dry else records:  # a dry run counts nothing
        what = _store(session, record, strategy=strategy)
        counts[record.sort.shown][what] = counts[record.sort.shown].get(what, 0) + 1
    total: dict[str, int] = {}
    for row in counts.values():
        for what, number in row.items():
            total[what] = total.get(what, 0) + number
    types = {shown: _type_report(shown, row, records) for shown, row in counts.items()}
    types["RELATIONSHIP"] = _type_report("RELATIONSHIP", {}, [])
    report = {"status": "OK", "validationReport": validation, "stats": _stats(**total)}
    return 200, report | {"bundleReport": {"typeReportMap": types}}


def _stats(**counts: int) -> Body:
    found = {name: counts.get(name, 0) for name in ("created", "updated", "deleted", "ignored")}
    return found | {"total": sum(found.values())}


def _type_report(shown: str, counts: Mapping[str, int], records: list[Record]) -> Body:
    reports = [
        {"trackerType": shown, "uid": record.uid, "errorReports": []}
        for record in records
        if record.sort.shown == shown
    ]
    return {"trackerType": shown, "stats": _stats(**counts), "objectReports": reports}


def _store(session: Session, record: Record, *, strategy: str) -> str:
    before = session.get(record.sort.store, record.uid)
    what = "deleted" if strategy == "DELETE" else "created" if before is None else "updated"
    if strategy == "DELETE":
        session.remove(record.sort.store, record.uid)
        return what
    times = {"createdAt": (before or {}).get("createdAt", session.now), "updatedAt": session.now}
    session.put(record.sort.store, {**(before or {}), **record.body, **times, "id": record.uid})
    return what


def _all_errors(session: Session, person: Person, records: list[Record]) -> Iterator[Body]:
    """What is wrong with each, and what cannot stand without one that is wrong (E5000)."""
    bad: dict[str, str] = {}
    for record in records:
        own = list(_errors(session, person, record))
        for key in ("trackedEntity", "enrollment"):
            uid = str(record.body.get(key) or "")
            if not own and uid in bad and key != record.sort.key:
                shown = record.sort.shown.lower()
                text = (
                    f"{shown} `{record.uid}` cannot be created because {bad[uid]} `{uid}` referenced by it "
                    "could not be created."
                )
                own = [_error(record, "E5000", text, [shown, record.uid, bad[uid], uid])]
        if own:
            bad[record.uid] = record.sort.shown.lower()
        yield from own


def _errors(session: Session, person: Person, record: Record) -> Iterator[Body]:
    """What is missing is told alone, then what is unknown, then the rest."""
    is_new = session.world.release >= (2, 43)
    lacks_enrollment = _lacks_enrollment(session, record)
    if lacks_enrollment and is_new:
        text = "Missing required event property: `enrollment`."
        yield _error(record, "E1123", text, ["enrollment"])
        return
    unknown = list(_unknown(session, person, record))
    yield from unknown
    if unknown:
        return
    if (
        record.sort is EVENTS
        and not record.body.get("occurredAt")
        and record.body.get("status") != "SCHEDULE"
    ):
        text = f"Event {'occurredAt' if is_new else 'OccurredAt'} date is missing."
        yield _error(record, "E1031", text, [record.uid])
        return
    if lacks_enrollment:
        yield _error(record, "E1033", f"Event: `{record.uid}`, Enrollment value is null.", [record.uid])
    yield from _refusals(session, person, record)


def _lacks_enrollment(session: Session, record: Record) -> bool:
    program = session.get("programs", str(record.body.get("program"))) or {}
    is_event = program.get("programType") == "WITHOUT_REGISTRATION"
    return record.sort is EVENTS and not record.body.get("enrollment") and not is_event


def _unknown(session: Session, person: Person, record: Record) -> Iterator[Body]:
    for (sort, prop), (type_name, code, shown) in _UNKNOWN.items():
        uid = record.body.get(prop)
        if sort is record.sort and uid and visible(session, person, type_name, str(uid)) is None:
            yield _error(record, code, f"Could not find {shown}: `{uid}`.", [str(uid)])


def _refusals(session: Session, person: Person, record: Record) -> Iterator[Body]:
    user = session.get("users", person.uid) or {"id": person.uid}
    unit = session.get("organisationUnits", str(record.body.get("orgUnit"))) or {}
    is_asked = record.sort is not ENTITIES or session.world.release < (2, 43)
    if unit and is_asked and not _is_in_scope(user, unit):
        text = f"User: `{user['id']}` has no write access to OrganisationUnit: `{unit['id']}`."
        yield _error(record, "E1000", text, [user["id"], unit["id"]])
    if record.sort is ENROLLMENTS:
        yield from _dates(session, record)
    for code, text, args in write_errors(session, person, record):
        yield _error(record, code, text, args)
    yield from _option_errors(session, record)


def _dates(session: Session, record: Record) -> Iterator[Body]:
    """An enrolment's dates, the second where its program shows it."""
    if not record.body.get("enrolledAt"):
        yield _error(record, "E1025", "Property enrolledAt is null.", [])
    program = session.get("programs", str(record.body.get("program"))) or {}
    if program.get("displayIncidentDate") and not record.body.get("occurredAt"):
        yield _error(record, "E1023", "DisplayIncidentDate is true but occurredAt is null.", [])


def _is_in_scope(user: Body, unit: Body) -> bool:
    roots = {row["id"] for row in user.get("organisationUnits", [])}
    return bool(roots & set(str(unit.get("path", "")).split("/")))


def _option_errors(session: Session, record: Record) -> Iterator[Body]:
    rows = [("dataElements", row.get("dataElement"), row) for row in record.body.get("dataValues") or []]
    rows += [
        ("trackedEntityAttributes", row.get("attribute"), row) for row in record.body.get("attributes") or []
    ]
    for type_name, uid, row in rows:
        field = session.get(type_name, str(uid)) or {}
        set_uid = (field.get("optionSet") or {}).get("id")
        if not set_uid or row.get("value") in {None, ""}:
            continue
        codes = {option.get("code") for option in session.children("options", set_uid)}
        given = (
            str(row["value"]).split(",") if field.get("valueType") == "MULTI_TEXT" else [str(row["value"])]
        )
        if not codes.issuperset(given):
            text = f"Value `{row['value']}` is not a valid option code in OptionSet `{set_uid}`."
            yield _error(record, "E1125", text, [str(row["value"]), set_uid])


def _error(record: Record, code: str, text: str, args: list[Any]) -> Body:
    return {
        "message": text,
        "errorCode": code,
        "trackerType": record.sort.shown,
        "uid": record.uid,
        "args": args,
    }
