"""`/api/dataValueSets` and `/api/dataSummary`: enough aggregate data for vetoes and counts (facts §6)."""

from typing import Any

from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.tracker.records import DATA_VALUES, SORTS
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS

_KEYS = ("dataElement", "period", "orgUnit", "categoryOptionCombo", "attributeOptionCombo")
_KNOWN = {"dataElement": "dataElements", "orgUnit": "organisationUnits"}


def data_value_sets(call: Call) -> Answer:
    """Values in and out as JSON; those of unknown elements or units are refused one by one."""
    if call.method == "GET":
        held = [_shown(row) for row in call.session.every(DATA_VALUES.store) if _is_asked(call, row)]
        return Answer(body={"dataValues": held})
    if call.method != "POST":
        raise Trouble(405, f"Request method '{call.method}' is not supported")
    sent = call.json()
    rows = sent.get("dataValues") if isinstance(sent, dict) else None
    counts = {"imported": 0, "updated": 0, "ignored": 0, "deleted": 0}
    for row in rows or []:
        counts[_store(call, row)] += 1
    ok = not counts["ignored"]
    summary = {
        "status": "SUCCESS" if ok else "WARNING",
        "importCount": counts,
        "responseType": "ImportSummary",
    }
    answer = message(200 if ok else 409, "Import was successful." if ok else None, response=summary)
    return answer if ok else Answer(status=409, body=answer.body | {"status": "WARNING"})


def _store(call: Call, sent: Any) -> str:
    defaults = dict.fromkeys(_KEYS[3:], DEFAULTS["categoryOptionCombos"])
    row: Body = defaults | (sent if isinstance(sent, dict) else {})
    for prop, type_name in _KNOWN.items():
        if call.session.get(type_name, str(row.get(prop))) is None:
            return "ignored"
    uid = "-".join(str(row.get(name)) for name in _KEYS)
    is_new = call.session.get(DATA_VALUES.store, uid) is None
    call.session.put(DATA_VALUES.store, row | {"id": uid})
    return "imported" if is_new else "updated"


def _is_asked(call: Call, row: Body) -> bool:
    wanted = {name: call.every(name) for name in ("dataElement", "orgUnit", "period")}
    return all(not values or row.get(name) in values for name, values in wanted.items())


def _shown(row: Body) -> Body:
    return {name: value for name, value in row.items() if name != "id"}


def data_summary(call: Call) -> Answer:
    """How much of everything there is."""
    session, types = call.session, call.session.world.catalogue.types
    counts = {kind.singular: len(list(session.every(name))) for name, kind in types.items()}
    records = {sort.key: len(list(session.every(sort.store))) for sort in SORTS}
    values = {"dataValue": len(list(session.every(DATA_VALUES.store)))}
    return Answer(body={"objectCounts": counts | records | values})
