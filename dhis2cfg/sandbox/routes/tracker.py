"""`/api/tracker`."""

from dhis2cfg.sandbox.routes.call import Answer, Call
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.tracker.importing import import_records
from dhis2cfg.sandbox.tracker.reading import find, shown
from dhis2cfg.sandbox.tracker.records import ENTITIES, EVENTS, SORTS, flatten

_PAGE = 50
_ENTITY_SCOPES = ("program", "trackedEntityType", "trackedEntity", "trackedEntities")


def tracker(call: Call) -> Answer:
    """Import records, or read one sort of them."""
    if call.method == "POST" and len(call.parts) == 1:
        payload = call.json()
        user = call.session.get("users", call.person.uid) or {}
        status, report = import_records(
            call.session,
            user,
            flatten(payload if isinstance(payload, dict) else {}),
            dry=call.first("importMode") == "VALIDATE",
            strategy=call.first("importStrategy"),
        )
        return Answer(status=status, body=report)
    sort = next((one for one in SORTS if call.parts[1:2] == (one.name,)), None)
    if call.method != "GET" or sort is None:
        raise Trouble(404, None)
    if len(call.parts) > 2:  # noqa: PLR2004 -- …/tracker/events/UID
        body = call.session.get(sort.store, call.parts[2])
        if body is None:
            raise Trouble(404, f"{sort.shown} with id {call.parts[2]} could not be found.", "E1005")
        return Answer(body=shown(call.session, sort, body))
    if sort is EVENTS and not call.first("program") and call.session.world.release >= (2, 43):
        raise Trouble(400, "Program is mandatory", "E1003")
    if sort is ENTITIES and not any(call.first(name) for name in _ENTITY_SCOPES):
        raise Trouble(
            400, "Either Program, Tracked entity type or Tracked entity should be specified", "E1003"
        )
    rows = find(call.session, sort, call.query)
    page, size = int(call.first("page") or 1), int(call.first("pageSize") or _PAGE)
    pager: Body = {"page": page, "pageSize": size}
    if call.is_true("totalPages"):
        pager |= {"total": len(rows), "pageCount": -(-len(rows) // size)}
    wanted = [shown(call.session, sort, row) for row in rows[(page - 1) * size : page * size]]
    beside = pager if call.session.world.release < (2, 42) else {}
    return Answer(body={"pager": pager, **beside, sort.name: wanted})
