"""Sentences that many rules need: which version refuses, what was meant, and lists that end."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

SHOWN = 6


def versions(refusing: Sequence[str], claimed: Iterable[str]) -> str:
    """Who refuses, as the end of a sentence: ` in DHIS2 2.43`; empty where all claimed versions do."""
    if set(refusing) >= set(claimed):
        return ""
    return f" in DHIS2 {listed(sorted(refusing))}"


def listed(words: Sequence[str], shown: int = SHOWN) -> str:
    """`a, b, c`, cut with a count where there are many."""
    if len(words) <= shown:
        return ", ".join(words)
    return f"{', '.join(words[:shown])} and {len(words) - shown} more"


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that was most likely meant, capitals aside."""
    by_fold = {each.casefold(): each for each in words}
    found = get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.7)
    return by_fold[found[0]] if found else None
