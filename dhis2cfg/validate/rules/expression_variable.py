"""Names in V{…} that DHIS2 does not have there."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Fault
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import of_faults
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="expression-variable",
    what=("An expression names a value of DHIS2's own, `V{…}`, that there is not where it stands."),
    why=(
        "Rules and program indicators have different ones: `V{org_unit}` is unknown in "
        "indicators, `V{creation_date}` in rules. A rule without a stage also runs for the "
        "enrollment, where nothing is known of events: a warning."
    ),
    wrong="""
programRules:
  R: {condition: "V{enrolment_count} > 1"}
""",
    right="""
programRules:
  R: {condition: "V{enrollment_count} > 1"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each name that there is not."""
    yield from of_faults(context, PAGE, Fault.VARIABLE)
