"""The lock of UIDs: the hash rule of the grammar, and the lines a lock file should have.

A UID that stands is never changed: lines without an object go, objects without a line come.
"""

import hashlib
import string
from collections.abc import Collection, Iterable, Mapping, Sequence

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile, LockLine

LETTERS = string.ascii_uppercase + string.ascii_lowercase
SIGNS = LETTERS + string.digits
SHOWN = 5
"""How many other places a finding about a lock names."""


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
    """What makes a lock stale: objects without a line, lines without an object; one finding each."""
    lines = standing(lock)
    names = {f"{prefix}{ref}": place for ref, place in wanted.items()}
    missing = [(name, place) for name, place in names.items() if name not in lines]
    left = [
        (path, line.place) for path, line in lines.items() if path.startswith(prefix) and path not in names
    ]
    found = []
    if missing:
        found.append(
            _stale(
                missing,
                f"no line in {file}",
                label="new, and its UID is not locked yet",
                following="run dhis2cfg lock and commit the file",
            )
        )
    if left:
        found.append(
            _stale(
                left,
                f"a line in {file}, and no object",
                label="no object without id: has this key path",
                following="run dhis2cfg lock; where a key was changed, dhis2cfg rename keeps the UID",
            )
        )
    return tuple(found)


def _stale(those: Sequence[tuple[str, Place]], what: str, *, label: str, following: str) -> Finding:
    """One finding for all that are stale in one way; it stands at the first of them."""
    ordered = sorted(those, key=lambda pair: (pair[1], pair[0]))
    (name, place), *others = ordered
    also = f" and {len(others)} more have" if others else " has"
    return Finding(
        rule="stale-lock",
        message=f"{name}{also} {what}",
        place=place,
        label=label,
        following=following,
        related=tuple(Related(message=other, place=where) for other, where in others[:SHOWN]),
    )
