"""Expressions that DHIS2 cannot read."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Fault
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="expression-syntax",
    what=("An expression cannot be read: something is missing, or stands where nothing can."),
    why=(
        "Import stores it with 200 OK, for nothing on the server looks at it. A rule fails for "
        "each person, in the log alone; an indicator shows nothing. A backslash is read otherwise "
        "in rules than elsewhere."
    ),
    wrong="""
programRules:
  R: {condition: "#{alder} = 7"}
""",
    right="""
programRules:
  R: {condition: "#{alder} == 7"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each mistake of syntax that was not told while references were looked up."""
    for expression in judged(context):
        where = f"{expression.passage.name} of {context.name(expression.passage.object)}"
        for mistake in () if expression.is_told else expression.mistakes:
            if mistake.fault in {Fault.SYNTAX, Fault.TEXT}:
                yield PAGE.finding(
                    f"{mistake.message}, in {where}",
                    expression.place(mistake),
                    following=mistake.suggestion,
                    severity=None if mistake.is_sure else Severity.WARNING,
                )
