"""Quotes where another YAML reader would see a number, a truth, nothing or a comment in what is text here."""

import re
from collections.abc import Iterator

from dhis2cfg.model import tree
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.workspace.formatting.nodes import Edit, composed, scalars

_OTHER = re.compile(
    r"""(?xi)
      (?: ~ | null | true | false | yes | no | on | off | y | n | << | = )
    | [-+]? (?: 0b[01_]+ | 0o?[0-7_]+ | 0x[0-9a-f_]+ | [0-9][0-9_]* (?: :[0-5]?[0-9])+ (?:\.[0-9_]*)? )
    | [-+]? (?: [0-9][0-9_]* (?:\.[0-9_]*)? | \.[0-9][0-9_]* ) (?: e[-+]?[0-9]+ )?
    | [-+]? \.inf | \.nan
    """
)
"""What YAML 1.1 or 1.2 reads as something other than text; dates are left as they are."""
TURNS = "for_each"
"""Below it stand values of turns, which have no type until they are used."""
_PLAIN_AGAIN = re.compile(r"[^'\"\\]*")


def quotes(document: Document) -> Iterator[Edit]:
    """The quotes that are missing, and double ones in place of single ones."""
    if document.root is None:
        return
    lines = _Lines(document.text)
    seen: set[int] = set()
    for place, plain in _texts(document.root):
        if place.file != document.file:
            continue
        start = lines.offset(place)
        written = document.text[start : start + place.length]
        if start in seen or document.text[start - 1 : start] in ("'", '"'):
            continue
        seen.add(start)
        if plain and needs_quotes(written):
            yield Edit(start, start + len(written), quoted(written))
    yield from _doubled(document.text)


def needs_quotes(written: str) -> bool:
    """Whether another reader would see something that is not text, or a comment."""
    return "#{" in written or bool(_OTHER.fullmatch(written))


def quoted(written: str) -> str:
    """A plain value in quotes, double ones where nothing in it must be escaped for them."""
    if '"' in written or "\\" in written:
        return "'" + written.replace("'", "''") + "'"
    return f'"{written}"'


def _doubled(text: str) -> Iterator[Edit]:
    """Single quotes become double ones where what stands in them is the same in both."""
    for node in scalars(composed(text)):
        if node.style != "'":
            continue
        stop = node.end_mark.index
        start = text.index("'", node.start_mark.index)
        inner = text[start + 1 : stop - 1]
        if _PLAIN_AGAIN.fullmatch(inner):
            yield Edit(start, stop, f'"{inner}"')


def _texts(node: tree.Node) -> Iterator[tuple[Place, bool]]:
    """Every key, and every value that is a text: where it stands, and whether it is plain."""
    waiting: list[tree.Node] = [node]
    while waiting:
        each = waiting.pop()
        match each:
            case tree.Mapping():
                for entry in each.entries:
                    yield entry.key_place, True
                    if entry.key != TURNS:
                        waiting.append(entry.value)
            case tree.Sequence():
                waiting += each.items
            case tree.Tagged():
                if each.tag in ("!tpl", "!raw", "!secret"):
                    waiting.append(each.value)
            case tree.Scalar() if isinstance(each.value, str):
                yield each.place, each.plain and not each.multiline
            case _:
                continue


class _Lines:
    """Lines and columns as offsets."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for at, sign in enumerate(text):
            if sign == "\n":
                self._starts.append(at + 1)

    def offset(self, place: Place) -> int:
        """Where a place begins."""
        return self._starts[place.line - 1] + place.column - 1
