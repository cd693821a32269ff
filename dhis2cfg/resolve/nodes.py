"""Small readings of a tree: the text of a scalar, the entries of a mapping, a text typed by a shape."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from dhis2cfg.catalogue.types import Shape
from dhis2cfg.model import tree
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Atom

INTEGER = re.compile(r"[+-]?\d+\Z")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A text that is no value of the type asked for; `wanted` names what would be one."""

    wanted: str


def text_of(node: tree.Node | None) -> str | None:
    """The characters of a scalar, None for null and for everything else."""
    if isinstance(node, tree.Scalar) and node.value is not None:
        return node.text
    return None


def mapping_of(node: tree.Node | None) -> tree.Mapping | None:
    """The node where it is a mapping."""
    return node if isinstance(node, tree.Mapping) else None


def entries_of(node: tree.Node | None) -> tuple[tree.Entry, ...]:
    """The entries of a mapping; none of everything else."""
    return node.entries if isinstance(node, tree.Mapping) else ()


def items_of(node: tree.Node | None) -> tuple[tree.Node, ...]:
    """The items of a list; a scalar that is not null counts as a list of one."""
    if isinstance(node, tree.Sequence):
        return node.items
    if isinstance(node, tree.Scalar) and node.value is not None:
        return (node,)
    return ()


def texts_of(node: tree.Node | None) -> tuple[str, ...]:
    """The texts of a list, or of one scalar."""
    return tuple(text for item in items_of(node) if (text := text_of(item)) is not None)


def is_null(node: tree.Node | None) -> bool:
    """Whether the node says: managed and empty."""
    return isinstance(node, tree.Scalar) and node.value is None


def is_unread(node: tree.Node | None) -> bool:
    """Whether a name in the text stood for nothing, which is said already."""
    return isinstance(node, tree.Scalar) and node.unread


def is_keep(node: tree.Node | None) -> bool:
    """Whether the node says: let go of what was managed."""
    return isinstance(node, tree.Tagged) and node.tag == "!keep"


def untagged(node: tree.Node | None) -> tree.Node | None:
    """The node behind a tag, or the node itself."""
    return node.value if isinstance(node, tree.Tagged) else node


def typed(text: str, shape: Shape) -> Atom | Mistyped:
    """A text as the value that a property of this shape takes."""
    if shape is Shape.BOOLEAN:
        return {"true": True, "false": False}.get(text, Mistyped("true or false"))
    if shape is Shape.INTEGER:
        return int(text) if INTEGER.match(text) else Mistyped("a whole number")
    if shape is Shape.NUMBER:
        if INTEGER.match(text):
            return int(text)
        return float(text) if NUMBER.match(text) else Mistyped("a number")
    return text


def typed_integer(text: str) -> int | None:
    """A text as a whole number, or None."""
    return int(text) if INTEGER.match(text) else None


def plain_json(node: tree.Node) -> object:
    """A tree as JSON, for what no schema describes; unknown tags are read through."""
    if isinstance(node, tree.Scalar):
        return node.value
    if isinstance(node, tree.Tagged):
        return plain_json(node.value)
    if isinstance(node, tree.Sequence):
        return [plain_json(item) for item in node.items]
    return {entry.key: plain_json(entry.value) for entry in node.entries}


def same(one: tree.Node | None, other: tree.Node | None) -> bool:
    """Whether two trees say the same, wherever they stand; the order of keys does not count."""
    if isinstance(one, tree.Scalar) and isinstance(other, tree.Scalar):
        return (one.value is None, one.text) == (other.value is None, other.text)
    if isinstance(one, tree.Tagged) and isinstance(other, tree.Tagged):
        return one.tag == other.tag and same(one.value, other.value)
    if isinstance(one, tree.Sequence) and isinstance(other, tree.Sequence):
        pairs = zip(one.items, other.items, strict=False)
        return len(one.items) == len(other.items) and all(same(a, b) for a, b in pairs)
    if isinstance(one, tree.Mapping) and isinstance(other, tree.Mapping):
        keys = {entry.key for entry in one.entries} | {entry.key for entry in other.entries}
        return all(same(one.get(key), other.get(key)) for key in keys)
    return one is None and other is None


def did_you_mean(word: str, known: Mapping[str, Place] | Mapping[str, Place | None] | tuple[str, ...]) -> str:
    """The nearest known word as a question with its place, or nothing."""
    folded = {name.casefold(): name for name in known}
    near = folded.get(word.casefold()) or next(
        iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), ""
    )
    if not near:
        return ""
    place = known[near] if isinstance(known, Mapping) else None
    where = f" ({place.file}:{place.line})" if place else ""
    return f"did you mean {near}{where}?"
