"""Somebody may read persons who is not meant to."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.state import Sharing
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.persons import personal
from dhis2cfg.validate.values import as_key, value_of

PAGE = Page(
    rule="personal-reader",
    what="A group that is not among the readers, a user or everybody may read what persons are asked.",
    why=(
        "Who reads an attribute reads it of everybody in the units they may see. `package.yaml` names the "
        "groups that may: `privacy: {readers: […]}`. Attributes of a person are judged by the right to see "
        "them, programs, stages and types of tracked entities by the right to read their data."
    ),
    wrong="""
trackedEntityAttributes:
  NO_FNR:
    name: Fødselsnummer
    valueType: TEXT
    sharing: {public: "--------", userGroups: {NO_UG_FHI: r-------}}
""",
    right="""
trackedEntityAttributes:
  NO_FNR:
    name: Fødselsnummer
    valueType: TEXT
    sharing: {public: "--------", userGroups: {NO_UG_SPORER: r-------}}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each entry that opens persons to somebody else."""
    for promise in context.promises:
        readers = {word.text for word in promise.readers}
        persons = {word.text for word in promise.persons}
        for each, position in personal(context, persons):
            sharing = value_of(each.fields, "sharing")
            if not isinstance(sharing, Sharing):
                continue
            for who in _readers(sharing, position, readers):
                yield PAGE.finding(
                    f"{who} may read persons: {context.name(each)}",
                    each.fields["sharing"].place,
                    label="not among privacy.readers of package.yaml",
                    following="take the entry out, or name the group among the readers",
                )


def _readers(sharing: Sharing, position: int, readers: set[str]) -> Iterator[str]:
    """Those who may read and are not meant to."""
    if sharing.public is not None and sharing.public[position : position + 1] == "r":
        yield "everybody"
    for group, access in sharing.user_groups.items():
        if access[position : position + 1] == "r" and as_key(group) not in readers:
            yield as_key(group)
    for user, access in sharing.users.items():
        if access[position : position + 1] == "r":
            yield f"user {as_key(user)}"
