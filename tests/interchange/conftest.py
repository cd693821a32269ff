"""Where published packages and recorded imports stand, and a workspace for each test."""

from pathlib import Path

import pytest

from tests.conformance.recorded import RECORDED
from tests.e2e.house import House

PACKAGES = RECORDED.parent / "packages"
TOKEN = "d2p_dhis2cfgSandboxPublicTokenOfNobodysServer"  # noqa: S105 - of every embedded server


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty folder to import into."""
    return House(folder=tmp_path, environ={"DHIS2CFG_TOKEN": TOKEN})
