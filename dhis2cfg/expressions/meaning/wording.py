"""Mistakes of whole parts, and the words that were probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from dhis2cfg.expressions.syntax import Fault, Mistake
from dhis2cfg.expressions.syntax.tree import Node

DEFINE = "define it, or name one that there is"


def mistake(
    node: Node, fault: Fault, message: str, suggestion: str = "", *, is_sure: bool = True, end: int = 0
) -> Mistake:
    """A mistake that a whole part is (or its beginning, up to `end`)."""
    return Mistake(
        fault=fault,
        message=message,
        start=node.start,
        end=end or node.end,
        suggestion=suggestion,
        is_sure=is_sure,
    )


def nearest(word: str, words: Iterable[str]) -> str:
    """The word that was most likely meant, as the end of a suggestion; empty where none is near."""
    by_fold = {each.casefold(): each for each in words}
    found = get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.7)
    return f"did you mean {by_fold[found[0]]}?" if found else ""


def shown_opener(opener: str) -> str:
    """A kind of item as a message names it."""
    return {"quoted": "a name in quotes", "PS_EVENTDATE": "PS_EVENTDATE:…"}.get(opener, f"{opener}{{…}}")
