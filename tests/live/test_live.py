"""Every scenario on a real server; skipped where none is named."""

import pytest

from tests.live.scenarios import SCENARIOS
from tests.live.stage import Scenario, Stage
from tests.live.table.languages import what_users_read
from tests.live.table.row import Row
from tests.live.table.rows import ROWS


@pytest.mark.live
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.__name__)
def test_scenario(stage: Stage, scenario: Scenario) -> None:
    """What the scenario's own sentence says."""
    scenario(stage)


@pytest.mark.live
@pytest.mark.parametrize("row", [row for row in ROWS if not row.endangers], ids=lambda each: each.name)
def test_row(stage: Stage, row: Row) -> None:
    """What the row of the table says."""
    row.run(stage)


@pytest.mark.live
def test_what_users_of_each_language_read(stage: Stage) -> None:
    """Users with the database language `no`, `nb`, `en` and none, on the version of this server."""
    what_users_read(stage)
