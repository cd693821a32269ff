"""Options that data could not name."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="option-without-code",
    what="An option has no code.",
    why=(
        "Data hold the code of the option that was chosen, never its name or UID; DHIS2 refuses it "
        "with E4000."
    ),
    wrong="""
optionSets:
  NO_SVAR:
    options: {JA: {name: Ja, code: null}}
""",
    right="""
optionSets:
  NO_SVAR:
    options: {JA: {name: Ja}}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each option without a code."""
    for option in context.of("options"):
        if not text_of(option.fields, "code"):
            place = option.fields["code"].place if "code" in option.fields else option.place
            yield PAGE.finding(
                f"{context.name(option)} has no code",
                place,
                label="data would have nothing to hold",
                following="take code: out, and the key is the code; or write one",
            )
