"""What nobody can open."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.state import Sharing
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import value_of

PAGE = Page(
    rule="nobody-enters",
    what="A program, data set or dashboard is shared with nobody.",
    why=(
        "Only who holds every authority of the server can reach it. Often the profile of the package has no "
        "group yet, and nobody notices until the first user logs in."
    ),
    wrong="""
programs:
  NO_MELDING: {name: Melding, programType: WITHOUT_REGISTRATION, sharing: {public: "--------"}}
""",
    right="""
programs:
  NO_MELDING:
    name: Melding
    programType: WITHOUT_REGISTRATION
    sharing: {public: "--------", userGroups: {NO_UG_SPORER: r-rw----}}
""",
    severity=Severity.INFO,
)
OPENED = ("programs", "dataSets", "dashboards")


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each that lets in neither everybody nor a group nor a user."""
    for kind in OPENED:
        for each in context.of(kind):
            sharing = value_of(each.fields, "sharing")
            if not isinstance(sharing, Sharing) or sharing.public is None:
                continue
            entries = (sharing.public, *sharing.user_groups.values(), *sharing.users.values())
            if not any("r" in access for access in entries):
                yield PAGE.finding(
                    f"nobody can open {context.name(each)}",
                    each.fields["sharing"].place,
                    label="shared with nobody",
                    following="name the groups that work with it under sharing",
                )
