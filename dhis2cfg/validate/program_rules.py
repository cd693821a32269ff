"""The rules of a program: what each reads and assigns, in which order they run."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dhis2cfg.expressions import Context, Kind, find_references
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.passages import passages
from dhis2cfg.validate.values import reference_of, text_of, value_of

_TARGET = re.compile(r"#\{(?P<name>[^{}]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One ASSIGN: `variable` is the name in its content, empty where it assigns a field (`field`)."""

    rule: DesiredObject
    action: DesiredObject
    variable: str = ""
    field: Ref | None = None

    @property
    def target(self) -> str:
        """What is assigned, as messages name it."""
        return f"#{{{self.variable}}}" if self.variable else str(self.field.path if self.field else "")


def program_of(each: DesiredObject) -> str:
    """The key path of the program that a rule, an action or a variable belongs to."""
    parent = each.ref.parent_path
    return parent.rpartition("/")[0] if each.ref.type == "programRuleActions" else parent


def rule_of(context: RuleContext, each: DesiredObject) -> DesiredObject | None:
    """The rule itself, or the rule of an action."""
    if each.ref.type == "programRules":
        return each
    return context.get(Ref("programRules", each.ref.parent_path))


def stage_of(rule: DesiredObject) -> Ref | None:
    """The one stage in which a rule runs; None where it runs in all."""
    return reference_of(rule.fields, "programStage")


def priority_of(rule: DesiredObject) -> float:
    """Lower runs first; a rule without a number runs last (expressions facts §5.6)."""
    priority = value_of(rule.fields, "priority")
    return float(priority) if isinstance(priority, int | float) else float("inf")


def is_of_enrollment(context: RuleContext, each: DesiredObject) -> bool:
    """Whether a rule or action also runs where there is no event: no stage, in a program with persons."""
    rule = rule_of(context, each) if each.ref.type.startswith("programRule") else None
    program = context.get(Ref("programs", program_of(rule))) if rule else None
    if rule is None or program is None or stage_of(rule) is not None:
        return False
    return text_of(program.fields, "programType") != "WITHOUT_REGISTRATION"


def assignments(context: RuleContext) -> Iterator[Assignment]:
    """Everything that rules assign, rule by rule."""
    for action in context.of("programRuleActions"):
        rule = rule_of(context, action)
        if rule is None or text_of(action.fields, "programRuleActionType") != "ASSIGN":
            continue
        match = _TARGET.fullmatch(text_of(action.fields, "content") or "")
        field = reference_of(action.fields, "dataElement") or reference_of(
            action.fields, "trackedEntityAttribute"
        )
        if field is not None:
            yield Assignment(rule=rule, action=action, field=field)
        elif match:
            yield Assignment(rule=rule, action=action, variable=match["name"])


def reads(context: RuleContext) -> Mapping[Ref, frozenset[str]]:
    """The variables that each condition and action reads; what an assignment names is no reading."""
    if "reads" not in context.memory:
        context.memory["reads"] = tuple(_reads(context).items())
    return dict(context.memory["reads"])


def _reads(context: RuleContext) -> Mapping[Ref, frozenset[str]]:
    """The same, worked out."""
    found: dict[Ref, set[str]] = {}
    for passage in passages(context, Context.RULE, Context.RULE_MESSAGE):
        each = passage.object
        is_target = passage.name == "content" and text_of(each.fields, "programRuleActionType") == "ASSIGN"
        names = find_references(passage.text, passage.context)
        found.setdefault(each.ref, set()).update(
            reference.parts[0]
            for reference in names
            if reference.kind is Kind.RULE_VARIABLE and not is_target
        )
    return {ref: frozenset(names) for ref, names in found.items()}


def run_together(one: DesiredObject, other: DesiredObject) -> bool:
    """Whether two rules can run for the same event."""
    stages = {stage_of(one), stage_of(other)} - {None}
    return one.ref.parent_path == other.ref.parent_path and len(stages) <= 1
