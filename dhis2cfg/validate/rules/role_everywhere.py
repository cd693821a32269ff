"""Roles that reach persons outside the units of their users."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import words_of

PAGE = Page(
    rule="role-everywhere",
    what="A role may search for persons in all units, or may do everything.",
    why=(
        "F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS finds persons in every unit of the server, "
        "whatever units a user was given; ALL holds every authority, this one too. `privacy: {never: …}` of "
        "`package.yaml` makes an error of it."
    ),
    wrong="""
userRoles:
  NO_UR: {name: Sporer, authorities: [F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS]}
""",
    right="""
userRoles:
  NO_UR: {name: Sporer, authorities: [F_UNCOMPLETE_EVENT]}
""",
    severity=Severity.WARNING,
)
SEARCH = "F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS"


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each role and each such authority that no promise forbids anyhow."""
    never = {word.text for promise in context.promises for word in promise.never}
    wide = {SEARCH} - never if never else {SEARCH, "ALL"}
    for each in context.of("userRoles"):
        granted = words_of(each.fields, "authorities")
        for authority in sorted(granted & wide):
            yield PAGE.finding(
                f"{context.name(each)} grants {authority}",
                each.fields["authorities"].place,
                label="reaches every unit of the server",
                following="take it out of the role, or silence this with the reason",
            )
