"""Options whose numbers leave their order open."""

from collections.abc import Iterator
from itertools import pairwise

from dhis2cfg.model.findings import Finding, Related, Severity
from dhis2cfg.model.state import DesiredObject, Origin
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import value_of

PAGE = Page(
    rule="option-order",
    what="The numbers that options of one set give themselves repeat, or leave a gap.",
    why=(
        "Two options of one number stand in an order that nobody chose, and a gap says that an option is "
        "missing. DHIS2 numbers options by their place in the list all the same; leave `sortOrder` out."
    ),
    wrong="""
optionSets:
  NO_SVAR: {options: {JA: {name: Ja, sortOrder: 1}, NEI: {name: Nei, sortOrder: 3}}}
""",
    right="""
optionSets:
  NO_SVAR: {options: {JA: Ja, NEI: Nei}}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each written number that is taken, and one a set for the first gap."""
    for option_set in context.of("optionSets"):
        by_number: dict[int, DesiredObject] = {}
        for option in context.below("options", option_set.ref.path):
            number = value_of(option.fields, "sortOrder")
            if not isinstance(number, int):
                continue
            other = by_number.setdefault(number, option)
            if other is not option:
                yield PAGE.finding(
                    f"options {other.ref.key} and {option.ref.key} of {option_set.ref.path} "
                    f"are both number {number}",
                    option.fields["sortOrder"].place,
                    label="the number is taken in this set",
                    following="leave sortOrder out: options are numbered as they are written",
                    related=(Related(message="the other", place=other.fields["sortOrder"].place),),
                )
        yield from _gap(option_set, by_number)


def _gap(option_set: DesiredObject, by_number: dict[int, DesiredObject]) -> Iterator[Finding]:
    """The first number that is not the next one, where it was written."""
    numbers = sorted(by_number)
    for before, number in pairwise(numbers):
        field = by_number[number].fields["sortOrder"]
        if number != before + 1 and field.origin is Origin.WRITTEN:
            yield PAGE.finding(
                f"options of {option_set.ref.path} go from number {before} to {number}",
                field.place,
                label=f"no option is number {before + 1}",
                following="leave sortOrder out: options are numbered as they are written",
            )
            return
