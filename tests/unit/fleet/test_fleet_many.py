"""Tests of the same work on many targets."""

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.fleet.many import one_by_one, side_by_side


def work(number: int) -> int:
    """Doubles; three is too many."""
    if number == 3:
        raise Dhis2cfgError("three")
    return 2 * number


ITEMS = [("a", 1), ("c", 3), ("b", 2)]


def test_an_error_is_a_result() -> None:
    """The others go on, in the order given."""
    for done in (side_by_side(ITEMS, work, 2), one_by_one(ITEMS, work, lambda: True)):
        assert [(each.name, each.value, str(each.error or "")) for each in done] == [
            ("a", 2, ""),
            ("c", None, "three"),
            ("b", 4, ""),
        ]


def test_nothing_to_do() -> None:
    """No targets, no results."""
    assert side_by_side([], work, 4) == ()


def test_whoever_asks_to_stop_is_heard_before_the_next() -> None:
    """What was not begun has no result."""
    asked = iter([True, False])
    assert [each.name for each in one_by_one(ITEMS, work, lambda: next(asked))] == ["a"]
