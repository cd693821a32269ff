"""Ends of lines: no blanks, one line break ends the file; texts over several lines stay."""

from collections.abc import Iterator

from dhis2cfg.workspace.formatting.nodes import Edit, composed, scalars


def ends(text: str) -> Iterator[Edit]:
    """Blanks at the end of lines that belong to no text."""
    kept = _inside(text)
    at = 0
    for number, line in enumerate(text.split("\n")):
        bare = line.rstrip(" \t")
        if bare != line and number not in kept:
            yield Edit(at + len(bare), at + len(line), "")
        at += len(line) + 1


def _inside(text: str) -> frozenset[int]:
    """The lines (from 0) whose end lies in a text."""
    lines: set[int] = set()
    for node in scalars(composed(text)):
        first, last = node.start_mark.line, node.end_mark.line
        if first < last:
            lines.update(range(first + (node.style in ("|", ">")), last))
    return frozenset(lines)


def one_end(text: str) -> str:
    """The text with one line break at its end; an empty one stays empty."""
    bare = text.rstrip("\n \t")
    return f"{bare}\n" if bare else ""
