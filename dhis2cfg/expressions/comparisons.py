"""Literals that a text compares a reference with: `A{SEX} == 'FEMALE'`, `d2:countIfValue(#{s.e}, 'X')`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dhis2cfg.expressions import calls
from dhis2cfg.expressions.contexts import AGGREGATE, Context
from dhis2cfg.expressions.found import Found
from dhis2cfg.expressions.references import item_reference, quoted_reference, shift
from dhis2cfg.expressions.strings import unquote
from dhis2cfg.expressions.tokens import Token, TokenKind, tokenise


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One literal, and the reference whose value it is held against.

    `literal` is what the quotes say; `start` and `end` hold it with its quotes. `function` is what compares:
    `==`, `!=`, `is`, or the function's name.
    """

    reference: Found
    literal: str
    start: int
    end: int
    function: str


_LANGUAGES = AGGREGATE | {Context.RULE, Context.PROGRAM_INDICATOR}
_EQUALITY = frozenset({"==", "!="})
_ARITHMETIC = frozenset("+-*/%^")
_VALUE_FUNCTIONS = frozenset({"containsItems", "d2:containsItems", "d2:countIfValue"})


def comparisons(text: str, context: Context) -> tuple[Comparison, ...]:
    """The literals that a text compares with references, in the order written.

    Read are `==`, `!=`, `is(… in …)`, `containsItems`, `d2:countIfValue`, also inside a quoted condition.
    """
    if context not in _LANGUAGES:
        return ()
    return tuple(sorted(_comparisons(text, context), key=lambda comparison: comparison.start))


def _comparisons(text: str, context: Context) -> Iterator[Comparison]:
    """All comparisons of a text, in no order."""
    tokens = tokenise(text).significant
    yield from _equalities(tokens, context)
    for call in calls.read_calls(tokens).all:
        yield from _of_call(call, context)


def _equalities(tokens: tuple[Token, ...], context: Context) -> Iterator[Comparison]:
    """`reference == 'literal'` and the reverse, where neither side is part of a sum."""
    for number in range(1, len(tokens) - 1):
        around = tokens[max(number - 2, 0) : number] + tokens[number + 1 : number + 3]
        if tokens[number].text not in _EQUALITY or any(token.text in _ARITHMETIC for token in around):
            continue
        for item, literal in ((number - 1, number + 1), (number + 1, number - 1)):
            reference = item_reference(tokens[item], context)
            if isinstance(reference, Found) and tokens[literal].kind is TokenKind.STRING:
                yield _comparison(reference, tokens[literal], tokens[number].text)


def _of_call(call: calls.Call, context: Context) -> Iterator[Comparison]:
    """The literals that a function compares its first argument with, or those of the condition it holds."""
    first, *others = call.arguments
    if call.function == "is":
        yield from _choices(first, others, context)
    elif call.function in _VALUE_FUNCTIONS:
        reference = _subject(first, context)
        strings = [other.string for other in others]
        yield from (_comparison(reference, each, call.function) for each in strings if reference and each)
    for argument in call.arguments:
        if argument.string and calls.holds_condition(argument, context):
            yield from _inside(argument.string, context)


def _choices(first: calls.Argument, others: list[calls.Argument], context: Context) -> Iterator[Comparison]:
    """`is(reference in 'a', 'b')`: the first literal stands in the first argument."""
    subject, *rest = first.tokens or (None,)
    reference = item_reference(subject, context) if subject else None
    if isinstance(reference, Found) and [token.text for token in rest[:1]] == ["in"]:
        tokens = [*rest[1:], *(token for other in others for token in other.tokens)]
        yield from (_comparison(reference, each, "is") for each in tokens if each.kind is TokenKind.STRING)


def _subject(argument: calls.Argument, context: Context) -> Found | None:
    """What the first argument of a function refers to, if it is a reference and nothing else."""
    if len(argument.tokens) != 1:
        return None
    reference = item_reference(argument.tokens[0], context) or quoted_reference(argument, context)
    return reference if isinstance(reference, Found) else None


def _inside(string: Token, context: Context) -> Iterator[Comparison]:
    """The comparisons of a quoted condition, at their places in the outer text."""
    inner = unquote(string.text, string.start)
    for comparison in _comparisons(inner.text, context):
        reference = shift(comparison.reference, inner.places)
        start, end = inner.places[comparison.start], inner.places[comparison.end]
        yield replace(comparison, reference=reference, start=start, end=end)


def _comparison(reference: Found, string: Token, function: str) -> Comparison:
    """A reference and the string token that it is held against."""
    literal = unquote(string.text, string.start).text
    return Comparison(
        reference=reference, literal=literal, start=string.start, end=string.end, function=function
    )
