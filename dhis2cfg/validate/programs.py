"""What belongs to a program: its stages' data elements, its attributes; and where a rule's action stands."""

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import Child, DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.values import children_of, value_of


def stage_elements(stage: DesiredObject) -> frozenset[Ref]:
    """The data elements of one stage."""
    listed = children_of(value_of(stage.fields, "programStageDataElements"))
    return frozenset(_named(child, "dataElement", "dataElements") for child in listed)


def program_elements(context: RuleContext, program: str) -> frozenset[Ref]:
    """The data elements of all stages of a program."""
    stages = context.below("programStages", program)
    return frozenset(ref for stage in stages for ref in stage_elements(stage))


def program_attributes(program: DesiredObject) -> frozenset[Ref]:
    """The tracked entity attributes of a program."""
    listed = children_of(value_of(program.fields, "programTrackedEntityAttributes"))
    return frozenset(_named(child, "trackedEntityAttribute", "trackedEntityAttributes") for child in listed)


def program_of_action(action: DesiredObject) -> str:
    """The key path of the program in whose rule an action stands (`PROGRAM/RULE/ACTION`)."""
    return action.ref.parent_path.rpartition("/")[0]


def _named(child: Child, name: str, target: str) -> Ref:
    """What a child stands for: its reference, else its key."""
    value = value_of(child.fields, name)
    return value if isinstance(value, Ref) else Ref(target, child.key)
