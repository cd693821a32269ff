"""Lines of facts §18 and §19.1–6: favourites, dashboards and settings."""

from typing import Any

import pytest

from tests.unit.sandbox.favourites import ITEM, VERSIONS, a_map, axes, ground, item, shown_view
from tests.unit.sandbox.server import Make, Server, uid


@pytest.mark.parametrize(("version", "status"), [("2.41", 409), ("2.42", 409), ("2.43", 200)])
def test_18_1_a_map_with_data_items_by_import(make: Make, version: str, status: int) -> None:
    """VALIDATE says 200, COMMIT 409 on 2.41 and 2.42; on 2.43 the items go in whole."""
    server = make(version)
    ground(server)
    assert server.send("importMode=VALIDATE", maps=[a_map(**ITEM)]).status == 200
    assert server.send(maps=[a_map(**ITEM)]).status == status
    if status == 200:
        assert shown_view(server)["dataDimensionItems"] == ITEM["dataDimensionItems"]


@pytest.mark.parametrize("name", ["program", "trackedEntityType"])
def test_a_map_that_shows_a_program_by_import(make: Make, name: str) -> None:
    """2.42 does not look it up: 409 of the database although it stands there."""
    server = make("2.42")
    kind = {"id": uid("T"), "name": "T", "shortName": "T"}
    program: dict[str, Any] = {
        "id": uid("P"),
        "name": "P",
        "shortName": "P",
        "programType": "WITH_REGISTRATION",
    }
    program["trackedEntityType"] = {"id": uid("T")}
    server.commit(trackedEntityTypes=[kind], programs=[program])
    shown = {"program": uid("P"), "trackedEntityType": uid("T")}
    answer = server.send(maps=[a_map(**{name: {"id": shown[name]}})])
    assert answer.status == 409
    assert f"MapView.{name} ->" in str(answer.body)


@pytest.mark.parametrize(("version", "items"), [("2.41", []), ("2.42", []), ("2.43", [{}])])
def test_18_1_a_map_with_columns_by_import(make: Make, version: str, items: list[Any]) -> None:
    """200 and the view is empty; 2.43 leaves an item that points to nothing."""
    server = make(version)
    ground(server)
    server.commit(maps=[a_map(**axes("I"))])
    assert shown_view(server)["dataDimensionItems"] == items


@pytest.mark.parametrize("version", VERSIONS)
def test_18_2_the_other_road(make: Make, version: str) -> None:
    """POST /api/maps with axes keeps all; with data items they are lost."""
    server = make(version)
    ground(server)
    assert server.post("/api/maps", a_map(**axes("I"))).status == 201
    view = shown_view(server)
    assert (view["dataDimensionItems"], view["rawPeriods"]) == (
        ITEM["dataDimensionItems"],
        ["THIS_YEAR", "202401"],
    )
    assert (view["name"] if version == "2.41" else "I") == "I"
    server.delete(f"/api/maps/{uid('M')}")
    assert server.post("/api/maps", a_map(**ITEM)).status == 201
    assert shown_view(server)["dataDimensionItems"] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_18_3_changing_such_a_map(make: Make, version: str) -> None:
    """PUT with the view's id is a duplicate key; emptied first, the old id goes again.

    A patch goes on 2.43 alone, and there only without a fixed period.
    """
    server = make(version)
    ground(server)
    server.post("/api/maps", a_map(**axes("I")))
    path = f"/api/maps/{uid('M')}"
    assert server.put(path, a_map(**axes("I"))).status == 409
    rename = [{"op": "replace", "path": "/name", "value": "N"}]
    assert server.patch(path, rename).status == 409
    assert server.put(path, a_map(**axes("I")) | {"mapViews": []}).status == 200
    assert server.put(path, a_map(**axes("I"))).status == 200
    assert shown_view(server)["id"] == uid("view")
    relative = axes("I") | {"filters": [{"dimension": "pe", "items": [{"id": "THIS_YEAR"}]}]}
    server.put(path, a_map(**relative) | {"mapViews": []})
    server.put(path, a_map(**relative))
    assert server.patch(path, rename).status == (200 if version == "2.43" else 409)


def test_18_4_a_map_that_a_dashboard_shows(server: Server) -> None:
    """Deleted with 200, and the dashboard's item is gone."""
    server.commit(
        maps=[a_map()], dashboards=[{"id": uid("DB"), "name": "DB", "dashboardItems": [item("M", "map")]}]
    )
    assert server.delete(f"/api/maps/{uid('M')}").status == 200
    assert server.owner("dashboards", uid("DB"))["dashboardItems"] == []


def test_18_5_settings(server: Server) -> None:
    """Text, parameter and JSON; all or none; wrong type or empty text 400; DELETE gives the default."""
    path = "/api/systemSettings/keyAnalyticsMaxLimit"
    for body, more in ((b"6", ""), (None, "?value=7"), (8, "")):
        assert server.post(path + more, body).status == 200
    assert server.get(path) == {"keyAnalyticsMaxLimit": 8}
    assert server.post(path, b"x").status == 400
    assert server.post("/api/systemSettings", {"applicationTitle": "Æ", "zzNo": 1}).status == (
        409 if server.version == "2.41" else 404
    )
    assert server.get("/api/systemSettings/applicationTitle") == {"applicationTitle": "DHIS 2"}
    assert server.post("/api/systemSettings/keyLockMultipleFailedLogins", b"true").status == 200
    assert server.get("/api/systemSettings")["keyLockMultipleFailedLogins"] is True
    assert server.post("/api/systemSettings/applicationTitle", b"").status == (
        409 if server.version == "2.41" else 400
    )
    assert server.delete(path).status == 204
    assert server.get(path) == {"keyAnalyticsMaxLimit": 100000}
    told = {"applicationTitle": "DHIS 2"} if server.version == "2.41" else "DHIS 2"
    assert server.get("/api/systemSettings/applicationTitle?locale=nb") == told
    assert server.call("PUT", path, b"1").status == 405
    assert server.call("GET", "/api/systemSettings/zzNo").status == 404


def test_18_5_user_settings(server: Server) -> None:
    """One's own, as bare text; a key never set has the server's value."""
    assert server.get("/api/userSettings/keyUiLocale") == "en"
    server.post("/api/userSettings/keyUiLocale", b"nb")
    assert server.get("/api/userSettings/keyUiLocale") == "nb"
    assert server.get("/api/userSettings?key=keyUiLocale") == {"keyUiLocale": "nb"}
    assert server.get("/api/me/settings")["keyUiLocale"] == "nb"


@pytest.mark.parametrize("version", VERSIONS)
def test_19_1_visualizations_lose_their_dimensions_by_import(make: Make, version: str) -> None:
    """Only periods survive; by POST everything is kept."""
    server = make(version)
    ground(server)
    base = {"id": uid("V"), "name": "V", "type": "COLUMN"} | axes("G", "I")
    server.commit(visualizations=[base])
    stands = server.owner("visualizations", uid("V"))
    assert (stands["columnDimensions"], stands["dataDimensionItems"]) == ([], [])
    assert stands["rawPeriods"] == ["THIS_YEAR", "202401"]
    assert server.put(f"/api/visualizations/{uid('V')}", base).status == 200
    fields = "columns[dimension,items[id]],rows[dimension,items[id]],organisationUnitLevels"
    shown = server.get(f"/api/visualizations/{uid('V')}?fields={fields}")
    assert shown["columns"] == [{"dimension": "dx", "items": [{"id": uid("I")}, {"id": uid("G")}]}] or shown[
        "columns"
    ] == [{"dimension": "dx", "items": [{"id": uid("G")}, {"id": uid("I")}]}]
    assert shown["rows"][0]["items"] == [{"id": uid("O")}, {"id": "USER_ORGUNIT"}, {"id": "LEVEL-2"}]


def test_19_2_fixed_periods_in_stored_form_are_dropped(server: Server) -> None:
    """Relative ones stay; a patch of the name alone removes what `rows` had kept."""
    base = {"id": uid("V"), "name": "V", "type": "COLUMN"}
    server.commit(visualizations=[base | {"rawPeriods": ["202401", "LAST_12_MONTHS"]}])
    assert server.owner("visualizations", uid("V"))["rawPeriods"] == ["LAST_12_MONTHS"]
    server.commit(visualizations=[base | {"rows": [{"dimension": "pe", "items": [{"id": "202401"}]}]}])
    assert server.owner("visualizations", uid("V"))["rawPeriods"] == ["202401"]
    server.patch(f"/api/visualizations/{uid('V')}", [{"op": "replace", "path": "/name", "value": "W"}])
    assert server.owner("visualizations", uid("V"))["rawPeriods"] == []
    server.commit(visualizations=[base | {"relativePeriods": {"thisDay": True, "last12Months": True}}])
    assert server.owner("visualizations", uid("V"))["rawPeriods"] == ["TODAY", "LAST_12_MONTHS"]


def test_19_4_unknown_data_items_are_not_checked(server: Server) -> None:
    """In API form nothing is left, in stored form an empty item."""
    base = {"id": uid("V"), "name": "V", "type": "COLUMN"}
    server.post("/api/visualizations", base | {"columns": axes("none")["columns"]})
    assert server.owner("visualizations", uid("V"))["dataDimensionItems"] == []
    server.commit(visualizations=[base | ITEM])
    assert server.owner("visualizations", uid("V"))["dataDimensionItems"] == [{}]


def test_19_5_what_is_left_out_of_a_dashboard(server: Server) -> None:
    """Items omitted empty it, favourites omitted un-star it."""
    row = {"id": uid("DB"), "name": "DB", "dashboardItems": [{"text": "t"}]}
    server.commit(dashboards=[row])
    assert server.post(f"/api/dashboards/{uid('DB')}/favorite").status == 200
    assert server.get(f"/api/dashboards/{uid('DB')}?fields=favorite")["favorite"] is True
    server.commit(dashboards=[{"id": uid("DB"), "name": "DB"}])
    stands = server.get(f"/api/dashboards/{uid('DB')}?fields=favorite,itemCount")
    assert stands == {"favorite": False, "itemCount": 0}
    assert server.delete(f"/api/dashboards/{uid('DB')}/favorite").status == 200


def test_19_6_dashboard_items(server: Server) -> None:
    """`w` and `h` are ignored; order is kept; a spacer by POST is refused."""
    rows = [{"text": name, "w": 1, "width": 2, "height": 3} for name in ("b", "a")]
    body = {"id": uid("DB"), "name": "DB", "dashboardItems": rows}
    assert server.post("/api/dashboards", body | {"dashboardItems": [{"type": "SPACER"}]}).status == 409
    assert server.post("/api/dashboards", body).status == 201
    held = server.owner("dashboards", uid("DB"))["dashboardItems"]
    assert [(one["text"], one["width"], "w" in one, one["type"]) for one in held] == [
        ("b", 2, False, "TEXT"),
        ("a", 2, False, "TEXT"),
    ]
