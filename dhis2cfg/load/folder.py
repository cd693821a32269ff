"""A folder → its files in one order, and the digest over all of them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from dhis2cfg.load.reader import Reader
from dhis2cfg.load.text.opening import inside, read_bytes, shown
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place


def files_of(reader: Reader) -> tuple[Path, ...]:
    """All files below the reader's folder but hidden ones, by name; what leads out is a finding instead."""
    return tuple(sorted(_walk(reader), key=os.fsencode))


def digest_of(reader: Reader, paths: Iterable[Path]) -> str:
    """SHA-256 over names and bytes; a file that cannot be read is a finding."""
    digest = hashlib.sha256()
    for path in paths:
        content = read_bytes(path, shown(path, reader.root), opener=reader.opener)
        if isinstance(content, Finding):
            reader.findings.append(content)
            continue
        name = os.fsencode(path.relative_to(reader.folder).as_posix())
        digest.update(b"%d %b %d " % (len(name), name, len(content)))
        digest.update(content)
    return digest.hexdigest()


def _walk(reader: Reader) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return
        path = Path(str(error.filename))
        message = f"{shown(path, reader.root)} cannot be listed: {error.strerror}"
        _add(reader, "unreadable-folder", message, path, "correct its rights, or remove it")

    for here, folders, names in os.walk(reader.folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            path = Path(here, name)
            if path.is_symlink():
                message = f"{shown(path, reader.root)} is a symlink to a folder, and those are not followed"
                _add(reader, "symlinked-folder", message, path, "copy the folder here")
        for name in names:
            path = Path(here, name)
            if not name.startswith(".") and _stands_inside(reader, path):
                yield path


def _stands_inside(reader: Reader, path: Path) -> bool:
    if not path.is_symlink():
        return True
    found = inside(reader.folder, path, path.name, Place(file=shown(path, reader.root)))
    if isinstance(found, Finding):
        reader.findings.append(found)
        return False
    return True


def _add(reader: Reader, rule: str, message: str, path: Path, following: str) -> None:
    place = Place(file=shown(path, reader.root))
    reader.findings.append(Finding(rule=rule, message=message, place=place, following=following))
