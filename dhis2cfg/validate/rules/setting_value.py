"""Settings and data store entries without a value."""

from collections.abc import Iterator

from dhis2cfg.catalogue.settings.keys import SYSTEM_SETTINGS
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="setting-value",
    what="A setting or an entry of the data store is written without a value.",
    why=(
        "DHIS2 takes no empty setting: it always has some value, its default where nobody set it. What a "
        "package leaves out again goes back to the default, and an entry of ours is taken away."
    ),
    wrong="""
systemSettings:
  keyApplicationFooter: ""
""",
    right="""
systemSettings:
  keyApplicationFooter: Smittevern
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each; `!keep` has none and needs none."""
    for ref, each in context.state.settings.items():
        is_empty = each.value is None or (ref.type == SYSTEM_SETTINGS and str(each.value).strip() == "")
        if is_empty and not each.keep:
            yield PAGE.finding(
                f"{ref} has no value",
                each.place,
                label="wanted: a value",
                following="leave it out; !keep lets go of a value that was managed",
            )
        for locale, text in each.texts.items():
            if not text.strip():
                yield PAGE.finding(
                    f"{ref} has an empty text in {locale}",
                    each.place,
                    label="wanted: a text",
                    following=f"leave {locale} out",
                )
