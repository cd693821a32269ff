"""Types outside rules, as the server's check finds them: with a stand-in for every value.

Numbers, yes/no values and texts are cast where an operator wants another type (expressions facts §3, §5).
"""

import re

from dhis2cfg.expressions.contexts import Context
from dhis2cfg.expressions.meaning.items import item_type
from dhis2cfg.expressions.meaning.settings import Settings
from dhis2cfg.expressions.meaning.wording import mistake
from dhis2cfg.expressions.strings import unquote
from dhis2cfg.expressions.syntax import Fault, Language, Mistake, Node, Tree, walk
from dhis2cfg.expressions.syntax.tree import (
    Binary,
    Call,
    ForEach,
    Group,
    Item,
    Literal,
    LiteralKind,
    Modified,
    Prefixed,
)
from dhis2cfg.expressions.vocabulary.arithmetic import ARITHMETIC, COMPARISONS, compare, compute, number_of
from dhis2cfg.expressions.vocabulary.functions import functions_of
from dhis2cfg.expressions.vocabulary.values import Constant, Judged, Type

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNKNOWN = Judged(type=Type.ANY)


def literal(node: Literal) -> Judged:
    """The type and the value of a literal."""
    match node.kind:
        case LiteralKind.NUMBER:
            return Judged(type=Type.NUMBER, constant=number_of(node.text))
        case LiteralKind.TEXT:
            return Judged(type=Type.TEXT, constant=unquote(node.text, node.start).text)
        case LiteralKind.BOOLEAN:
            return Judged(type=Type.BOOLEAN, constant=node.text == "true")
        case _:
            return Judged(type=Type.NULL)


def judge(tree: Tree, settings: Settings) -> tuple[dict[Node, Judged], list[Mistake]]:
    """The type of each part, and each part that cannot be cast to what is wanted of it."""
    judging = _Judging(settings)
    for node in walk(tree.root):
        judging.types[node] = judging.judge(node)
    root = tree.root.body if isinstance(tree.root, ForEach) else tree.root
    judging.want(root, settings.use.result, settings.use.named, Fault.RESULT)
    return judging.types, judging.mistakes


class _Judging:
    """The parts of one tree, judged from the leaves up."""

    __slots__ = ("mistakes", "settings", "types")

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.types: dict[Node, Judged] = {}
        self.mistakes: list[Mistake] = []

    def judge(self, node: Node) -> Judged:
        """The type of a part whose own parts are judged."""
        match node:
            case Literal():
                return literal(node)
            case Item():
                return Judged(type=self._item(node))
            case Group(inner=inner) | Modified(subject=inner) | ForEach(body=inner):
                return self.types[inner]
            case Prefixed():
                return self._prefixed(node)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case _:
                return _UNKNOWN

    def _item(self, node: Item) -> Type:
        """In program indicators a yes/no value is the number 0 or 1."""
        found = item_type(node, self.settings)
        is_program = self.settings.use.context is Context.PROGRAM_INDICATOR
        return Type.NUMBER if found is Type.BOOLEAN and is_program else found

    def want(self, node: Node, wanted: Type, by: str, fault: Fault = Fault.TYPE) -> None:
        """A part must be, or become, of a type."""
        given = self.types[node]
        if not can_become(given, wanted):
            shown = repr(given.constant) if isinstance(given.constant, str) else f"a {given.type.value}"
            self.mistakes.append(
                mistake(
                    node,
                    fault,
                    f"{by} needs a {wanted.value}, and this is {shown}",
                    _advice(given, wanted),
                    is_sure=given.constant is not None,
                )
            )

    def _prefixed(self, node: Prefixed) -> Judged:
        wanted = Type.BOOLEAN if node.operator in {"!", "not"} else Type.NUMBER
        self.want(node.operand, wanted, node.operator)
        constant = self.types[node.operand].constant
        number = number_of(constant)
        if wanted is Type.BOOLEAN:
            value: Constant = not constant if isinstance(constant, bool) else None
        else:
            value = -number if number is not None and node.operator == "-" else number
        return Judged(type=wanted, constant=value)

    def _binary(self, node: Binary) -> Judged:
        left, right = self.types[node.left].constant, self.types[node.right].constant
        if node.operator in COMPARISONS:
            return Judged(type=Type.BOOLEAN, constant=compare(node.operator, left, right))
        if node.operator in ARITHMETIC:
            for side in node.parts:
                self.want(side, Type.NUMBER, node.operator)
            one, other = number_of(left), number_of(right)
            known = one is not None and other is not None
            value = compute(Language.SERVER, node.operator, one or 0.0, other or 0.0) if known else None
            return Judged(type=Type.NUMBER, constant=value)
        for side in node.parts:
            self.want(side, Type.BOOLEAN, node.operator)
        return Judged(type=Type.BOOLEAN, constant=logic(node.operator, left, right))

    def _call(self, node: Call) -> Judged:
        function = functions_of(self.settings.use.context).get(node.name)
        if function is None:
            return _UNKNOWN
        for number, argument in enumerate(node.arguments):
            self.want(argument, function.wants(number), node.name)
        given = [self.types[argument] for argument in node.arguments]
        if node.name == "d2:countIfValue" and len(given) > 1:
            self._like(node.arguments[1], given[0], node.name)
        if function.gives is not Type.ANY:
            return Judged(type=function.gives)
        choices = given[1:] if node.name in {"if", "d2:condition"} else given
        first = next((each for each in choices if each.type is not Type.NULL), _UNKNOWN)
        if node.name in {"if", "d2:condition"}:
            for argument in node.arguments[2:]:
                self._like(argument, first, node.name)
        return Judged(type=first.type, constant=first.constant if len(choices) == 1 else None)

    def _like(self, argument: Node, model: Judged, by: str) -> None:
        """An argument must be, or become, of the type of another."""
        self.want(argument, model.type, by)


def can_become(given: Judged, wanted: Type) -> bool:
    """Whether the server casts one type to another without complaint."""
    if given.type is wanted or Type.ANY in {given.type, wanted} or Type.NULL in {given.type, wanted}:
        return True
    match wanted:
        case Type.TEXT:
            return True
        case Type.NUMBER:
            return given.type is Type.TEXT and number_of(given.constant) is not None
        case Type.BOOLEAN:
            if given.type is Type.NUMBER:
                return not isinstance(given.constant, float) or given.constant.is_integer()
            return given.type is Type.TEXT and given.constant in {"true", "false"}
        case _:
            return isinstance(given.constant, str) and _DATE.fullmatch(given.constant) is not None


def logic(operator: str, left: Constant, right: Constant) -> bool | None:
    """`&&` and `||` of constants, None where it hangs on a value."""
    deciding = operator == "||"
    if left is deciding or right is deciding:
        return deciding
    return not deciding if left is (not deciding) and right is (not deciding) else None


def _advice(given: Judged, wanted: Type) -> str:
    """What to write instead."""
    if given.type is Type.BOOLEAN and wanted is Type.NUMBER:
        return "write if(…, 1, 0)"
    if wanted is Type.BOOLEAN:
        return "compare it with something: ==, >, d2:hasValue(…)"
    if wanted is Type.DATE:
        return "write a date as '2026-01-31', or name a date"
    return "take a part of the type that is needed"
