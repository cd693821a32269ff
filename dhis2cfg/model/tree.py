"""What a YAML or CSV file says, node by node, before references mean anything.

    Node = Scalar | Tagged | Sequence | Mapping

Scalars carry the characters as written; what type they have is decided by the catalogue (`load` sets `value`
where the schema knows it, else `value` is the text).
"""

from dataclasses import dataclass
from typing import TypeAlias, Union

from dhis2cfg.model.places import Place

Node: TypeAlias = Union["Scalar", "Tagged", "Sequence", "Mapping"]
Atom: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One value: `text` as written (without quotes), `value` typed, `plain` where no quotes stood around it.

    `multiline` marks block and folded styles, where a column inside the text is not a column of the file.
    `made`: `resolve` made the text from a parameter, a template or a turn; then `load` could not type it.
    `unread`: its tag, or a name in it, stood for nothing, so that it says less than was written.
    """

    value: Atom
    text: str
    place: Place
    plain: bool = True
    multiline: bool = False
    made: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A value behind one of our tags: `!var !tpl !once !keep !secret !csv !file !raw`.

    `load` reads `!csv` and `!file` itself (a mapping of rows, a scalar), so later stages never meet them.
    """

    tag: str
    value: Node
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list, in the order written."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key of a mapping with its value; the key is text as written."""

    key: str
    key_place: Place
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys and values, in the order written; a duplicate key never gets this far."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((entry.value for entry in self.entries if entry.key == key), None)

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file: its tree (None for a file without content) and its text, so that reports can quote it."""

    file: str
    root: Mapping | None
    text: str


def as_text(value: Atom) -> str:
    """A plain value as it is written: `true`, `100`; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)
