"""Literals are paired with the reference that they are compared with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.expressions import Context, comparisons


def pairs(text: str, context: Context) -> list[tuple[str, str]]:
    """The reference and the literal of all comparisons."""
    return [(".".join(one.reference.parts), one.literal) for one in comparisons(text, context)]


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("A{X} == 'Female' && V{event_count} > 0", Context.PROGRAM_INDICATOR, [("X", "Female")]),
        ('"Male" != #{S.E}', Context.PROGRAM_INDICATOR, [("S.E", "Male")]),
        ("A{X} == 'a' || A{X} == 'b'", Context.RULE, [("X", "a"), ("X", "b")]),
        ("d2:countIfValue(#{S.E}, 'YES') + 1", Context.PROGRAM_INDICATOR, [("S.E", "YES")]),
        ("d2:countIfValue('x', \"YES\")", Context.RULE, [("x", "YES")]),
        ("d2:containsItems(#{x}, 'A', 'B')", Context.RULE, [("x", "A"), ("x", "B")]),
        ("is(A{X} in 'a', 'b')", Context.PROGRAM_INDICATOR, [("X", "a"), ("X", "b")]),
        ("d2:condition('A{X} == \"a\"', 1, 0)", Context.PROGRAM_INDICATOR, [("X", "a")]),
        ("A{X} == 'it\\'s'", Context.RULE, [("X", "it's")]),
        ("d2:hasValue(#{x}) == 'a'", Context.RULE, []),
        ("#{x} + 'a' == 'b'", Context.RULE, []),
        ("#{x} == 'b' + 'c'", Context.RULE, []),
        ("1 == 'b'", Context.RULE, []),
        ("V{event_status} == 'COMPLETED'", Context.PROGRAM_INDICATOR, []),
        ("A{a b} == 'x'", Context.PROGRAM_INDICATOR, []),
        ("d2:countIfValue(1, 'x') + d2:countIfValue() + is()", Context.RULE, []),
        ("is(1 in 'a') + is(#{x}, 'a')", Context.RULE, []),
        ("d2:countIfValue(#{x}, #{y})", Context.RULE, []),
        ("Isn't #{x} == 'a'", Context.RULE_MESSAGE, []),
    ],
)
def test_what_is_compared(text: str, context: Context, expected: list[tuple[str, str]]) -> None:
    """Equality, membership and counting functions compare; sums and unknown things do not."""
    assert pairs(text, context) == expected


@pytest.mark.parametrize("text", ["A{X} == 'Female' && 1 > 0", "d2:condition(\"A{X} == 'Female'\", 1, 0)"])
def test_the_literal_stands_with_its_quotes(text: str) -> None:
    """The stretch of a literal includes its quotes, also inside a quoted condition."""
    (comparison,) = comparisons(text, Context.PROGRAM_INDICATOR)
    assert text[comparison.start : comparison.end] == "'Female'"
    assert text[comparison.reference.start : comparison.reference.end] == "X"


@given(text=st.text(alphabet="#A{}x.'\"\\(),= d2:iscondto/*\n"), context=st.sampled_from(list(Context)))
def test_no_text_makes_it_stumble(text: str, context: Context) -> None:
    """Whatever the text, literals stand inside it and in order."""
    found = comparisons(text, context)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
