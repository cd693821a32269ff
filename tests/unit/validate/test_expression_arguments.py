"""expression-arguments: calls that cannot be made."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.expression_arguments import check
from tests.unit.validate.programs_world import rule, said

IN = "in condition of program rule P/R"


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (
            rule("d2:daysBetween(#{dato}) > 2"),
            [(f"d2:daysBetween takes 2 arguments, here are 1, {IN}", "error")],
        ),
        (rule("d2:daysBetween(#{dato}, V{current_date}) > 2"), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
