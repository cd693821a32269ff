"""Tests of which commit a workspace stands at."""

import shutil
import subprocess
from pathlib import Path

import pytest

from dhis2cfg.workspace import Revision, revision

WITHOUT_GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(root: Path, *arguments: str) -> str:
    """What git says in a folder."""
    author = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    words = ["git", "-C", str(root), *author, *arguments]
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    return done.stdout.strip()


@WITHOUT_GIT
def test_a_commit_and_whether_files_differ(tmp_path: Path) -> None:
    """Clean right after a commit; a new or changed file below the folder makes it dirty."""
    git(tmp_path, "init", "-q")
    assert revision(tmp_path) is None
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "a.yaml").write_text("a: 1\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    commit = git(tmp_path, "rev-parse", "HEAD")
    clean = revision(tmp_path / "inside")
    assert clean == Revision(commit=commit, dirty=False)
    assert clean.short == commit[:7]
    (tmp_path / "outside.yaml").touch()
    assert revision(tmp_path / "inside") == clean
    assert revision(tmp_path) == Revision(commit=commit, dirty=True)


@WITHOUT_GIT
def test_a_shallow_clone_has_a_commit(tmp_path: Path) -> None:
    """What a pipeline checks out is enough."""
    source = tmp_path / "source"
    source.mkdir()
    git(source, "init", "-q")
    for number in ("1", "2"):
        git(source, "commit", "-q", "--allow-empty", "-m", number)
    git(tmp_path, "clone", "-q", "--depth", "1", source.as_uri(), "clone")
    found = revision(tmp_path / "clone")
    assert found == Revision(commit=git(source, "rev-parse", "HEAD"), dirty=False)


def test_without_git_there_is_no_revision(tmp_path: Path) -> None:
    """A machine without git, and a folder that is no repository, simply have none."""
    assert revision(tmp_path, program="no-such-program") is None
    assert revision(tmp_path) is None
