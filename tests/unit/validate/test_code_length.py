"""code-length: codes that do not fit."""

from dhis2cfg.model.state import Field, Origin
from dhis2cfg.validate.rules.code_length import check
from tests.unit.validate.states import at, found, messages, thing


def test_a_long_code() -> None:
    """Written or made from the key, a code above the limit is a finding."""
    made = Field(value="x" * 51, place=at(3), origin=Origin.DERIVED)
    written, derived = found(
        check, thing("dataElements/A", code="x" * 60), thing("dataElements/B", code=made)
    )
    assert written.message == "the code of data element A has 60 characters"
    assert (written.label, written.following) == ("at most 50 characters are allowed", "shorten it")
    assert derived.following == "write a shorter code:, or code: null for none"


def test_codes_that_fit() -> None:
    """Options may have longer codes than other objects; null has no length."""
    assert messages(check, thing("options/S/A", code="x" * 121), thing("programs/P", code=None)) == []
