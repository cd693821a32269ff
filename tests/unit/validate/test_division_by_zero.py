"""division-by-zero: divisions by what may be zero."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.division_by_zero import check
from tests.unit.validate.programs_world import assign, indicator, rule, said


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("#{antall} / #{sum} > 1"), [("#{sum} may be zero", "warning")]),
        (rule("true", assign("sum", "1 / 0")), [("1 / 0 divides by zero", "error")]),
        (rule("true", assign("sum", "1 / (#{antall} + 1)")), [("#{antall} + 1 may be zero", "warning")]),
        (rule("#{antall} > 0", assign("sum", "100 / #{antall}")), []),
        (rule("0 < #{antall} && 7 / #{antall} > 1"), []),
        (rule("#{sum} > #{antall} && 7 / #{antall} > 1"), [("#{antall} may be zero", "warning")]),
        (rule("#{antall} / 11 > 1 && 5 / V{event_count} > 1 && 5 % C{K} == 1"), []),
        (rule("1 / #{antall} > 1 &&"), []),
        ((indicator("1 / greatest(d2:count(#{S.ANTALL}), 1)", "expression"),), []),
        (
            (indicator("1 / greatest(d2:count(#{S.ANTALL}), A{X})", "expression"),),
            [("greatest(d2:count(#{S.ANTALL}), A{X}) may be zero", "warning")],
        ),
        ((indicator("1 / A{X}", "expression"),), [("A{X} may be zero", "warning")]),
        (
            (indicator("1 / d2:count(#{S.ANTALL})", "expression"),),
            [("d2:count(#{S.ANTALL}) may be zero", "warning")],
        ),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
