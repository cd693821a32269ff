"""Tests of writing files whole, of locks, and of the journal."""

import io
import json
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.workspace import JournalFile, atomic_write, journal_folder, open_journal, write_lock


class Full(io.BytesIO):
    """A file on a disk without room."""

    def write(self, _content: object, /) -> int:
        """Fail as the system does."""
        raise OSError(28, "No space left on device")


class Stubborn(io.BytesIO):
    """A file that cannot even be closed."""

    def close(self) -> None:
        """Fail as the system does."""
        raise OSError(5, "Input/output error")


def full(path: Path) -> BinaryIO:
    """An opener that finds no room once it has begun."""
    path.write_bytes(b"half")
    return Full()


def refusing(_path: Path) -> BinaryIO:
    """An opener that may not write."""
    raise PermissionError(13, "Permission denied")


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The text stands as UTF-8 with the old file's rights, and nothing else is left behind."""
    file = tmp_path / "a.yaml"
    file.write_text("old")
    file.chmod(0o600)
    atomic_write(file, "æ\nb\n")
    assert file.read_bytes() == "æ\nb\n".encode()
    assert file.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["a.yaml"]


def test_a_new_file_gets_its_folder(tmp_path: Path) -> None:
    """Folders on the way are made, and everybody may read the file."""
    atomic_write(tmp_path / "deep" / "a.yaml", "x")
    assert (tmp_path / "deep" / "a.yaml").read_text() == "x"
    assert (tmp_path / "deep" / "a.yaml").stat().st_mode & 0o777 == 0o644


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What a link points to is replaced, not the link."""
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    atomic_write(tmp_path / "link.yaml", "new")
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_text() == "new"


@pytest.mark.parametrize(
    ("opener", "reason"), [(full, "No space left on device"), (refusing, "Permission denied")]
)
def test_a_failing_write_leaves_the_old_file(tmp_path: Path, opener: object, reason: str) -> None:
    """Half a file never stands, and the error says which file and why."""
    assert callable(opener)
    file = tmp_path / "a.yaml"
    file.write_text("old")
    with pytest.raises(Dhis2cfgError, match=reason) as failed:
        atomic_write(file, "new", opener=opener)
    assert failed.value.details == ("the file stands as it was",)
    assert (file.read_text(), names(tmp_path)) == ("old", ["a.yaml"])


def test_a_lock_is_written_only_where_it_changes(tmp_path: Path) -> None:
    """The same text is no write; an empty one takes the file away."""
    file = tmp_path / "uids.lock"
    assert not write_lock(file, "")
    assert write_lock(file, "a: b\n")
    assert not write_lock(file, "a: b\n")
    assert file.read_text() == "a: b\n"
    assert write_lock(file, "")
    assert not file.exists()


def test_an_empty_lock_file_goes(tmp_path: Path) -> None:
    """A file that holds nothing is not needed."""
    file = tmp_path / "uids.lock"
    file.touch()
    assert write_lock(file, "")
    assert names(tmp_path) == []


def test_a_lock_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A folder in the lock's place is an error with its reason."""
    (tmp_path / "uids.lock").mkdir()
    with pytest.raises(Dhis2cfgError, match=r"cannot renew .*uids\.lock: Is a directory"):
        write_lock(tmp_path / "uids.lock", "a: b\n")


def test_a_journal_has_one_document_a_line(tmp_path: Path) -> None:
    """Lines are appended, also by a second run, and only the user may read them."""
    folder = tmp_path / "state"
    journals = [open_journal("tromsø/7Q2M", folder=folder) for _ in range(2)]
    for number, journal in enumerate(journals, 1):
        journal.write({"step": number, "what": "Prøve", "path": Path("x")})
        journal.close()
    file = folder / "tromsø-7Q2M.jsonl"
    assert [json.loads(line)["step"] for line in file.read_text(encoding="utf-8").splitlines()] == [1, 2]
    assert '"what": "Prøve"' in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [(each.path, each.lost) for each in journals] == [(file, ""), (file, "")]


def test_a_journal_that_cannot_begin_is_an_error(tmp_path: Path) -> None:
    """A run does not begin without its journal."""
    with pytest.raises(Dhis2cfgError, match="Permission denied") as refused:
        open_journal("...", folder=tmp_path, opener=refusing)
    assert "run.jsonl" in refused.value.what
    assert refused.value.details == ("nothing was sent to a server",)


def test_a_journal_that_breaks_later_does_not_stop_a_run(tmp_path: Path) -> None:
    """The first failing line is remembered, and no other is tried."""
    journal = JournalFile(tmp_path / "x.jsonl", Full())
    journal.write({"step": 1})
    journal.write({"step": 2})
    assert journal.lost == "No space left on device"
    stubborn = Stubborn()
    other = JournalFile(tmp_path / "x.jsonl", stubborn)
    other.close()
    assert other.lost == "Input/output error"
    io.BytesIO.close(stubborn)


def test_journals_lie_with_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder is the user's own for state, never the workspace."""
    monkeypatch.setenv("XDG_STATE_HOME", os.fspath(tmp_path))
    assert journal_folder().name == "journal"
    journal = open_journal("x")
    journal.close()
    assert journal.path.parent == journal_folder()
