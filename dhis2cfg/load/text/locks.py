"""The text of a `uids.lock` → its lines; what a merge left behind is said with its line."""

import re
from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile, LockLine

_LINE = re.compile(r"(?P<path>[^\s:#][^\s:]*/[^\s:]+):[ \t]+(?P<uid>\S+)[ \t]*")
_UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}")
_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_RENEW = "run dhis2cfg lock, which writes the file anew"


def parse_lock(text: str, file: str) -> tuple[LockFile, tuple[Finding, ...]]:
    """The lines `TYPE/KEY/PATH: UID`; inside an unsolved conflict the first side counts."""
    findings: list[Finding] = []
    found: dict[str, LockLine] = {}
    in_conflict = any(line.startswith(_MARKS) for line in text.split("\n"))
    for line, place in _lines(text, file):
        if line.startswith(_MARKS):
            if line.startswith(_MARKS[0]):
                message = "an unsolved merge conflict stands here"
                findings.append(_finding("conflict-mark", message, place))
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            findings.append(_finding("lock-line", "this is no line `TYPE/KEY: UID`", place))
            continue
        path, uid = match["path"], match["uid"]
        first = found.get(path)
        if not _UID.fullmatch(uid):
            at = place.shifted(match.start("uid"), len(uid))
            message = f"{uid} is no UID: 11 letters and digits, a letter first"
            findings.append(_finding("uid-form", message, at))
        elif first is None:
            found[path] = LockLine(path=path, uid=Uid(uid), place=place)
        elif not in_conflict:
            related = (Related(message="first written here", place=first.place),)
            findings.append(_finding("duplicate-lock-line", f"{path} stands here twice", place, related))
    return LockFile(file=file, lines=tuple(found.values()), exists=True), tuple(findings)


def _lines(text: str, file: str) -> Iterator[tuple[str, Place]]:
    """The lines that say something, each with its place."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield line, Place(file=file, line=number, length=len(line))


def _finding(rule: str, message: str, place: Place, related: tuple[Related, ...] = ()) -> Finding:
    return Finding(rule=rule, message=message, place=place, following=_RENEW, related=related)
