"""Sums and comparisons as the two languages compute them."""

import math

import pytest

from dhis2cfg.expressions.syntax import Language
from dhis2cfg.expressions.vocabulary import Type, Use, type_of_value_type, use_of
from dhis2cfg.expressions.vocabulary.arithmetic import compare, compute, number_of, shown
from dhis2cfg.expressions.vocabulary.values import Constant

RULES, SERVER = Language.RULES, Language.SERVER


@pytest.mark.parametrize(
    ("left", "operator", "right", "rules", "server"),
    [
        (0.1, "+", 0.2, 0.3, 0.3),
        (5, "-", 7, -2.0, -2.0),
        (1, "*", 2.5, 2.5, 2.5),
        (1, "/", 4, 0.25, 0.25),
        (1, "/", 0, math.inf, math.nan),
        (-1, "/", 0, -math.inf, math.nan),
        (0, "/", 0, math.nan, math.nan),
        (5, "%", 0, math.nan, math.nan),
        (-7, "%", 3, 2.0, -1.0),
        (2, "^", 0.5, 1.0, 1.0),
        (2, "^", -1, 0.5, 0.5),
        (0, "^", -1, math.inf, math.inf),
        (10.0, "^", 999, math.inf, math.inf),
        (-10.0, "^", 999, -math.inf, -math.inf),
        (2, "^", math.inf, math.nan, math.nan),
        (math.inf, "-", math.inf, math.nan, math.nan),
        (1e308, "*", 10, math.inf, math.inf),
    ],
)
def test_sums(left: float, operator: str, right: float, rules: float, server: float) -> None:
    """Sixteen digits; whole exponents; the languages differ in remainders and in division by zero."""
    found = (compute(RULES, operator, left, right), compute(SERVER, operator, left, right))
    assert [repr(value) for value in found] == [repr(rules), repr(server)]


@pytest.mark.parametrize(
    ("left", "operator", "right", "wanted"),
    [
        (1.0, "==", 1.0, True),
        (1.0, "!=", 1.0, False),
        (1.0, "<=", 2.0, True),
        ("a", "<", "b", True),
        ("a", ">=", "b", False),
        ("1", "==", 1.0, None),
        (True, "==", True, True),
        (True, "!=", True, False),
        (True, "<", False, None),
        (True, "==", 1.0, None),
        (None, "==", 1.0, None),
    ],
)
def test_comparisons(left: Constant, operator: str, right: Constant, wanted: Constant) -> None:
    """Only what both languages answer alike is known."""
    assert compare(operator, left, right) is wanted


def test_numbers() -> None:
    """Texts may spell numbers; yes and no are none."""
    assert [number_of(value) for value in ("1.5", "x", True, None, 2.0)] == [1.5, None, None, None, 2.0]
    assert [shown(value) for value in (3.0, 2.5, 1 / 3, math.inf)] == ["3", "2.5", "0.3333", "inf"]


def test_where_expressions_stand() -> None:
    """A property has a use, a use its language and result."""
    assert use_of("programRules", "condition") is Use.CONDITION
    assert use_of("programRules", "name") is None
    assert [use.named for use in (Use.INDICATOR, Use.DATA, Use.FILTER)] == [
        "an indicator",
        "rule action data",
        "a program indicator filter",
    ]


def test_value_types() -> None:
    """DHIS2's value types become four."""
    kinds = [type_of_value_type(name) for name in ("INTEGER_POSITIVE", "TRUE_ONLY", "AGE", "MULTI_TEXT")]
    assert kinds == [Type.NUMBER, Type.BOOLEAN, Type.DATE, Type.TEXT]
