"""Files are replaced whole or not at all: written beside, flushed, renamed."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeAlias

from dhis2cfg.errors import Dhis2cfgError

Opener: TypeAlias = Callable[[Path], BinaryIO]
"""Opens a file for writing; the one way by which anything here reaches the disk."""

READABLE = 0o644


def open_for_writing(path: Path) -> BinaryIO:
    """The file, empty and open."""
    return path.open("wb")


def atomic_write(path: Path, text: str, *, opener: Opener = open_for_writing) -> None:
    """Put a text (UTF-8) in place of a file; where that fails, the old file stands as it was."""
    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = _beside(target)
        try:
            with opener(beside) as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(_mode(target))
            beside.replace(target)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Dhis2cfgError(
            f"cannot write {path}: {reason}",
            details=("the file stands as it was",),
            following=("make room, or the folder writable, and try again",),
        ) from error


def _beside(target: Path) -> Path:
    """A name of its own in the same folder, so that renaming is one step."""
    return target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")


def _mode(target: Path) -> int:
    """The rights of the file that is replaced."""
    return target.stat().st_mode & 0o777 if target.exists() else READABLE
