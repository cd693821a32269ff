"""option-order: options whose numbers leave their order open."""

from dhis2cfg.model.state import Field, Origin
from dhis2cfg.validate.rules.option_order import check
from tests.unit.validate.states import at, field, found, messages, thing

SETS = (thing("optionSets/S"), thing("optionSets/T"))


def test_a_number_twice() -> None:
    """The second option is told, with the place of the first."""
    (finding,) = found(
        check,
        *SETS,
        thing("options/S/A", sortOrder=field(1, 3)),
        thing("options/S/B", sortOrder=field(1, 4)),
        thing("options/T/A", sortOrder=1),
    )
    assert finding.message == "options A and B of S are both number 1"
    assert (finding.place.line, finding.related[0].place.line) == (4, 3)


def test_a_gap() -> None:
    """The first gap of a set is told, at the number behind it."""
    numbers = (1, 2, 4, 9)
    (finding,) = found(
        check, *SETS, *(thing(f"options/S/O{each}", sortOrder=field(each, each)) for each in numbers)
    )
    assert finding.message == "options of S go from number 2 to 4"
    assert (finding.place.line, finding.label) == (4, "no option is number 3")


def test_numbers_that_follow() -> None:
    """From wherever they count, written or not; numbers that nobody wrote are nobody's mistake."""
    derived = Field(value=9, place=at(1), origin=Origin.DERIVED)
    options = (
        thing("options/S/A", sortOrder=3),
        thing("options/S/B", sortOrder=4),
        thing("options/S/C"),
        thing("options/T/A", sortOrder=1),
        thing("options/T/B", sortOrder=derived),
    )
    assert messages(check, *SETS, *options) == []
