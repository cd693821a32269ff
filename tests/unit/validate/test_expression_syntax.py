"""expression-syntax: expressions that DHIS2 cannot read."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.expression_syntax import check
from tests.unit.validate.programs_world import indicator, rule, said

IN = "in condition of program rule P/R"


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("#{antall} = 7"), [(f"= is no operator, {IN}", "error")]),
        (rule("#{tekst} == '\\d'"), [(f"\\d is read as d alone, {IN}", "warning")]),
        (rule("#{antall > 7"), []),
        (rule("d2:nosuch(1)"), []),
        (rule("#{antall} == 7"), []),
        (
            (indicator("1 +", "expression"),),
            [
                (
                    "a value was expected, and the text ends after +, in expression of program indicator I",
                    "error",
                )
            ],
        ),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
