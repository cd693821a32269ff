"""The pipeline for GitLab in docs/ci: its commands are those of the program, and forks get no secret."""

import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from dhis2cfg.cli.app import run
from tests.e2e.house import House
from tests.review.pairs import git, repository

PAGE = Path(__file__).parents[2] / "docs" / "ci" / "gitlab.md"


def jobs() -> dict[str, Any]:
    """The example, as GitLab reads it."""
    text = PAGE.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("\n```")[0]
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def commands(job: str, base: str) -> list[list[str]]:
    """The words of each command of a job."""
    return [
        shlex.split(line.replace("$CI_MERGE_REQUEST_DIFF_BASE_SHA", base)) for line in jobs()[job]["script"]
    ]


def test_a_merge_request_is_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commands, in order, in a repository whose last commit widens a role."""
    workspace = repository("role-widened", tmp_path)
    monkeypatch.chdir(workspace)
    for program, *words in commands("review", git(workspace, "rev-parse", "before")):
        assert program == "dhis2cfg"
        assert run(words) == 0
    assert "may now delete enrolments" in (workspace / "review.md").read_text(encoding="utf-8")
    assert "<testsuite" in (workspace / "findings.xml").read_text(encoding="utf-8")


def test_a_plan_and_an_apply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their commands do what they say, on a server."""
    monkeypatch.chdir(tmp_path)
    assert run(["--quiet", "init", str(tmp_path / "workspace")]) == 0
    house = House(folder=tmp_path / "workspace")
    house.serve()
    for job in ("plan", "apply"):
        for _, *words in commands(job, "HEAD"):
            house.fine(*words)
    assert (tmp_path / "plan.md").read_text(encoding="utf-8").startswith("<!-- dhis2cfg: plan -->")
    assert (tmp_path / "outcome.json").is_file()


def test_forks_get_validate_and_diff_only() -> None:
    """What needs a credential runs for the project's own branches; only the default branch applies."""
    read = jobs()
    wanted = "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID"
    assert wanted in read["plan"]["rules"][0]["if"]
    assert read["apply"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert {words[1] for words in commands("review", "A")} == {"validate", "diff"}
