"""Programs on persons into which everybody may look."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import value_of

PAGE = Page(
    rule="program-open",
    what="A program that follows persons up is OPEN or AUDITED, or says nothing of it, which is OPEN.",
    why=(
        "In an open program everybody with the role finds and changes the persons of every unit where they "
        "may search; in an audited one they need not even say why. Looked for where `package.yaml` says "
        "`privacy: {persons: …}`."
    ),
    wrong="""
programs:
  NO_C19_INDEKS: {name: Indeks, programType: WITH_REGISTRATION, trackedEntityType: PERSON}
""",
    right="""
programs:
  NO_C19_INDEKS:
    name: Indeks
    programType: WITH_REGISTRATION
    trackedEntityType: PERSON
    accessLevel: CLOSED
""",
)
_OPEN = ("OPEN", "AUDITED")


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each program on persons that is not closed or protected."""
    persons = {word.text for promise in context.promises for word in promise.persons}
    for each in context.of("programs"):
        of = value_of(each.fields, "trackedEntityType")
        level = value_of(each.fields, "accessLevel")
        if not isinstance(of, Ref) or of.key not in persons or level not in (*_OPEN, None):
            continue
        written = each.fields.get("accessLevel")
        yield PAGE.finding(
            f"{context.name(each)} lets everybody look at persons",
            written.place if written else each.place,
            label=f"accessLevel is {level}" if level else "without accessLevel a program is OPEN",
            following="write accessLevel: CLOSED, or PROTECTED where others may look in and say why",
        )
