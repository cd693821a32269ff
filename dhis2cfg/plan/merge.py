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

from collections.abc import Mapping
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


class Thing(Enum):
    """What the table is applied to; a child's own fields are fields."""

    OBJECT = "object"
    FIELD = "field"
    MEMBER = "member"
    CHILD = "child"
    TRANSLATION = "translation"
    ENTRY = "entry of sharing"
    ORDER = "order"


ROWS = {
    "-b-": Row.CREATE,
    "-bb": Row.FOUND,
    "-ba": Row.TAKEOVER,
    "aaa": Row.SAME,
    "aba": Row.CHANGE,
    "abb": Row.AGREED,
    "aab": Row.DRIFT,
    "aa-": Row.RESTORE,
    "abc": Row.CONFLICT,
    "ab-": Row.CONFLICT,
    "a-a": Row.DROPPED,
    "a-b": Row.LET_GO,
    "a--": Row.FORGOTTEN,
    "--a": Row.LOCAL,
}
"""The fourteen rows as the design writes them: base, desired, live."""

_NO_CONTENT = ("-ba", "aba", "abb", "aab", "abc")
_IS_OR_IS_NOT = "it is there or it is not; what it holds are fields with rows of their own"
_OTHERS_TOLD = "who is a member stands in the list itself; only who stands on both sides has an order"

CANNOT_OCCUR: Mapping[tuple[str, Thing], str] = {
    **{
        (row, thing): _IS_OR_IS_NOT
        for row in _NO_CONTENT
        for thing in (Thing.OBJECT, Thing.MEMBER, Thing.CHILD)
    },
    ("ab-", Thing.MEMBER): _IS_OR_IS_NOT,
    ("a-b", Thing.MEMBER): _IS_OR_IS_NOT,
    (
        "--a",
        Thing.OBJECT,
    ): "what no package and no record names is not read; in a list of ours it is a member",
    **{(row, Thing.ORDER): _OTHERS_TOLD for row in ("-b-", "aa-", "ab-", "a--", "--a")},
    **{
        (row, Thing.ORDER): "a list left out drops its members one by one, and no order is left to keep"
        for row in ("a-a", "a-b")
    },
}
"""Cells of the table that stay empty, each with its reason.

Objects and children have two cells more than members, for their fields tell: edited by hand since and no
longer wanted (`a-b`), or taken out by hand while the package moved on (`ab-`), they are a conflict.
"""

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
