"""unknown-setting: keys that a claimed version does not know, and the server's own notes."""

from dhis2cfg.validate.rules.unknown_setting import check
from tests.unit.validate.settings_states import found_in, setting, told


def test_a_misspelled_key() -> None:
    """The nearest key is offered; where none is near, only that."""
    (finding,) = found_in(check, setting("systemSettings/aplicationTitle", "x", line=3))
    assert finding.message == "DHIS2 has no system setting aplicationTitle"
    assert (finding.place.line, finding.following) == (3, "did you mean applicationTitle?")
    (finding,) = found_in(check, setting("systemSettings/zz", "x"))
    assert finding.following == "take it out, or correct its name"


def test_a_key_of_some_versions() -> None:
    """It is judged by the versions that its package claims."""
    one = setting("systemSettings/globalShellEnabled", value=True)
    assert told(check, one) == ["DHIS2 2.41 has no system setting globalShellEnabled"]
    assert told(check, one, versions=("2.42", "2.43")) == []


def test_what_the_server_notes() -> None:
    """Times of last runs are the server's."""
    noted = setting("systemSettings/keyLastMonitoringRun", "2026-01-01")
    assert told(check, noted) == ["the server itself notes keyLastMonitoringRun"]


def test_entries_of_the_data_store_have_any_name() -> None:
    """Only settings have a list of names."""
    assert told(check, setting("dataStore/a/b", 1), setting("systemSettings/keyFlag", "norway")) == []
