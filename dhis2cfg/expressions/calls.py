"""Which function an argument belongs to, and which arguments name objects without braces."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dhis2cfg.expressions.contexts import Context
from dhis2cfg.expressions.found import Kind
from dhis2cfg.expressions.tokens import Problem, Token, TokenKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a call: the function's name, the argument's number from 0, its significant tokens."""

    function: str
    number: int
    tokens: tuple[Token, ...]

    @property
    def string(self) -> Token | None:
        """The token, where the argument is one quoted text and nothing else."""
        alone = len(self.tokens) == 1 and self.tokens[0].kind is TokenKind.STRING
        return self.tokens[0] if alone else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function (empty: parentheses alone) and its arguments."""

    function: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """The closed calls of a text, inner ones first, and the parentheses that stand alone."""

    all: tuple[Call, ...]
    problems: tuple[Problem, ...]

    @property
    def arguments(self) -> Iterator[Argument]:
        """The arguments of all calls."""
        return (argument for call in self.all for argument in call.arguments)


_VARIABLE_FUNCTIONS = (
    "d2:count",
    "d2:countIfValue",
    "d2:countIfZeroPos",
    "d2:hasValue",
    "d2:lastEventDate",
    "d2:maxValue",
    "d2:minValue",
)
_RULE: Mapping[tuple[str, int], Kind] = {
    **{(name, 0): Kind.RULE_VARIABLE for name in _VARIABLE_FUNCTIONS},
    ("d2:inOrgUnitGroup", 0): Kind.ORGUNIT_GROUP,
    ("d2:inUserGroup", 0): Kind.USER_GROUP,
    ("d2:hasUserRole", 0): Kind.USER_ROLE,
}
_PROGRAM_INDICATOR: Mapping[tuple[str, int], Kind] = {("d2:relationshipCount", 0): Kind.RELATIONSHIP_TYPE}
_UNITS: Mapping[str, Kind] = {
    "orgUnit.ancestor": Kind.ORGUNIT,
    "orgUnit.dataSet": Kind.DATASET,
    "orgUnit.group": Kind.ORGUNIT_GROUP,
    "orgUnit.program": Kind.PROGRAM,
}
_CONDITIONS = frozenset({("d2:condition", 0), ("d2:countIfCondition", 1)})


def quoted_kind(argument: Argument, context: Context) -> Kind | None:
    """What a quoted argument names, or None where it is a text like any other."""
    place = (argument.function, argument.number)
    if context is Context.RULE:
        return _RULE.get(place)
    return _PROGRAM_INDICATOR.get(place) if context is Context.PROGRAM_INDICATOR else None


def bare_kind(argument: Argument, context: Context) -> Kind | None:
    """What an argument without quotes and braces names: the UIDs of `orgUnit.group(…)` and its like."""
    has_units = context in {Context.PREDICTOR, Context.VALIDATION_RULE}
    return _UNITS.get(argument.function) if has_units else None


def holds_condition(argument: Argument, context: Context) -> bool:
    """Whether a quoted argument is itself an expression, as in `d2:condition("…", 1, 0)`."""
    place = (argument.function, argument.number)
    return context in {Context.RULE, Context.PROGRAM_INDICATOR} and place in _CONDITIONS


def read_calls(tokens: tuple[Token, ...]) -> Calls:
    """The calls in significant tokens, inner ones first; parentheses that do not pair are problems.

    An argument that holds calls of its own comes without tokens: only plain ones are looked at further.
    """
    stack: list[_Open] = []
    calls: list[Call] = []
    problems: list[Problem] = []
    previous: Token | None = None
    for token in tokens:
        sign = token.text if token.kind is TokenKind.SIGN else ""
        if sign == "(":
            is_call = previous is not None and previous.kind is TokenKind.WORD
            stack.append(_Open(previous.text if previous and is_call else "", token))
        elif sign == ")" and not stack:
            problems.append(Problem(message=") closes nothing", start=token.start, end=token.end))
        elif sign == ")":
            calls.append(stack.pop().close())
            if stack:
                stack[-1].has_calls = True
        elif sign == "," and stack:
            stack[-1].next_argument()
        elif stack:
            stack[-1].tokens.append(token)
        previous = token
    unclosed = [left.token for left in stack]
    problems += [
        Problem(message="( is not closed with )", start=left.start, end=left.end) for left in unclosed
    ]
    return Calls(all=tuple(calls), problems=tuple(problems))


class _Open:
    """A call whose closing parenthesis has not come yet."""

    __slots__ = ("arguments", "function", "has_calls", "token", "tokens")

    def __init__(self, function: str, token: Token) -> None:
        self.function = function
        self.token = token
        self.has_calls = False
        self.tokens: list[Token] = []
        self.arguments: list[Argument] = []

    def next_argument(self) -> None:
        """The argument that ends here is kept; the next one begins."""
        tokens = () if self.has_calls else tuple(self.tokens)
        self.arguments.append(Argument(function=self.function, number=len(self.arguments), tokens=tokens))
        self.has_calls = False
        self.tokens.clear()

    def close(self) -> Call:
        """The call with all its arguments."""
        self.next_argument()
        return Call(function=self.function, arguments=tuple(self.arguments))
