"""unit-dates: organisation units that close before they open."""

import pytest

from dhis2cfg.validate.rules.unit_dates import check
from tests.unit.validate.states import field, found, messages, thing


def test_closed_before_it_opens() -> None:
    """The closing date is marked and the opening date shown."""
    unit = thing("organisationUnits/O", openingDate=field("2020-01-01", 3), closedDate=field("2019-12-31", 4))
    (finding,) = found(check, unit)
    assert finding.message == "organisation unit O closes on 2019-12-31 and opens on 2020-01-01"
    assert (finding.place.line, finding.related[0].place.line) == (4, 3)


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("2020-01-01", None), ("2020-01-01", "2020-01-01T00:00:00.000"), (None, "2020-01-01")],
)
def test_dates_that_are_fine(opened: str | None, closed: str | None) -> None:
    """The same day, with or without a time, and open ends are fine."""
    assert messages(check, thing("organisationUnits/O", openingDate=opened, closedDate=closed)) == []
