"""Sharing that lets everybody in."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.state import Sharing
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.persons import personal

PAGE = Page(
    rule="public-access",
    what="Everybody with an account may change an object, or read or enter its data.",
    why=(
        "Public access holds for every account of the server, guests and other programs included. That all "
        "may see an object is harmless; to change it, or its data, is for groups."
    ),
    wrong="""
userGroups:
  NO_UG_INNSYN: {name: Innsyn, sharing: {public: rw------}}
""",
    right="""
userGroups:
  NO_UG_INNSYN: {name: Innsyn, sharing: {public: r-------, userGroups: {NO_UG_INNSYN: rw------}}}
""",
    severity=Severity.WARNING,
)
_RIGHTS = ((1, "w", "change it"), (2, "r", "read its data"), (3, "w", "enter its data"))
"""Where an access string says what, beside the right to see the object."""


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each object that is open to all; who may read persons is told by another rule."""
    persons = {word.text for promise in context.promises for word in promise.persons}
    readable = {each.ref: position for each, position in personal(context, persons)}
    for each in context.state.objects.values():
        written = each.fields.get("sharing")
        if written is None or not isinstance(written.value, Sharing):
            continue
        public = written.value.public or ""
        if public[readable.get(each.ref, len(public)) :][:1] == "r":
            continue
        may = [right for at, letter, right in _RIGHTS if public[at : at + 1] == letter]
        if may:
            yield PAGE.finding(
                f"everybody may {' and '.join(may)}: {context.name(each)}",
                written.place,
                label=f"public access is {public}",
                following="name the groups that may, and leave public at r------- or --------",
            )
