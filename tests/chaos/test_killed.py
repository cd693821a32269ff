"""A process that is killed in the middle of a call, its folder gone: another one finishes the run."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.seed import make_instance
from tests.chaos.stage import DICTIONARY, NEW_RULE, PROGRAM, edit
from tests.serving import served


class Killing:
    """The application, which kills a process at its second commit, once the commit is done."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.victim: int | None = None
        self.commits = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; the second commit's answer finds nobody."""
        await self._app(scope, receive, send)
        if b"importMode=COMMIT" in scope.get("query_string", b"") and self.victim is not None:
            self.commits += 1
            if self.commits == 2:
                os.kill(self.victim, signal.SIGKILL)


def begun(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """The program as its users run it, in a folder of its own."""
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "NO_COLOR": "1"}
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "dhis2cfg", "-C", str(folder / "example"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )


def ran(folder: Path, *arguments: str) -> str:
    """What it says, when it ends well."""
    with begun(folder, *arguments) as process:
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


@pytest.mark.parametrize("then", ["resume", pytest.param("rollback", marks=pytest.mark.chaos)])
def test_a_killed_process_is_outlived(tmp_path: Path, then: str) -> None:
    """SIGKILL in the second call; from another folder the run is finished, or undone."""
    first, second = tmp_path / "first", tmp_path / "second"
    killing = Killing(make_app(make_instance("2.42")))
    with served(killing) as url:
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "dhis2cfg", "--quiet", "init", str(first / "example")], check=True
        )
        edit(first / "example", "municipalities/example.yaml", "http://127.0.0.1:8081", url)
        ran(first, "apply", "--yes")
        edit(
            first / "example",
            DICTIONARY,
            "  EX_LAST_DAY:",
            "  EX_REASON: {name: R, valueType: TEXT}\n  EX_LAST_DAY:",
        )
        edit(first / "example", PROGRAM, "EX_TEST_RESULT: {},", "EX_TEST_RESULT: {}, EX_REASON: {},")
        edit(first / "example", PROGRAM, "      EX_R_LAST_DAY:\n", NEW_RULE)
        ran(first, "lock")
        shutil.copytree(first / "example", second / "example")
        with begun(first, "apply", "--yes") as process:
            killing.victim = process.pid
            process.wait(120)
        assert process.returncode == -signal.SIGKILL
        killing.victim = None
        shutil.rmtree(first)
        status = ran(second, "status")
        assert "unfinished run" in status, status
        run = status.partition("unfinished run ")[2][:4]
        ran(second, "unlock", "--yes")
        if then == "resume":
            ran(second, "apply", "--resume", run, "--yes")
            assert "no changes" in ran(second, "plan")
        else:
            ran(second, "rollback", run, "--yes")
            assert "rolled back" in " ".join(ran(second, "status").split())
