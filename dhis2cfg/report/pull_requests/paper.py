"""A page of Markdown within a limit: what must stand there, rows as far as they fit, and how many did not."""

from collections.abc import Sequence

from dhis2cfg.report.pull_requests.markdown import code, folded, table
from dhis2cfg.report.signs import number

SPARE = 1_500
"""Characters that are kept free for what says that something was left out."""


class Paper:
    """Lines within a limit; what does not fit is counted."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.lines: list[str] = []
        self._length = 0
        self.left = 0

    @property
    def room(self) -> int:
        """How many characters are left."""
        return self._limit - self._length

    def add(self, lines: Sequence[str]) -> None:
        """Lines that must stand there."""
        self.lines += lines
        self._length += length(lines)

    def fits(self, lines: Sequence[str]) -> bool:
        """Whether there is room for more lines."""
        return length(lines) <= self.room

    def add_rows(self, summary: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        """As many rows of a folded table as fit."""
        shown = self._shown(heads, rows, length(folded(summary, [])))
        if shown:
            self.add([*folded(summary, table(heads, shown)), ""])

    def add_table(
        self, heading: Sequence[str], heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]
    ) -> None:
        """As many rows of a table as fit, below a heading."""
        shown = self._shown(heads, rows, length(heading) + 2)
        if shown:
            self.add([*heading, *table(heads, shown), ""])

    def _shown(
        self, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], around: int
    ) -> list[tuple[str, ...]]:
        """The first rows that fit; the others are counted."""
        room = self.room - around - length(table(heads, []))
        shown: list[tuple[str, ...]] = []
        for row in rows:
            room -= length(table((), [row])[2:])
            if room < 0:
                break
            shown.append(row)
        self.left += len(rows) - len(shown)
        return shown

    def end(self, command: str) -> None:
        """What was left out, and how to see it."""
        if self.left:
            self.add([f"{number(self.left, 'more line')} had no room here."])
        if command:
            self.add([f"All of it: {code(command)}"])

    def text(self) -> str:
        """What stands on the paper."""
        return "\n".join(self.lines).rstrip("\n") + "\n"


def length(lines: Sequence[str]) -> int:
    """Characters of lines, their ends included."""
    return sum(len(line) + 1 for line in lines)
