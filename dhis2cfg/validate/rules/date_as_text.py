"""Dates compared with texts in rules."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Fault, walk
from dhis2cfg.expressions.syntax.tree import Binary
from dhis2cfg.expressions.vocabulary import Type, Use
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import Expression, judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="date-as-text",
    what=("A rule compares a date with a text."),
    why=(
        "`#{dato} > '2024-01-01'` is an error each time the rule runs; `#{dato} == '2024-01-01'` "
        "is silently false. Two dates can be compared, and days counted. Program indicators do "
        "compare dates with texts."
    ),
    wrong="""
programRules:
  R: {condition: "#{provedato} > '2024-01-01'"}
""",
    right="""
programRules:
  R: {condition: "d2:daysBetween('2024-01-01', #{provedato}) > 0"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each comparison of a date and a text."""
    for expression in judged(context, Use.CONDITION, Use.DATA):
        for mistake in expression.mistakes:
            if mistake.fault is Fault.DATE:
                yield PAGE.finding(
                    mistake.message,
                    expression.place(mistake),
                    label="an error at run time",
                    following=mistake.suggestion,
                    severity=None if mistake.is_sure else Severity.WARNING,
                )
        for node in walk(expression.tree.root) if expression.tree else ():
            if isinstance(node, Binary) and node.operator in {"==", "!="}:
                yield from _equality(expression, node)


def _equality(expression: Expression, node: Binary) -> Iterator[Finding]:
    """A date that is asked whether it equals a text."""
    sides = [expression.types[side] for side in node.parts]
    if {side.type for side in sides} != {Type.DATE, Type.TEXT}:
        return
    is_known = any(side.constant is not None for side in sides)
    yield PAGE.finding(
        f"{expression.text(node)} compares a date with a text",
        expression.place(node),
        label=f"this is always {'false' if node.operator == '==' else 'true'}",
        following="write d2:daysBetween(A, B) == 0, or d2:hasValue(A)",
        severity=None if is_known else Severity.WARNING,
    )
