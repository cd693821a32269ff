"""POST /api/<type>/merge: references go over to the target, sources are deleted where asked."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.sandbox.imports import deleting
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble

MERGED: Mapping[str, str] = {
    "categoryOptions": "F_CATEGORY_OPTION_MERGE",
    "dataElements": "F_DATA_ELEMENT_MERGE",
    "indicators": "F_INDICATOR_MERGE",
    "indicatorTypes": "F_INDICATOR_TYPE_MERGE",
    "organisationUnits": "F_ORGANISATION_UNIT_MERGE",
}
"""Type → the authority that merges it."""


def merge(call: Call) -> Answer:
    """Put the target in place of every source."""
    name = call.parts[0]
    call.demand(MERGED[name])
    sent = call.json() or {}
    sources, target = list(sent.get("sources") or []), str(sent.get("target") or "")
    unknown = [uid for uid in [*sources, target] if call.session.get(name, str(uid)) is None]
    if not sources or unknown or target in sources:
        raise Trouble(409, "One or more errors occurred, please see full details in merge report.")
    for source in sources:
        for pointer, holder in list(deleting.holders(call.session, name, source)):
            call.session.put(pointer.type_name, _replaced(holder, pointer.path, source, target))
        if sent.get("deleteSources"):
            deleting.delete(call.session, name, source)
    kind = call.session.world.kind(name).singular
    report = {
        "message": f"{kind} merge complete",
        "mergeErrors": [],
        "mergeType": kind,
        "sourcesDeleted": sources if sent.get("deleteSources") else [],
    }
    return message(200, None, response={"mergeReport": report, "responseType": "MergeWebResponse"})


def _replaced(value: Any, path: tuple[str, ...], source: str, target: str) -> Any:
    """A body with one reference turned; members that are there already are not doubled."""
    if isinstance(value, list):
        found: list[Any] = []
        for member in value:
            new = _replaced(member, path, source, target)
            if new not in found:
                found.append(new)
        return found
    if not path:
        return value | {"id": target} if value.get("id") == source else value
    body: Body = dict(value)
    if body.get(path[0]):
        body[path[0]] = _replaced(body[path[0]], path[1:], source, target)
    return body
