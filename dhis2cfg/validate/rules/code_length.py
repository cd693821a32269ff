"""Codes that do not fit."""

from collections.abc import Iterator

from dhis2cfg.catalogue.types import Shape
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.state import Origin
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import text_of
from dhis2cfg.validate.wording import versions

PAGE = Page(
    rule="code-length",
    what="A code is longer than its column: 50 characters for most types, 230 for options.",
    why=(
        "DHIS2 refuses it with E4001. The key is the code unless `code:` says otherwise, so long keys "
        "do it too."
    ),
    wrong="""
dataElements:
  NO_BEKREFTET_SYKDOM_ETTER_REISE_TIL_OMRADE_MED_UTBRUDD: {name: Reise}
""",
    right="""
dataElements:
  NO_BEKREFTET_SYKDOM_ETTER_REISE_TIL_OMRADE_MED_UTBRUDD: {name: Reise, code: NO_SYK_ETTER_REISE}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each code above the limit of a version."""
    for spot in context.spots():
        code = text_of(spot.holder.fields, "code") if spot.name == "code" else None
        limits = {version: each.length for version, each in spot.known.items() if each.shape is Shape.TEXT}
        refusing = [version for version, most in limits.items() if code and most and len(code) > most]
        if code and refusing:
            from_key = spot.holder.fields["code"].origin is Origin.DERIVED
            most_said = f"at most {limits[refusing[0]]} characters are allowed"
            yield PAGE.finding(
                f"the code of {context.name(spot.holder.object)} has {len(code)} characters",
                spot.place,
                label=f"{most_said}{versions(refusing, spot.properties)}",
                following="write a shorter code:, or code: null for none" if from_key else "shorten it",
            )
