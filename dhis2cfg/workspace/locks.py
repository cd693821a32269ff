"""Writing `uids.lock`: only where its text changes, and no empty file."""

from pathlib import Path

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.workspace.writing import Opener, atomic_write, open_for_writing


def write_lock(path: Path, text: str, *, opener: Opener = open_for_writing) -> bool:
    """Whether the lock was written; an empty text takes the file away."""
    try:
        before = path.read_bytes() if path.exists() else b""
        if before == text.encode() and (text or not path.exists()):
            return False
        if not text:
            path.unlink()
            return True
    except OSError as error:
        raise Dhis2cfgError(
            f"cannot renew {path}: {error.strerror or error}",
            following=("make the file readable and the folder writable, and try again",),
        ) from error
    atomic_write(path, text, opener=opener)
    return True
