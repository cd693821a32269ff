"""Sums as the two languages compute them (expressions facts §4, §5)."""

import math
from collections.abc import Mapping
from decimal import Context as Digits
from decimal import Decimal, InvalidOperation

from dhis2cfg.expressions.syntax import Language
from dhis2cfg.expressions.vocabulary.values import Constant

_DIGITS = Digits(prec=16, traps=[InvalidOperation])
ARITHMETIC = frozenset("+-*/%^")
COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">="})


def number_of(value: Constant) -> float | None:
    """The number that a constant is or spells, None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(value)
    except ValueError:
        return None


def compute(language: Language, operator: str, left: float, right: float) -> float:
    """A sum of two numbers; never raises: what has no value is NaN, what has no end infinite."""
    try:
        if operator == "^":
            return _power(left, right)
        if operator == "%":
            return _rest(language, left, right)
        if operator == "/" and not right:
            return _by_zero(language, left)
        return _decimal(operator, left, right)
    except InvalidOperation:
        return math.nan


def _power(base: float, exponent: float) -> float:
    """The exponent counts without its fraction."""
    if not math.isfinite(exponent):
        return math.nan
    whole = int(exponent)
    try:
        return float(base**whole)
    except ZeroDivisionError:
        return math.inf
    except OverflowError:
        return math.inf if base > 0 or whole % 2 == 0 else -math.inf


def _rest(language: Language, left: float, right: float) -> float:
    """Rules round towards minus infinity, the server towards zero."""
    if not right:
        return math.nan
    return float(left % right) if language is Language.RULES else math.fmod(left, right)


def _by_zero(language: Language, left: float) -> float:
    """The server answers NaN, rules with an infinite number."""
    if language is Language.SERVER or not left or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left)


def _decimal(operator: str, left: float, right: float) -> float:
    """The four operations in sixteen digits."""
    one, other = Decimal(repr(left)), Decimal(repr(right))
    match operator:
        case "+":
            return float(_DIGITS.add(one, other))
        case "-":
            return float(_DIGITS.subtract(one, other))
        case "*":
            return float(_DIGITS.multiply(one, other))
        case _:
            return float(_DIGITS.divide(one, other))


_ORDER: Mapping[str, frozenset[int]] = {
    "==": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<": frozenset({-1}),
    ">": frozenset({1}),
    "<=": frozenset({-1, 0}),
    ">=": frozenset({0, 1}),
}


def compare(operator: str, left: Constant, right: Constant) -> bool | None:
    """Whether a comparison of two constants holds; None where the languages would not agree on it."""
    if isinstance(left, bool) and isinstance(right, bool) and operator in {"==", "!="}:
        return (left == right) == (operator == "==")
    if isinstance(left, str) and isinstance(right, str):
        return ((left > right) - (left < right)) in _ORDER[operator]
    if isinstance(left, str) or isinstance(right, str):
        return None
    one, other = number_of(left), number_of(right)
    if one is None or other is None:
        return None
    return ((one > other) - (one < other)) in _ORDER[operator]


def shown(value: float) -> str:
    """A number as a message writes it."""
    return str(int(value)) if math.isfinite(value) and value == int(value) else f"{value:.4g}"
