"""privacy-word: promises about something that is not there."""

from dhis2cfg.validate.rules.privacy_word import check
from tests.unit.validate.states import a_context, promised, thing


def test_names_that_nothing_has() -> None:
    """Types, groups and attributes; an authority is not looked up, since servers differ in them."""
    promise = promised("PERSON PERSN", "TRACERS", "FNR", "F_ANY")
    given = (thing("trackedEntityTypes/PERSON"), thing("userGroups/TRACERS"))
    found = [(each.place.line, each.message) for each in check(a_context(*given, privacy=promise))]
    assert found == [
        (9, "there is no trackedEntityTypes/PERSN"),
        (9, "there is no trackedEntityAttributes/FNR"),
    ]
