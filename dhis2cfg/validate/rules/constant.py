"""Words that a version does not know."""

from collections.abc import Iterator

from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext, Spot
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.wording import listed, nearest, versions

PAGE = Page(
    rule="constant",
    what=(
        "A property takes only certain words, and this one is not among them in a version the package claims."
    ),
    why=(
        "One unknown word makes DHIS2 refuse the whole import without saying where it stands. The "
        "words change between versions: TRACKER_ASSOCIATE is gone from 2.43, SCHEDULEEVENT came with "
        "it."
    ),
    wrong="""
dataElements:
  NO_ALDER: {name: Alder, domainType: TRACKER, aggregationType: NONE, valueType: INTEGER_POSITIV}
""",
    right="""
dataElements:
  NO_ALDER: {name: Alder, domainType: TRACKER, aggregationType: NONE, valueType: INTEGER_POSITIVE}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each word that a version lacks."""
    for spot in context.spots():
        for word in spot.value if isinstance(spot.value, tuple) else (spot.value,):
            if isinstance(word, str) and word:
                yield from _problem(context, spot, word)


def _problem(context: RuleContext, spot: Spot, word: str) -> Iterator[Finding]:
    refusing = [version for version, each in spot.known.items() if not _knows(each, word)]
    if not refusing:
        return
    constants = spot.known[refusing[0]].constants
    near = nearest(word, constants)
    yield PAGE.finding(
        f"{word} is no {spot.name} of {context.name(spot.holder.object)}",
        spot.place,
        label=f"this word is not known{versions(refusing, spot.properties)}",
        following=f"did you mean {near}?" if near else f"write one of {listed(constants)}",
    )


def _knows(each: Property, word: str) -> bool:
    is_constant = each.shape is Shape.CONSTANT or each.item is Shape.CONSTANT
    return not is_constant or not each.constants or word in each.constants
