"""rule-grouping: sums in rules that group otherwise than they read."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.rule_grouping import check
from tests.unit.validate.programs_world import assign, indicator, rule, said


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("true", assign("sum", "10 - 4 + 3")), [("rules read this as 10-(4+3): 3, not 9", "warning")]),
        (rule("#{antall} - 0 + 0 > 1"), [("rules read this as #{antall}-(0+0)", "warning")]),
        (rule("(#{antall} - 4) + 3 > 1"), []),
        (rule("10 - 4 +"), []),
        ((indicator("10 - 4 + 3", "expression"),), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
