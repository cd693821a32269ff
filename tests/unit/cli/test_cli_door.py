"""Tests of the door: what goes wrong anywhere is one sentence and one exit code."""

import io
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from dhis2cfg import __version__
from dhis2cfg.cli import world
from dhis2cfg.cli.app import main, run
from dhis2cfg.cli.settings import Settings
from dhis2cfg.cli.work.applying import ApplyRequest, seconds
from dhis2cfg.cli.world import World, over_http
from dhis2cfg.errors import UsageError
from dhis2cfg.fleet.selection import Selection
from dhis2cfg.model.fleet import Target
from dhis2cfg.sandbox.store.instance import Instance

Door = Callable[[BaseException], int]


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """Runs `validate` in a workspace whose files raise this when they are opened; the exit code."""
    (tmp_path / "package.yaml").write_text("name: p\n")

    def opened(error: BaseException) -> int:
        def opener(path: Path) -> BinaryIO:
            del path
            raise error

        return run(["-C", str(tmp_path), "validate"], World(opener=opener))

    return opened


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version, and nothing else."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"dhis2cfg {__version__}\n"


def test_no_words_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    """The help on stderr, and 64: a pipeline that forgot its command should not go on."""
    assert run([]) == 64
    told = capsys.readouterr()
    assert told.out == ""
    assert "Usage: dhis2cfg" in told.err
    assert run(["schema"]) == 64
    assert "Usage: dhis2cfg schema" in capsys.readouterr().err


def test_a_mistake_of_ours(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, where to go with it, and 1."""
    assert door(KeyError("x")) == 1
    told = capsys.readouterr().err
    assert "error: this is a mistake in dhis2cfg: KeyError: 'x'" in told
    assert "Traceback" not in told
    assert door(RecursionError()) == 1
    assert "this is a mistake in dhis2cfg: RecursionError" in capsys.readouterr().err


def test_interrupted(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C is 130, however it comes."""
    assert door(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "Stopped.\n"
    assert door(EOFError()) == 130


def test_a_pipe_that_broke(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing more is said; 1."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    for error in (SystemExit("gone"), SystemExit(1)):
        assert door(error) == 1
        sys.stdout.close()


def test_the_script_ends_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """`main` is what the script calls."""
    monkeypatch.setattr(sys, "argv", ["dhis2cfg", "nonsense"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 64


def test_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the world is where nobody says otherwise."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("3\nmore"))
    assert world.typed_line() == "3\n"
    assert world.somebody_is_there() is False
    assert len(world.today()) == 10
    (tmp_path / "a").write_bytes(b"x")
    with world.for_reading(tmp_path / "a") as stream:
        assert stream.read() == b"x"
    with world.for_writing(tmp_path / "a") as stream:
        stream.write(b"y")
    assert (tmp_path / "a").read_bytes() == b"y"
    assert Settings().is_terminal is False


@pytest.mark.parametrize(
    ("text", "wanted"), [("30s", 30), ("5m", 300), ("1h", 3600), ("90", 90), (" 2 m ", 120)]
)
def test_times(text: str, wanted: float) -> None:
    """As `--lock-timeout` takes them."""
    assert seconds(text) == wanted


@pytest.mark.parametrize("text", ["", "soon", "-1s", "1.5m", "5 minutes"])
def test_what_is_no_time(text: str) -> None:
    """A sentence with the right form."""
    with pytest.raises(UsageError, match="not a time"):
        seconds(text)


def test_an_apply_request_of_nobody() -> None:
    """Without a word, nothing is allowed and nothing is agreed to."""
    request = ApplyRequest(selection=Selection())
    assert (request.yes, request.allow, request.reports) == (False, (), ())


def test_the_sandbox_is_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On the port that was asked for, with its data where they were asked to be."""
    served: list[tuple[int, str, Path | None, str]] = []

    def serve(instance: Instance, *, port: int, file: Path | None, source: str) -> None:
        served.append((port, instance.version, file, source))
        instance.database.close()

    monkeypatch.setattr("dhis2cfg.sandbox.serve.serve", serve)
    assert run(["sandbox", "--port", "9999", "--dhis2", "2.43", "--file", str(tmp_path / "x")]) == 0
    assert run(["sandbox"]) == 0
    assert served == [(9999, "2.43.1", tmp_path / "x", ""), (8081, "2.42.5.2", None, "")]


def test_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m dhis2cfg` is the program."""
    monkeypatch.setattr("sys.argv", ["dhis2cfg", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("dhis2cfg", run_name="__main__")
    assert ended.value.code in (0, None)
    assert capsys.readouterr().out.startswith("dhis2cfg ")


def test_nothing_stands_in_for_the_network() -> None:
    """Outside of tests a server is asked over HTTP."""
    target = Target(name="by", environment="prod", url="https://by.example.org", municipalities=("by",))
    assert over_http(target) is None
