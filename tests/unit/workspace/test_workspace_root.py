"""Tests of where the workspace is."""

from pathlib import Path

import pytest

from dhis2cfg.errors import Exit, UsageError
from dhis2cfg.workspace import Workspace, find_root


def test_the_fleet_file_wins_over_a_nearer_package(tmp_path: Path) -> None:
    """The first folder upwards with `fleet.yaml` is the workspace."""
    package = tmp_path / "packages" / "p" / "programs"
    package.mkdir(parents=True)
    (tmp_path / "fleet.yaml").touch()
    (package.parent / "package.yaml").touch()
    root = tmp_path.resolve()
    assert find_root(package) == Workspace(root=root, has_fleet=True)
    assert find_root(package).lock == root / "uids.lock"


def test_a_package_alone_is_a_workspace(tmp_path: Path) -> None:
    """Without a fleet file the first folder with `package.yaml` counts."""
    inner = tmp_path / "deep" / "deeper"
    inner.mkdir(parents=True)
    (tmp_path / "package.yaml").touch()
    assert find_root(inner) == Workspace(root=tmp_path.resolve(), has_fleet=False)


def test_outside_of_everything_is_said(tmp_path: Path) -> None:
    """No workspace, or no folder, is a mistake of the command line."""
    with pytest.raises(UsageError, match=r"neither fleet\.yaml nor package\.yaml") as refused:
        find_root(tmp_path)
    assert refused.value.exit is Exit.USAGE
    assert refused.value.following[0] == "dhis2cfg init DIR makes a workspace"
    with pytest.raises(UsageError, match="is no folder"):
        find_root(tmp_path / "nowhere")
