"""Numbers outside what DHIS2 takes."""

from collections.abc import Iterator

from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.wording import versions

PAGE = Page(
    rule="number-range",
    what="A number is smaller or larger than a DHIS2 version the package claims takes.",
    why=(
        "DHIS2 refuses it with E4008. A value that came from a parameter is measured like one that "
        "was written."
    ),
    wrong="""
organisationUnitLevels:
  KOMMUNE: {name: Kommune, level: 0}
""",
    right="""
organisationUnitLevels:
  KOMMUNE: {name: Kommune, level: 1}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each number outside the limits of a version."""
    for spot in context.spots():
        number = spot.value
        if isinstance(number, bool) or not isinstance(number, int | float):
            continue
        refusing = [version for version, each in spot.known.items() if not _fits(each, number)]
        if refusing:
            limit = spot.known[refusing[0]]
            yield PAGE.finding(
                f"{spot.name} of {context.name(spot.holder.object)} is {number:g}",
                spot.place,
                label=f"{_limits(limit)}{versions(refusing, spot.properties)}",
                following="write a number between the limits",
            )


def _fits(limit: Property, number: float) -> bool:
    if limit.shape not in {Shape.NUMBER, Shape.INTEGER}:
        return True
    above = limit.minimum is None or number >= limit.minimum
    return above and (limit.maximum is None or number <= limit.maximum)


def _limits(limit: Property) -> str:
    """The two limits as words."""
    low = "" if limit.minimum is None else f"at least {limit.minimum:g}"
    high = "" if limit.maximum is None else f"at most {limit.maximum:g}"
    return f"{' and '.join(part for part in (low, high) if part)} is allowed"
