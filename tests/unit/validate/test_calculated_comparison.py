"""calculated-comparison: calculated variables compared as texts."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.calculated_comparison import check
from tests.unit.validate.programs_world import indicator, rule, said


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("#{sum} > #{grense}"), [("#{sum} > #{grense} compares texts: 10 comes before 9", "warning")]),
        (rule("'9' < (#{sum})"), [("'9' < (#{sum}) compares texts: 10 comes before 9", "warning")]),
        (
            rule("#{frist} < V{current_date}"),
            [("#{frist} < V{current_date} fails when the rule runs", "error")],
        ),
        (rule("#{sum} > 9 && #{sum} == #{grense} && #{antall} > #{sum}"), []),
        (rule("'x' < #{sum} && #{antall} < V{event_count}"), []),
        (rule("#{sum} > #{grense} &&"), []),
        ((indicator("V{event_date} > V{due_date}"),), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
