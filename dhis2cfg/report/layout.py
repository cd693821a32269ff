"""Lines that fit a width: folded with a hanging indent, and with what stands beside them on the right."""

import textwrap
from collections.abc import Sequence

WIDE = 100
"""From this width on, places stand on the right; below, on a line of their own."""


def folded(text: str, width: int, indent: int = 0, hang: int = 2) -> list[str]:
    """A text in lines of at most `width`, all but the first indented by `hang` more."""
    lines = textwrap.wrap(
        text,
        max(width, indent + hang + 20),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]


def beside(text: str, notes: Sequence[str], place: str, width: int, *, hang: int = 10) -> list[str]:
    """A line (its indent is in it) with notes in one column and its place in another, where they fit."""
    note = "   ".join(notes)
    line = f"{text:<{width * 48 // 100}}   {note}" if note else text
    if len(line) > width:
        line = f"{text}   {note}"
    if len(line) > width:
        lines = [*_kept(text, width), *(folded(note, width, hang) if note else [])]
        return [*lines, f"{'':<{hang}}{place}"] if place else lines
    at = max(len(line) + 2, min(width * 67 // 100, width - len(place)))
    if place and width >= WIDE and at + len(place) <= width:
        return [f"{line:<{at}}{place}"]
    return [line, f"{'':<{hang}}{place}"] if place else [line]


def _kept(text: str, width: int) -> list[str]:
    indent = len(text) - len(text.lstrip())
    return folded(text.strip(), width, indent, 4) if len(text) > width else [text]


def ended(lines: list[str], words: str, width: int, indent: int) -> list[str]:
    """Lines with some words behind the last one, or below it where they do not fit."""
    whole = f"{lines[-1]}    {words}"
    return [*lines[:-1], whole] if len(whole) <= width else [*lines, *folded(words, width, indent)]
