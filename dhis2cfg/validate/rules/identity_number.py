"""Numbers that say who somebody is and are not guarded like that."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import value_of

PAGE = Page(
    rule="identity-number",
    what="An attribute named in `privacy: {numbers: …}` is not confidential, or not unique everywhere.",
    why=(
        "A national identity number opens other registers. Confidential, it stays out of exports and logs of "
        "changes; unique over the whole system, it cannot belong to two people."
    ),
    wrong="""
trackedEntityAttributes:
  NO_FNR: {name: Fødselsnummer, valueType: TEXT, unique: true}
""",
    right="""
trackedEntityAttributes:
  NO_FNR: {name: Fødselsnummer, valueType: TEXT, unique: true, orgunitScope: false, confidential: true}
""",
)
_WANTED = {"confidential": True, "unique": True}


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each such attribute and each thing that it lacks."""
    numbers = {word.text for promise in context.promises for word in promise.numbers}
    for each in context.of("trackedEntityAttributes"):
        if each.ref.key not in numbers:
            continue
        lacks = [name for name, wanted in _WANTED.items() if value_of(each.fields, name) is not wanted]
        lacks += ["orgunitScope"] if value_of(each.fields, "orgunitScope") is True else []
        for name in lacks:
            written = each.fields.get(name)
            yield PAGE.finding(
                f"{context.name(each)} says who somebody is and is not guarded: {name}",
                written.place if written else each.place,
                label="privacy.numbers of package.yaml names it",
                following=f"write {name}: {str(name in _WANTED).lower()}",
            )
