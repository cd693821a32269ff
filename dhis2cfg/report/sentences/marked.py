"""Two texts as one, the words that went and came marked in it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dhis2cfg.report.sentences.spans import Phrase, Span, Style
from dhis2cfg.report.signs import clean

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]+")
AROUND = 4
"""As many words as are left standing beside what differs."""
MOST = 2000
"""Texts of more words are compared by what they begin and end with alone."""


def marked(before: str, after: str) -> Phrase:
    """The words of both texts, what is equal shortened to what stands beside a difference."""
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > MOST:
        return tuple(_ends(old, new))
    return tuple(_tidy(_compared(old, new)))


def _words(text: str) -> list[str]:
    return _TOKENS.findall(clean(text))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    blocks = matcher.get_opcodes()
    for index, (kind, start, end, first, last) in enumerate(blocks):
        if kind == "equal":
            ends = (index > 0, index < len(blocks) - 1)
            yield Span(_shortened(old[start:end], after_change=ends[0], before_change=ends[1]))
            continue
        yield Span("".join(old[start:end]), Style.OLD)
        yield Span("".join(new[first:last]), Style.NEW)


def _shortened(words: Sequence[str], *, after_change: bool, before_change: bool) -> str:
    """Equal words between two differences: those beside them, an ellipsis for the rest."""
    room = 2 * AROUND
    head, tail = (room if after_change else 0), (room if before_change else 0)
    if len(words) <= head + tail:
        return "".join(words)
    kept = "".join(words[len(words) - tail :]) if tail else ""
    return f"{''.join(words[:head])}…{kept}"


def _tidy(spans: Iterator[Span]) -> Iterator[Span]:
    """A blank between a word that went and the one that came in its place."""
    last: Span | None = None
    for span in spans:
        if not span.text:
            continue
        if (
            last is not None
            and (last.style, span.style) == (Style.OLD, Style.NEW)
            and not last.text[-1:].isspace()
        ):
            yield Span(" ")
        yield span
        last = span


def _ends(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    """Of very long texts how many words they have, and the first ones that differ."""
    same = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), len(old))
    start = max(same - 2 * AROUND, 0)
    yield Span("…" + "".join(old[start:same]))
    yield Span("".join(old[same : same + 4 * AROUND]) + "…", Style.OLD)
    yield Span(" ")
    yield Span("".join(new[same : same + 4 * AROUND]) + "…", Style.NEW)
    yield Span(f" ({len(old)} and {len(new)} words)")
