"""Paths that select objects on /api/metadata, short enough for a server's request line (facts §19.43)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

LONGEST_PATH = 7300
_STRANGE = frozenset(",[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Objects of one type with one of some values at one property path, and the fields wanted of them.

    Without a path all objects of the type are meant. `stranger` is one more value, which no object has: it
    makes a question that was never asked before.
    """

    type: str
    path: str
    values: tuple[str, ...]
    fields: str
    stranger: str = ""

    @property
    def text(self) -> str:
        """The selection as it stands in a query. A value alone is compared by `eq`, which splits nothing."""
        values = (*self.values, self.stranger) if self.stranger else self.values
        if not self.path:
            return f"{self.type}:fields={quote(self.fields, safe=':,.')}"
        if len(values) == 1:
            condition = f"eq:{quote(values[0], safe='')}"
        else:
            condition = f"in:%5B{','.join(quote(value, safe='') for value in values)}%5D"
        fields = quote(self.fields, safe=":,.")
        return f"{self.type}:filter={self.path}:{condition}&{self.type}:fields={fields}"


def metadata_path(selections: Iterable[Selection], *, skip_sharing: bool = False) -> str:
    """The path of one read; references to the server's own defaults are included (see `objects`)."""
    ending = "&skipSharing=true" if skip_sharing else ""
    return "/api/metadata?" + "&".join(each.text for each in selections) + "&defaults=INCLUDE" + ending


def packed(selections: Iterable[Selection]) -> list[tuple[Selection, ...]]:
    """The selections in as few reads as fit: a type once a read, for two filters on one type mean both."""
    reads: list[list[Selection]] = []
    for selection in selections:
        for piece in _pieces(selection):
            fitting = (read for read in reads if _fits(read, piece))
            read = next(fitting, None)
            if read is None:
                reads.append([piece])
            else:
                read.append(piece)
    return [tuple(read) for read in reads]


def _fits(read: list[Selection], piece: Selection) -> bool:
    is_new = all(each.type != piece.type for each in read)
    return is_new and len(metadata_path([*read, piece], skip_sharing=True)) <= LONGEST_PATH


def _pieces(selection: Selection) -> Iterable[Selection]:
    """The selection cut to fit; values with commas or brackets go alone, for `in` would cut them itself."""
    if not selection.path:
        yield selection
        return
    plain = [value for value in selection.values if not _STRANGE & set(value)]
    room = LONGEST_PATH - len(metadata_path([replace(selection, values=("", ""))], skip_sharing=True))
    piece: list[str] = []
    used = 0
    for value in plain:
        size = len(quote(value, safe="")) + 1
        if piece and used + size > room:
            yield replace(selection, values=tuple(piece))
            piece, used = [], 0
        piece.append(value)
        used += size
    if piece:
        yield replace(selection, values=tuple(piece))
    for value in selection.values:
        if _STRANGE & set(value):
            yield replace(selection, values=(value,))


def field_of(path: str) -> str:
    """`program.id` as DHIS2 wants it among fields: `program[id]`."""
    first, _, rest = path.partition(".")
    return f"{first}[{field_of(rest)}]" if rest else first


def values_at(value: Any, path: list[str]) -> Iterator[str]:
    """The texts that a path leads to, through lists too."""
    if isinstance(value, list):
        for item in value:
            yield from values_at(item, path)
    elif not path:
        yield str(value)
    elif isinstance(value, dict) and path[0] in value:
        yield from values_at(value[path[0]], path[1:])
