"""Objects for whom nobody said who may see them."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.wording import listed

PAGE = Page(
    rule="no-sharing",
    what="An object of a type with sharing says nothing about it.",
    why=(
        "Left alone, DHIS2 would make a new object public. dhis2cfg creates it closed to everybody "
        "but its owner, which is safe and seldom what is wanted: a data entry form with fields that "
        "nobody may read."
    ),
    wrong="""
dataElements:
  NO_FEBER: {name: Feber, valueType: BOOLEAN}
""",
    right="""
defaults: {dataElements: {sharing: tracing}}        # in package.yaml, with tracing under sharing:
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding for each type and owner, at the first object without sharing."""
    open_ones: dict[tuple[str, str], list[DesiredObject]] = {}
    for each in context.state.objects.values():
        kinds = context.kinds(each).values()
        asks = any(kind.shareable and not kind.default_private for kind in kinds)
        said = "sharing" in each.fields or "sharing" in each.unread
        if asks and not said and not each.adopt:
            open_ones.setdefault((each.owner, each.ref.type), []).append(each)
    for (_, type_name), found in open_ones.items():
        first = min(found, key=lambda each: (each.place, each.ref))
        one = len(found) == 1
        yield PAGE.finding(
            f"{context.name(first)} has no sharing"
            if one
            else f"{len(found)} {type_name} have no sharing: {listed([each.ref.path for each in found])}",
            first.place,
            label="created new, it is closed to everybody (--------)",
            following=f"write sharing: …, or defaults: {{{type_name}: {{sharing: PROFILE}}}} in package.yaml",
        )
