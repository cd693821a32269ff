"""What a page is made of, before it is Markdown or HTML."""

from dataclasses import dataclass
from typing import TypeAlias

from dhis2cfg.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a cell: a name that leads it, a text, and where that is written."""

    lead: str = ""
    text: str = ""
    place: Place | None = None


Cell: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `level` from 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A text, and where it comes from."""

    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a head; `widths` are the columns' shares in hundred. The first cell of a row names it."""

    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that the book speaks of, whole; shown where links can lead to its lines."""

    file: str
    text: str


Block: TypeAlias = Heading | Paragraph | Table | Source
