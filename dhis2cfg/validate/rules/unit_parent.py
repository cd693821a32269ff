"""Organisation units without a parent."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import value_of

PAGE = Page(
    rule="unit-parent",
    what="More than one organisation unit has no parent.",
    why=(
        "A server has one root, and a package's root is taken for it. A second one would begin a "
        "hierarchy of its own that no user of the first can see."
    ),
    wrong="""
organisationUnits:
  NORGE: {name: Norge, openingDate: 2020-01-01}
  OSLO: {name: Oslo, openingDate: 2020-01-01}
""",
    right="""
organisationUnits:
  NORGE: {name: Norge, openingDate: 2020-01-01}
  OSLO: {name: Oslo, openingDate: 2020-01-01, parent: NORGE}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each unit without a parent but the first; units found on the server do not count."""
    units = context.of("organisationUnits")
    roots = [unit for unit in units if value_of(unit.fields, "parent") is None and not unit.adopt]
    for unit in roots[1:]:
        yield PAGE.finding(
            f"organisation unit {unit.ref.path} has no parent",
            unit.place,
            label=f"{roots[0].ref.path} is the root already",
            following="write parent: KEY",
            related=(Related(message="the first without a parent", place=roots[0].place),),
        )
