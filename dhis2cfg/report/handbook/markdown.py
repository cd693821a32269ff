"""Chapters as Markdown; texts of files are shown as text, whatever signs they hold."""

import re
from collections.abc import Iterable

from dhis2cfg.model.places import Place
from dhis2cfg.report.handbook.blocks import Block, Cell, Heading, Line, Paragraph, Source, Table
from dhis2cfg.report.pull_requests.markdown import EMPTY
from dhis2cfg.report.signs import clean, inert

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|@~&!$])")
_FOUND = re.compile(
    r"([@#!%^$](?=[\w/+-])|:(?=(?:100|1234|(?!\d+:)[\w+-]+):|//)|\b(?:www(?=\.)|gh-(?=\d)))", re.IGNORECASE
)
"""What sites look for in finished text: mentions, issues, emoji (`:100:` is one), addresses."""
_BEGINS = re.compile(r"^(\d*)([=.)+-])")
"""What would begin a list or a heading."""


def as_markdown(blocks: Iterable[Block]) -> str:
    """The whole text, one empty line between blocks; files stand beside it, so they are not told again."""
    return "\n\n".join(_block(each) for each in blocks if not isinstance(each, Source)) + "\n"


def _block(block: Heading | Paragraph | Table) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {escaped(block.text)}"
        case Paragraph():
            return _BEGINS.sub(r"\1\\\2", escaped(f"{block.text}{_behind(block.place, ', ')}"))
        case _:
            return _table(block)


def _table(table: Table) -> str:
    head = f"| {' | '.join(map(escaped, table.head))} |"
    rows = [f"| {' | '.join(map(_cell, row))} |" for row in table.rows]
    return "\n".join([head, f"|{'---|' * len(table.head)}", *rows])


def _cell(cell: Cell) -> str:
    return "<br>".join(map(_line, cell))


def _line(line: Line) -> str:
    if not line.text:
        return escaped(line.lead or str(line.place or ""))
    lead = f"{line.lead}: " if line.lead else ""
    return escaped(f"{lead}{line.text}{_behind(line.place, ' (', ')')}")


def _behind(place: Place | None, before: str, after: str = "") -> str:
    return f"{before}{place}{after}" if place else ""


def escaped(text: str) -> str:
    """A text without any meaning of its own, on one line."""
    told = _MARKS.sub(r"\\\1", inert(" ".join(clean(text).split())))
    return _FOUND.sub(rf"\1{EMPTY}", told)
