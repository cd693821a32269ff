"""`/api/tracker`."""

from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.tracker.importing import import_records
from dhis2cfg.sandbox.tracker.reading import find, shown
from dhis2cfg.sandbox.tracker.records import ENTITIES, EVENTS, SORTS, flatten
from dhis2cfg.sandbox.tracker.rights import OWNERS, is_seen, refuse_unseen, refuse_who_sees_nobody

_PAGE = 50
_ENTITY_SCOPES = ("program", "trackedEntityType", "trackedEntity", "trackedEntities")


def tracker(call: Call) -> Answer:
    """Import records, or read one sort of them."""
    if call.method == "POST" and len(call.parts) == 1:
        payload = call.json()
        status, report = import_records(
            call.session,
            call.person,
            flatten(payload if isinstance(payload, dict) else {}),
            dry=call.first("importMode") == "VALIDATE",
            strategy=call.first("importStrategy"),
        )
        return Answer(status=status, body=report)
    if call.method == "PUT" and call.parts[1:] == ("ownership", "transfer"):
        return _handed_over(call)
    sort = next((one for one in SORTS if call.parts[1:2] == (one.name,)), None)
    if sort is None:
        raise Trouble(404, None)
    if call.method != "GET":
        is_not = "not" if call.session.world.release < (2, 42) else "is not"
        raise Trouble(405, f"Request method '{call.method}' {is_not} supported")
    if len(call.parts) > 2:  # noqa: PLR2004 -- …/tracker/events/UID
        body = call.session.get(sort.store, call.parts[2])
        if sort is ENTITIES and body is not None:
            refuse_who_sees_nobody(call.session, call.person)
        if body is None or not is_seen(call.session, call.person, body):
            raise Trouble(404, f"{sort.shown} with id {call.parts[2]} could not be found.", "E1005")
        return Answer(body=shown(call.session, sort, body))
    if sort is EVENTS and not call.first("program") and call.session.world.release >= (2, 43):
        raise Trouble(400, "Program is mandatory", "E1003")
    if sort is ENTITIES and not any(call.first(name) for name in _ENTITY_SCOPES):
        raise Trouble(
            400, "Either Program, Tracked entity type or Tracked entity should be specified", "E1003"
        )
    refuse_unseen(call.session, call.person, dict(call.query))
    found = find(call.session, sort, call.query)
    rows = [row for row in found if is_seen(call.session, call.person, row)]
    page, size = int(call.first("page") or 1), int(call.first("pageSize") or _PAGE)
    pager: Body = {"page": page, "pageSize": size}
    if call.is_true("totalPages"):
        pager |= {"total": len(rows), "pageCount": -(-len(rows) // size)}
    wanted = [shown(call.session, sort, row) for row in rows[(page - 1) * size : page * size]]
    beside = pager if call.session.world.release < (2, 42) else {}
    return Answer(body={"pager": pager, **beside, sort.name: wanted})


def _handed_over(call: Call) -> Answer:
    """A person's program goes to another unit, which from then on sees it in place of the old one."""
    person = call.session.get(ENTITIES.store, call.first("trackedEntity"))
    unit = call.first("orgUnit") or call.first("ou")
    if person is None or not is_seen(call.session, call.person, person):
        raise Trouble(
            404, f"TrackedEntity with id {call.first('trackedEntity')} could not be found.", "E1005"
        )
    owners = {**(person.get(OWNERS) or {}), call.first("program"): unit}
    call.session.put(ENTITIES.store, {**person, OWNERS: owners})
    return message(200, "Ownership transferred")
