"""The one function through which every file is opened; what goes wrong is a finding, never a traceback."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import BinaryIO, TypeAlias

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place

LIMIT = 16 * 1024 * 1024
"""Bytes that one file may hold (grammar.md, Files)."""

Opener: TypeAlias = Callable[[Path], BinaryIO]

_BOM = "\ufeff"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def open_binary(path: Path) -> BinaryIO:
    """The real file, for reading; tests hand over something that fails."""
    return path.open("rb")


def shown(path: Path, root: Path) -> str:
    """How a path is named in findings: relative to the workspace, with `/`, printable whatever its bytes."""
    name = path.relative_to(root).as_posix()
    return os.fsencode(name).decode("utf-8", "replace")


def read_bytes(
    path: Path, name: str, *, at: Place | None = None, opener: Opener = open_binary
) -> bytes | Finding:
    """The bytes of a file; `name` is what findings call it, `at` the place that asked for it."""
    place = at or Place(file=name)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return _not_a_file(name, place, is_folder=stat.S_ISDIR(found.st_mode))
        with opener(path) as stream:
            content = stream.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        return _refused(name, place, error)
    if len(content) > LIMIT:
        return Finding(
            rule="too-large",
            message=f"{name} is larger than 16 MB",
            place=place,
            following="split it into several files; how objects are spread over files means nothing",
        )
    return content


def read_text(
    path: Path, name: str, *, at: Place | None = None, opener: Opener = open_binary
) -> str | Finding:
    """The text of a UTF-8 file, without byte order mark and with plain line feeds."""
    content = read_bytes(path, name, at=at, opener=opener)
    return content if isinstance(content, Finding) else decode(content, name)


def decode(content: bytes, name: str) -> str | Finding:
    """Bytes as text; the first byte that is not UTF-8 is a finding with its line and column."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _with_line_feeds(content[: error.start].decode("utf-8"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return _not_utf8(content, error.start, Place(file=name, line=line, column=column))
    return _with_line_feeds(text)


def inside(
    folder: Path, beside: Path, written: str, at: Place, *, what: str = "the package"
) -> Path | Finding:
    """The file that a tag in `beside` names, if it stands inside `folder`, symlinks followed."""
    absolute = written.startswith(("/", "\\")) or PureWindowsPath(written).drive
    target = Path(os.path.normpath(beside.parent / written))
    if "\0" not in written and not absolute and target.is_relative_to(folder):
        real = Path(os.path.realpath(target))
        if real.is_relative_to(os.path.realpath(folder)):
            return target
    return Finding(
        rule="outside",
        message=f"{written!r} leads out of {what}",
        place=at,
        label=f"paths are relative to this file and stay inside {what}",
        following="copy it there and name it from here",
    )


def _with_line_feeds(text: str) -> str:
    return text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(content: bytes, offset: int, place: Place) -> Finding:
    byte = content[offset]
    if content.startswith(_UTF16):
        message = "this file is UTF-16, not UTF-8"
    else:
        message = f"this is not UTF-8: byte 0x{byte:02X} (in Latin-1 that is {chr(byte)!r})"
    return Finding(rule="not-utf8", message=message, place=place, following="save the file as UTF-8")


def _not_a_file(name: str, place: Place, *, is_folder: bool) -> Finding:
    return Finding(
        rule="not-a-file",
        message=f"{name} is {'a folder' if is_folder else 'a device or pipe'}, where a file is read",
        place=place,
        following="rename it, or take it out of the package",
    )


def _refused(name: str, place: Place, error: OSError | ValueError) -> Finding:
    if isinstance(error, FileNotFoundError):
        rule, why, following = "missing-file", "does not exist", "write it, or correct the path"
    elif isinstance(error, OSError) and error.errno == errno.ELOOP:
        rule, why, following = "symlink-loop", "is a symlink that leads back to itself", "remove the symlink"
    else:
        reason = (error.strerror if isinstance(error, OSError) else None) or "the system refused it"
        rule, why, following = (
            "unreadable-file",
            f"cannot be read: {reason}",
            "correct its rights, or remove it",
        )
    return Finding(rule=rule, message=f"{name} {why}", place=place, following=following)
