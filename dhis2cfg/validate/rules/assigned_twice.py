"""Fields that two rules assign."""

from collections.abc import Iterator, Mapping

from dhis2cfg.expressions.readings.conditions import exclude_each_other
from dhis2cfg.expressions.syntax import Tree
from dhis2cfg.expressions.vocabulary import Use
from dhis2cfg.model.findings import Finding, Related, Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import judged
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import Assignment, assignments, priority_of, run_together

PAGE = Page(
    rule="assigned-twice",
    what=("Two rules of the same priority assign the same field or variable, and may both hold."),
    why=(
        "The rule that runs last wins, and nothing says which that is. Conditions that exclude "
        "each other, or priorities, leave no doubt."
    ),
    wrong="""
programRules:
  A:
    condition: "#{alder} < 18"
    programRuleActions: [{programRuleActionType: ASSIGN, content: "#{dager}", data: "5"}]
  B:
    condition: "#{gravid}"
    programRuleActions: [{programRuleActionType: ASSIGN, content: "#{dager}", data: "7"}]
""",
    right="""
programRules:
  A:
    condition: "#{alder} < 18"
    priority: 1
    programRuleActions: [{programRuleActionType: ASSIGN, content: "#{dager}", data: "5"}]
  B:
    condition: "#{gravid}"
    priority: 2
    programRuleActions: [{programRuleActionType: ASSIGN, content: "#{dager}", data: "7"}]
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding at the later of two assignments between which only chance decides."""
    trees = {each.passage.object.ref: each.tree for each in judged(context, Use.CONDITION) if each.tree}
    seen: dict[tuple[str, str], list[Assignment]] = {}
    for assignment in assignments(context):
        program = assignment.rule.ref.parent_path
        earlier = seen.setdefault((program, assignment.target), [])
        first = next((each for each in earlier if _clash(each, assignment, trees)), None)
        if first is not None:
            yield PAGE.finding(
                f"rules {first.rule.ref.path} and {assignment.rule.ref.path} both assign {assignment.target}",
                assignment.action.place,
                label="whichever runs last wins",
                following="give the rules priorities, or conditions that exclude each other",
                related=(Related(message="also assigned here", place=first.action.place),),
            )
        earlier.append(assignment)


def _clash(one: Assignment, other: Assignment, trees: Mapping[Ref, Tree]) -> bool:
    """Whether two rules may both assign, in an order that nobody set."""
    if one.rule is other.rule or not run_together(one.rule, other.rule):
        return False
    if priority_of(one.rule) != priority_of(other.rule):
        return False
    conditions = [trees.get(each.rule.ref) for each in (one, other)]
    return not (conditions[0] and conditions[1] and exclude_each_other(conditions[0], conditions[1]))
