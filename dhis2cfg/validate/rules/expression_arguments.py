"""Arguments that a function does not take."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Fault
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import of_faults
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="expression-arguments",
    what=("A function has too few or too many arguments, or one of a form that it does not take."),
    why=(
        "The expression cannot be evaluated. Some functions want an item itself, others a text in "
        "quotes; a comma in a number makes two arguments of one."
    ),
    wrong="""
programRules:
  R: {condition: "d2:daysBetween(#{provedato}) > 2"}
""",
    right="""
programRules:
  R: {condition: "d2:daysBetween(#{provedato}, V{current_date}) > 2"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each call that cannot be made."""
    yield from of_faults(context, PAGE, Fault.ARGUMENTS)
