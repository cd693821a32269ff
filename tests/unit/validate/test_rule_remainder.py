"""rule-remainder: remainders in rules."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.rule_remainder import check
from tests.unit.validate.programs_world import assign, indicator, rule, said


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("#{antall} % 2 == 1"), [("#{antall} % 2 is wrong for many numbers in rules", "warning")]),
        (
            rule("true", assign("sum", "d2:modulus(#{antall}, 11)")),
            [("d2:modulus(#{antall}, 11) is wrong for many numbers in rules", "warning")],
        ),
        (rule("d2:floor(#{antall} / 2) == 1"), []),
        (rule("#{antall} %"), []),
        ((indicator("V{event_count} % 2", "expression"),), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
