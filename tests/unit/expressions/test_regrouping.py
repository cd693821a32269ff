"""Sums in rules that group otherwise than they read."""

import pytest

from dhis2cfg.expressions.readings.regrouping import regroupings
from dhis2cfg.expressions.syntax import Language, parse


def found(text: str, language: Language = Language.RULES) -> list[tuple[str, str, str, str]]:
    """The stretch, how it works, how it reads, an example."""
    tree = parse(text, language).tree
    assert tree is not None
    return [(text[each.start : each.end], each.works, each.reads, each.example) for each in regroupings(tree)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("10-4+3 > 1", [("10-4+3", "10-(4+3)", "(10-4)+3", "3, not 9")]),
        ("2^3^2", [("2^3^2", "(2^3)^2", "2^(3^2)", "64, not 512")]),
        ("12 / 2 * 3", [("12 / 2 * 3", "12/(2*3)", "(12/2)*3", "2, not 18")]),
        (
            "#{a} - #{b} + 2 == 1",
            [("#{a} - #{b} + 2", "#{a}-(#{b}+2)", "(#{a}-#{b})+2", "4, not 8, with #{a} = 12, #{b} = 6")],
        ),
        (
            "-(#{a}) - d2:floor(#{b}) + +2",
            [(
                "-(#{a}) - d2:floor(#{b}) + +2",
                "(-#{a})-(d2:floor(#{b})+(+2))",
                "((-#{a})-d2:floor(#{b}))+(+2)",
                "-20, not -16, with #{a} = 12, d2:floor(#{b}) = 6",
            )],
        ),
        ("#{a} - 0 + 0", [("#{a} - 0 + 0", "#{a}-(0+0)", "(#{a}-0)+0", "")]),
        ("d2:floor(8/2*2) + 1", [("8/2*2", "8/(2*2)", "(8/2)*2", "2, not 8")]),
        ("#{a} + 1 - 2", []),
        ("(10-4)+3", []),
        ("#{a} == 1 != true", []),
    ],
)  # fmt: skip
def test_what_reads_otherwise(text: str, wanted: list[tuple[str, str, str, str]]) -> None:
    """The outermost sum is shown with both groupings and two values that differ."""
    assert found(text) == wanted


def test_only_rules_do_this() -> None:
    """Elsewhere sums group as at school; a text that only rules can read is left alone."""
    assert found("10-4+3", Language.SERVER) == []
    assert found("10-4+3 /* open") == []
