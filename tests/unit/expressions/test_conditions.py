"""Conditions that hold always or never."""

import pytest

from dhis2cfg.expressions.readings.conditions import exclude_each_other, fixed
from dhis2cfg.expressions.syntax import Language, parse
from tests.unit.expressions.known import judged


def found(text: str) -> list[tuple[str, bool, tuple[str, ...]]]:
    """Stretch, value and reason."""
    checked = judged(text)
    assert checked.tree is not None
    return [
        (text[each.start : each.end], each.value, each.because) for each in fixed(checked.tree, checked.types)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("true", []),
        ("1 == 1", [("1 == 1", True, ())]),
        ("!(1 == 1) && #{b}", [("!(1 == 1) && #{b}", False, ())]),
        ("#{b} && (#{n} > 1 || 2 > 1)", [("#{n} > 1 || 2 > 1", True, ())]),
        ("#{t} == 'x' && #{t} == 'y'", [
            ("#{t} == 'x' && #{t} == 'y'", False, ("#{t} == 'x'", "#{t} == 'y'"))
        ]),
        ("#{t} == 'x' && #{t} != 'x'", [
            ("#{t} == 'x' && #{t} != 'x'", False, ("#{t} == 'x'", "#{t} != 'x'"))
        ]),
        ("#{t} != 'x' || #{t} != 'y'", [
            ("#{t} != 'x' || #{t} != 'y'", True, ("#{t} != 'x'", "#{t} != 'y'"))
        ]),
        ("#{n} > 5 && 3 > #{n}", [("#{n} > 5 && 3 > #{n}", False, ("#{n} > 5", "3 > #{n}"))]),
        ("#{n} < 5 || #{n} >= 5", [("#{n} < 5 || #{n} >= 5", True, ("#{n} < 5", "#{n} >= 5"))]),
        ("#{b} == true && #{b} == false", [
            ("#{b} == true && #{b} == false", False, ("#{b} == true", "#{b} == false"))
        ]),
        ("#{n} >= 5 && #{n} <= 5", []),
        ("#{t} == 'x' && #{t} != 'y'", []),
        ("#{t} == 'x' || #{t} == 'y'", []),
        ("#{t} == 'x' && #{n} == 1 && #{t} == #{n}", []),
        ("#{t} == '1' && #{t} == '1.0'", [
            ("#{t} == '1' && #{t} == '1.0'", False, ("#{t} == '1'", "#{t} == '1.0'"))
        ]),
        ("#{t} == 'x' && #{t} == 1", []),
        ("#{n} == null && #{n} == 1", []),
        ("#{b} && #{n} > 5 && #{b} && #{n} < 3 && #{b}", [
            ("#{n} > 5 && #{b} && #{n} < 3", False, ("#{n} > 5", "#{n} < 3"))
        ]),
        ("#{n} == 1 || (#{n} == 2 && #{t} == 'x')", []),
        ("'a' == 'b' && #{n} > 1", [("'a' == 'b' && #{n} > 1", False, ())]),
    ],
)  # fmt: skip
def test_what_never_changes(text: str, wanted: list[tuple[str, bool, tuple[str, ...]]]) -> None:
    """Constants, and comparisons of one thing that exclude each other; a literal `true` is meant so."""
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("#{b}", "!#{b}", True),
        ("!(#{n} > 1) && #{b}", "#{t} == 'x' && #{n}>1", True),
        ("#{t} == 'x'", "#{t} == 'y' && #{b}", True),
        ("#{n} < 5", "#{n} >= 5", True),
        ("#{t} == 'x'", "#{t} == 'x' || #{b}", False),
        ("true", "#{b}", False),
    ],
)
def test_conditions_that_exclude_each_other(one: str, other: str, *, wanted: bool) -> None:
    """One says the opposite of the other, or their comparisons leave nothing in common."""
    trees = [parse(text, Language.RULES).tree for text in (one, other)]
    assert trees[0] is not None
    assert trees[1] is not None
    assert exclude_each_other(trees[0], trees[1]) is wanted
    assert exclude_each_other(trees[1], trees[0]) is wanted
