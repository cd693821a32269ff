"""Languages that nobody will see."""

from collections.abc import Iterator

from dhis2cfg.catalogue.quirks import OFFERED_LOCALES
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Text
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="hidden-locale",
    what="A text is written in a language that no screen of DHIS2 can be set to.",
    why=(
        "Servers keep texts in any language, but a user can choose only among those that DHIS2 "
        "offers: Nynorsk (nn) and Northern Sami (se) are not among them, Bokmål (nb) is."
    ),
    wrong="""
dataElements:
  NO_FEBER: {name: {nb: Feber, se: Feber (se)}}
""",
    right="""
dataElements:
  NO_FEBER: {name: {nb: Feber, en: Fever}}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding for each such language, where it is used first."""
    places: dict[str, list[Place]] = {}
    for spot in context.spots():
        if isinstance(spot.value, Text):
            for locale in spot.value.locales:
                if locale.partition("_")[0].partition("-")[0] not in OFFERED_LOCALES:
                    places.setdefault(locale, []).append(spot.place)
    for locale, found in places.items():
        yield PAGE.finding(
            f"no screen of DHIS2 can be set to {locale}",
            min(found),
            label="DHIS2 does not offer this language",
            following="keep it if other programs read it; users will see the base text",
        )
