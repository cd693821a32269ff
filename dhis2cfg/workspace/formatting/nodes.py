"""Where the parts of a YAML text begin and end, in characters; edits of a text by spans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The reader: in C where it is there."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of a text and what stands there instead."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; one that lies in another is left out."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start >= at:
            parts += (text[at : edit.start], edit.text)
            at = edit.end
    return "".join((*parts, text[at:]))


def composed(text: str) -> yaml.Node | None:
    """The nodes of a text; None of an empty one, or where YAML itself is broken."""
    try:
        return yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        return None


def entries(node: yaml.MappingNode) -> list[tuple[yaml.Node, yaml.Node]]:
    """Keys and values, in the order written."""
    return list(node.value)


def begin(node: yaml.Node) -> int:
    """Where a node begins, its tag and anchor included."""
    return int(node.start_mark.index)


def holds_alias(node: yaml.Node) -> bool:
    """Whether something in a node is an alias: it is read as what stands further up."""
    if not isinstance(node, yaml.CollectionNode):
        return False
    last = begin(node)
    for item in node.value:
        for part in item if isinstance(item, tuple) else (item,):
            if begin(part) < last or holds_alias(part):
                return True
            last = begin(part)
    return False


def end(node: yaml.Node, text: str) -> int:
    """Where the last sign of a node ends; blanks and comments behind it are not its own."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end(last[1] if isinstance(last, tuple) else last, text)
    stop = int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(text[:stop].rstrip())
    return stop


def pairs(root: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Every key of every mapping with its value, each once."""
    waiting, seen = [root] if root is not None else [], set[int]()
    while waiting:
        each = waiting.pop()
        if id(each) in seen or not isinstance(each, yaml.CollectionNode):
            continue
        seen.add(id(each))
        for item in each.value:
            if isinstance(item, tuple):
                key, value = item
                if isinstance(key, yaml.ScalarNode):
                    yield key, value
                waiting.append(value)
            else:
                waiting.append(item)


def scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Every scalar, keys included, each once although an alias may lead to it again."""
    waiting, seen = [node] if node is not None else [], set[int]()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, yaml.ScalarNode):
            yield each
        elif isinstance(each, yaml.MappingNode):
            waiting += [part for pair in reversed(each.value) for part in reversed(pair)]
        else:
            waiting += list(reversed(each.value))
