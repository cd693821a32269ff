"""unlike-types: values used as what they are not."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.unlike_types import check
from tests.unit.validate.programs_world import rule, said


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("#{antall} == 'mange'"), [("#{antall} is a number, and never 'mange'", "error")]),
        (rule("'' != #{antall}"), [("#{antall} is a number, and never ''", "warning")]),
        (rule("#{ja} == 'YES'"), [("#{ja} is a boolean, and never 'YES'", "error")]),
        (rule("#{dato} == 1"), [("#{dato} is a date, and never a number", "error")]),
        (rule("#{antall} + null > 1"), [("+ fails with null", "error")]),
        (rule("#{tekst} > 5"), [("> needs a number, and this is a text", "warning")]),
        (rule("#{antall} == '7' && #{ja} == true && #{ja} == 'true' && #{tekst} == 1 && 'a' == 'b'"), []),
        (rule("#{tekst} == #{antall} || #{antall} == 'true' || #{nosuch} == 'x'"), []),
        (rule("#{antall} =="), []),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
