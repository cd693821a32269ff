"""expression-result: texts whose result cannot be used."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.expression_result import check
from tests.unit.validate.programs_world import indicator, rule, said

IN = "in condition of program rule P/R"


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (
            rule("d2:count(#{antall})"),
            [(f"a rule acts only where its condition is true, and this is a number, {IN}", "error")],
        ),
        ((indicator("A{FODT}", "expression"),), []),
        (rule("d2:count(#{antall}) > 1"), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
