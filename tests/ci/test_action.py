"""CI in a box: the steps of `action.yml`, run by bash in their order over a repository and servers."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from dhis2cfg.cli.app import run
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.seed import make_instance
from tests.ci.stand_in import Hub, hub
from tests.serving import served

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
TOKEN = "ghs_ATokenOfNobody"  # noqa: S105 - of a stand-in
LABEL, OTHER, BETTER = "Test taken on", "Date of the test", "Day of the test"
FILE = "packages/example/dictionary.yaml"
COVID = ROOT / "packages" / "covid-no"


@dataclass(kw_only=True)
class Box:
    """A repository with a main branch and a pull request, and what a runner tells its steps."""

    repository: Path
    home: Path
    api: str
    hub: Hub
    head_repository: str = "municipality/config"
    said: list[str] = field(default_factory=list)

    def git(self, *arguments: str) -> str:
        """One git command in the repository."""
        done = subprocess.run(  # noqa: S603 - git, with our own arguments
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],  # noqa: S607
            cwd=self.repository,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def commit(self, message: str) -> None:
        """All changes as a commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def change(self, old: str, new: str, file: str = FILE) -> None:
        """A passage of a file, which must stand there."""
        path = self.repository / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(self, mode: str, **inputs: str) -> int:
        """All steps in their order, until one fails; its code."""
        given = {name: each.get("default", "") for name, each in ACTION["inputs"].items()}
        given |= {"mode": mode, "token": TOKEN, **inputs}
        self.said = []
        for step in ACTION["runs"]["steps"]:
            assert step["shell"] == "bash"
            told = {name: self._filled(text, given) for name, text in step.get("env", {}).items()}
            done = subprocess.run(  # noqa: S603 - our own steps
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],  # noqa: S607
                cwd=self.repository,
                env={**self._runner(), **told},
                capture_output=True,
                text=True,
                check=False,
            )
            self.said.append(done.stdout + done.stderr)
            if done.returncode:
                return done.returncode
        return 0

    def _filled(self, text: str, given: Mapping[str, str]) -> str:
        """An expression of the runner as its value."""
        known = {f"inputs.{name}": value for name, value in given.items()} | {
            "github.event.pull_request.number": "7",
            "github.event.pull_request.head.repo.full_name": self.head_repository,
        }
        return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda found: known[found[1]], text)

    def _runner(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DHIS2CFG_")}
        return kept | {
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_API_URL": self.api,
            "GITHUB_REPOSITORY": "municipality/config",
            "GITHUB_BASE_REF": "main",
            "GITHUB_STEP_SUMMARY": str(self.home / "summary.md"),
            "RUNNER_TEMP": str(self.home),
            "PYTHONPATH": str(ROOT),
            "XDG_STATE_HOME": str(self.home / "state"),
        }

    @property
    def summary(self) -> str:
        """What the steps wrote for the page of the run."""
        path = self.home / "summary.md"
        return path.read_text(encoding="utf-8") if path.exists() else ""


def municipality(name: str, number: str, url: str, package: str) -> str:
    """The file of a municipality with a server of its own."""
    return (
        f'number: "{number}"\nname: {name}\nservers: {{prod: {{url: "{url}", sandbox: true}}}}\n'
        f'organisationUnit: {{code: "{number}", name: {name}, openingDate: 1970-01-01}}\n'
        f"packages: {{{package}: {{}}}}\n"
    )


@contextmanager
def boxed(folder: Path, package: Path, names: Mapping[str, str]) -> Iterator[Box]:
    """Municipalities on servers of their own; main is committed, and a branch for the pull request open."""
    repository, home = folder / "config", folder / "runner"
    shutil.copytree(package, repository / "packages" / package.name)
    python = home / "dhis2cfg" / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (repository / "fleet.yaml").write_text(
        "name: smittevern\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n", encoding="utf-8"
    )
    (repository / "municipalities").mkdir()
    with ExitStack() as stack:
        api, kept = stack.enter_context(hub())
        for name, number in names.items():
            url = stack.enter_context(served(make_app(make_instance("2.42"))))
            text = municipality(name.title(), number, url, package.name)
            (repository / "municipalities" / f"{name}.yaml").write_text(text, encoding="utf-8")
        made = Box(repository=repository, home=home, api=api, hub=kept)
        made.git("init", "--quiet", "--initial-branch", "main")
        made.commit("begin")
        made.git("update-ref", "refs/remotes/origin/main", "main")
        made.git("checkout", "--quiet", "-b", "change")
        yield made


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    """Two municipalities and the package that `init` makes."""
    assert run(["--quiet", "init", str(tmp_path / "made")]) == 0
    with boxed(tmp_path, tmp_path / "made" / "packages" / "example", {"amot": "3422", "sel": "3437"}) as made:
        yield made


def bodies(box: Box) -> list[str]:
    """The comments of the pull request."""
    return [each["body"] for each in box.hub.comments]


def test_a_pull_request_from_comment_to_apply(box: Box) -> None:
    """Two comments, changed in place by the next push; after the merge it is applied, and twice is once."""
    box.change(LABEL, OTHER)
    box.commit("a label")
    assert box.run("review") == 0, box.said
    assert bodies(box)[0] == "Looks good to me"
    diff, plan = bodies(box)[1:]
    assert diff.startswith("<!-- dhis2cfg: diff -->")
    assert OTHER in diff
    assert plan.startswith("<!-- dhis2cfg: plan -->")
    assert "amot" in plan
    assert OTHER in box.summary
    box.change(OTHER, BETTER)
    box.commit("a better label")
    assert box.run("review") == 0, box.said
    assert len(bodies(box)) == 3
    assert BETTER in bodies(box)[1]
    assert TOKEN not in "".join([*box.said, box.summary])
    assert box.hub.tokens == {f"Bearer {TOKEN}"}

    box.git("checkout", "--quiet", "main")
    box.git("merge", "--quiet", "change")
    assert box.run("apply") == 0, box.said
    assert "read back: as planned" in box.summary
    assert box.run("apply") == 0, box.said


def test_a_pull_request_that_changes_covid_no(tmp_path: Path) -> None:
    """The Norwegian package: what changes is told in its words, and applied after the merge."""
    label = "Dato for symptomstart"
    file = next(
        path.relative_to(COVID.parents[1]).as_posix()
        for path in sorted(COVID.rglob("*.yaml"))
        if f"nb: {label}," in path.read_text(encoding="utf-8")
    )
    with boxed(tmp_path, COVID, {"amot": "3422"}) as box:
        box.change(f"nb: {label},", "nb: Dato for de første symptomene,", file)
        box.commit("a label")
        assert box.run("review") == 0, box.said
        assert "Dato for de første symptomene" in bodies(box)[1]
        assert "amot" in bodies(box)[2]
        box.git("checkout", "--quiet", "main")
        box.git("merge", "--quiet", "change")
        assert box.run("apply") == 0, box.said
        assert "read back: as planned" in box.summary


def test_a_fork_gets_no_secret_and_asks_no_server(box: Box) -> None:
    """Validated and compared, in the summary; no comment, nothing sent anywhere."""
    box.head_repository = "somebody/config"
    box.change(LABEL, OTHER)
    box.commit("a label")
    assert box.run("review") == 0, box.said
    assert OTHER in box.summary
    assert box.hub.asked == []
    assert "A pull request from another repository" in box.said[-1]


def test_a_mistake_is_annotated_and_red(box: Box) -> None:
    """Exit 3 at the validation; nothing is compared."""
    box.change("valueType: ", "valueTyp: ")
    box.commit("a slip")
    assert box.run("review") == 3
    assert re.search(r"^::error file=packages/example/.*,line=\d+", box.said[-1], re.MULTILINE)
    assert box.summary == ""


def test_a_branch_behind_main_shows_its_own_changes_only(box: Box) -> None:
    """What main got meanwhile is nobody's change here."""
    box.change(LABEL, OTHER)
    box.commit("a label")
    box.git("checkout", "--quiet", "main")
    box.change("title: ", "title: Other ", "packages/example/package.yaml")
    box.commit("meanwhile")
    box.git("update-ref", "refs/remotes/origin/main", "main")
    box.git("checkout", "--quiet", "change")
    box.head_repository = "somebody/config"
    assert box.run("review") == 0, box.said
    assert OTHER in box.summary
    assert "Other" not in box.summary


def test_a_failure_half_way_is_never_green(box: Box) -> None:
    """One of two servers is gone: the other is applied to, exit 5, and the summary names both."""
    file = box.repository / "municipalities" / "sel.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:9", text), encoding="utf-8")
    assert box.run("apply") == 5, box.said
    assert "amot" in box.summary
    assert "sel" in box.summary


def test_a_comment_that_is_refused_is_red(box: Box) -> None:
    """The token may not write: said as an error, without the token."""
    box.hub.refuses = True
    box.change(LABEL, OTHER)
    box.commit("a label")
    assert box.run("review") == 1
    assert "::error::the comment could not be written: 403" in box.said[-1]
    assert TOKEN not in "".join(box.said)


def test_a_mode_that_nobody_knows(box: Box) -> None:
    """Exit 64 with both that there are."""
    assert box.run("deploy") == 64
    assert "mode is review or apply, not deploy" in box.said[-1]


def test_words_and_environment_reach_apply(box: Box) -> None:
    """An environment that nobody has is 64 and names it."""
    assert box.run("apply", environment="test", allow="breaking access") == 64
    assert "test" in box.said[-1]
