"""Sentences as parts that know what they are, so that text and Markdown each write them in their own way.

A part is our own word, a name, a code, or a word that went or came. Whatever comes from files or servers is
made safe where a sentence is written, never where it is put together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from dhis2cfg.report.signs import clean


class Style(Enum):
    """What a part of a sentence is."""

    PLAIN = "plain"
    NAME = "name"
    CODE = "code"
    STRONG = "strong"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Span:
    """One part: its text, and what it is."""

    text: str
    style: Style = Style.PLAIN


Phrase: TypeAlias = tuple[Span, ...]
"""A sentence, or a part of one."""
MARKS = {Style.OLD: ("[-", "-]"), Style.NEW: ("{+", "+}")}
"""How words that went and came are marked in plain text, as `git diff --word-diff` does."""


def say(*parts: str | Span | Phrase) -> Phrase:
    """A phrase of our own words, parts and phrases, empty ones left out."""
    found: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            found.append(Span(part))
        elif isinstance(part, Span):
            found.append(part)
        else:
            found += part
    return tuple(span for span in found if span.text)


def named(text: str) -> Span:
    """The name of something."""
    return Span(text, Style.NAME)


def coded(text: str) -> Span:
    """A key, a code, a constant."""
    return Span(text, Style.CODE)


def strong(text: str) -> Span:
    """What must not be overlooked."""
    return Span(text, Style.STRONG)


def joined(phrases: Iterable[Phrase], between: str = ", ", last: str = "") -> Phrase:
    """Phrases one after another; `last` stands before the last one (` and `)."""
    several = [phrase for phrase in phrases if phrase]
    found: list[Span] = []
    for index, phrase in enumerate(several):
        if index:
            found.append(Span(last if last and index == len(several) - 1 else between))
        found += phrase
    return tuple(found)


def some(phrases: Sequence[Phrase], most: int) -> Phrase:
    """`a, b and c`; of more than `most` the first ones and how many more."""
    if len(phrases) <= most:
        return joined(phrases, last=" and ")
    return say(joined(phrases[:most]), f" and {len(phrases) - most} more")


def cut(phrase: Phrase, room: int) -> Phrase:
    """The first characters of a phrase, an ellipsis where it goes on."""
    kept: list[Span] = []
    for span in phrase:
        if len(span.text) > room:
            kept += [Span(span.text[:room], span.style), Span("…")]
            break
        kept.append(span)
        room -= len(span.text)
    return tuple(kept)


def as_text(phrase: Phrase) -> str:
    """A phrase on one line of plain text, without a sign that steers a terminal."""
    return "".join(_marked(span) for span in phrase)


def _marked(span: Span) -> str:
    before, after = MARKS.get(span.style, ("", ""))
    return f"{before}{clean(span.text)}{after}"
