"""Maps with data items and charts of fixed periods, through the program and the embedded server."""

from pathlib import Path

import pytest

from tests.e2e.house import House

PACKAGE = 'name: shown\nversion: 1.0.0\ndhis2: ">=2.41,<2.44"\nlocale: en\nlocales: {inline: [nb]}\n'
OBJECTS = """
dataElements:
  CASES: {name: Cases, shortName: Cases, valueType: INTEGER, domainType: AGGREGATE, aggregationType: SUM}
maps:
  MAP:
    name: {en: A map, nb: Et kart}
    mapViews:
      only:
        layer: thematic
        renderingStrategy: SINGLE
        opacity: 0.9
        userOrganisationUnit: true
        columnDimensions: [dx]
        filterDimensions: [pe]
        rawPeriods: [THIS_YEAR]
        dataDimensionItems: [{dataDimensionItemType: DATA_ELEMENT, dataElement: CASES}]
visualizations:
  CHART:
    name: A chart
    type: COLUMN
    columnDimensions: [dx]
    rowDimensions: [pe]
    filterDimensions: [ou]
    rawPeriods: ["202401", LAST_12_MONTHS]
    userOrganisationUnit: true
    dataDimensionItems: [{dataDimensionItemType: DATA_ELEMENT, dataElement: CASES}]
dashboards:
  BOARD:
    name: Board
    dashboardItems:
      map: {map: MAP, x: 0, y: 0, width: 20, height: 20}
      chart: {visualization: CHART, x: 20, y: 0, width: 20, height: 20}
"""
FILE = "packages/shown/shown.yaml"
TOWN = """
number: "5501"
name: By
server: {url: "http://127.0.0.1:8081", sandbox: true}
organisationUnit: {code: "5501", name: By, shortName: By, openingDate: 2020-01-01}
packages: {shown: {}}
"""


@pytest.mark.parametrize("version", ["2.41", "2.43"])
def test_they_stand_whole_and_a_second_plan_is_empty(tmp_path: Path, version: str) -> None:
    """New and changed; ids of views stay, and so does what the package does not say."""
    house = House(folder=tmp_path)
    house.write("packages/shown/package.yaml", PACKAGE)
    house.write(FILE, OBJECTS)
    house.write("municipalities/by.yaml", TOWN)
    house.write("fleet.yaml", "name: shown\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n")
    house.fine("lock")
    server = house.serve(version=version)
    kinds = [step["kind"] for step in house.plan()["steps"]]
    assert kinds == ["call", "own", "call"]
    house.fine("apply", "--yes")
    assert house.plan()["changes"] == []
    chart, one = server.found("visualizations", "A chart"), server.found("maps", "A map")
    assert sorted(chart["rawPeriods"]) == ["202401", "LAST_12_MONTHS"]
    (view,) = one["mapViews"]
    assert len(view["dataDimensionItems"]) == 1
    assert {each["locale"] for each in one["translations"]} >= {"en"}
    house.change(FILE, '"202401"', '"202402"')
    house.change(FILE, "opacity: 0.9", "opacity: 0.5")
    plan = house.plan()
    assert {(each["type"], each["field"]) for each in plan["changes"]} == {
        ("visualizations", "rawPeriods"),
        ("maps", "mapViews[only].opacity"),
    }
    assert "go by /api/visualizations" in " ".join(step.get("reason", "") for step in plan["steps"])
    house.fine("apply", "--yes")
    assert house.plan()["changes"] == []
    (again,) = server.found("maps", "A map")["mapViews"]
    assert (again["id"], again["opacity"]) == (view["id"], 0.5)
    assert len(server.found("dashboards", "Board")["dashboardItems"]) == 2
