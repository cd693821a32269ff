"""The three-way merge: one table of three values, the same for objects, fields, members, children and orders.

base = what we wrote last, desired = what the packages ask for, live = what stands; ABSENT = not there.

    base  desired  live   row
    –     b        –      CREATE      added
    –     b        b      FOUND       nothing to write; let go when the package drops it
    –     b        a      TAKEOVER    somebody's value; refused unless allowed
    a     a        a      SAME
    a     b        a      CHANGE      the package moved on
    a     b        b      AGREED      no call; the record takes the new value
    a     a        b      DRIFT       set back
    a     a        –      RESTORE     set back: there again
    a     b        c      CONFLICT    refused unless allowed
    a     b        –      CONFLICT
    a     –        a      DROPPED     removed, cleared, deleted or orphaned
    a     –        b      LET_GO      no longer managed
    a     –        –      FORGOTTEN
    –     –        a      LOCAL       the municipality's own
"""

from enum import Enum
from typing import Any, Final


class Absent:
    """Not there, which is something else than empty."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


class Row(Enum):
    """The rows of the table; NOTHING is three times ABSENT."""

    CREATE = "create"
    FOUND = "found"
    TAKEOVER = "takeover"
    SAME = "same"
    CHANGE = "change"
    AGREED = "agreed"
    DRIFT = "drift"
    RESTORE = "restore"
    CONFLICT = "conflict"
    DROPPED = "dropped"
    LET_GO = "let go"
    FORGOTTEN = "forgotten"
    LOCAL = "local"
    NOTHING = "nothing"


WRITES = frozenset({Row.CREATE, Row.TAKEOVER, Row.CHANGE, Row.DRIFT, Row.RESTORE, Row.CONFLICT})
"""Rows that put the desired value on the server."""


def decide(base: Any, desired: Any, live: Any) -> Row:
    """The row of three values."""
    if desired is ABSENT:
        return _undesired(base, live)
    if live == desired and live is not ABSENT:
        if base is ABSENT:
            return Row.FOUND
        return Row.SAME if base == desired else Row.AGREED
    if base is ABSENT:
        return Row.CREATE if live is ABSENT else Row.TAKEOVER
    if base == desired:
        return Row.RESTORE if live is ABSENT else Row.DRIFT
    return Row.CHANGE if live == base else Row.CONFLICT


def _undesired(base: Any, live: Any) -> Row:
    if base is ABSENT:
        return Row.NOTHING if live is ABSENT else Row.LOCAL
    if live is ABSENT:
        return Row.FORGOTTEN
    return Row.DROPPED if live == base else Row.LET_GO
