"""null-comparison: values compared with null."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.null_comparison import check
from tests.unit.validate.programs_world import indicator, rule, said


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("#{antall} == null"), [("#{antall} == null is always false", "error")]),
        (rule("(null) != #{tekst}"), [("(null) != #{tekst} is always true", "error")]),
        (rule("#{dato} == null || d2:lastEventDate('dato') == null || null == null || #{antall} > 1"), []),
        (rule("#{antall} == null &&"), []),
        ((indicator("A{FODT} == null"),), [("A{FODT} == null is never true", "error")]),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
