"""Chapters as one page of HTML that needs nothing else; it reads on a phone and prints well.

Where something is written is a link to that line: the files stand at the end of the page, on screens only.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from posixpath import commonpath

from dhis2cfg.model.places import Place
from dhis2cfg.report.handbook.blocks import Block, Cell, Heading, Line, Paragraph, Source, Table
from dhis2cfg.report.handbook.style import STYLE
from dhis2cfg.report.signs import clean, steadied, tamed


def as_html(blocks: Iterable[Block], *, locale: str) -> str:
    """The page; `locale` is the language of the package's texts."""
    listed = tuple(map(_inert, blocks))
    headings = [each for each in listed if isinstance(each, Heading)]
    title = headings[0].text if headings else ""
    page = _Page(
        anchors={id(each): f"s{number}" for number, each in enumerate(headings)},
        files={each.file: f"f{number}" for number, each in enumerate(_sources(listed))},
        cited=_cited(listed),
        folder=_folder([each.file for each in _sources(listed)]),
    )
    body = "\n".join(line for each in listed for line in page.block(each))
    return steadied(
        f'<!DOCTYPE html>\n<html lang="{escape(locale)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"{page.contents(headings)}\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _inert(block: Block) -> Block:
    """A block without signs that turn the direction of writing or hide; lines of a file stay lines."""
    if isinstance(block, Source):
        return replace(block, file=clean(block.file), text="\n".join(map(clean, block.text.split("\n"))))
    return tamed(block)


def _sources(blocks: Iterable[Block]) -> list[Source]:
    return [each for each in blocks if isinstance(each, Source)]


def _folder(files: list[str]) -> str:
    """The folder that all files stand in, with a slash; every place would repeat it."""
    found = commonpath([each.rpartition("/")[0] for each in files]) if files else ""
    return f"{found}/" if found else ""


def _cited(blocks: Iterable[Block]) -> Mapping[str, frozenset[int]]:
    """File → the lines that some place names."""
    found: dict[str, set[int]] = defaultdict(set)
    for block in blocks:
        for place in _places(block):
            found[place.file].add(place.line)
    return {file: frozenset(lines) for file, lines in found.items()}


def _places(block: Block) -> Iterator[Place]:
    match block:
        case Paragraph(place=Place() as place):
            yield place
        case Table():
            lines = (line for row in block.rows for cell in row for line in cell)
            yield from (line.place for line in lines if line.place)
        case _:
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the blocks of one page know of each other: anchors of headings and files, lines with a link."""

    anchors: Mapping[int, str]
    files: Mapping[str, str]
    cited: Mapping[str, frozenset[int]]
    folder: str

    def contents(self, headings: list[Heading]) -> str:
        """Links to what a reader looks for: programs, stages, data sets, groups, roles."""
        links = [
            f'<li><a href="#{self.anchors[id(each)]}">{escape(each.text)}</a></li>'
            for each in headings
            if each.level in (2, 3)
        ]
        listed = "\n".join(links)
        return f'<nav aria-label="Contents">\n<ul>\n{listed}\n</ul>\n</nav>'

    def block(self, block: Block) -> Iterator[str]:
        """The lines of one block."""
        match block:
            case Heading():
                yield f'<h{block.level} id="{self.anchors[id(block)]}">{escape(block.text)}</h{block.level}>'
            case Paragraph():
                place = f" {self._link(block.place)}" if block.place else ""
                yield f"<p>{escape(block.text)}{place}</p>"
            case Table():
                yield from self._table(block)
            case _:
                yield from self._source(block)

    def _table(self, table: Table) -> Iterator[str]:
        columns = "".join(f'<col style="width:{width}%">' for width in table.widths)
        yield f"<table>\n<colgroup>{columns}</colgroup>\n<thead><tr>"
        yield "".join(f'<th scope="col">{escape(each)}</th>' for each in table.head)
        yield "</tr></thead>\n<tbody>"
        yield from (self._row(table.head, row) for row in table.rows)
        yield "</tbody>\n</table>"

    def _row(self, head: tuple[str, ...], row: tuple[Cell, ...]) -> str:
        first, *rest = row
        cells = [f'<th scope="row">{self._cell(first)}</th>']
        cells += [
            f'<td data-head="{escape(name)}">{self._cell(cell)}</td>'
            for name, cell in zip(head[1:], rest, strict=True)
        ]
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell) -> str:
        """Lines under each other; sentences that a name leads stand apart."""
        if any(line.lead and line.text for line in cell):
            return "".join(f"<p>{self._line(line)}</p>" for line in cell)
        return "<br>".join(map(self._line, cell))

    def _line(self, line: Line) -> str:
        lead = f"<strong>{escape(line.lead)}</strong>{' ' if line.text else ''}" if line.lead else ""
        place = f"{' ' if line.text else ''}{self._link(line.place)}" if line.place else ""
        return f"{lead}{escape(line.text)}{place}"

    def _link(self, place: Place) -> str:
        """File and line, without the folder that all share; a link, where the file is on the page."""
        turn = f" ({place.turn})" if place.turn else ""
        told = escape(f"{place.file.removeprefix(self.folder)}:{place.line}{turn}")
        if place.file not in self.files:
            return f"<code>{told}</code>"
        return f'<a class="line" href="#{self.files[place.file]}-{place.line}">{told}</a>'

    def _source(self, source: Source) -> Iterator[str]:
        """A whole file; its lines that are named are where links lead."""
        anchor, cited = self.files[source.file], self.cited.get(source.file, frozenset())
        lines = (
            f'<span id="{anchor}-{number}">{escape(line)}</span>' if number in cited else escape(line)
            for number, line in enumerate(source.text.split("\n"), start=1)
        )
        yield f'<section class="file">\n<h2 id="{anchor}">{escape(source.file)}</h2>'
        yield f"<pre>{chr(10).join(lines)}</pre>\n</section>"
