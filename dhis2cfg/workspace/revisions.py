"""A workspace as it stood at a revision: its files, put into a folder, without a check-out.

Files come as they are kept (`ls-tree`, `cat-file`), so no filter or hook has a say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dhis2cfg.errors import UsageError
from dhis2cfg.workspace.git import run_git

SYMLINK = "120000"
FILES = ("100644", "100755", SYMLINK)
LARGEST = 16 * 1024 * 1024
"""Larger files are none of a workspace's (`load` refuses them too)."""
AT_ONCE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """One file of a revision: its mode, what git calls its content, its path below the workspace."""

    mode: str
    name: str
    path: str


def commit_of(root: Path, revision: str, *, program: str = "git") -> str:
    """The commit that a revision means; a revision that is not there is a slip."""
    told = run_git(
        root, program, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if told is None:
        inside = run_git(root, program, "rev-parse", "--is-inside-work-tree")
        what = f"git knows no revision {revision} here" if inside else f"{root} is in no git repository"
        raise UsageError(
            what,
            details=("a shallow clone may lack it: git fetch --unshallow",) if inside else (),
            following=(
                "dhis2cfg diff A..B    compares two revisions",
                "dhis2cfg diff DIR DIR    two folders",
            ),
        )
    return told.decode().strip()


def common_ancestor(root: Path, one: str, other: str, *, program: str = "git") -> str:
    """The commit from which two revisions went apart; of strangers the first of the two."""
    told = run_git(root, program, "merge-base", one, other)
    return told.decode().strip() if told else one


def put_revision(root: Path, commit: str, folder: Path, *, program: str = "git") -> None:
    """The files of the workspace at a commit, below a folder that is empty."""
    prefix = (run_git(root, program, "rev-parse", "--show-prefix") or b"").decode().strip()
    blobs = [blob for blob in _blobs(root, program, commit, prefix) if _is_safe(blob.path)]
    links = []
    for start in range(0, len(blobs), AT_ONCE):
        several = blobs[start : start + AT_ONCE]
        for blob, content in zip(several, _contents(root, program, several), strict=True):
            if blob.mode == SYMLINK:
                links.append((blob, content))
            else:
                _write(folder / blob.path, content)
    for blob, content in links:
        path = folder / blob.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(content.decode("utf-8", "surrogateescape"))


def _blobs(root: Path, program: str, commit: str, prefix: str) -> Iterator[Blob]:
    """All files below the workspace; submodules and what is too large are left out."""
    tree = f"{commit}:{prefix}"
    told = run_git(root, program, "ls-tree", "-r", "-l", "-z", "--full-tree", tree) or b""
    for line in told.split(b"\0"):
        head, _, path = line.partition(b"\t")
        words = head.decode().split()
        if len(words) == 4 and words[0] in FILES and words[3].isdigit() and int(words[3]) <= LARGEST:  # noqa: PLR2004 - mode, type, name, size
            yield Blob(mode=words[0], name=words[2], path=path.decode("utf-8", "surrogateescape"))


def _is_safe(path: str) -> bool:
    """Whether a path stays below the folder."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path


def _contents(root: Path, program: str, blobs: Sequence[Blob]) -> Iterator[bytes]:
    """What stands in each file, in order."""
    names = "".join(f"{blob.name}\n" for blob in blobs).encode()
    told = run_git(root, program, "cat-file", "--batch", sent=names) or b""
    at = 0
    for _ in blobs:
        end = told.index(b"\n", at)
        size = int(told[at:end].split()[2])
        yield told[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
