"""Functions and modifiers that an expression cannot have."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Fault
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import of_faults
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="expression-function",
    what=("An expression calls a function, or adds a modifier, that its kind of expression does not have."),
    why=(
        "DHIS2 has two expression languages with different functions: `if` and `isNull` are "
        "unknown in rules, `d2:round` outside them. Metadata import does not look, so it breaks "
        "when the rule runs."
    ),
    wrong="""
programRules:
  R: {condition: "isNull(#{provedato})"}
""",
    right="""
programRules:
  R: {condition: "!d2:hasValue(#{provedato})"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each function or modifier that there is not."""
    yield from of_faults(context, PAGE, Fault.FUNCTION)
