"""What must be equal for two objects of one code to be the same thing (design §6, matching)."""

from collections.abc import Callable
from typing import Any

from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.questions import Live
from dhis2cfg.model.state import DesiredObject, Value
from dhis2cfg.wire.flatten import uid_of

DEFINING = (
    "domainType",
    "valueType",
    "optionSet",
    "programType",
    "trackedEntityType",
    "parent",
    "indicatorType",
    "periodType",
)
"""Domain, value type, option set, program type, tracked entity type, parent: another one is another thing."""


def defining_differences(
    each: DesiredObject, live: Live, uid: Callable[[Ref], Uid | None]
) -> tuple[str, ...]:
    """The defining fields that the packages write and that stand otherwise on the server.

    `uid` says what an object of ours is on this server, so that a reference to an adopted one is equal.
    """
    return tuple(
        name
        for name in DEFINING
        if name in each.fields and not _is_equal(each.fields[name].value, live.get(name), uid)
    )


def _is_equal(written: Value, stands: Any, uid: Callable[[Ref], Uid | None]) -> bool:
    match written:
        case Ref() as ref:
            return uid_of(stands) == uid(ref)
        case Foreign(uid=foreign):
            return uid_of(stands) == foreign
        case value:
            return bool(value == stands)
