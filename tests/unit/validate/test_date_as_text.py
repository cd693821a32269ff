"""date-as-text: dates compared with texts in rules."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.date_as_text import check
from tests.unit.validate.programs_world import indicator, rule, said


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (
            rule("#{dato} > '2024-01-01'"),
            [("> cannot order a date and a text: the rule fails when it runs", "error")],
        ),
        (
            rule("#{dato} < #{tekst}"),
            [("< cannot order a date and a text: the rule fails when it runs", "warning")],
        ),
        (rule("#{dato} == '2024-01-01'"), [("#{dato} == '2024-01-01' compares a date with a text", "error")]),
        (rule("#{dato} != #{tekst}"), [("#{dato} != #{tekst} compares a date with a text", "warning")]),
        (rule("#{dato} == V{current_date} && d2:daysBetween(#{dato}, '2024-01-01') > 1 && #{dato} =="), []),
        (rule("#{dato} == V{current_date} && d2:daysBetween(#{dato}, '2024-01-01') > 1"), []),
        ((indicator("V{event_date} > '2024-01-01'"),), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
