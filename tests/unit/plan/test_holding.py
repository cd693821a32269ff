"""Whether an object of ours lets go of a dropped one, path by path."""

import pytest

from dhis2cfg.model.record import Recorded
from dhis2cfg.plan.dropping.holding import holds_on

GONE = "DeGoneGone1"


@pytest.mark.parametrize(
    ("live", "desired", "last", "holds"),
    [
        ({"": True, "name": "N"}, {}, None, False),
        ({"": True, f"dataElements[{GONE}]": True}, {}, None, True),
        ({"": True, f"dataElements[{GONE}]": True}, {}, [f"dataElements[{GONE}]"], False),
        ({"": True, "optionSet": GONE}, {"optionSet": "SetOther001"}, ["optionSet"], False),
        ({"": True, "optionSet": GONE}, {}, ["optionSet"], False),
        ({"": True, "optionSet": GONE}, {}, None, True),
        ({"": True, "items#order": (GONE,)}, {}, None, False),
        ({"": True, "style": {"of": [{"uid": GONE}]}}, {}, None, True),
        ({"": True, "style": {"of": [1]}}, {}, None, False),
        ({"": True, "items[A]": True, "items[A].map": GONE}, {}, ["items[A]"], False),
    ],
)
def test_holding(
    live: dict[str, object], desired: dict[str, object], last: list[str] | None, *, holds: bool
) -> None:
    """What stands and is nobody else's to take away holds on; what is dropped or turned does not."""
    base = None if last is None else Recorded(path="X", owner="demo", fields=dict.fromkeys(last, True))
    assert holds_on("dataElementGroups", GONE, base, desired, live) is holds


def test_what_stood_there_before_us_holds_on() -> None:
    """It is let go, so it stays."""
    path = f"dataElements[{GONE}]"
    base = Recorded(path="X", owner="demo", fields={path: True}, found=(path,))
    assert holds_on("dataElementGroups", GONE, base, {}, {path: True})


def test_the_list_of_a_parent_holds_nobody() -> None:
    """A member of a nested list is the same link as the member's own reference to its parent."""
    assert not holds_on("optionSets", GONE, None, {}, {"": True, f"options[{GONE}]": True})
