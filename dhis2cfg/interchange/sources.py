"""Bytes of a file → the metadata in it: JSON, or a zip that holds one; what cannot be one is a finding.

Nothing is unpacked to disk, and of a member never more than its archive says, which is counted first.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place

LARGEST = 100_000_000
"""How many bytes of JSON are read; the largest official package has 3 million."""

RATIO = 200
"""How much an archive may grow by unpacking; JSON of DHIS2 shrinks to a tenth."""

_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document of metadata: type → objects, with whatever else stands in it, and the file it came from."""

    file: str
    document: Mapping[str, Any]


class _Refused(Exception):
    """A file that is not read any further."""

    def __init__(self, rule: str, message: str, following: str) -> None:
        super().__init__(message)
        self.finding = rule, message, following


def read_source(file: str, content: bytes) -> Source | Finding:
    """The document in the bytes of a file; `file` is what findings call it."""
    try:
        if content[:2] == b"PK":
            name, inner = _unzipped(content)
            return Source(file=f"{file}:{name}", document=inner)
        return Source(file=file, document=_metadata(_read_json(content)))
    except _Refused as refused:
        rule, message, following = refused.finding
        return Finding(rule=rule, message=message, place=Place(file=file), following=following)


def too_large(file: str, size: int) -> Finding:
    """The finding about a file that is not even opened."""
    message = f"{file} has {size / 1e6:.0f} MB, and at most {LARGEST / 1e6:.0f} MB are read"
    following = "export fewer types at once, and import each of the files"
    return Finding(rule="import-too-large", message=message, place=Place(file=file), following=following)


def _unzipped(content: bytes) -> tuple[str, Mapping[str, Any]]:
    """The only member that is metadata, with its name."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _Refused(
            "import-unreadable", f"this zip cannot be opened: {error}", "download the file again"
        ) from error
    with archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        for each in members:
            _check_member(each)
        named = [each for each in members if each.filename.lower().endswith(".json")]
        if sum(each.file_size for each in members) > LARGEST:
            raise _Refused(
                "import-too-large", "this zip holds more than is read at once", "take out what is no metadata"
            )
        found = {each.filename: document for each in named if (document := _member(archive, each))}
    if len(found) != 1:
        listed = ", ".join(sorted(found)) or "none of its files is"
        raise _Refused(
            "import-no-metadata",
            f"one file of a zip must be metadata: {listed}",
            "unpack it, and import the file that is meant",
        )
    return found.popitem()


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or PureWindowsPath(name).drive:
        raise _Refused(
            "import-path", f"{name!r} in this zip leads out of it", "do not trust this file; ask who made it"
        )
    if member.flag_bits & _ENCRYPTED:
        raise _Refused("import-unreadable", f"{name} is encrypted", "unpack it with its password first")
    if member.file_size > RATIO * max(member.compress_size, 1):
        raise _Refused(
            "import-zip-bomb",
            f"{name} would grow from {member.compress_size} to {member.file_size} bytes",
            "do not trust this file; ask who made it",
        )


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Mapping[str, Any] | None:
    """What a member holds, where that is metadata."""
    try:
        content = archive.read(member)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise _Refused(
            "import-unreadable", f"{member.filename} cannot be unpacked: {error}", "download the file again"
        ) from error
    read = _read_json(content)
    return read if _is_metadata(read) else None


def _read_json(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        message = f"this is not UTF-8: byte 0x{content[error.start]:02X} at {error.start}"
        raise _Refused("import-unreadable", message, "save the file as UTF-8") from error
    except RecursionError as error:
        message = "this JSON is nested deeper than any metadata"
        raise _Refused("import-unreadable", message, "ask who made it") from error
    except ValueError as error:
        message = f"this is no JSON: {error}"
        raise _Refused("import-unreadable", message, "export it again, as JSON") from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _is_metadata(read: Any) -> bool:
    """Whether some key of an object holds a list of objects."""
    return isinstance(read, dict) and any(
        isinstance(value, list) and any(isinstance(each, dict) for each in value) for value in read.values()
    )


def _metadata(read: Any) -> Mapping[str, Any]:
    if not _is_metadata(read):
        raise _Refused(
            "import-no-metadata",
            "this JSON is no metadata of DHIS2",
            'wanted: an object of types, {"dataElements": [{"id": …}]}, as the Import/Export app writes it',
        )
    found: Mapping[str, Any] = read
    return found
