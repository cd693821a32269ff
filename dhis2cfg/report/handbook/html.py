"""Chapters as one page of HTML that needs nothing else; it reads on a phone and prints well."""

from collections.abc import Iterable, Iterator
from html import escape

from dhis2cfg.report.handbook.chapters import Block, Heading, Paragraph

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 0 auto;
  max-width: 80rem; padding: 1rem; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5 { line-height: 1.25; margin: 1.6em 0 0.4em; break-after: avoid; }
nav ul { padding-left: 1.2rem; } a { color: #0b4f8a; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 0.6rem 0 1.2rem; }
th, td { border: 1px solid #8a8a8a; padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; }
thead th { background: #eef2f6; } tbody th { font-weight: 600; }
td:last-child { font-family: ui-monospace, monospace; font-size: 0.85rem; }
@media (max-width: 40rem) {
  table, thead, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border: 1px solid #8a8a8a; margin-bottom: 0.8rem; } th, td { border: 0; }
  td::before { content: attr(data-head) ": "; font-weight: 600; font-family: system-ui, sans-serif; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 9pt; } nav { display: none; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
}
"""


def as_html(blocks: Iterable[Block], *, locale: str) -> str:
    """The page; `locale` is the language of the package's texts."""
    listed = tuple(blocks)
    headings = [each for each in listed if isinstance(each, Heading)]
    title = headings[0].text if headings else ""
    anchors = {id(each): f"s{number}" for number, each in enumerate(headings)}
    body = "\n".join(line for each in listed for line in _block(each, anchors))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(locale)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"{_contents(headings, anchors)}\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _contents(headings: list[Heading], anchors: dict[int, str]) -> str:
    """Links to what a reader looks for: programs, stages, data sets, groups, roles."""
    links = [
        f'<li><a href="#{anchors[id(each)]}">{escape(each.text)}</a></li>'
        for each in headings
        if each.level in (2, 3)
    ]
    listed = "\n".join(links)
    return f'<nav aria-label="Contents">\n<ul>\n{listed}\n</ul>\n</nav>'


def _block(block: Block, anchors: dict[int, str]) -> Iterator[str]:
    match block:
        case Heading():
            yield f'<h{block.level} id="{anchors[id(block)]}">{escape(block.text)}</h{block.level}>'
        case Paragraph():
            yield f"<p>{escape(block.text)}</p>"
        case _:
            yield "<table>\n<thead><tr>"
            yield "".join(f'<th scope="col">{escape(each)}</th>' for each in block.head)
            yield "</tr></thead>\n<tbody>"
            yield from (_row(block.head, row) for row in block.rows)
            yield "</tbody>\n</table>"


def _row(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    first, *rest = row
    cells = [f'<th scope="row">{_lines(first)}</th>']
    cells += [
        f'<td data-head="{escape(name)}">{_lines(cell)}</td>'
        for name, cell in zip(head[1:], rest, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))
