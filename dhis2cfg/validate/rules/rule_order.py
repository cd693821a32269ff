"""Rules that read what a later rule assigns."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import assignments, priority_of, reads, rule_of, run_together

PAGE = Page(
    rule="rule-order",
    what=("A rule reads a variable that another rule assigns, and does not surely run after it."),
    why=(
        "Rules run by priority, the lowest number first, those without one last; at equal "
        "priorities only their order in the list decides. Read too early, the variable is empty."
    ),
    wrong="""
programRules:
  REGN:
    condition: "true"
    programRuleActions: [{programRuleActionType: ASSIGN, content: "#{igjen}", data: "5 - #{dager}"}]
  SKJUL:
    condition: "#{igjen} < 1"
    programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: NO_FERDIG}]
""",
    right="""
programRules:
  REGN:
    condition: "true"
    priority: 1
    programRuleActions: [{programRuleActionType: ASSIGN, content: "#{igjen}", data: "5 - #{dager}"}]
  SKJUL:
    condition: "#{igjen} < 1"
    priority: 2
    programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: NO_FERDIG}]
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each rule and variable that it may read before it is assigned."""
    readers = _readers(context)
    told: set[tuple[Ref, str]] = set()
    for assignment in assignments(context):
        for reader in readers.get((assignment.rule.ref.parent_path, assignment.variable), ()):
            is_ordered = priority_of(assignment.rule) < priority_of(reader)
            key = (reader.ref, assignment.variable)
            if (
                reader is assignment.rule
                or is_ordered
                or not run_together(reader, assignment.rule)
                or key in told
            ):
                continue
            told.add(key)
            is_equal = priority_of(assignment.rule) == priority_of(reader)
            yield PAGE.finding(
                f"rule {reader.ref.path} reads {assignment.target}, which {assignment.rule.ref.path} assigns",
                reader.fields["priority"].place if "priority" in reader.fields else reader.place,
                label="both have the same priority" if is_equal else "it runs before that",
                following=f"give {assignment.rule.ref.key} a lower priority number than {reader.ref.key}",
            )


def _readers(context: RuleContext) -> dict[tuple[str, str], list[DesiredObject]]:
    """The rules that read each variable of a program."""
    found: dict[tuple[str, str], list[DesiredObject]] = {}
    for ref, names in reads(context).items():
        each = context.get(ref)
        rule = rule_of(context, each) if each else None
        for name in sorted(names) if rule else ():
            rules = found.setdefault((rule.ref.parent_path, name), []) if rule else []
            if rule and rule not in rules:
                rules.append(rule)
    return found
