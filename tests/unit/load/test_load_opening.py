"""Tests of the one function that opens files."""

import errno
import io
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from dhis2cfg.load import read_text
from dhis2cfg.load.text.opening import LIMIT, inside, read_bytes, shown
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place


class Failing(io.BytesIO):
    """A stream that breaks while it is read."""

    def read(self, _size: int | None = -1, /) -> bytes:
        """Fail as a disk does."""
        raise OSError(errno.EIO, "Input/output error")


def finding_of(path: Path, name: str = "a.yaml") -> Finding:
    """The finding that reading a file gives."""
    found = read_text(path, name)
    assert isinstance(found, Finding)
    return found


def test_a_text_is_read_without_mark_and_with_line_feeds(tmp_path: Path) -> None:
    """A byte order mark goes, and Windows' and old Mac line ends become line feeds."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\rc: \xc3\xb8\n")
    assert read_text(path, "a.yaml") == "a: 1\nb: 2\nc: ø\n"


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        (b"a: 1\r\nb: \xf8st\r\n", 2, 4, "this is not UTF-8: byte 0xF8 (in Latin-1 that is 'ø')"),
        (b"\xef\xbb\xbfn: \xc3\xb8\xe5", 1, 5, "this is not UTF-8: byte 0xE5 (in Latin-1 that is 'å')"),
        ("a: æ".encode("utf-16"), 1, 1, "this file is UTF-16, not UTF-8"),
    ],
)
def test_bytes_that_are_not_utf8(
    tmp_path: Path, content: bytes, line: int, column: int, message: str
) -> None:
    """The first byte that is not UTF-8 is named with its line and column."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    found = finding_of(path)
    assert (found.rule, found.place.line, found.place.column) == ("not-utf8", line, column)
    assert found.message == message
    assert found.following == "save the file as UTF-8"


def test_a_missing_file(tmp_path: Path) -> None:
    """A file that is not there is a finding at the place that asked for it."""
    at = Place(file="b.yaml", line=3, column=9, length=5)
    found = read_bytes(tmp_path / "x.csv", "x.csv", at=at)
    assert isinstance(found, Finding)
    assert (found.rule, found.place, found.message) == ("missing-file", at, "x.csv does not exist")


def test_a_folder_for_a_file(tmp_path: Path) -> None:
    """A folder named like a file is said to be one."""
    assert finding_of(tmp_path).message == "a.yaml is a folder, where a file is read"


def test_a_pipe_for_a_file(tmp_path: Path) -> None:
    """A pipe is not waited for."""
    path = tmp_path / "a.yaml"
    os.mkfifo(path)
    found = finding_of(path)
    assert (found.rule, found.message) == ("not-a-file", "a.yaml is a device or pipe, where a file is read")


def test_a_symlink_loop(tmp_path: Path) -> None:
    """Two symlinks that lead to each other are a finding."""
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert finding_of(tmp_path / "a.yaml").rule == "symlink-loop"


def test_a_file_that_may_not_be_opened(tmp_path: Path) -> None:
    """A refusal of the system is a finding with the system's reason."""
    path = tmp_path / "a.yaml"
    path.write_text("a: 1")

    def refuse(_path: Path) -> BinaryIO:
        raise PermissionError(errno.EACCES, "Permission denied")

    found = read_text(path, "a.yaml", opener=refuse)
    assert isinstance(found, Finding)
    assert (found.rule, found.message) == ("unreadable-file", "a.yaml cannot be read: Permission denied")


def test_a_read_that_breaks(tmp_path: Path) -> None:
    """A disk that fails in the middle is a finding as well."""
    path = tmp_path / "a.yaml"
    path.write_text("a: 1")
    found = read_text(path, "a.yaml", opener=lambda _path: Failing())
    assert isinstance(found, Finding)
    assert found.message == "a.yaml cannot be read: Input/output error"


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    """A path with a NUL in it is a finding, not a traceback."""
    found = finding_of(tmp_path / "a\0b")
    assert (found.rule, found.message) == ("unreadable-file", "a.yaml cannot be read: the system refused it")


def test_a_file_of_fifty_megabytes(tmp_path: Path) -> None:
    """What is larger than 16 MB is not read."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    assert (finding_of(path).rule, finding_of(path).message) == ("too-large", "a.yaml is larger than 16 MB")


def test_a_file_of_just_sixteen_megabytes(tmp_path: Path) -> None:
    """The limit itself is still read."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"#" * LIMIT)
    assert read_text(path, "a.yaml") == "#" * LIMIT


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    """Findings name such a file in characters that every terminal can print."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xf8.yaml"))
    assert shown(path, tmp_path) == "\ufffd.yaml"


@pytest.mark.parametrize("written", ["../b.csv", "/etc/passwd", "C:\\x.csv", "\\x", "a\0b", "../../x"])
def test_paths_that_lead_out(tmp_path: Path, written: str) -> None:
    """What leaves the folder is refused, however it is spelled."""
    at = Place(file="p/a.yaml", line=2, column=4)
    found = inside(tmp_path / "p", tmp_path / "p" / "a.yaml", written, at)
    assert isinstance(found, Finding)
    assert (found.rule, found.place) == ("outside", at)
    assert found.message == f"{written!r} leads out of the package"


def test_paths_that_stay_inside(tmp_path: Path) -> None:
    """Up and down again is fine as long as it ends inside."""
    found = inside(tmp_path, tmp_path / "sub" / "a.yaml", "../tables/b.csv", Place(file="a.yaml"))
    assert found == tmp_path / "tables" / "b.csv"


def test_a_symlink_that_leads_out(tmp_path: Path) -> None:
    """A symlink inside the package to a file outside of it is refused."""
    (tmp_path / "p").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "p" / "b.csv").symlink_to(tmp_path / "secret")
    found = inside(tmp_path / "p", tmp_path / "p" / "a.yaml", "b.csv", Place(file="p/a.yaml"))
    assert isinstance(found, Finding)
    assert found.rule == "outside"
