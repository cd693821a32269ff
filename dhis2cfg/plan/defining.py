"""What must be equal for two objects of one code to be the same thing (design §6, matching)."""

from dhis2cfg.model.names import Foreign, Ref
from dhis2cfg.model.questions import Live
from dhis2cfg.model.state import DesiredObject, State
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


def defining_differences(each: DesiredObject, live: Live, state: State) -> tuple[str, ...]:
    """The defining fields that the packages write and that stand otherwise on the server.

    A reference to an object of ours counts as equal where the server's has the code that ours has.
    """
    differing = []
    for name in DEFINING:
        written = each.fields.get(name)
        if written is None:
            continue
        stands = live.get(name)
        match written.value:
            case Ref() as ref:
                ours = state.objects.get(ref)
                equal = stands is not None and (
                    ours is None or ours.uid is None or uid_of(stands) == ours.uid
                )
            case Foreign(uid=uid):
                equal = uid_of(stands) == uid
            case value:
                equal = value == stands
        if not equal:
            differing.append(name)
    return tuple(differing)
