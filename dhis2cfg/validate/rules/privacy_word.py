"""Promises about something that is not there."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="privacy-word",
    what="`privacy:` names a type, a group or an attribute that no package has.",
    why="A promise about a misspelt name guards nothing, and nobody would notice.",
    wrong="""
privacy: {persons: [PERSN]}
""",
    right="""
privacy: {persons: [PERSON]}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each such name."""
    for promise in context.promises:
        for type_name, words in (
            ("trackedEntityTypes", promise.persons),
            ("userGroups", promise.readers),
            ("trackedEntityAttributes", promise.numbers),
        ):
            known = {each.ref.key for each in context.of(type_name)}
            for word in words:
                if word.text not in known:
                    yield PAGE.finding(
                        f"there is no {type_name}/{word.text}",
                        word.place,
                        label="named under privacy",
                        following="write the key of something that this package, or one it requires, has",
                    )
