"""Offsets in a text → places: lines end where editors end them, columns count characters."""

import re
from bisect import bisect_right

from dhis2cfg.model.places import Place

_PROPERTY = re.compile(r"[!&]\S*(?:\s|(?<=\s)#[^\n]*)*")


class Spots:
    """The places of one text; YAML itself would also end lines at U+0085 and U+2028."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self._starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]

    def at(self, start: int, end: int | None = None) -> Place:
        """The place from one offset to another, cut at the end of its line; never shorter than 1."""
        line = bisect_right(self._starts, start)
        begin = self._starts[line - 1]
        stop = self._starts[line] - 1
        last = stop if end is None or end > stop else end
        length = last - start if end is not None and last > start else 1
        return Place(file=self.file, line=line, column=start - begin + 1, length=length)

    def after_properties(self, start: int, end: int) -> int:
        """Where a node's content begins behind its tag and anchor; `end` where it has none."""
        while match := _PROPERTY.match(self.text, start, end):
            start = match.end()
        return start
