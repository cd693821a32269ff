"""Types in rules, as the server's check of rules finds them (expressions facts §5.4, §9).

That check is stricter than the engine: `is_sure` marks what fails, or never holds, when the rule runs.
"""

from dhis2cfg.expressions.meaning.items import item_type
from dhis2cfg.expressions.meaning.server_types import can_become, literal, logic
from dhis2cfg.expressions.meaning.settings import Settings
from dhis2cfg.expressions.meaning.wording import mistake
from dhis2cfg.expressions.syntax import Fault, Language, Mistake, Node, Tree, walk
from dhis2cfg.expressions.syntax.tree import Binary, Call, Group, Item, Literal, Modified, Prefixed, bare
from dhis2cfg.expressions.vocabulary.arithmetic import ARITHMETIC, COMPARISONS, compare, compute, number_of
from dhis2cfg.expressions.vocabulary.functions import Function, functions_of
from dhis2cfg.expressions.vocabulary.values import Constant, Judged, Type

_UNKNOWN = Judged(type=Type.ANY)
_EQUALITY = frozenset({"==", "!="})


def judge(tree: Tree, settings: Settings) -> tuple[dict[Node, Judged], list[Mistake]]:
    """The type of each part, and each part that the rule engine or the server's check stumbles over."""
    judging = _Judging(settings)
    for node in walk(tree.root):
        judging.types[node] = judging.judge(node)
    if settings.use.result is Type.BOOLEAN:
        judging.result(tree.root)
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
                return Judged(type=item_type(node, self.settings))
            case Group(inner=inner) | Modified(subject=inner):
                return self.types[inner]
            case Prefixed():
                return self._prefixed(node)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case _:
                return _UNKNOWN

    def result(self, root: Node) -> None:
        """A rule acts only where its condition prints `true`."""
        given = self.types[root]
        if given.type in {Type.BOOLEAN, Type.ANY}:
            return
        shown = repr(given.constant) if isinstance(given.constant, str) else f"a {given.type.value}"
        never = given.type is not Type.TEXT or given.constant is not None
        self.mistakes.append(
            mistake(
                root,
                Fault.RESULT,
                f"a rule acts only where its condition is true, and this is {shown}",
                "compare it with something: ==, >, d2:hasValue(…)",
                is_sure=never and str(given.constant).lower() != "true",
            )
        )

    def want(self, node: Node, wanted: Type, by: str) -> None:
        """A part should be of a type; what is coerced at run time is refused by the server's check alone."""
        given = self.types[node]
        if given.type is Type.NULL and wanted is not Type.ANY:
            self._unlike(node, f"{by} fails with null", "ask d2:hasValue(…) first", is_sure=True)
            return
        if given.type is wanted or Type.ANY in {given.type, wanted}:
            return
        if isinstance(bare(node), Literal):
            if not can_become(given, wanted):
                shown = repr(given.constant) if isinstance(given.constant, str) else f"a {given.type.value}"
                message = f"{by} needs a {wanted.value}, and {shown} is none"
                self._unlike(node, message, _written(wanted), is_sure=True)
            return
        if wanted is Type.DATE and given.type is Type.TEXT:
            return
        message = f"{by} needs a {wanted.value}, and this is a {given.type.value}"
        self._unlike(node, message, _advice(given.type, wanted), is_sure=False)

    def _unlike(self, node: Node, message: str, suggestion: str, *, is_sure: bool) -> None:
        self.mistakes.append(mistake(node, Fault.TYPE, message, suggestion, is_sure=is_sure))

    def _prefixed(self, node: Prefixed) -> Judged:
        wanted = Type.BOOLEAN if node.operator in {"!", "not"} else Type.NUMBER
        self.want(node.operand, wanted, node.operator)
        constant = self.types[node.operand].constant
        if wanted is Type.BOOLEAN:
            return Judged(type=wanted, constant=not constant if isinstance(constant, bool) else None)
        number = number_of(constant)
        value = -number if number is not None and node.operator == "-" else number
        return Judged(type=wanted, constant=value)

    def _binary(self, node: Binary) -> Judged:
        left, right = self.types[node.left].constant, self.types[node.right].constant
        if node.operator in _EQUALITY:
            return Judged(type=Type.BOOLEAN, constant=compare(node.operator, left, right))
        if node.operator in ARITHMETIC | COMPARISONS:
            self._numbers(node)
        else:
            for side in node.parts:
                self.want(side, Type.BOOLEAN, node.operator)
            return Judged(type=Type.BOOLEAN, constant=logic(node.operator, left, right))
        if node.operator in COMPARISONS:
            return Judged(type=Type.BOOLEAN, constant=compare(node.operator, left, right))
        return Judged(type=Type.NUMBER, constant=_sum(node.operator, left, right))

    def _numbers(self, node: Binary) -> None:
        """Sums and orders want numbers; a date beside a text is an error when the rule runs."""
        types = {self.types[side].type for side in node.parts}
        if node.operator in COMPARISONS and types == {Type.DATE, Type.TEXT}:
            is_sure = any(isinstance(self.types[side].constant, str) for side in node.parts)
            message = f"{node.operator} cannot order a date and a text: the rule fails when it runs"
            advice = "write d2:daysBetween(A, B) > 0"
            self.mistakes.append(mistake(node, Fault.DATE, message, advice, is_sure=is_sure))
            return
        for side in node.parts:
            self.want(side, Type.NUMBER, node.operator)

    def _call(self, node: Call) -> Judged:
        function = functions_of(self.settings.use.context).get(node.name)
        if function is None:
            return _UNKNOWN
        for number, argument in enumerate(node.arguments):
            if not (number == 0 and _names_variable(argument, function)):
                self.want(argument, function.wants(number), node.name)
        if node.name == "d2:condition":
            first = next((self.types[each] for each in node.arguments[1:]), _UNKNOWN)
            return Judged(type=first.type)
        return Judged(type=function.gives)


def _names_variable(argument: Node, function: Function) -> bool:
    """Whether an argument is a variable itself, not its value."""
    return bool(function.openers) and isinstance(bare(argument), Item | Literal)


def _sum(operator: str, left: Constant, right: Constant) -> float | None:
    """A sum of constants."""
    one, other = number_of(left), number_of(right)
    if one is None or other is None:
        return None
    return compute(Language.RULES, operator, one, other)


def _written(wanted: Type) -> str:
    """How a literal of a type is written."""
    if wanted is Type.DATE:
        return "write a date as '2026-01-31'"
    return "take the quotes away" if wanted is Type.NUMBER else "compare it with something: ==, >"


def _advice(given: Type, wanted: Type) -> str:
    """What to do where the check refuses what the engine would coerce."""
    if given is Type.DATE and wanted is Type.NUMBER:
        return "count days with d2:daysBetween(A, B)"
    if wanted is Type.NUMBER:
        return "it works only while the text is a number"
    if wanted is Type.BOOLEAN:
        return "compare it with something: ==, >, d2:hasValue(…)"
    return "the engine makes a text of it; the server's check of rules refuses it"
