"""One stage for all cuts: made once, copied for each."""

from pathlib import Path

import pytest

from tests.chaos.stage import Stage, made_stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The release with every kind of step, ready to be applied."""
    folder: Path = tmp_path_factory.mktemp("chaos") / "example"
    return made_stage(folder)
