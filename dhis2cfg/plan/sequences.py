"""Order as one more field: ours keep our order, a local member stays behind the nearest of ours before it."""

from collections.abc import Iterable, Sequence


def restricted(sequence: Iterable[str], to: Iterable[str]) -> tuple[str, ...]:
    """The members of a sequence that are also elsewhere, in its order."""
    others = set(to)
    return tuple(key for key in sequence if key in others)


def merged(desired: Sequence[str], live: Sequence[str], gone: Iterable[str] = ()) -> tuple[str, ...]:
    """The whole new sequence: `desired` in its order, what only `live` has behind its nearest neighbour.

    `A x B` and N desired after A gives `A x N B`: a local member stays with the one of ours it stood behind,
    at the head where there was none (design §6).
    """
    ours, away = set(desired), set(gone)
    heads: list[str] = []
    behind: dict[str, list[str]] = {}
    anchor: str | None = None
    for key in live:
        if key in ours:
            anchor = key
        elif key not in away:
            (heads if anchor is None else behind.setdefault(anchor, [])).append(key)
    result = list(heads)
    for key in desired:
        result.append(key)
        result.extend(behind.get(key, ()))
    return tuple(result)
