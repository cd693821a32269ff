"""function-version: functions that came with a patch release."""

from dhis2cfg.validate.rules.function_version import check
from tests.unit.validate.programs_world import WORLD, indicator, rule
from tests.unit.validate.states import found


def test_a_function_that_came_late() -> None:
    """Each claimed version says since when it has the function."""
    texts = rule("d2:minutesBetween(#{dato}, V{current_date}) > 1 && d2:inUserGroup('x')")
    messages = [each.message for each in found(check, *WORLD, *texts, versions=("2.42", "2.43"))]
    assert messages == [
        "d2:minutesBetween came with DHIS2 2.42.5, 2.43.1",
        "d2:inUserGroup came with DHIS2 2.42.4",
    ]


def test_functions_that_all_releases_have() -> None:
    """Where all releases have it, outside rules, and in texts that cannot be read: nothing."""
    assert found(check, *WORLD, *rule("d2:hasValue(#{dato})"), versions=("2.43",)) == []
    assert found(check, *WORLD, *rule("d2:minutesBetween(")) == []
    assert found(check, *WORLD, indicator("d2:minutesBetween(V{event_date}, V{due_date}) > 1")) == []
