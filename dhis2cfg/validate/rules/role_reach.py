"""Roles that may do what the package promises nobody may."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import words_of

PAGE = Page(
    rule="role-reach",
    what="A role grants an authority of `privacy: {never: …}`, or ALL, which holds every one.",
    why=(
        "Some authorities reach beyond a municipality whatever sharing says: "
        "F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS finds persons in every unit of the country. They "
        "come into roles by copying, and nobody notices."
    ),
    wrong="""
userRoles:
  NO_UR: {name: Sporer, authorities: [F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS]}
""",
    right="""
userRoles:
  NO_UR: {name: Sporer, authorities: [F_UNCOMPLETE_EVENT]}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each role and each such authority."""
    never = {word.text for promise in context.promises for word in promise.never}
    for each in context.of("userRoles") if never else ():
        granted = words_of(each.fields, "authorities")
        for authority in sorted(granted & (never | {"ALL"})):
            yield PAGE.finding(
                f"{context.name(each)} grants {authority}",
                each.fields["authorities"].place,
                label="no role may have it: privacy.never of package.yaml",
                following="take it out of the role",
            )
