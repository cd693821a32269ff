"""One language under two names."""

from collections.abc import Iterator

from dhis2cfg.catalogue.quirks import same_language
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.state import Text
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="duplicate-locale",
    what="A text is written twice in one language, under two names of it (`nb` and `no`).",
    why=(
        "DHIS2 keeps Bokmål under both names, and either text goes out under both: which of the two users "
        "would see, nobody could say."
    ),
    wrong="""
dataElements:
  NO_FEBER: {name: {nb: Feber, no: Feber over 38}}
""",
    right="""
dataElements:
  NO_FEBER: {name: {nb: Feber, en: Fever}}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each text with a language that it has under another name too."""
    for spot in context.spots():
        if not isinstance(spot.value, Text):
            continue
        seen = [spot.value.locale] if spot.value.base is not None else []
        for locale in spot.value.locales:
            other = next((each for each in same_language(locale) if each in seen), None)
            seen.append(locale)
            if other is not None:
                what = f"{spot.name} of {context.name(spot.holder.object)}"
                yield PAGE.finding(
                    f"{what} is written in {other} and in {locale}",
                    spot.place,
                    label=f"{locale} is the same language as {other}",
                    following=f"keep {other}: it goes out under both names",
                )
