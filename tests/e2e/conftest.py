"""Workspaces and servers, made once and copied for each test."""

from pathlib import Path

import pytest

from dhis2cfg.cli.app import run
from dhis2cfg.sandbox.store.instance import Instance
from tests.e2e.house import House, new_house


@pytest.fixture(scope="session")
def made_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `init` makes."""
    folder = tmp_path_factory.mktemp("made") / "example"
    assert run(["--quiet", "init", str(folder)]) == 0
    return folder


@pytest.fixture
def bare(tmp_path: Path, made_workspace: Path) -> House:
    """A workspace without any server."""
    return new_house(tmp_path, made_workspace)


@pytest.fixture
def house(bare: House) -> House:
    """A workspace and a fresh server."""
    bare.serve()
    return bare


@pytest.fixture(scope="session")
def applied_instance(made_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """A server on which the workspace stands as applied; copied, never used itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        first = new_house(tmp_path_factory.mktemp("first"), made_workspace)
        server = first.serve()
        first.fine("apply", "--yes")
    return server.instance


@pytest.fixture
def applied(bare: House, applied_instance: Instance) -> House:
    """A workspace and a server on which it stands as applied."""
    bare.serve(like=applied_instance)
    return bare
