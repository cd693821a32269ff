"""How two expressions differ in meaning: by parts, blind to blanks and to the order of `&&` and `||`."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import Enum

from dhis2cfg.expressions.strings import unquote
from dhis2cfg.expressions.syntax import Node, Tree, walk
from dhis2cfg.expressions.syntax.tree import (
    Bare,
    Binary,
    Call,
    ForEach,
    Group,
    Item,
    Literal,
    LiteralKind,
    Modified,
    Prefixed,
    Template,
    Words,
    bare,
)
from dhis2cfg.expressions.vocabulary.arithmetic import number_of


class Kind(Enum):
    """What happened to a part; LITERAL: a number or a text alone became another."""

    ADDED = "added"
    REMOVED = "removed"
    LITERAL = "changed value"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One part that differs: as it was written before and after; empty where it was not there."""

    kind: Kind
    before: str = ""
    after: str = ""


def differences(before: Tree, after: Tree) -> tuple[Difference, ...]:
    """What the second expression says otherwise than the first; empty where both mean the same."""
    comparing = _Comparing(before, after)
    waiting: list[tuple[Node, Node]] = [(before.root, after.root)]
    found: list[Difference] = []
    while waiting:
        one, other = waiting.pop()
        for result in comparing.compare(bare(one), bare(other)):
            if isinstance(result, Difference):
                found.append(result)
            else:
                waiting.append(result)
    return tuple(found)


_CHAINS = frozenset({"&&", "||"})
_Pair = tuple[Node, Node]


class _Comparing:
    """Two trees whose parts have numbers: equal numbers mean the same."""

    __slots__ = ("after", "before", "ids", "numbers", "shapes")

    def __init__(self, before: Tree, after: Tree) -> None:
        self.before, self.after = before, after
        self.numbers: dict[Hashable, int] = {}
        self.ids: dict[Node, int] = {}
        self.shapes: dict[Node, int] = {}
        for tree in (before, after):
            inner = _inner_chains(tree)
            for node in walk(tree.root):
                if node not in inner:
                    self.ids[node] = self._number(node, self.ids, with_literals=True)
                    self.shapes[node] = self._number(node, self.shapes, with_literals=False)

    def _number(self, node: Node, done: dict[Node, int], *, with_literals: bool) -> int:
        """The number of a part: that of its inner one for parentheses, else one of its own kind."""
        if isinstance(node, Group):
            return done.get(node.inner, 0)
        own: tuple[Hashable, ...]
        if isinstance(node, Binary) and node.operator in _CHAINS:
            own = (node.operator, *sorted(done[each] for each in operands(node, node.operator)))
        else:
            own = (*_own(node, with_literals=with_literals), *(done[part] for part in node.parts))
        return self.numbers.setdefault(own, len(self.numbers))

    def compare(self, one: Node, other: Node) -> Iterator[Difference | _Pair]:
        """What differs between two parts, or the pairs of their parts to be looked at."""
        if self.ids[one] == self.ids[other]:
            return
        operator = _chain(one) or _chain(other)
        if operator and _chain(one) in {"", operator} and _chain(other) in {"", operator}:
            yield from self._chains(operands(one, operator), operands(other, operator))
        elif one.parts and len(one.parts) == len(other.parts) and _head(one) == _head(other):
            yield from zip(one.parts, other.parts, strict=True)
        else:
            both_literals = isinstance(one, Literal) and isinstance(other, Literal)
            kind = Kind.LITERAL if both_literals else Kind.CHANGED
            yield Difference(kind=kind, before=self._before(one), after=self._after(other))

    def _chains(self, ones: list[Node], others: list[Node]) -> Iterator[Difference | _Pair]:
        """Parts of two chains: what is in both falls away, what has the same shape is a pair."""
        left, right = self._without_twins(ones, others, self.ids)
        gone, new = self._without_twins(left, right, self.shapes)
        yield from self._pairs(left, right)
        if len(gone) == len(new) == 1 and len(ones) > 1:
            yield gone[0], new[0]
            return
        yield from (Difference(kind=Kind.REMOVED, before=self._before(each)) for each in gone)
        yield from (Difference(kind=Kind.ADDED, after=self._after(each)) for each in new)

    def _pairs(self, ones: list[Node], others: list[Node]) -> Iterator[_Pair]:
        """Parts that have the same shape, each paired once, in the order written."""
        waiting: dict[int, list[Node]] = {}
        for node in reversed(others):
            waiting.setdefault(self.shapes[node], []).append(node)
        for node in ones:
            twins = waiting.get(self.shapes[node])
            if twins:
                yield node, twins.pop()

    @staticmethod
    def _without_twins(
        ones: list[Node], others: list[Node], numbers: dict[Node, int]
    ) -> tuple[list[Node], list[Node]]:
        """Both lists without what the other has too, by these numbers."""
        return (_less(ones, others, numbers), _less(others, ones, numbers))

    def _before(self, node: Node) -> str:
        return self.before.text[node.start : node.end]

    def _after(self, node: Node) -> str:
        return self.after.text[node.start : node.end]


def _inner_chains(tree: Tree) -> frozenset[Node]:
    """The chains that are part of a longer one, so that each chain is looked at once."""
    chains = (node for node in walk(tree.root) if isinstance(node, Binary) and node.operator in _CHAINS)
    parts = ((bare(part), node.operator) for node in chains for part in node.parts)
    return frozenset(part for part, operator in parts if _chain(part) == operator)


def _less(ones: list[Node], others: list[Node], numbers: dict[Node, int]) -> list[Node]:
    """The first list without as many of each number as the other has."""
    counts: dict[int, int] = {}
    for node in others:
        counts[numbers[node]] = counts.get(numbers[node], 0) + 1
    left = []
    for node in ones:
        if counts.get(numbers[node], 0):
            counts[numbers[node]] -= 1
        else:
            left.append(node)
    return left


def operands(node: Node, operator: str) -> list[Node]:
    """The parts of a chain of one operator, in the order written; parentheses inside it do not count."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        each = bare(waiting.pop())
        if isinstance(each, Binary) and each.operator == operator:
            waiting += (each.right, each.left)
        else:
            found.append(each)
    return found


def _chain(node: Node) -> str:
    """`&&` or `||` where the part is a chain of it."""
    return node.operator if isinstance(node, Binary) and node.operator in _CHAINS else ""


def _head(node: Node) -> tuple[Hashable, ...]:
    """What a part is, its own parts aside."""
    return _own(node, with_literals=False)


def _own(node: Node, *, with_literals: bool) -> tuple[Hashable, ...]:
    """What two parts must share to mean the same, their parts aside."""
    match node:
        case Literal():
            return (Literal, node.kind, _value(node)) if with_literals else (Literal, node.kind)
        case Item():
            return (Item, node.opener, node.inside)
        case Call():
            return (Call, node.name, node.is_distinct)
        case Modified():
            return (Modified, node.name, node.argument.strip())
        case Prefixed():
            return (Prefixed, "!" if node.operator == "not" else node.operator)
        case Binary():
            return (Binary, node.operator)
        case ForEach():
            return (ForEach, node.variable)
        case Template():
            return (Template,)
        case _:
            return ("", node.text if isinstance(node, Bare | Words) else "")


def _value(node: Literal) -> Hashable:
    """What a literal says, however it is written."""
    if node.kind is LiteralKind.TEXT:
        return unquote(node.text, node.start).text
    return number_of(node.text) if node.kind is LiteralKind.NUMBER else node.text
