"""What was said before the command: folder, loudness, colour; and the streams that output goes to."""

import os
import sys
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TextIO

from dhis2cfg.cli.world import World
from dhis2cfg.report.signs import guarded, steadied


class LogFormat(Enum):
    """How lines on stderr look."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options that every command has; `secrets` gathers what credentials were used, never to be said."""

    folder: Path | None = None
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    log_format: LogFormat = LogFormat.TEXT
    world: World = field(default_factory=World)
    secrets: set[str] = field(default_factory=set, repr=False)

    @property
    def is_terminal(self) -> bool:
        """Whether somebody can answer a question."""
        return self.world.is_terminal()


@dataclass(slots=True, kw_only=True)
class Door:
    """What the error boundary knows of a command that it let in: its options, once they are read."""

    world: World
    settings: Settings = field(default_factory=Settings)


def width() -> int:
    """The width of the output in columns: the terminal's, `COLUMNS`, else 100."""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (OSError, ValueError):
        return 100


def write_out(text: str) -> None:
    """Text for whoever asked, on stdout; signs that the stream cannot write fall back to ASCII."""
    _write(sys.stdout, text)


def write_err(text: str) -> None:
    """Everything else, on stderr; no line of it is a command to a pipeline."""
    _write(sys.stderr, steadied(text))


def _write(stream: TextIO, text: str) -> None:
    """Text without a sign that steers a terminal; in colour where one is there and nobody said NO_COLOR."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    shown = guarded(text if _fits(text, encoding) else text.translate(ASCII_SIGNS))
    shown = shown.encode(encoding, "replace").decode(encoding)
    stream.write(_in_colour(shown) if _takes_colour(stream) else shown)
    stream.flush()


def _takes_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _in_colour(text: str) -> str:
    from dhis2cfg.report.colour import coloured

    return coloured(text)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


ASCII_SIGNS = str.maketrans(
    {"→": "->", "│": "|", "·": "-", "…": "...", "“": '"', "”": '"', "–": "-", "�": "?"}
)
"""What our own signs become on a stream that knows ASCII only."""
