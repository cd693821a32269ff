"""fixed-condition: conditions that hold always, or never."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.fixed_condition import check
from tests.unit.validate.programs_world import assign, rule, said


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (
            rule("#{tekst} != 'A' || #{tekst} != 'B'"),
            [("this is always true: #{tekst} != 'A' and #{tekst} != 'B'", "warning")],
        ),
        (
            rule("#{antall} > 5 && #{antall} < 3"),
            [("this is always false: #{antall} > 5 and #{antall} < 3", "warning")],
        ),
        (rule("1 == 1"), [("this is always true: 1 == 1", "warning")]),
        (rule(" false "), [("program rule P/R never does anything", "warning")]),
        (rule("true", assign("sum", "1")), []),
        (rule("1 == 1 &&"), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
