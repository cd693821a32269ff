"""Which members of a list moved, and where to."""

from bisect import bisect_left
from collections.abc import Sequence

from dhis2cfg.model.plan import Change
from dhis2cfg.report.sentences.spans import Phrase, joined, say
from dhis2cfg.report.sentences.values import value

MOST = 3
"""As many moves as are told one by one."""


def told_order(change: Change) -> Phrase:
    """`X now after Y`; of many moves how many."""
    old = change.before if isinstance(change.before, list) else []
    new = change.after if isinstance(change.after, list) else []
    stay = _in_order(old, new)
    moved = [key for key in new if key not in stay]
    if not moved:
        return say("another order")
    told = [_where(key, new, change) for key in moved[:MOST]]
    more = [say(f"{len(moved) - MOST} more move")] if len(moved) > MOST else []
    return joined([*told, *more])


def _where(key: str, new: Sequence[str], change: Change) -> Phrase:
    at = new.index(key)
    if at == 0:
        return say(value(key, change), " now comes first")
    return say(value(key, change), " now comes after ", value(new[at - 1], change))


def _in_order(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The longest part of the new sequence that keeps the old one's order: all others moved."""
    places = {key: at for at, key in enumerate(old)}
    known = [key for key in new if key in places]
    tails: list[int] = []
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for key in known:
        at = bisect_left(tails, places[key])
        before[key] = ends[at - 1] if at else None
        tails[at : at + 1] = [places[key]]
        ends[at : at + 1] = [key]
    kept: list[str] = []
    last = ends[-1] if ends else None
    while last is not None:
        kept.append(last)
        last = before[last]
    return frozenset(kept)
