"""option-without-code: options that data could not name."""

from dhis2cfg.validate.rules.option_without_code import check
from tests.unit.validate.states import field, found, messages, thing


def test_a_code_that_is_null_or_missing() -> None:
    """Written as null it is found there, left out at the option."""
    null, missing = found(check, thing("options/S/A", code=field(None, 5)), thing("options/S/B", line=6))
    assert (null.message, null.place.line) == ("option S/A has no code", 5)
    assert missing.place.line == 6


def test_a_code_is_enough() -> None:
    """An option with a code is fine, and other types need none."""
    assert messages(check, thing("options/S/A", code="A"), thing("dataElements/E")) == []
