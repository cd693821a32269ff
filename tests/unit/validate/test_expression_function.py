"""expression-function: functions that there are not."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.expression_function import check
from tests.unit.validate.programs_world import assign, rule, said

IN = "in condition of program rule P/R"


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("isNull(#{antall})"), [(f"a rule condition has no function isNull, {IN}", "error")]),
        (rule("true", assign("sum", "d2:round(#{antall})")), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
