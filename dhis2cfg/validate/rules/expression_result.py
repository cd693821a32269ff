"""Expressions that give another type than their place needs."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Fault
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import of_faults
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="expression-result",
    what=("An expression gives another type of value than its place needs."),
    why=(
        "A rule acts only where its condition prints `true`: a number or a text never does. An "
        "indicator needs a number, a filter a yes or no."
    ),
    wrong="""
programRules:
  R: {condition: "d2:count(#{provesvar})"}
""",
    right="""
programRules:
  R: {condition: "d2:count(#{provesvar}) > 0"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each text whose result cannot be used."""
    yield from of_faults(context, PAGE, Fault.RESULT)
