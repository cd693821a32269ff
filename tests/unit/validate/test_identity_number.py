"""identity-number: numbers that say who somebody is and are not guarded like that."""

from dhis2cfg.model.state import Field, Value
from dhis2cfg.validate.rules.identity_number import check
from tests.unit.validate.states import a_context, field, promised, thing, thing_of

PROMISE = promised(numbers="FNR")


def test_a_guarded_number() -> None:
    """Confidential, unique, over the whole system."""
    good = thing("trackedEntityAttributes/FNR", confidential=True, unique=True, orgunitScope=False)
    silent = thing("trackedEntityAttributes/FNR", confidential=True, unique=True)
    for each in (good, silent):
        assert list(check(a_context(each, privacy=PROMISE))) == []


def test_what_it_lacks() -> None:
    """Each thing is a finding, at the property where it is written, else at the attribute."""
    given: dict[str, Value | Field] = {
        "unique": field(value=False, line=5),
        "orgunitScope": field(value=True, line=6),
    }
    bad = thing_of("trackedEntityAttributes/FNR", given, 3)
    found = [(each.place.line, each.following) for each in check(a_context(bad, privacy=PROMISE))]
    assert found == [
        (3, "write confidential: true"),
        (5, "write unique: true"),
        (6, "write orgunitScope: false"),
    ]


def test_other_attributes() -> None:
    """Only the named ones, only where a package promises it."""
    other = thing("trackedEntityAttributes/NAME")
    assert list(check(a_context(other, privacy=PROMISE))) == []
    assert list(check(a_context(thing("trackedEntityAttributes/FNR")))) == []
