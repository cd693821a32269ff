"""One stage for all cuts: made once, copied for each."""

from pathlib import Path

import pytest

from tests.chaos.stage import Ends, Stage, made_stage, undisturbed


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The release with every kind of step, ready to be applied."""
    folder: Path = tmp_path_factory.mktemp("chaos") / "example"
    return made_stage(folder)


@pytest.fixture(scope="session")
def ends(stage: Stage) -> Ends:
    """What an apply that nobody disturbs begins and ends with."""
    return undisturbed(stage)
