"""What every test may rely on: nothing of this machine's user is read or written, no variable is set."""

import os
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.live")


@pytest.fixture(autouse=True)
def nobodys_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own for each test, without any `DHIS2CFG_…` variable but that of recorded data.

    Programs that a test starts are not traced for coverage: they would take three times as long.
    """
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    for name in list(os.environ):
        if name.startswith("DHIS2CFG_") and not name.startswith(("DHIS2CFG_RECORDED", "DHIS2CFG_LIVE")):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name, folder in (("HOME", "."), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setenv("COLUMNS", "100")
    return home
