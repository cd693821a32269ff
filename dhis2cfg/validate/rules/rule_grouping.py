"""Sums in rules that group otherwise than they read."""

from collections.abc import Iterator

from dhis2cfg.expressions.readings.regrouping import regroupings
from dhis2cfg.expressions.vocabulary import Use
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="rule-grouping",
    what=("A sum in a rule groups otherwise than it reads."),
    why=(
        "In rules each operator has a level of its own: `*` before `/`, `+` before `-`, and `^` "
        "from the left. So `10 - 4 + 3` is 3 there, and 9 everywhere else in DHIS2. With "
        "parentheses there is no doubt."
    ),
    wrong="""
programRuleActions:
  - {programRuleActionType: ASSIGN, content: "#{igjen}", data: "#{dager} - #{brukt} + 1"}
""",
    right="""
programRuleActions:
  - {programRuleActionType: ASSIGN, content: "#{igjen}", data: "(#{dager} - #{brukt}) + 1"}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each sum whose value would surprise, with both values of an example."""
    for expression in judged(context, Use.CONDITION, Use.DATA):
        for found in regroupings(expression.tree) if expression.tree else ():
            yield PAGE.finding(
                f"rules read this as {found.works}" + (f": {found.example}" if found.example else ""),
                expression.passage.place_of(found.start, found.end),
                label=f"it reads like {found.reads}",
                following=f"write {found.works} or {found.reads}",
            )
