"""Two expressions compared by meaning."""

import pytest
from hypothesis import given

from dhis2cfg.expressions.readings.comparing import Difference, Kind, differences
from dhis2cfg.expressions.syntax import Language, Tree, parse
from tests.unit.expressions.written import expressions


def tree(text: str) -> Tree:
    """The tree of a text of a rule."""
    found = parse(text, Language.RULES).tree
    assert found is not None
    return found


def between(before: str, after: str) -> list[tuple[str, str, str]]:
    """Kind, before and after of each difference."""
    return [(each.kind.value, each.before, each.after) for each in differences(tree(before), tree(after))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#{a} > 1 && #{b} == 'x'", "#{b}=='x'   and (#{a} > 1.0)"),
        ("(#{a} || #{b}) || #{c}", "#{c} || (#{b} || #{a})"),
        ("not #{a}", "! #{a}"),
        ("'x'", '"\\u0078"'),
        ("#{a}.stageOffset( 1 )", "#{a} .stageOffset(1)"),
        ("orgUnit.group(A)", "orgUnit.group( A )"),
        ("/* why */ true", "true"),
    ],
)
def test_the_same_meaning(before: str, after: str) -> None:
    """Order of conditions, blanks, comments, parentheses and spelling of literals are no change."""
    assert between(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("#{a} > 1", "#{a} > 2", [("changed value", "1", "2")]),
        ("#{a} > 1", "#{a} > 1 && #{b}", [("added", "", "#{b}")]),
        ("#{a} > 1 && #{b}", "#{b}", [("removed", "#{a} > 1", "")]),
        ("#{a} && #{b} == 'x'", "#{b} == 'y' && #{a}", [("changed value", "'x'", "'y'")]),
        ("#{a} && #{b}", "#{c} && #{a}", [("changed", "#{b}", "#{c}")]),
        ("#{a} && #{b}", "#{c} && #{d}", [
            ("removed", "#{a}", ""), ("removed", "#{b}", ""), ("added", "", "#{c}"), ("added", "", "#{d}"),
        ]),
        ("#{a} && #{b}", "#{a} || #{b}", [("changed", "#{a} && #{b}", "#{a} || #{b}")]),
        ("d2:left(#{a}, 1)", "d2:left(#{b}, 2)", [("changed value", "1", "2"), ("changed", "#{a}", "#{b}")]),
        ("d2:left(#{a}, 1)", "d2:right(#{a}, 1)", [("changed", "d2:left(#{a}, 1)", "d2:right(#{a}, 1)")]),
        ("10 - 4", "4 - 10", [("changed value", "4", "10"), ("changed value", "10", "4")]),
        ("-#{a}", "+#{a}", [("changed", "-#{a}", "+#{a}")]),
        ("orgUnit.group(A)", "orgUnit.group(B)", [("changed", "A", "B")]),
        ("#{a} && #{a} && #{b}", "#{a} && #{b}", [("removed", "#{a}", "")]),
        ("#{x} == 1 && #{y} == 1 && #{x} == 2", "#{x} == 3 && #{x} == 4 && #{y} == 1", [
            ("changed value", "2", "4"), ("changed value", "1", "3"),
        ]),
    ],
)  # fmt: skip
def test_what_differs(before: str, after: str, wanted: list[tuple[str, str, str]]) -> None:
    """Parts are named as they were written."""
    assert between(before, after) == wanted


def test_deep_trees() -> None:
    """Long chains are compared without trouble, each looked at once."""
    numbers = [f"#{{v{number}}}" for number in range(3000)]
    before, after = " && ".join(numbers), " && ".join([*reversed(numbers), "#{new}"])
    assert differences(tree(before), tree(after)) == (Difference(kind=Kind.ADDED, after="#{new}"),)
    assert between("1" + "+1" * 3000, "1" + "+1" * 2999 + "+2") == [("changed value", "1", "2")]


@given(expressions())
def test_nothing_differs_from_itself(text: str) -> None:
    """An expression with other blanks around it means the same."""
    assert between(text, f" {text} ") == []
