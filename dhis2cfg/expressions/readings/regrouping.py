"""Sums in rules that group otherwise than they read at school (expressions facts §4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dhis2cfg.expressions.syntax import Language, Node, Tree, parse, walk
from dhis2cfg.expressions.syntax.tree import Binary, Group, Literal, LiteralKind, Prefixed, bare
from dhis2cfg.expressions.vocabulary.arithmetic import ARITHMETIC, compute, number_of, shown

_EXAMPLES = (12.0, 6.0, 2.0, 3.0, 5.0, 7.0, 4.0, 9.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouping:
    """A stretch that rules read as `works`, people as `reads`; `example` has both values and the inputs."""

    start: int
    end: int
    works: str
    reads: str
    example: str


def regroupings(tree: Tree) -> Iterator[Regrouping]:
    """The sums of a rule that people would read otherwise, outer ones only."""
    other = parse(tree.text, Language.SERVER).tree
    if tree.language is not Language.RULES or other is None:
        return
    spans = {(node.start, node.end): node for node in walk(other.root) if isinstance(node, Binary)}
    for node in _sums(tree):
        twin = spans.get((node.start, node.end), node)
        works, reads = _shape(tree.text, node), _shape(tree.text, twin)
        if works != reads:
            example = _example(tree.text, node, twin)
            yield Regrouping(
                start=node.start, end=node.end, works=works[1:-1], reads=reads[1:-1], example=example
            )


def _sums(tree: Tree) -> Iterator[Binary]:
    """The sums that are no part of a longer one without parentheses."""
    inner: set[Node] = set()
    for node in walk(tree.root):
        if isinstance(node, Binary) and node.operator in ARITHMETIC:
            inner.update(_without_signs(part) for part in node.parts)
    for node in walk(tree.root):
        if isinstance(node, Binary) and node.operator in ARITHMETIC and node not in inner:
            yield node


def _without_signs(node: Node) -> Node:
    """A part without the signs in front of it."""
    while isinstance(node, Prefixed):
        node = node.operand
    return node


def _example(text: str, works: Binary, reads: Binary) -> str:
    """`12, not 0`, with the inputs that give these values; empty where no easy ones differ."""
    leaves = list(dict.fromkeys(_leaves(text, works)))
    for shift in range(len(_EXAMPLES)):
        turned = (*_EXAMPLES[shift:], *_EXAMPLES[:shift])
        inputs = {leaf: turned[number % len(turned)] for number, leaf in enumerate(leaves)}
        one = _value(text, works, inputs, Language.RULES)
        other = _value(text, reads, inputs, Language.SERVER)
        if one != other:
            given = ", ".join(f"{leaf} = {shown(value)}" for leaf, value in inputs.items())
            return f"{shown(one)}, not {shown(other)}" + (f", with {given}" if given else "")
    return ""


def _is_sum(node: Node) -> bool:
    return (isinstance(node, Binary) and node.operator in ARITHMETIC) or isinstance(node, Group | Prefixed)


def _leaves(text: str, top: Node) -> Iterator[str]:
    """The values that a sum is made of, numbers aside, as they are written."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if _is_sum(node):
            waiting += reversed(node.parts)
        elif _number(node) is None:
            yield text[node.start : node.end]


def _shape(text: str, top: Node) -> str:
    """A sum with parentheses around each of its steps; what stands between them as it is written."""
    done: dict[Node, str] = {}
    for node in walk(top):
        parts = [done[part] for part in node.parts]
        if isinstance(node, Binary) and node.operator in ARITHMETIC:
            done[node] = f"({parts[0]}{node.operator}{parts[1]})"
        elif isinstance(node, Prefixed):
            done[node] = f"({node.operator}{parts[0]})"
        else:
            done[node] = parts[0] if isinstance(node, Group) else text[node.start : node.end]
    return done[top]


def _number(node: Node) -> float | None:
    """The number that a part is as written."""
    inner = bare(node)
    is_number = isinstance(inner, Literal) and inner.kind is LiteralKind.NUMBER
    return number_of(inner.text) if is_number and isinstance(inner, Literal) else None


def _value(text: str, top: Node, inputs: Mapping[str, float], language: Language) -> float:
    """A sum with these inputs."""
    done: dict[Node, float] = {}
    for node in walk(top):
        parts = [done[part] for part in node.parts]
        number = _number(node)
        if number is not None:
            done[node] = number
        elif isinstance(node, Binary) and node.operator in ARITHMETIC:
            done[node] = compute(language, node.operator, *parts)
        elif isinstance(node, Prefixed):
            done[node] = -parts[0] if node.operator == "-" else parts[0]
        elif isinstance(node, Group):
            done[node] = parts[0]
        else:
            done[node] = inputs.get(text[node.start : node.end], 0.0)
    return done[top]
