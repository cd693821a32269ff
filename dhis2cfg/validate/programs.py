"""What belongs to a program: its stages' elements, its attributes, its rules' actions, what it sends."""

from dhis2cfg.expressions.vocabulary import Use
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


def message_use(context: RuleContext, template: Ref) -> Use:
    """What the template of a notification may hold; MESSAGE where both or none of ours send it."""
    senders = {kind for kind in ("programs", "programStages") if template in _sent_by(context, kind)}
    if len(senders) != 1:
        return Use.MESSAGE
    return Use.PROGRAM_MESSAGE if senders == {"programs"} else Use.STAGE_MESSAGE


def _sent_by(context: RuleContext, kind: str) -> frozenset[Ref]:
    """The templates that objects of a type send."""
    listed = (value_of(each.fields, "notificationTemplates") for each in context.of(kind))
    values = (value for value in listed if isinstance(value, tuple))
    return frozenset(each for value in values for each in value if isinstance(each, Ref))
