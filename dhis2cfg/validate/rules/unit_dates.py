"""Organisation units that close before they open."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="unit-dates",
    what="The closing date of an organisation unit lies before its opening date.",
    why="DHIS2 refuses it with E4013.",
    wrong="""
organisationUnits:
  NO_OST: {name: Øst, openingDate: 2020-01-01, closedDate: 2019-12-31}
""",
    right="""
organisationUnits:
  NO_OST: {name: Øst, openingDate: 2020-01-01, closedDate: 2024-12-31}
""",
)
_DAY = len("2020-01-01")


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each unit whose dates run backwards."""
    for unit in context.of("organisationUnits"):
        opened, closed = text_of(unit.fields, "openingDate"), text_of(unit.fields, "closedDate")
        if opened and closed and closed[:_DAY] < opened[:_DAY]:
            yield PAGE.finding(
                f"organisation unit {unit.ref.path} closes on {closed} and opens on {opened}",
                unit.fields["closedDate"].place,
                label="before it opens",
                following="correct one of the two dates",
                related=(Related(message="the opening date", place=unit.fields["openingDate"].place),),
            )
