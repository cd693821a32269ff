"""duplicate-option: options of one set that cannot be told apart."""

from dhis2cfg.validate.rules.duplicate_option import check
from tests.unit.validate.states import field, found, messages, text, thing

SETS = (thing("optionSets/S"), thing("optionSets/T"))


def test_names_and_codes_repeat() -> None:
    """The same code or name within a set is one finding each."""
    one = thing("options/S/A", name=text("Ja"), code="J")
    two = thing("options/S/B", name=field(text("Ja"), 3), code=field("J", 4))
    code, name = found(check, *SETS, one, two)
    assert code.message == "options A and B of S have the same code"
    assert (code.label, code.place.line) == ("'J' is taken in this set", 4)
    assert name.message == "options A and B of S have the same name"


def test_two_sets_may_say_the_same() -> None:
    """Codes are unique within a set only; options without one do not clash."""
    options = (
        thing("options/S/A", code="J"),
        thing("options/T/A", code="J"),
        thing("options/S/B", code=None),
        thing("options/S/C", code=None),
    )
    assert messages(check, *SETS, *options) == []
