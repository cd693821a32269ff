"""Visualizations and maps as their own endpoints take them."""

from typing import Any

import pytest

from dhis2cfg.wire.api_form import in_api_form


def test_a_visualization() -> None:
    """Stored lists become axes with their items; nothing of them is left beside."""
    body: dict[str, Any] = {
        "id": "VisVisVis01",
        "name": "V",
        "columnDimensions": ["dx"],
        "rowDimensions": ["pe"],
        "filterDimensions": ["ou"],
        "dataDimensionItems": [{"dataDimensionItemType": "INDICATOR", "indicator": {"id": "I1"}}],
        "rawPeriods": ["202401", "LAST_YEAR"],
        "organisationUnits": [{"id": "O1"}],
        "userOrganisationUnit": True,
        "userOrganisationUnitChildren": False,
        "organisationUnitLevels": [2],
        "itemOrganisationUnitGroups": [{"id": "G1"}],
        "relativePeriods": {"thisYear": True},
    }
    assert in_api_form("visualizations", body) == {
        "id": "VisVisVis01",
        "name": "V",
        "columns": [{"dimension": "dx", "items": [{"id": "I1"}]}],
        "rows": [{"dimension": "pe", "items": [{"id": "202401"}, {"id": "LAST_YEAR"}]}],
        "filters": [
            {
                "dimension": "ou",
                "items": [{"id": "O1"}, {"id": "USER_ORGUNIT"}, {"id": "LEVEL-2"}, {"id": "OU_GROUP-G1"}],
            }
        ],
    }


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ({"dataElement": {"id": "E"}}, "E"),
        ({"programIndicator": {"id": "P"}}, "P"),
        ({"dataElementOperand": {"dataElement": {"id": "E"}, "categoryOptionCombo": {"id": "C"}}}, "E.C"),
        ({"dataElementOperand": {"dataElement": {"id": "E"}}}, "E"),
        ({"programDataElement": {"program": {"id": "P"}, "dataElement": {"id": "E"}}}, "P.E"),
        ({"programAttribute": {"program": {"id": "P"}, "attribute": {"id": "A"}}}, "P.A"),
        ({"reportingRate": {"dataSet": {"id": "D"}, "metric": "EXPECTED_REPORTS"}}, "D.EXPECTED_REPORTS"),
        ({"reportingRate": {"dataSet": {"id": "D"}}}, "D.REPORTING_RATE"),
    ],
)
def test_items(item: dict[str, Any], told: str) -> None:
    """Each kind of data item is named as the API names it."""
    body = {"columnDimensions": ["dx"], "dataDimensionItems": [item]}
    assert in_api_form("visualizations", body)["columns"] == [{"dimension": "dx", "items": [{"id": told}]}]


def test_dimensions_that_are_objects() -> None:
    """A category has its options; an attribute a filter; one that nothing tells of has no items."""
    body = {
        "rowDimensions": ["CAT", "ATT", "ELS", "NIL"],
        "categoryDimensions": [
            {"category": {"id": "OTHER"}, "categoryOptions": []},
            {"category": {"id": "CAT"}, "categoryOptions": [{"id": "O1"}, {"id": "O2"}]},
        ],
        "attributeDimensions": [{"attribute": {"id": "X"}}, {"attribute": {"id": "ATT"}, "filter": "IN:1"}],
        "dataElementDimensions": [{"dataElement": {"id": "ELS"}, "programStage": {"id": "S"}, "filter": ""}],
    }
    assert in_api_form("eventVisualizations", body)["rows"] == [
        {"dimension": "CAT", "items": [{"id": "O1"}, {"id": "O2"}]},
        {"dimension": "ATT", "items": [], "filter": "IN:1"},
        {"dimension": "ELS", "items": [], "programStage": {"id": "S"}},
        {"dimension": "NIL", "items": []},
    ]


def test_the_units_of_a_view_are_its_rows() -> None:
    """No stored list says so; where they stand on another axis, or there are none, no row is made."""
    view = {"id": "V", "columnDimensions": ["dx"], "userOrganisationUnit": True}
    on_axis = {"id": "W", "filterDimensions": ["ou"], "organisationUnits": [{"id": "O"}]}
    none = {"id": "X", "layer": "facility"}
    formed = in_api_form("maps", {"name": "M", "mapViews": [view, on_axis, none]})
    assert [each["rows"] for each in formed["mapViews"]] == [
        [{"dimension": "ou", "items": [{"id": "USER_ORGUNIT"}]}],
        [],
        [],
    ]
    assert in_api_form("maps", {"name": "M"})["mapViews"] == []
