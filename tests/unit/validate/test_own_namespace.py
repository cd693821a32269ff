"""own-namespace: entries of the data store where the tool keeps its own, or under no name at all."""

import pytest

from dhis2cfg.validate.rules.own_namespace import check
from tests.unit.validate.settings_states import found_in, setting, told


@pytest.mark.parametrize("namespace", ["dhis2cfg", "DHIS2CFG", " dhis2cfg "])
def test_the_tools_own_namespace(namespace: str) -> None:
    """However it is spelled, a package writes nothing there."""
    (finding,) = found_in(check, setting(f"dataStore/{namespace}/record-fleet", {}, line=4))
    assert finding.message == f"dataStore/{namespace}/record-fleet is dhis2cfg's own"
    assert (finding.place.line, finding.following) == (4, "take another namespace")


@pytest.mark.parametrize(
    "path", ["/key", "space/", "space", f"space/{'k' * 256}", f"{'n' * 256}/key", "a/b/c"]
)
def test_names_that_no_entry_can_have(path: str) -> None:
    """Both parts are there, and neither is longer than the column of the database."""
    assert told(check, setting(f"dataStore/{path}", 1)) == [
        f"dataStore/{path} cannot be the name of an entry"
    ]


def test_other_entries_and_settings() -> None:
    """Any other namespace will do, and settings have none."""
    settings = (setting("dataStore/dhis2cfg-layouts/a", 1), setting("systemSettings/keyFlag", "norway"))
    assert told(check, *settings) == []
