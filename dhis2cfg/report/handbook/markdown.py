"""Chapters as Markdown; texts of files are shown as text, whatever signs they hold."""

import re
from collections.abc import Iterable

from dhis2cfg.report.handbook.chapters import Block, Heading, Paragraph, Table

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|@~&!])")


def as_markdown(blocks: Iterable[Block]) -> str:
    """The whole text; one empty line between blocks."""
    return "\n\n".join(_block(each) for each in blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {escaped(block.text)}"
        case Paragraph():
            return escaped(block.text)
        case _:
            return _table(block)


def _table(table: Table) -> str:
    rows = [table.head, *table.rows]
    lines = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * len(table.head)}", *lines[1:]])


def _cell(text: str) -> str:
    return "<br>".join(escaped(line) for line in text.split("\n"))


def escaped(text: str) -> str:
    """A text without any meaning of its own."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
