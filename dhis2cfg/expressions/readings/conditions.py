"""Conditions that hold always, or never, whatever the values (in `&&` and `||`, and among constants)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from dhis2cfg.expressions.readings.comparing import operands
from dhis2cfg.expressions.strings import unquote
from dhis2cfg.expressions.syntax import Node, Tree, grouped, walk
from dhis2cfg.expressions.syntax.tree import Binary, Literal, LiteralKind, Prefixed, bare
from dhis2cfg.expressions.vocabulary.arithmetic import COMPARISONS, number_of
from dhis2cfg.expressions.vocabulary.values import Constant, Judged

_NEGATED: Mapping[str, str] = {"==": "!=", "!=": "==", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_MIRRORED: Mapping[str, str] = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A stretch that is always `value`; `because` shows the two comparisons that clash, if that is why."""

    start: int
    end: int
    value: bool
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison of something with a constant; `node` and `text` are it as written."""

    subject: str
    operator: str
    constant: Constant
    node: Node
    text: str


def fixed(tree: Tree, types: Mapping[Node, Judged]) -> Iterator[Fixed]:
    """The parts of a condition that hold always or never; a literal `true` or `false` is meant so."""
    constant = [node for node in walk(tree.root) if _is_constant(node, types)]
    inner = {bare(part) for node in constant for part in node.parts}
    for node in constant:
        if node not in inner:
            yield Fixed(start=node.start, end=node.end, value=types[node].constant is True)
    for node in _chains(tree):
        compared = comparisons_of(tree, node, node.operator)
        clash = next(clashes(compared if node.operator == "&&" else map(_negation, compared)), None)
        if clash and node not in constant:
            first, last = clash
            yield Fixed(
                start=first.node.start,
                end=last.node.end,
                value=node.operator == "||",
                because=(first.text, last.text),
            )


def _is_constant(node: Node, types: Mapping[Node, Judged]) -> bool:
    return isinstance(node, Binary | Prefixed) and isinstance(types[node].constant, bool)


def _chains(tree: Tree) -> Iterator[Binary]:
    """The chains of `&&` and `||` that are no part of a longer one."""
    chains = [node for node in walk(tree.root) if isinstance(node, Binary) and node.operator in {"&&", "||"}]
    inner = {bare(part): node.operator for node in chains for part in node.parts}
    return (node for node in chains if inner.get(node) != node.operator)


def comparisons_of(tree: Tree, node: Node, operator: str = "&&") -> list[Compared]:
    """The comparisons with constants in a chain of one operator."""
    found = (compared(tree, each) for each in operands(node, operator))
    return [each for each in found if each is not None]


def compared(tree: Tree, node: Node) -> Compared | None:
    """The comparison that a part is, its constant on the right."""
    if not isinstance(node, Binary) or node.operator not in COMPARISONS:
        return None
    left, right = bare(node.left), bare(node.right)
    operator = node.operator
    if isinstance(left, Literal):
        left, right, operator = right, left, _MIRRORED.get(operator, operator)
    if not isinstance(right, Literal) or isinstance(left, Literal) or right.kind is LiteralKind.NULL:
        return None
    text = tree.text[node.start : node.end]
    return Compared(
        subject=grouped(tree, left), operator=operator, constant=_constant(right), node=node, text=text
    )


def _constant(literal: Literal) -> Constant:
    """What a literal says."""
    if literal.kind is LiteralKind.TEXT:
        return unquote(literal.text, literal.start).text
    return number_of(literal.text) if literal.kind is LiteralKind.NUMBER else literal.text == "true"


def _negation(each: Compared) -> Compared:
    """The comparison that holds where this one does not."""
    return replace(each, operator=_NEGATED[each.operator])


def clashes(compared: Iterable[Compared]) -> Iterator[tuple[Compared, Compared]]:
    """Pairs of comparisons of one subject that cannot both hold."""
    by_subject: dict[str, list[Compared]] = {}
    for each in compared:
        earlier = by_subject.setdefault(each.subject, [])
        yield from ((one, each) for one in earlier if excludes(one, each))
        earlier.append(each)


def excludes(one: Compared, other: Compared) -> bool:
    """Whether two comparisons of one subject cannot both hold."""
    first, second = number_of(one.constant), number_of(other.constant)
    if first is not None and second is not None and not _are_texts(one, other):
        return _orders_exclude(one.operator, first, other.operator, second)
    operators = {one.operator, other.operator}
    is_same = one.constant == other.constant and type(one.constant) is type(other.constant)
    if operators == {"=="}:
        return type(one.constant) is type(other.constant) and not is_same
    return operators == {"==", "!="} and is_same


def _are_texts(one: Compared, other: Compared) -> bool:
    return isinstance(one.constant, str) and isinstance(other.constant, str)


def _orders_exclude(operator: str, one: float, operator_of_other: str, other: float) -> bool:
    """Whether `x operator one` and `x operator_of_other other` leave nothing in common."""
    points = sorted({one, other})
    between = (points[0] + points[-1]) / 2
    tried = chain((points[0] - 1, between, points[-1] + 1), points)
    return not any(
        _holds(operator, value, one) and _holds(operator_of_other, value, other) for value in tried
    )


def _holds(operator: str, value: float, constant: float) -> bool:
    """Whether a comparison of numbers holds."""
    return {
        "==": value == constant,
        "!=": value != constant,
        "<": value < constant,
        ">": value > constant,
        "<=": value <= constant,
        ">=": value >= constant,
    }[operator]


def exclude_each_other(one: Tree, other: Tree) -> bool:
    """Whether two conditions can be seen never to hold together."""
    texts = [{grouped(tree, each) for each in operands(tree.root, "&&")} for tree in (one, other)]
    negated = [{f"(!{text})" for text in known} for known in texts]
    if texts[0] & negated[1] or texts[1] & negated[0]:
        return True
    both = [*comparisons_of(one, one.root), *comparisons_of(other, other.root)]
    return next(clashes(both), None) is not None
