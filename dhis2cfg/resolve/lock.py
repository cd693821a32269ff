"""The lock of UIDs: the hash rule of the grammar, and the lines a lock file should have.

A UID that stands is never changed: lines without an object go, objects without a line come.
"""

import hashlib
import string
from collections.abc import Collection, Iterable, Mapping

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile, LockLine

LETTERS = string.ascii_uppercase + string.ascii_lowercase
SIGNS = LETTERS + string.digits


def mint(package: str, type_name: str, path: str, taken: Collection[str] = ()) -> Uid:
    """The UID of a new object: SHA-256 of its names as a number, written as a letter and ten signs."""
    names = f"{package}\n{type_name}\n{path}"
    attempt, turn = _uid(names), 0
    while attempt in taken:
        turn += 1
        attempt = _uid(f"{names}\n{turn}")
    return attempt


def _uid(text: str) -> Uid:
    """Eleven characters of one hash."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    number, rest = divmod(number, len(LETTERS))
    signs = [LETTERS[rest]]
    for _ in range(10):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return Uid("".join(signs))


def standing(lock: LockFile | None) -> Mapping[str, LockLine]:
    """The lines of a lock by their path; of two lines for one path the first."""
    lines: dict[str, LockLine] = {}
    for line in lock.lines if lock else ():
        lines.setdefault(line.path, line)
    return lines


def lock_uids(
    owner: str, refs: Iterable[Ref], lock: LockFile | None, *, prefix: str = "", pinned: Collection[str] = ()
) -> Mapping[Ref, Uid]:
    """The UID of every object without an `id`: the line that stands, else a new one."""
    lines = standing(lock)
    taken = {*pinned, *(line.uid for line in lines.values())}
    uids: dict[Ref, Uid] = {}
    for ref in sorted(refs):
        line = lines.get(f"{prefix}{ref}")
        uids[ref] = line.uid if line else mint(owner, ref.type, ref.path, taken)
        taken.add(uids[ref])
    return uids


def lock_lines(uids: Mapping[Ref, Uid], *, prefix: str = "") -> tuple[str, ...]:
    """The lines of a lock, sorted: `TYPE/KEY/PATH: UID`."""
    return tuple(sorted(f"{prefix}{ref}: {uid}" for ref, uid in uids.items()))


def new_lock(lines: Iterable[str]) -> str:
    """The content of a lock file; empty where there is nothing to lock."""
    return "".join(f"{line}\n" for line in sorted(lines))


def stale_findings(
    wanted: Mapping[Ref, Place], lock: LockFile | None, file: str, *, prefix: str = ""
) -> tuple[Finding, ...]:
    """What makes a lock stale: an object without a line, a line without an object."""
    lines = standing(lock)
    names = {f"{prefix}{ref}": place for ref, place in wanted.items()}
    missing = [
        Finding(
            rule="stale-lock",
            message=f"{name} has no line in {file}",
            place=place,
            label="new, and its UID is not locked yet",
            following="run dhis2cfg lock and commit the file",
        )
        for name, place in names.items()
        if name not in lines
    ]
    left = [
        Finding(
            rule="stale-lock",
            message=f"{path} is locked, and no object has this key path",
            place=line.place,
            label="no object without id: is called this",
            following="run dhis2cfg lock; where the key was changed, dhis2cfg rename keeps the UID",
        )
        for path, line in lines.items()
        if path.startswith(prefix) and path not in names
    ]
    return (*missing, *left)
