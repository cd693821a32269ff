"""Texts that are too long or too short for their column."""

from collections.abc import Iterator

from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext, Spot
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import sent_length, texts_of
from dhis2cfg.validate.wording import versions

PAGE = Page(
    rule="text-length",
    what="A text is longer or shorter than a DHIS2 version the package claims can hold.",
    why=(
        "DHIS2 refuses it with E4001 or E4002. Limits change between versions: 18 texts without a "
        "limit before end at 255 characters in 2.43. Translations are measured like the text that "
        "they translate; keys inside expressions count 11 characters, as their UIDs do."
    ),
    wrong="""
userRoles:
  NO_ROLLE_SPORER: {name: Smittesporer, description: S}
""",
    right="""
userRoles:
  NO_ROLLE_SPORER: {name: Smittesporer, description: Sporer smitte}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each text outside the limits of a version; codes have a rule of their own."""
    for spot in context.spots():
        if spot.name in {"code", "id"}:
            continue
        for text in texts_of(spot.value):
            found = _problem(context, spot, sent_length(text))
            if found:
                yield found
                break


def _problem(context: RuleContext, spot: Spot, length: int) -> Finding | None:
    limits = {version: each for version, each in spot.known.items() if each.shape is Shape.TEXT}
    long = [version for version, each in limits.items() if _is_over(each, length)]
    short = [version for version, each in limits.items() if _is_under(each, length)]
    if not long and not short:
        return None
    limit = limits[(long or short)[0]]
    most = f"at most {limit.length}" if long else f"at least {limit.minimum:g}"
    where = versions(long or short, spot.properties)
    owner = context.name(spot.holder.object)
    return PAGE.finding(
        f"{spot.name} of {owner} has {length} {'character' if length == 1 else 'characters'}",
        spot.place,
        label=f"{most} characters are allowed{where}",
        following="shorten it" if long else "write more, or leave it out",
    )


def _is_over(limit: Property, length: int) -> bool:
    return limit.length is not None and length > limit.length


def _is_under(limit: Property, length: int) -> bool:
    return limit.minimum is not None and 0 < length < limit.minimum
