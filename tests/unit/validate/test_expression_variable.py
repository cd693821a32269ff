"""expression-variable: values of DHIS2 itself that there are not."""

import pytest

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.expression_variable import check
from tests.unit.validate.programs_world import rule, said

IN = "in condition of program rule P/R"


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (rule("V{enrolment_count} > 1"), [(f"a rule condition has no V{{enrolment_count}}, {IN}", "error")]),
        (rule("V{event_count} > 1"), []),
        (
            rule("d2:hasValue(V{event_date})", programStage=None),
            [(f"V{{event_date}} is unknown while a rule runs for an enrollment, {IN}", "warning")],
        ),
    ],
)
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[tuple[str, str]]) -> None:
    """What is wrong, and what looks like it and is not."""
    assert said(check, *objects) == wanted
