"""Every scenario on a real server; skipped where none is named."""

import pytest

from tests.live.scenarios import SCENARIOS
from tests.live.stage import Scenario, Stage


@pytest.mark.live
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.__name__)
def test_scenario(stage: Stage, scenario: Scenario) -> None:
    """What the scenario's own sentence says."""
    scenario(stage)
