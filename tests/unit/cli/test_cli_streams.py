"""Streams: colour only where a terminal is, signs that every stream can write, nothing that steers."""

import io
import sys

import pytest

from dhis2cfg.cli.settings import width, write_err, write_out


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


class Ascii(io.StringIO):
    """A stream that knows ASCII only."""

    @property
    def encoding(self) -> str:  # type: ignore[override] # io says str | None for what is fixed here
        """Its encoding."""
        return "ascii"


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_a_terminal_gets_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """On stdout and on stderr."""
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    write_out("! ~ option set X\n")
    write_err("error: no\n")
    assert "\x1b[1;31m!" in out.getvalue()
    assert "\x1b[1;31merror:" in err.getvalue()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_whoever_wants_no_colour_gets_none(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """NO_COLOR, and terminals that know none."""
    out = Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv(name, value)
    write_out("! ~ option set X\n")
    assert out.getvalue() == "! ~ option set X\n"


def test_a_pipe_gets_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """No escape code of ours, none of somebody else's."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    write_out("! ~ option set \x1b[2J → Prøvesvar\n")
    assert out.getvalue() == "! ~ option set �[2J → Prøvesvar\n"


def test_a_stream_of_ascii_gets_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own signs have a spelling, other letters a question mark."""
    out = Ascii()
    monkeypatch.setattr(sys, "stdout", out)
    write_out("code A → B · “x” – …│\x1b Å\n")
    assert out.getvalue() == 'code A -> B - "x" - ...|? ?\n'


def test_a_window_of_no_width_is_a_hundred_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """`COLUMNS` wins; where nobody knows, 100."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert width() == 100
    monkeypatch.setenv("COLUMNS", "80")
    assert width() == 80
