"""Who sends a notification: a program, for enrollments, or a stage, for events; each has names of its own."""

from dhis2cfg.expressions.vocabulary import Use
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.values import value_of


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
