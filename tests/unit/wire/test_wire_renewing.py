"""A base that another version of this program wrote."""

from typing import Any

import pytest

from dhis2cfg.catalogue.shipped import load
from dhis2cfg.model.names import Uid
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.wire.renewing import renewed

UID = Uid("abcdefghij1")


@pytest.mark.parametrize(
    ("type_name", "path", "old", "now"),
    [
        ("organisationUnits", "openingDate", "2020-01-01T00:00:00.000", "2020-01-01"),
        ("programStages", "minDaysFromStart", 3.0, 3),
        ("programStages", "programStageDataElements[x].sortOrder", 2.0, 2),
        ("programStages", "programStageDataElements[x]", True, True),
        ("dataElements", "description", "", None),
        ("dataElements", "style.color", "#fff", "#fff"),
        ("dataElements", "", True, True),
        ("dataElements", "noSuchField", 65.0, 65.0),
        ("organisationUnits", "name.rest", 1.0, 1.0),
        ("noSuchTypes", "name", 1.0, 1.0),
    ],
)
def test_values_are_as_they_would_be_written_now(type_name: str, path: str, old: Any, now: Any) -> None:
    """Numbers, dates and empty texts; what is unknown stays as it is."""
    base = Recorded(path="KEY", owner="p", fields={path: old}, filled={path: old})
    record = Record(fleet="f", environment="prod", packages={}, objects={type_name: {UID: base}})
    (each,) = renewed(load("2.42"), record).objects[type_name].values()
    assert each.fields == each.filled == {path: now}
    assert type(each.fields[path]) is type(now)
