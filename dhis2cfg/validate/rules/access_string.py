"""Access strings that are none."""

import re
from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.state import Sharing
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import as_key

PAGE = Page(
    rule="access-string",
    what="An access string is missing, or is not `r` or `-`, `w` or `-`, the same for data, and four dashes.",
    why=(
        "DHIS2 stores what a superuser sends as it is, and afterwards reads it in ways nobody meant. "
        "The first two characters are for metadata, the next two for data."
    ),
    wrong="""
userGroups:
  NO_UG: {name: Sporere, sharing: {public: rw}}
""",
    right="""
userGroups:
  NO_UG: {name: Sporere, sharing: {public: rw------}}
""",
)
ACCESS = re.compile(r"[r-][w-][r-][w-]----")


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each access string that has not the form of one."""
    for spot in context.spots():
        if not isinstance(spot.value, Sharing):
            continue
        written = [] if spot.value.public is None else [("public", spot.value.public)]
        for entries in (spot.value.user_groups, spot.value.users):
            written += [(as_key(reference), access) for reference, access in entries.items()]
        for who, access in written:
            if not ACCESS.fullmatch(access):
                yield PAGE.finding(
                    f"{access!r} is no access string ({who} of {context.name(spot.holder.object)})",
                    spot.place,
                    label="eight characters, like r-rw----",
                    following="r and w for metadata, r and w for data, - where not allowed, four dashes",
                )
