"""The journal of a run on this machine's disk: one JSON document a line, a copy of what the server keeps."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import platformdirs

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.workspace.writing import Opener

PRIVATE = 0o600


def journal_folder() -> Path:
    """Where journals lie: the user's own folder for state."""
    return platformdirs.user_state_path("dhis2cfg") / "journal"


def open_for_appending(path: Path) -> BinaryIO:
    """The file, open at its end; nobody else may read it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
    return os.fdopen(handle, "ab")


class JournalFile:
    """A journal on disk; what breaks later never stops a run: `lost` says why, and no line follows."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.lost = ""
        self._file = file

    def write(self, line: Mapping[str, Any]) -> None:
        """Append one line, and see it on the disk."""
        if self.lost:
            return
        text = json.dumps(line, ensure_ascii=False, sort_keys=True, default=str)
        try:
            self._file.write(f"{text}\n".encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            self.lost = error.strerror or str(error)

    def close(self) -> None:
        """Let go of the file."""
        try:
            self._file.close()
        except OSError as error:
            self.lost = error.strerror or str(error)


def open_journal(
    name: str, *, folder: Path | None = None, opener: Opener = open_for_appending
) -> JournalFile:
    """The journal of this name (`tromso-7Q2M`); that it cannot be opened is said before a run begins."""
    path = (folder or journal_folder()) / f"{_file_name(name)}.jsonl"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return JournalFile(path, opener(path))
    except OSError as error:
        raise Dhis2cfgError(
            f"cannot write the journal {path}: {error.strerror or error}",
            details=("nothing was sent to a server",),
            following=("XDG_STATE_HOME names another folder for it",),
        ) from error


def _file_name(name: str) -> str:
    """The name without what no file system likes."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name).lstrip(".") or "run"
