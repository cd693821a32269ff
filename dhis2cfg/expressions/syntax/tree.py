"""The parts of an expression; each knows its stretch of the text.

    Node = Literal | Item | Bare | Call | Modified | Prefixed | Binary | Group
         | ForEach (a predictor's preprocessor) | Template | Words (messages)

Trees can be as deep as a text is long (`1+1+1…`), so they are walked by `walk`, never by recursion.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from dhis2cfg.expressions.syntax.languages import Language
from dhis2cfg.expressions.tokens import Token


class LiteralKind(Enum):
    """What a literal is."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    NULL = "null"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """A part of an expression, from `start` to before `end`; equal only to itself."""

    start: int
    end: int

    @property
    def parts(self) -> tuple["Node", ...]:
        """The parts it is made of, in the order written."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Literal(Node):
    """A number, a quoted text, true, false or null; `text` as written, quotes included."""

    kind: LiteralKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Item(Node):
    """`#{…}`, `A{…}`, `V{…}` …, `PS_EVENTDATE:…` or `[days]`.

    `opener` is `#`, `A`, `V` …, `PS_EVENTDATE` or `[`; `inside` what stands within; `token` as it was read.
    """

    opener: str
    inside: str
    token: Token


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bare(Node):
    """An argument without quotes or braces, where a function takes such: `orgUnit.group(KEY)`."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call(Node):
    """A function and its arguments; `is(x in a, b)` has x first. `name_end` is where its name ends."""

    name: str
    name_end: int
    arguments: tuple[Node, ...]
    is_distinct: bool = False

    @property
    def parts(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Modified(Node):
    """A modifier behind a value: `#{…}.periodOffset(-1)`; `argument` is what stands in its parentheses."""

    name: str
    name_start: int
    subject: Node
    argument: str

    @property
    def parts(self) -> tuple[Node, ...]:
        """The value alone."""
        return (self.subject,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prefixed(Node):
    """`-`, `+` or `!` (`not`) and a value."""

    operator: str
    operand: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """The value alone."""
        return (self.operand,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Binary(Node):
    """Two values and the operator between them, `&&` and `||` for `and` and `or` too."""

    operator: str
    operator_start: int
    operator_end: int
    left: Node
    right: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Both values."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group(Node):
    """Parentheses around a value."""

    inner: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """What stands in them."""
        return (self.inner,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ForEach(Node):
    """`forEach ?x in :DEG:GROUP -->` and what is worked out for each element; `variable` is `?x`."""

    variable: str
    group: Bare
    body: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """The group, and what stands behind the arrow."""
        return (self.group, self.body)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words(Node):
    """A stretch of a message that is sent as it stands."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Template(Node):
    """A message: words and items that take turns."""

    pieces: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """All of them."""
        return self.pieces


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tree:
    """A text as its language groups it; `tokens` cover the text without a gap."""

    language: Language
    text: str
    root: Node
    tokens: tuple[Token, ...]


def walk(node: Node) -> Iterator[Node]:
    """A part and all below it, the parts of each before itself, in the order written."""
    waiting: list[tuple[Node, bool]] = [(node, False)]
    while waiting:
        each, are_parts_done = waiting.pop()
        if are_parts_done or not each.parts:
            yield each
        else:
            waiting.append((each, True))
            waiting += [(part, False) for part in reversed(each.parts)]


def bare(node: Node) -> Node:
    """A part without the parentheses around it."""
    while isinstance(node, Group):
        node = node.inner
    return node
