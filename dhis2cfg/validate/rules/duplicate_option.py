"""Options of one set that cannot be told apart."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="duplicate-option",
    what="Two options of one option set have the same name or the same code.",
    why=(
        "DHIS2 refuses it with E4028, and data that hold the code would mean both. The same code in "
        "two sets is fine."
    ),
    wrong="""
optionSets:
  NO_SVAR:
    options: {JA: {name: Ja}, YES: {name: Ja}}
""",
    right="""
optionSets:
  NO_SVAR:
    options: {JA: {name: Ja}, NEI: {name: Nei}}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each option that repeats the name or code of an earlier one in its set."""
    for option_set in context.of("optionSets"):
        for name in ("code", "name"):
            first: dict[str, DesiredObject] = {}
            for option in context.below("options", option_set.ref.path):
                value = text_of(option.fields, name)
                other = first.setdefault(value, option) if value else option
                if other is not option:
                    pair = f"options {other.ref.key} and {option.ref.key} of {option_set.ref.path}"
                    yield PAGE.finding(
                        f"{pair} have the same {name}",
                        option.fields[name].place,
                        label=f"{value!r} is taken in this set",
                        following=f"write another {name} for one of the two",
                        related=(Related(message="the other", place=other.fields[name].place),),
                    )
