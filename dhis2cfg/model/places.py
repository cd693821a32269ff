"""Where something stands in the user's files, said in one way everywhere."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A stretch of one line of one file; kept on every value from load to report.

    `file` is relative to the workspace, with `/`; `line` and `column` count from 1, `column` and `length` in
    characters. A CSV cell is a place like any other: line and column of its file. `turn` names the turn of
    `for_each` that made the value ("band=0_9, sex=K"), and is empty elsewhere.
    """

    file: str
    line: int = 1
    column: int = 1
    length: int = 1
    turn: str = ""

    def shifted(self, characters: int, length: int) -> "Place":
        """A stretch that begins `characters` further to the right (inside a text)."""
        return replace(self, column=self.column + characters, length=max(length, 1))

    def __str__(self) -> str:
        turn = f" ({self.turn})" if self.turn else ""
        return f"{self.file}:{self.line}:{self.column}{turn}"
