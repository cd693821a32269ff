"""The scenarios of the live suite on the embedded server: where it is unlike DHIS2, one of both fails."""

from pathlib import Path

import pytest

from tests.live.conftest import new_stage
from tests.live.scenarios import SCENARIOS
from tests.live.server import embedded_server
from tests.live.stage import Scenario


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.__name__)
def test_scenario(scenario: Scenario, tmp_path: Path) -> None:
    """What the scenario's own sentence says."""
    scenario(new_stage(embedded_server("2.42"), "ZTEST_", tmp_path))
