"""Whether an object of ours lets go of a dropped one with this plan, or goes on holding it."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.record import Recorded
from dhis2cfg.plan.dropping.dropped import Dropped
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat

NOTHING: Mapping[str, Any] = {}


def holds_on(type_name: str, uid: str, recorded: Recorded | None, desired: Flat, live: Flat) -> bool:
    """Whether something that stands names the UID and is not ours to take away, or is wanted so."""
    last = recorded.fields if recorded else NOTHING
    found = set(recorded.found) if recorded else set()
    goes = {path for path in last if path not in desired and path not in found}
    for path, value in live.items():
        if path.endswith(paths.ORDER) or path in goes or _child_of(path) in goes:
            continue
        stands = desired.get(path, value)
        if uid in path or (isinstance(stands, str) and uid in stands) or _is_inside(uid, stands):
            parsed = paths.parse(path) if path else None
            if parsed is None or oddities.nested(type_name, parsed.property) is None:
                return True
    return False


def names_variable(variable: Dropped, text: Any) -> bool:
    """Whether a text of a rule names a variable, as `#{name}` or `A{name}`."""
    return f"{{{(variable.live or {}).get('name')}}}" in str(text or "")


def _child_of(path: str) -> str:
    head, bracket, _ = path.partition("].")
    return head + "]" if bracket else path


def _is_inside(uid: str, value: Any) -> bool:
    """Whether a value that no schema describes names the UID somewhere."""
    if isinstance(value, Mapping):
        return any(_is_inside(uid, each) for each in value.values())
    if isinstance(value, list | tuple):
        return any(_is_inside(uid, each) for each in value)
    return isinstance(value, str) and uid in value
