"""CSV → rows of cells, each with its place; then rows → a mapping of objects, as if written in YAML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dhis2cfg.load.text.spots import Spots
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Entry, Mapping, Node, Scalar

CELLS = 1_000_000
"""How many cells one table may hold."""

MISTAKES = 100
"""How many mistakes of one table are said before reading it ends."""

_DELIMITERS = (",", ";", "\t")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its text without quotes, and its place in the file."""

    text: str
    place: Place
    multiline: bool = False


def read_table(text: str, file: str) -> tuple[Mapping, tuple[Finding, ...]]:
    """A table with a header: `key`, property names, locales after a dot; an empty cell says nothing."""
    reader = _Reader(Spots(text, file))
    try:
        entries = reader.entries()
    except _Hopeless as hopeless:
        entries = ()
        following = "the rest is not read; begin with what is said above"
        reader.findings.append(
            Finding(rule=hopeless.rule, message=str(hopeless), place=Place(file=file), following=following)
        )
    return Mapping(entries=entries, place=Place(file=file)), tuple(reader.findings)


class _Hopeless(Exception):
    """Reading this table further makes no sense."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class _Reader:
    """Reads one table; what is wrong with a row leaves out the row, with a column the column."""

    def __init__(self, spots: Spots) -> None:
        self.findings: list[Finding] = []
        self._spots = spots
        self._delimiter = _delimiter(spots.text)
        self._ends = re.compile(f"[{self._delimiter}\n]")
        self._cells = 0

    def entries(self) -> tuple[Entry, ...]:
        """The rows by their keys; none where the header names no key."""
        rows = [row for row in self._rows() if any(cell.text for cell in row)]
        if not rows:
            place = Place(file=self._spots.file)
            following = "begin it with `key` and property names"
            self._say("empty-table", f"{place.file} has no header", place, following)
            return ()
        header, *lines = rows
        columns = self._columns(header)
        if all(cell.text != "key" for cell in header):
            self._say("missing-column", "this table has no column key", header[0].place, "add the column key")
            return ()
        return tuple(self._objects(columns, len(header), lines).values())

    def _rows(self) -> Iterator[list[Cell]]:
        """The lines as cells; a quoted cell may hold delimiters and line breaks."""
        text, position = self._spots.text, 0
        while position < len(text):
            row: list[Cell] = []
            at_end = False
            while not at_end:
                cell, position = self._cell(position)
                row.append(cell)
                at_end = text[position : position + 1] != self._delimiter
                position += 1
            yield row

    def _columns(self, header: list[Cell]) -> dict[int, Cell]:
        """The columns by position that have a name of their own."""
        found: dict[int, Cell] = {}
        seen: dict[str, Cell] = {}
        heads: dict[str, Cell] = {}
        for number, cell in enumerate(header):
            head, dot, _ = cell.text.partition(".")
            first = seen.get(cell.text) or (seen.get(head) if dot else heads.get(head))
            heads.setdefault(head, cell)
            if not cell.text:
                self._say("empty-column", "this column has no name", cell.place, "name it, or remove it")
            elif first is not None:
                self._twice("duplicate-column", f"the column {cell.text} stands here twice", cell, first)
            else:
                found[number] = seen[cell.text] = cell
        return found

    def _objects(self, columns: dict[int, Cell], width: int, lines: list[list[Cell]]) -> dict[str, Entry]:
        """One entry a row, by its key."""
        entries: dict[str, Entry] = {}
        places: dict[str, Cell] = {}
        at = next(number for number, cell in columns.items() if cell.text == "key")
        for row in lines:
            if len(row) != width:
                message = f"this row has {len(row)} cells, the header {width}"
                self._say("ragged-row", message, row[min(len(row) - 1, width)].place, "count the delimiters")
                continue
            key = row[at]
            if not key.text:
                self._say("empty-key", "this row has no key", key.place, "write the key")
            elif key.text in entries:
                self._twice("duplicate-key", f"{key.text} stands here twice", key, places[key.text])
            else:
                cells = [(cell, row[number]) for number, cell in columns.items() if number != at]
                value = Mapping(entries=_fields(cells), place=key.place)
                entries[key.text] = Entry(key=key.text, key_place=key.place, value=value)
                places[key.text] = key
        return entries

    def _say(self, rule: str, message: str, place: Place, following: str) -> None:
        self._add(Finding(rule=rule, message=message, place=place, following=following))

    def _add(self, finding: Finding) -> None:
        self.findings.append(finding)
        if len(self.findings) > MISTAKES:
            raise _Hopeless("too-many-mistakes", f"{self._spots.file} has more than {MISTAKES} mistakes")

    def _twice(self, rule: str, message: str, second: Cell, first: Cell) -> None:
        related = (Related(message="first written here", place=first.place),)
        following = "keep one of the two"
        self._add(
            Finding(rule=rule, message=message, place=second.place, following=following, related=related)
        )

    def _until(self, start: int) -> int:
        """Where the cell that begins here ends, quotes or not."""
        found = self._ends.search(self._spots.text, start)
        return found.start() if found else len(self._spots.text)

    def _cell(self, start: int) -> tuple[Cell, int]:
        """The cell that begins at an offset, and where it ends."""
        text = self._spots.text
        self._cells += 1
        if self._cells > CELLS:
            raise _Hopeless("too-large", f"{self._spots.file} has more than {CELLS} cells")
        match = _QUOTED.match(text, start)
        if match and text[match.end() : match.end() + 1] in (self._delimiter, "\n", ""):
            value = match[1].replace('""', '"')
            place = self._spots.at(start + 1, match.end() - 1)
            return Cell(text=value, place=place, multiline=value != match[1] or "\n" in value), match.end()
        end = self._until(start)
        if text.startswith('"', start):
            following = 'close the quote, and write " inside it twice'
            self._say("csv-quote", "this quote does not end the cell", self._spots.at(start), following)
        raw = text[start:end]
        begin = start + len(raw) - len(raw.lstrip())
        return Cell(text=raw.strip(), place=self._spots.at(begin, begin + len(raw.strip()))), end


def _delimiter(text: str) -> str:
    """The sign that the header uses most, quoted cells left aside; a single column has none."""
    header = _QUOTED.sub("", text).lstrip("\n").split("\n", 1)[0]
    return max(_DELIMITERS, key=header.count)


def _fields(cells: list[tuple[Cell, Cell]]) -> tuple[Entry, ...]:
    """The properties of a row; `name.nb` and `name.en` are gathered under `name`."""
    found: dict[str, Entry] = {}
    for column, cell in cells:
        if not cell.text:
            continue
        value: Node = Scalar(
            value=cell.text, text=cell.text, place=cell.place, plain=False, multiline=cell.multiline
        )
        name, _, part = column.text.partition(".")
        entry = found.get(name)
        if part:
            inner = Entry(key=part, key_place=column.place, value=value)
            before = entry.value if entry else None
            parts = before.entries if isinstance(before, Mapping) else ()
            value = Mapping(entries=(*parts, inner), place=before.place if before else cell.place)
        found[name] = Entry(key=name, key_place=entry.key_place if entry else column.place, value=value)
    return tuple(found.values())
