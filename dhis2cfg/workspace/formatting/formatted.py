"""One file as it should be written."""

from collections.abc import Callable
from dataclasses import dataclass

import yaml

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.tree import Document
from dhis2cfg.workspace.formatting.nodes import Edit, applied, begin, composed, end, entries
from dhis2cfg.workspace.formatting.ordering import moves
from dhis2cfg.workspace.formatting.quoting import quotes
from dhis2cfg.workspace.formatting.roles import Role, parts
from dhis2cfg.workspace.formatting.spacing import ends, one_end

DEEPEST = 64
"""No file nests deeper, so so many rounds put everything in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """By what a file is written: the catalogue of its objects (None: it holds none), its base language."""

    catalogue: Catalogue | None = None
    locale: str = ""


def normalised(content: bytes) -> bytes:
    """The bytes of a file without byte order mark, and with line breaks of one kind."""
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def formatted(document: Document, style: Style) -> str:
    """The text of a file as it should be; broken YAML, or what would say something else, as it was."""
    text = document.text
    if composed(text) is None:
        return one_end(text) if not text.strip() or document.root is None else text
    steps: tuple[Callable[[str], str], ...] = (
        lambda each: applied(each, quotes(document)),
        lambda each: applied(each, ends(each)),
        lambda each: _shortened(each, style),
        lambda each: _ordered(each, style),
        one_end,
    )
    for step in steps:
        changed = step(text)
        text = changed if _same(text, changed) else text
    return text


def _ordered(text: str, style: Style) -> str:
    before, rounds = "", DEEPEST
    while text != before and rounds:
        known = list(parts(composed(text), style.catalogue))
        before, text, rounds = text, applied(text, moves(text, known, style.locale)), rounds - 1
    return text


def _shortened(text: str, style: Style) -> str:
    """`{access: r-rw----}` in sharing as the string alone."""
    edits = []
    for part in parts(composed(text), style.catalogue):
        if part.role is not Role.SHARING:
            continue
        for key, value in entries(part.node):
            if str(key.value) in ("userGroups", "users") and isinstance(value, yaml.MappingNode):
                edits += [edit for _, each in entries(value) if (edit := _access(text, each))]
    return applied(text, edits)


def _access(text: str, node: yaml.Node) -> Edit | None:
    if not isinstance(node, yaml.MappingNode) or not node.flow_style:
        return None
    if [str(key.value) for key, _ in entries(node)] != ["access"]:
        return None
    value = entries(node)[0][1]
    if not isinstance(value, yaml.ScalarNode):
        return None
    return Edit(begin(node), end(node, text), text[begin(value) : end(value, text)])


def _same(before: str, after: str) -> bool:
    """Whether two texts say the same to our own reader, order aside."""
    return before == after or _told(composed(before)) == _told(composed(after))


def _told(node: yaml.Node | None) -> object:
    """What a node says: characters, tags aside that quotes change, keys in no order."""
    match node:
        case yaml.MappingNode():
            pairs = [(_told(key), _told(value)) for key, value in entries(node)]
            if len(pairs) == 1 and pairs[0][0] == ("", "access"):
                return pairs[0][1]
            return (_tag(node), sorted(map(repr, pairs)))
        case yaml.SequenceNode():
            return (_tag(node), [_told(item) for item in node.value])
        case _:
            return None if node is None else (_tag(node), node.value)


def _tag(node: yaml.Node) -> str:
    """A tag of ours; what YAML itself finds is nothing that counts here."""
    return node.tag if str(node.tag).startswith("!") else ""
