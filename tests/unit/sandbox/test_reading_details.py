"""Corners of reading: presets beside names, pipes, axes, children, rights shown."""

import pytest

from tests.unit.sandbox.favourites import a_map, axes, ground
from tests.unit.sandbox.server import (
    CLOSED,
    Make,
    Server,
    a_program,
    element,
    option_set,
    refs,
    uid,
    unit,
)


def test_access_of_an_object_with_data(server: Server) -> None:
    """Data rights are shown where the type has data."""
    a_program(server)
    shown = server.get(f"/api/programs/{uid('P')}?fields=access")["access"]
    assert shown["data"] == {"read": True, "write": True}
    assert "data" not in server.get(f"/api/dataElements/{uid('D1')}?fields=access")["access"]


def test_axes_in_exports_and_by_fields(server: Server) -> None:
    """Exports show empty axes; other dimensions have no items; fields choose what of an axis is shown."""
    ground(server)
    base = {"id": uid("V"), "name": "V", "type": "COLUMN"} | axes("I")
    base["rows"].append({"dimension": "co"})
    assert server.post("/api/visualizations", base).status == 201
    found = server.get("/api/metadata?visualizations=true&fields=columns,relativePeriods")
    assert found["visualizations"][0]["columns"] == []
    path = f"/api/visualizations/{uid('V')}?fields="
    assert server.get(f"{path}rows")["rows"] == [{"id": "ou"}, {"id": "co"}]
    assert server.get(f"{path}rows[items]")["rows"][1] == {"items": []}
    assert server.get(f"{path}relativePeriods")["relativePeriods"]["thisYear"] is True


@pytest.mark.parametrize("version", ["2.41", "2.42", "2.43"])
def test_dressing_of_children(make: Make, version: str) -> None:
    """Items of dashboards and legends differ between versions; the views of maps name what they show."""
    server = make(version)
    ground(server)
    legend = {"id": uid("L"), "name": "L", "startValue": 0, "endValue": 1, "color": "#fff"}
    server.commit(
        dashboards=[{"id": uid("DB"), "name": "DB", "dashboardItems": [{"text": "t"}]}],
        legendSets=[{"id": uid("LS"), "name": "LS", "legends": [legend]}],
    )
    row = server.get("/api/metadata?dashboards=true")["dashboards"][0]["dashboardItems"][0]
    assert ("href" in row) is (version == "2.43")
    one = server.get(f"/api/legendSets/{uid('LS')}?fields=legends[*]")["legends"][0]
    assert ("favorites" in one) is (version != "2.43")
    server.post("/api/maps", a_map(**axes("G")))
    view = server.get(f"/api/maps/{uid('M')}?fields=mapViews[name]")["mapViews"][0]
    assert view.get("name") == ("G" if version == "2.41" else None)
    path = f"/api/maps/{uid('M')}?fields=mapViews[parentGraphMap,metaData]"
    assert server.call("GET", path).status == 200


def test_managed_groups_from_below(server: Server) -> None:
    """`managedByGroups` is the other side of `managedGroups`, not of members."""
    server.commit(userGroups=[{"id": uid("G"), "name": "G"}])
    server.commit(userGroups=[{"id": uid("H"), "name": "H", "managedGroups": refs("G")}])
    assert server.get(f"/api/userGroups/{uid('G')}?fields=managedByGroups")["managedByGroups"] == refs("H")


def test_fields_with_points_and_names_beside_presets(server: Server) -> None:
    """`a.b` is no field; a name beside a preset wins."""
    server.commit(**option_set("OS", "a"))
    path = f"/api/optionSets/{uid('OS')}?fields="
    assert server.get(f"{path}id,options.code") == {"id": uid("OS")}
    assert server.get(f"{path}options[code]")["options"] == [{"code": "a"}]
    assert server.get(f"{path}:nameable,name~rename(n)")["n"] == "OS"
    assert server.get(f"{path}sharing[*]")["sharing"]["public"] == "rw------"
    assert server.get(f"{path}id,,name") == {"id": uid("OS"), "name": "OS"}


def test_filters_on_children(server: Server) -> None:
    """Embedded children are looked into, a plain value is not."""
    a_program(server)
    asked = "/api/programStages?fields=id&filter=programStageDataElements"
    assert server.get(f"{asked}.sortOrder:eq:1")["programStages"] == [{"id": uid("S")}]
    assert server.get(f"{asked}.dataElement.id:eq:{uid('D1')}")["programStages"] == [{"id": uid("S")}]
    refused = server.call("GET", "/api/dataElements?filter=name.x:eq:1")
    assert (refused.status, refused.body["errorCode"]) == (400, "E1003")


def test_plain_values_by_fields(server: Server) -> None:
    """Lists of plain values are whole; maps are cut to what was asked for."""
    server.commit(dataElements=[element("D", aggregationLevels=[1, 2])])
    path = f"/api/dataElements/{uid('D')}?fields="
    assert server.get(f"{path}aggregationLevels[x]")["aggregationLevels"] == [1, 2]
    assert server.get(f"{path}access[read]")["access"] == {"read": True}
    assert server.get(f"{path}favorites[x]")["favorites"] == []
    assert server.get(f"{path}sharing[users]")["sharing"] == {"users": {}}


def test_an_author_who_shall_go(server: Server) -> None:
    """He cannot go: what he made holds him back."""
    found = server.a_user("anna", "F_DATAELEMENT_PUBLIC_ADD", "F_DATAELEMENT_PRIVATE_ADD")
    mine = element("D", sharing=CLOSED | {"owner": found})
    assert server.send(user="anna", dataElements=[mine]).status == 200
    assert server.remove(users=[found]).codes == ["E4030"]
    shown = server.get(f"/api/dataElements/{uid('D')}?fields=createdBy[username]")
    assert shown["createdBy"]["username"] == "anna"


def test_dependencies_and_units_above(make: Make, server: Server) -> None:
    """A map view's units are shown with what is above them."""
    server = make("2.43")
    ground(server)
    server.commit(organisationUnits=[unit("N", "O")])
    view = axes("I")
    view["rows"][0]["items"] = [{"id": uid("N")}]
    server.post("/api/maps", a_map(**view))
    path = f"/api/maps/{uid('M')}?fields=mapViews[parentGraphMap]"
    assert server.get(path)["mapViews"][0]["parentGraphMap"] == {uid("N"): uid("O")}
