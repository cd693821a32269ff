"""Remainders in rules."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import walk
from dhis2cfg.expressions.syntax.tree import Binary, Call
from dhis2cfg.expressions.vocabulary import Use
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="rule-remainder",
    what=("A rule computes a remainder, with `%` or `d2:modulus`."),
    why=(
        "The rule engine gets remainders wrong for many numbers: `10 % 3` is 0.1 there and "
        "`d2:modulus(1000, 365)` is 14.5. An official package tells a man of 33 years and 322 "
        "days that he is 33 years and 30 days old."
    ),
    wrong="""
programRuleActions:
  - {programRuleActionType: ASSIGN, content: "#{rest}", data: "d2:modulus(#{dager}, 365)"}
""",
    right="""
programRuleActions:
  - {programRuleActionType: ASSIGN, content: "#{rest}", data: "#{dager} - (365 * d2:floor(#{dager} / 365))"}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each remainder that a rule computes."""
    for expression in judged(context, Use.CONDITION, Use.DATA):
        for node in walk(expression.tree.root) if expression.tree else ():
            is_sign = isinstance(node, Binary) and node.operator == "%"
            if is_sign or (isinstance(node, Call) and node.name == "d2:modulus"):
                yield PAGE.finding(
                    f"{expression.text(node)} is wrong for many numbers in rules",
                    expression.place(node),
                    label="10 % 3 is 0.1 in rules",
                    following="write A - (B * d2:floor(A / B))",
                )
