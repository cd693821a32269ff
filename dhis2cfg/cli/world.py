"""What lies outside a command, handed in at the door: servers, clock, disk, and who answers a question."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from dhis2cfg.model.fleet import Target
from dhis2cfg.ports import Clock, Transport

Opener = Callable[[Path], BinaryIO]


def over_http(target: Target) -> Transport | None:
    """Nothing stands in for the network."""
    del target
    return None


def for_reading(path: Path) -> BinaryIO:
    """The file as it is."""
    return path.open("rb")


def for_writing(path: Path) -> BinaryIO:
    """The file, empty and open."""
    return path.open("wb")


def today() -> str:
    """The date on this machine, as files write dates."""
    return datetime.now().astimezone().date().isoformat()


def somebody_is_there() -> bool:
    """Whether a terminal is on both ends of a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def typed_line() -> str:
    """One line that somebody typed."""
    return sys.stdin.readline()


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that a command meets outside of itself; each part can be another one in a test.

    `transport` gives what stands in for HTTP of a target, None for HTTP itself; `clock` None is this
    machine's.
    """

    transport: Callable[[Target], Transport | None] = over_http
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    clock: Clock | None = None
    opener: Opener = for_reading
    writer: Opener = for_writing
    today: Callable[[], str] = today
    is_terminal: Callable[[], bool] = somebody_is_there
    answer: Callable[[], str] = typed_line
