"""Lines of facts §18 and §19 that tell a behaviour, one test each."""

from typing import Any

import pytest

from tests.unit.sandbox.server import (
    CLOSED,
    PUBLIC,
    Server,
    a_program,
    element,
    option_set,
    program,
    refs,
    stage,
    uid,
    unit,
)

VERSIONS = ("2.41", "2.42", "2.43")


@pytest.fixture
def server() -> Server:
    """A fresh 2.42."""
    return Server()


def ground(server: Server) -> None:
    """An indicator `I`, an aggregate element `G`, a unit `O`."""
    server.commit(
        indicatorTypes=[{"id": uid("IT"), "name": "IT", "factor": 1}],
        indicators=[
            {
                "id": uid("I"),
                "name": "I",
                "shortName": "I",
                "indicatorType": {"id": uid("IT")},
                "numerator": "1",
                "denominator": "1",
            }
        ],
        dataElements=[element("G", domainType="AGGREGATE", valueType="NUMBER")],
        organisationUnits=[unit("O")],
    )


def axes(*items: str) -> dict[str, Any]:
    """Columns, rows and filters in API form."""
    return {
        "columns": [{"dimension": "dx", "items": [{"id": uid(one)} for one in items]}],
        "rows": [{"dimension": "ou", "items": [{"id": uid("O")}, {"id": "USER_ORGUNIT"}, {"id": "LEVEL-2"}]}],
        "filters": [{"dimension": "pe", "items": [{"id": "THIS_YEAR"}, {"id": "202401"}]}],
    }


def a_map(**view: Any) -> dict[str, Any]:
    """A map of one view."""
    return {"id": uid("M"), "name": "M", "mapViews": [{"id": uid("view"), "layer": "thematic"} | view]}


def shown_view(server: Server) -> Any:
    """The view of the map as it stands."""
    return server.owner("maps", uid("M"))["mapViews"][0]


ITEM = {"dataDimensionItems": [{"dataDimensionItemType": "INDICATOR", "indicator": {"id": uid("I")}}]}


@pytest.mark.parametrize(("version", "status"), [("2.41", 409), ("2.42", 409), ("2.43", 200)])
def test_18_1_a_map_with_data_items_by_import(version: str, status: int) -> None:
    """VALIDATE says 200, COMMIT 409 on 2.41 and 2.42; on 2.43 the items go in whole."""
    server = Server(version)
    ground(server)
    assert server.send("importMode=VALIDATE", maps=[a_map(**ITEM)]).status == 200
    assert server.send(maps=[a_map(**ITEM)]).status == status
    if status == 200:
        assert shown_view(server)["dataDimensionItems"] == ITEM["dataDimensionItems"]


@pytest.mark.parametrize(("version", "items"), [("2.41", []), ("2.42", []), ("2.43", [{}])])
def test_18_1_a_map_with_columns_by_import(version: str, items: list[Any]) -> None:
    """200 and the view is empty; 2.43 leaves an item that points to nothing."""
    server = Server(version)
    ground(server)
    server.commit(maps=[a_map(**axes("I"))])
    assert shown_view(server)["dataDimensionItems"] == items


@pytest.mark.parametrize("version", VERSIONS)
def test_18_2_the_other_road(version: str) -> None:
    """POST /api/maps with axes keeps all; with data items they are lost."""
    server = Server(version)
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
def test_18_3_changing_such_a_map(version: str) -> None:
    """PUT with the view's id is a duplicate key, without id fine; emptied first, the old id goes again."""
    server = Server(version)
    ground(server)
    server.post("/api/maps", a_map(**axes("I")))
    path = f"/api/maps/{uid('M')}"
    assert server.put(path, a_map(**axes("I"))).status == 409
    assert server.patch(path, [{"op": "replace", "path": "/name", "value": "N"}]).status == (
        200 if version == "2.43" else 409
    )
    assert server.put(path, a_map(**axes("I")) | {"mapViews": []}).status == 200
    assert server.put(path, a_map(**axes("I"))).status == 200
    assert shown_view(server)["id"] == uid("view")


def test_18_4_a_map_that_a_dashboard_shows(server: Server) -> None:
    """Deleted with 200, and the dashboard's item is gone."""
    server.commit(
        maps=[a_map()], dashboards=[{"id": uid("DB"), "name": "DB", "dashboardItems": [item("M", "map")]}]
    )
    assert server.delete(f"/api/maps/{uid('M')}").status == 200
    assert server.owner("dashboards", uid("DB"))["dashboardItems"] == []


def item(name: str, kind: str) -> dict[str, Any]:
    """A dashboard's item that shows something."""
    return {"id": uid(f"item{name}"), kind: {"id": uid(name)}, "x": 0, "y": 0, "width": 5, "height": 5}


def test_18_5_settings(server: Server) -> None:
    """Text, parameter and JSON; several at once or none; wrong type 400, empty text 400; DELETE gives the default."""
    path = "/api/systemSettings/keyAnalyticsMaxLimit"
    for body, more in ((b"6", ""), (None, "?value=7"), (8, "")):
        assert server.post(path + more, body).status == 200
    assert server.get(path) == {"keyAnalyticsMaxLimit": 8}
    assert server.post(path, b"x").status == 400
    assert server.post("/api/systemSettings", {"applicationTitle": "Æ", "zzNo": 1}).status == 404
    assert server.get("/api/systemSettings/applicationTitle") == {"applicationTitle": "DHIS 2"}
    assert server.post("/api/systemSettings/keyLockMultipleFailedLogins", b"true").status == 200
    assert server.get("/api/systemSettings")["keyLockMultipleFailedLogins"] is True
    assert server.post("/api/systemSettings/applicationTitle", b"").status == 400
    assert server.delete(path).status == 204
    assert server.get(path) == {"keyAnalyticsMaxLimit": 100000}
    assert server.get("/api/systemSettings/applicationTitle?locale=nb") == "DHIS 2"
    assert server.call("PUT", path, b"1").status == 405
    assert server.call("GET", "/api/systemSettings/zzNo").status == 404


def test_18_5_user_settings(server: Server) -> None:
    """One's own; a key never set has no value."""
    assert server.get("/api/userSettings/keyUiLocale") == {"keyUiLocale": None}
    server.post("/api/userSettings/keyUiLocale", b"nb")
    assert server.get("/api/userSettings/keyUiLocale") == {"keyUiLocale": "nb"}
    assert server.get("/api/userSettings") == {"keyUiLocale": "nb"}
    assert server.get("/api/me/settings")["keyUiLocale"] == "nb"


@pytest.mark.parametrize("version", VERSIONS)
def test_19_1_visualizations_lose_their_dimensions_by_import(version: str) -> None:
    """Only periods survive; by POST everything is kept."""
    server = Server(version)
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


def test_19_7_put_sharing_without_owner_opens_a_private_object(server: Server) -> None:
    """Owned by nobody it is everybody's; `/api/sharing` does not give it back, an import does."""
    server.a_user("other", "F_DATAELEMENT_PUBLIC_ADD")
    server.commit(dataElements=[element("D", sharing=CLOSED)])
    path = f"/api/dataElements/{uid('D')}"
    assert server.call("GET", path, user="other").status == 404
    assert server.put(f"{path}/sharing", CLOSED).status == 204
    assert server.call("GET", path, user="other").status == 200
    assert server.send("", user="other", dataElements=[element("D", sharing=CLOSED)]).status == 200
    assert "owner" in server.owner("dataElements", uid("D"))["sharing"]


def test_19_8_put_sharing_against_api_sharing(server: Server) -> None:
    """The table of §19.8."""
    server.commit(dataElements=[element("D")], userGroups=[{"id": uid("G"), "name": "G"}])
    path, other = f"/api/dataElements/{uid('D')}/sharing", f"/api/sharing?type=dataElement&id={uid('D')}"
    assert [server.put(path, body).status for body in ({}, {"public": "x"}, {"public": "rwrw----"})] == [
        409
    ] * 3
    unknown = {uid("G"): {"access": "r-------"}, uid("no"): {"access": "r-------"}}
    assert server.put(path, CLOSED | {"userGroups": unknown}).status == 204
    assert list(server.owner("dataElements", uid("D"))["sharing"]["userGroups"]) == [uid("G")]
    data = {"publicAccess": "rwrw----", "userGroupAccesses": [{"id": uid("G"), "access": "rwrw----"}]}
    assert server.post(other, {"object": data}).status == 200
    shown = server.get(other)["object"]
    assert (shown["publicAccess"], shown["userGroupAccesses"][0]["access"]) == ("rw------", "rw------")
    assert server.put(other, {}).status == 200
    assert "public" not in server.owner("dataElements", uid("D"))["sharing"]
    assert server.post(other, {"object": {"publicAccess": "x"}}).status == 409
    bad = {"publicAccess": "rw------", "userAccesses": [{"id": uid("u"), "access": "x"}]}
    assert server.post(other, {"object": bad}).status == 409
    assert server.post("/api/sharing?type=option&id=x", {}).status == 409
    assert server.post(f"/api/sharing?type=dataElement&id={uid('no')}", {}).status == 404
    assert server.post("/api/sharing?type=categoryCombo&id=bjDvmb4bfuf", {"object": {}}).status == 409


def test_19_9_an_event_programs_stage_follows_its_sharing(server: Server) -> None:
    """At create, at each import, at PUT …/sharing; not with skipSharing."""
    server.commit(organisationUnits=[unit("O")], dataElements=[element("D")])
    event = program(programType="WITHOUT_REGISTRATION", sharing=PUBLIC | {"public": "r-r-----"})
    del event["trackedEntityType"]
    event["programTrackedEntityAttributes"] = []
    server.commit(programs=[event], programStages=[stage([])])
    assert server.owner("programStages", uid("S"))["sharing"]["public"] == "r-r-----"
    server.commit(programStages=[stage([])])
    assert server.owner("programStages", uid("S"))["sharing"]["public"] == "rwrw----"
    server.send("skipSharing=true", programs=[event])
    assert server.owner("programStages", uid("S"))["sharing"]["public"] == "rwrw----"
    server.put(f"/api/programs/{uid('P')}/sharing", CLOSED)
    assert server.owner("programStages", uid("S"))["sharing"]["public"] == "--------"


@pytest.mark.parametrize("block", [None, {}, PUBLIC])
def test_19_10_skip_sharing_keeps_live_sharing(server: Server, block: object) -> None:
    """With the block left out, another block, {} or null; without the parameter it is reset."""
    server.commit(dataElements=[element("D", sharing=CLOSED)])
    server.send("skipSharing=true", dataElements=[element("D", sharing=block)])
    assert server.owner("dataElements", uid("D"))["sharing"]["public"] == "--------"
    server.put(f"/api/dataElements/{uid('D')}", element("D", sharing=None))
    assert server.owner("dataElements", uid("D"))["sharing"]["public"] == "rw------"
    server.send("skipSharing=true", dataElements=[element("N", sharing=PUBLIC)])
    assert server.owner("dataElements", uid("N"))["sharing"]["public"] == "--------"


def test_19_11_users_with_fewer_rights(server: Server) -> None:
    """Import alone creates nothing; with type rights within sharing; private only stores private."""
    server.commit(dataElements=[element("X", sharing=PUBLIC | {"public": "r-------"})])
    for name, rights in (("none", ["F_METADATA_IMPORT"]), ("type", ["F_DATAELEMENT_PUBLIC_ADD"])):
        server.a_user(name, *rights)
    server.a_user("private", "F_DATAELEMENT_PRIVATE_ADD")
    assert server.send(user="none", dataElements=[element("N")]).codes == ["E3000"]
    assert server.send(user="none", dataElements=[element("X")]).codes == ["E3001"]
    assert server.send("importStrategy=DELETE", user="none", dataElements=[{"id": uid("X")}]).codes == [
        "E3002"
    ]
    assert server.send(user="type", dataElements=[element("N")]).status == 200
    assert server.send(user="type", dataElements=[element("X")]).codes == ["E3001"]
    assert server.send(user="private", dataElements=[element("Y")]).codes == ["E3008"]
    assert server.send(user="private", dataElements=[element("Y", sharing=None)]).status == 200
    assert server.owner("dataElements", uid("Y"))["sharing"]["public"] == "--------"
    assert server.call("GET", "/api/metadata", user="none").status == 409
    assert server.call("GET", "/api/metadata?users=true", user="none").status == 409
    assert server.call("GET", "/api/users", user="none").status == 403
    assert server.delete(f"/api/dataElements/{uid('N')}", user="none").status == 403
    assert server.put(f"/api/dataElements/{uid('N')}/sharing", PUBLIC, user="none").status == 403
    odd = element("Z", sharing=PUBLIC | {"public": "bad"})
    assert server.send(user="type", dataElements=[odd]).codes == ["E3010"]
    data = element("Z", sharing=PUBLIC | {"public": "rwrw----"})
    assert server.send(user="type", dataElements=[data]).codes == ["E3011"]
    server.commit(**option_set("OS", "a", sharing=CLOSED))
    refused = server.send(user="type", dataElements=[element("Z", optionSet={"id": uid("OS")})])
    assert refused.codes == ["E5008"]


def test_19_12_roles_and_users(server: Server) -> None:
    """Unknown authorities are stored; a used role stays; groups only by the user's own endpoint."""
    server.commit(userGroups=[{"id": uid("G"), "name": "G"}])
    user = server.a_user("one", "F_NO_SUCH", groups=[uid("G")])
    role = server.get(f"/api/users/{user}?fields=userRoles[id,authorities]")["userRoles"][0]
    assert role["authorities"] == ["F_NO_SUCH"]
    assert server.remove(userRoles=[role["id"]]).codes == ["E4030"]
    assert server.delete(f"/api/userRoles/{role['id']}").codes == ["E4030"]
    body = {"username": "two", "firstName": "a", "surname": "b", "userRoles": [{"id": role["id"]}]}
    server.commit(users=[body | {"id": uid("two"), "userGroups": refs("G")}])
    assert server.get(f"/api/users/{uid('two')}?fields=userGroups")["userGroups"] == []
    again = server.send(users=[body | {"id": uid("three")}])
    assert (again.status, "response" in again.body) == (409, False)
    bad = server.send(users=[body | {"id": uid("four"), "username": "four", "userRoles": []}])
    assert bad.codes == ["E4055"]
    for password in ("short", "nodigits-Abc", "nouppercase-1", "NoSpecial123"):
        weak = body | {"id": uid("five"), "username": "five", "password": password}
        assert server.send(users=[weak]).codes == ["E4005"]
    assert server.send(userRoles=[{"id": uid("R"), "name": "R", "description": "x"}]).codes == ["E4002"]
    server.remove(users=[user])
    assert server.owner("userGroups", uid("G"))["users"] == []


@pytest.mark.parametrize(("sent", "stands"), [(None, 1), (1, 2), (7, 7), (0, 1)])
def test_19_13_version_counter(server: Server, sent: int | None, stands: int) -> None:
    """The larger of stored and sent, one more where they are equal; left out it never moves again."""
    server.commit(**option_set("OS", "a"))
    server.commit(**option_set("OS", "a"))
    more = {} if sent is None else {"version": sent}
    server.commit(optionSets=option_set("OS", "a", **more)["optionSets"])
    assert server.owner("optionSets", uid("OS"))["version"] == stands


def test_19_14_levels_go_stale_on_a_move(server: Server) -> None:
    """Paths are right at once, levels below after maintenance."""
    server.commit(organisationUnits=[unit("A"), unit("B", "A"), unit("C", "B"), unit("X")])
    server.commit(organisationUnits=[unit("B")])
    found = server.get(f"/api/organisationUnits/{uid('C')}?fields=path,level")
    assert found == {"path": f"/{uid('B')}/{uid('C')}", "level": 3}
    server.post("/api/maintenance/ouPathsUpdate")
    assert server.get(f"/api/organisationUnits/{uid('C')}?fields=level") == {"level": 2}


@pytest.mark.parametrize(("version", "status"), [("2.41", 200), ("2.42", 500), ("2.43", 200)])
def test_19_14_a_unit_under_its_own_child(version: str, status: int) -> None:
    """A cycle is stored on 2.41 and 2.43; 2.42 stumbles and nothing is changed."""
    server = Server(version)
    server.commit(organisationUnits=[unit("A"), unit("B", "A")])
    assert server.send(organisationUnits=[unit("A", "B")]).status == status
    assert ("parent" in server.owner("organisationUnits", uid("A"))) is (status == 200)


def test_19_15_child_before_parent(server: Server) -> None:
    """In one call fine, in two E5002; closed before opened E4013; children hold a unit."""
    server.commit(organisationUnits=[unit("B", "A"), unit("A")])
    assert server.owner("organisationUnits", uid("B"))["level"] == 2
    assert server.send(organisationUnits=[unit("C", "none")]).codes == ["E5002"]
    assert server.send(organisationUnits=[unit("C", closedDate="2000-01-01")]).codes == ["E4013"]
    assert server.remove(organisationUnits=[uid("A")]).codes == ["E4030"]
    server.commit(
        organisationUnitGroups=[
            {"id": uid("G"), "name": "G", "shortName": "G", "organisationUnits": refs("B")}
        ]
    )
    assert server.remove(organisationUnits=[uid("B")]).status == 200
    assert server.owner("organisationUnitGroups", uid("G"))["organisationUnits"] == []
    leaf = server.get(f"/api/organisationUnits/{uid('A')}?fields=leaf,children")
    assert leaf == {"leaf": True, "children": []}


@pytest.mark.parametrize(("version", "status"), [("2.41", 200), ("2.42", 200), ("2.43", 500)])
def test_19_18_deleting_a_visualization_by_import(version: str, status: int) -> None:
    """2.43 answers 500 but it is done, and the dashboard's item is gone."""
    server = Server(version)
    base = {"id": uid("V"), "name": "V", "type": "COLUMN"}
    shown = [item("V", "visualization")]
    server.commit(
        visualizations=[base], dashboards=[{"id": uid("DB"), "name": "DB", "dashboardItems": shown}]
    )
    assert server.remove(visualizations=[uid("V")]).status == status
    assert server.owner("dashboards", uid("DB"))["dashboardItems"] == []


def test_19_20_what_goes_and_what_stays(server: Server) -> None:
    """A used indicator type and an attribute with values stay; an indicator leaves its group."""
    ground(server)
    server.commit(indicatorGroups=[{"id": uid("IG"), "name": "IG", "indicators": refs("I")}])
    assert server.remove(indicatorTypes=[uid("IT")]).codes == ["E4030"]
    assert server.remove(indicators=[uid("I")]).status == 200
    assert server.owner("indicatorGroups", uid("IG"))["indicators"] == []
    server.commit(
        attributes=[{"id": uid("AT"), "name": "AT", "valueType": "TEXT", "dataElementAttribute": True}]
    )
    value = [{"attribute": {"id": uid("AT")}, "value": "a  b"}]
    server.commit(dataElements=[element("D", attributeValues=value)])
    assert server.owner("dataElements", uid("D"))["attributeValues"][0]["value"] == "a b"
    assert server.remove(attributes=[uid("AT")]).codes == ["E4030"]


@pytest.mark.parametrize(("version", "gone"), [("2.41", False), ("2.42", False), ("2.43", True)])
def test_19_20_delete_of_one_option(version: str, gone: bool) -> None:  # noqa: FBT001 -- a row of a table
    """Nothing happens before 2.43 but that the set's version moves."""
    server = Server(version)
    server.commit(**option_set("OS", "a", "b"))
    before = server.owner("optionSets", uid("OS"))["version"]
    assert server.delete(f"/api/options/{uid('OSa')}").status == 200
    assert (server.call("GET", f"/api/options/{uid('OSa')}").status == 404) is gone
    assert server.owner("optionSets", uid("OS"))["version"] == before + 1
    lone = {"id": uid("lone"), "code": "lone", "name": "lone"}
    server.commit(options=[lone])
    assert server.delete(f"/api/options/{uid('lone')}").status == 200


def test_19_21_delete_of_one_unknown(server: Server) -> None:
    """ALL refuses everything, NONE deletes the known one and answers WARNING; the id may come again."""
    server.commit(dataElements=[element("D")])
    assert server.remove(dataElements=[uid("D"), uid("no")]).codes == ["E5001"]
    body = {"dataElements": [{"id": uid("D")}, {"id": uid("no")}]}
    answered = server.post("/api/metadata?importStrategy=DELETE&atomicMode=NONE", body)
    assert (answered.status, answered.stats) == (409, "0/0/1/1/2")
    assert server.commit(dataElements=[element("D")]).stats == "1/0/0/0/1"


def test_19_22_atomic_mode_none_is_no_guarantee(server: Server) -> None:
    """An unknown required reference makes the whole call a bare 409."""
    bad = element("D", categoryCombo={"id": uid("none")})
    answered = server.post("/api/metadata?atomicMode=NONE", {"dataElements": [element("E"), bad]})
    assert (answered.status, "response" in answered.body) == (409, False)
    assert server.call("GET", f"/api/dataElements/{uid('E')}").status == 404


@pytest.mark.parametrize("body", [{}, [], {"nosuchs": []}, {"dataElements": []}, {"dataElements": {}}])
def test_19_23_nothing_is_200(server: Server, body: object) -> None:
    """All with zero counts."""
    assert server.post("/api/metadata", body).stats == "0/0/0/0/0"


def test_19_23_strategies_and_forms(server: Server) -> None:
    """XML 415, an old strategy 500, skipValidation with a missing field a bare 409, no id never matched."""
    assert (
        server.call("POST", "/api/metadata", b"<x/>", headers={"Content-Type": "application/xml"}).status
        == 415
    )
    assert server.send("importStrategy=NEW_AND_UPDATES", dataElements=[element("D")]).status == 500
    answered = server.send("skipValidation=true", dataElements=[{"id": uid("D"), "name": "D"}])
    assert (answered.status, "response" in answered.body) == (409, False)
    server.commit(dataElements=[element("D")])
    assert set(server.send(dataElements=[element("D", id=None)]).codes) == {"E5003"}
    assert server.send("importStrategy=CREATE", dataElements=[element("D")]).codes == ["E5000"]
    assert server.send("importStrategy=UPDATE", dataElements=[element("N")]).codes == ["E5001"]
    twice = server.send(
        dataElements=[element("N"), element("M"), element("N", code="x", name="x", shortName="x")]
    )
    assert (twice.status, "response" in twice.body) == (409, False)
    assert server.send(dataElements=[element("N"), element("N")]).codes[0] == "E5004"
    assert server.call("PUT", "/api/metadata", {}).status == 405
    assert server.call("GET", "/api/metadata/export").status == 404


@pytest.mark.parametrize(("version", "status"), [("2.42", 500), ("2.43", 409)])
@pytest.mark.parametrize("value", [{"zeroIsSignificant": "x"}, {"aggregationLevels": 1}, {"optionSet": "x"}])
def test_19_24_wrong_json_types_stop_the_call(version: str, status: int, value: dict[str, Any]) -> None:
    """Text for truth or number: 500, on 2.43 409."""
    assert Server(version).send(dataElements=[element("D", **value)]).status == status


def test_19_24_wrong_json_types_that_do_not(server: Server) -> None:
    """A number for text is converted; a list for text empties the whole object; no value is 0.0."""
    server.commit(dataElements=[element("D", description=5, zeroIsSignificant="true")])
    stands = server.owner("dataElements", uid("D"))
    assert (stands["description"], stands["zeroIsSignificant"]) == ("5", True)
    server.commit(dataElements=[element("D", description=True, zeroIsSignificant=1, style={"color": "#fff"})])
    assert server.owner("dataElements", uid("D"))["description"] == "true"
    answered = server.send(dataElements=[element("D", name=["x"])])
    assert set(answered.codes) == {"E4000"}
    assert set(server.send(dataElements=[{"name": {}}]).codes) == {"E4000"}
    server.commit(constants=[{"id": uid("C"), "name": "C", "shortName": "C"}])
    assert server.owner("constants", uid("C"))["value"] == 0.0
    for bad in ({"openingDate": "soon"}, {"openingDate": "2020-01-01", "parent": []}):
        assert server.send(organisationUnits=[unit("O") | bad]).status == 500
    server.commit(
        organisationUnits=[unit("O", openingDate=0), unit("O2", openingDate="2020-01-01T01:00:00+01:00")]
    )
    assert server.owner("organisationUnits", uid("O"))["openingDate"] == "1970-01-01T00:00:00.000"
    assert server.owner("organisationUnits", uid("O2"))["openingDate"] == "2020-01-01T00:00:00.000"


@pytest.mark.parametrize(("version", "odd"), [("2.42", 500), ("2.43", 400)])
def test_19_25_patch(version: str, odd: int) -> None:
    """Unknown property 400, op `test` or no list 500 or 400, wrong type 415, unknown object 404; lists by id."""
    server = Server(version)
    server.commit(
        dataElements=[element("D"), element("E")],
        dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G", "dataElements": refs("D")}],
    )
    path = f"/api/dataElementGroups/{uid('G')}"
    assert server.patch(path, [{"op": "add", "path": "/bogus", "value": 1}]).status == 400
    assert server.patch(path, [{"op": "test", "path": "/name", "value": 1}]).status == odd
    assert server.patch(path, {"op": "add"}).status == odd
    assert server.call("PATCH", path, []).status == 415
    assert server.patch(f"/api/dataElementGroups/{uid('no')}", []).status == 404
    server.patch(path, [{"op": "add", "path": "/dataElements/-", "value": {"id": uid("E")}}])
    server.patch(path, [{"op": "remove-by-id", "path": "/dataElements", "id": uid("D")}])
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("E")
    server.patch(path, [{"op": "add", "path": "/dataElements/0", "value": {"id": uid("D")}}])
    server.patch(path, [{"op": "replace", "path": "/dataElements/1", "value": {"id": uid("D")}}])
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("D")
    server.patch(path, [{"op": "remove", "path": "/dataElements/0"}, {"op": "remove", "path": "/code"}])
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == []
    server.patch(path, [{"op": "add", "path": "/dataElements/-", "value": {"id": uid("E")}}])
    nested = [{"op": "replace", "path": "/sharing/public", "value": "--------"}]
    assert server.patch(path, nested).status == 200
    assert server.owner("dataElementGroups", uid("G"))["sharing"]["public"] == "--------"
    assert server.patch(
        path, [{"op": "replace", "path": "/dataElements/0/id", "value": uid("no")}]
    ).codes == ["E5002"]


def test_19_25_post_of_a_single_object(server: Server) -> None:
    """Translations are discarded; again E5000; PUT …/translations stores them."""
    rows = [{"locale": "nb", "property": "NAME", "value": "x"}]
    assert server.post("/api/dataElements", element("D", translations=rows)).status == 201
    assert server.owner("dataElements", uid("D"))["translations"] == []
    assert server.post("/api/dataElements", element("D")).codes[0] == "E5000"
    assert server.put(f"/api/dataElements/{uid('D')}/translations", {"translations": rows}).status == 204
    assert server.owner("dataElements", uid("D"))["translations"] == rows
    assert server.post("/api/dataElements", []).status == 400
    assert server.call("PATCH", "/api/dataElements", []).status == 405
    assert server.post(f"/api/dataElements/{uid('D')}", {}).status == 405


def test_19_26_put_of_a_single_object(server: Server) -> None:
    """It replaces; an unknown id is 404; another id in the body is ignored."""
    server.commit(dataElements=[element("D", sharing=CLOSED)])
    bare = element("D", id=uid("other"), sharing=None)
    del bare["code"]
    assert server.put(f"/api/dataElements/{uid('D')}?mergeMode=MERGE_IF_NOT_NULL", bare).status == 200
    stands = server.owner("dataElements", uid("D"))
    assert ("code" in stands, stands["sharing"]["public"]) == (False, "rw------")
    assert server.call("GET", f"/api/dataElements/{uid('other')}").status == 404
    assert server.put(f"/api/dataElements/{uid('other')}", element("other")).status == 404
    assert server.put(f"/api/dataElements/{uid('D')}", element("D", name=None)).codes == ["E4000"]


def test_19_27_collections(server: Server) -> None:
    """Twice is ignored, unknown is nothing, a batch counts together, PUT replaces, from both sides."""
    server.commit(
        dataElements=[element("D"), element("E")],
        dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G", "dataElements": refs("D")}],
    )
    path = f"/api/dataElementGroups/{uid('G')}/dataElements"
    assert server.post(f"{path}/{uid('D')}").stats == "0/0/0/1/1"
    assert server.post(f"{path}/{uid('no')}").stats == "0/0/0/0/0"
    batch = {"additions": refs("E", "D", "no"), "deletions": refs("D", "no")}
    assert server.post(path, batch).stats == "0/1/1/1/3"
    assert server.get(path) == {"dataElements": refs("E")}
    assert server.put(path, {"identifiableObjects": refs("D")}).stats == "0/1/1/0/2"
    assert server.delete(f"{path}/{uid('D')}").stats == "0/0/1/0/1"
    assert server.delete(f"{path}/{uid('D')}").stats == "0/0/0/1/1"
    assert server.call("DELETE", path, {"identifiableObjects": refs("D")}).stats == "0/0/0/1/1"
    inverse = f"/api/dataElements/{uid('E')}/dataElementGroups"
    assert server.post(f"{inverse}/{uid('G')}").stats == "0/1/0/0/1"
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("E")
    assert server.delete(f"{inverse}/{uid('G')}").stats == "0/0/1/0/1"
    assert server.post(f"/api/dataElements/{uid('E')}/nosuch").status == 404
    assert server.post(f"/api/dataElements/{uid('no')}/dataElementGroups").status == 404


def test_19_27_a_collection_that_is_the_childrens_reference(server: Server) -> None:
    """A stage added to a program by its collection refers to it."""
    a_program(server)
    server.commit(programs=[program(programStages=[])])
    path = f"/api/programs/{uid('P')}/programStages"
    assert server.post(f"{path}/{uid('S')}").stats == "0/1/0/0/1"
    assert server.owner("programStages", uid("S"))["program"] == {"id": uid("P")}


def test_19_28_metadata_attributes(server: Server) -> None:
    """Same unique value E4009, not for the type E6012, unknown E5002 and E6012, mandatory E4011; twice kept once."""
    base = {"valueType": "TEXT"}
    server.commit(
        attributes=[
            base | {"id": uid("U"), "name": "U", "unique": True, "dataElementAttribute": True},
            base | {"id": uid("O"), "name": "O", "optionAttribute": True},
        ]
    )

    def held(name: str, value: object = "x") -> list[dict[str, Any]]:
        return [{"attribute": {"id": uid(name)}, "value": value}]

    server.commit(dataElements=[element("D", attributeValues=held("U") * 2)])
    assert len(server.owner("dataElements", uid("D"))["attributeValues"]) == 1
    assert server.send(dataElements=[element("E", attributeValues=held("U"))]).codes == ["E4009"]
    assert server.send(dataElements=[element("E", attributeValues=held("O"))]).codes == ["E6012"]
    assert set(server.send(dataElements=[element("E", attributeValues=held("no"))]).codes) == {
        "E5002",
        "E6012",
    }
    server.commit(dataElements=[element("E", attributeValues=[*held("U", None), {"attribute": None}])])
    found = server.get(f"/api/dataElements?filter={uid('U')}:eq:x&fields=id")["dataElements"]
    assert found == [{"id": uid("D")}]
    server.commit(
        attributes=[base | {"id": uid("U"), "name": "U", "mandatory": True, "dataElementAttribute": True}]
    )
    assert server.send(dataElements=[element("F")]).codes == ["E4011"]


def test_19_29_data_sets(server: Server) -> None:
    """The same element twice a bare 409; what the set loses its sections lose; form type is derived."""
    ground(server)
    rows = [{"dataElement": {"id": uid("G")}}]
    base = {"id": uid("DS"), "name": "DS", "shortName": "DS", "periodType": "Monthly"}
    section = {"id": uid("SEC"), "name": "SEC", "sortOrder": 1, "dataSet": {"id": uid("DS")}}
    full = base | {"dataSetElements": rows, "indicators": refs("I")}
    server.commit(dataSets=[full], sections=[section | {"dataElements": refs("G"), "indicators": refs("I")}])
    fields = "?fields=formType,version"
    assert server.get(f"/api/dataSets/{uid('DS')}{fields}") == {"formType": "SECTION", "version": 1}
    assert server.send(dataSets=[base | {"dataSetElements": rows * 2}]).status == 409
    server.commit(dataSets=[base])
    stands = server.owner("sections", uid("SEC"))
    assert (stands["dataElements"], stands["indicators"]) == ([], [])
    server.commit(
        dataEntryForms=[{"id": uid("F"), "name": "F", "htmlCode": "<p>"}],
        dataSets=[base | {"dataEntryForm": {"id": uid("F")}}],
    )
    assert server.get(f"/api/dataSets/{uid('DS')}?fields=formType") == {"formType": "CUSTOM"}
    server.remove(dataEntryForms=[uid("F")])
    server.remove(sections=[uid("SEC")])
    assert server.get(f"/api/dataSets/{uid('DS')}?fields=formType") == {"formType": "DEFAULT"}
    assert server.send(dataSets=[base | {"periodType": "Fortnight"}]).codes == ["E4000"]


def test_19_33_option_sets(server: Server) -> None:
    """A code or a name repeated in the set is E4028."""
    server.commit(**option_set("OS", "a"))
    for key in ("code", "name"):
        row = {"id": uid("n"), "code": "n", "name": "n", "optionSet": {"id": uid("OS")}} | {key: "a"}
        assert server.send(options=[row]).codes == ["E4028"]


def test_19_35_texts_are_stored_as_sent(server: Server) -> None:
    """Blanks, breaks, markup and emoji; "" is null; names differing in case are two."""
    text = " a\t\n<b>&amp;😀\u200f "
    server.commit(
        dataElements=[element("D", name=text, description=""), element("d", name="d"), element("e", name="D")]
    )
    stands = server.owner("dataElements", uid("D"))
    assert (stands["name"], "description" in stands) == (text, False)
    assert server.send(dataElements=[element("x", name="x" * 231)]).codes == ["E4001"]
    assert server.send(dataElements=[element("x", id="short")]).codes == ["E4002", "E4014"]


def test_19_36_filters(server: Server) -> None:
    """!empty unknown to 2.41, no value 500, unknown 400, like literal, size of a collection, rootJunction."""
    server.commit(
        dataElements=[element("D_1"), element("D21", valueType="NUMBER")],
        dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G", "dataElements": refs("D_1")}],
    )

    def names(query: str) -> list[str]:
        return [row["name"] for row in server.get(f"/api/dataElements?fields=name&{query}")["dataElements"]]

    assert names("filter=code:like:D_") == ["D_1"]
    assert names("filter=code:!like:D_") == ["D21"]
    assert names("filter=code:in:[D21,x]&filter=code:eq:D_1") == []
    assert names("filter=code:eq:D21&filter=code:eq:D_1&rootJunction=OR") == ["D21", "D_1"]
    assert names("filter=dataElementGroups:gt:0") == ["D_1"]
    assert names("filter=dataElementGroups:empty") == ["D21"]
    assert names("filter=dataElementGroups:!empty") == ["D_1"]
    assert names("filter=optionSet:null&filter=code:!null&filter=code:token:d2") == ["D21"]
    assert names("filter=dataElementGroups.id:eq:" + uid("G")) == ["D_1"]
    assert names("filter=dataElementGroups.name:ieq:g") == ["D_1"]
    assert names(f"filter=id:eq:{uid('D_1')}") == ["D_1"]
    assert names("filter=zeroIsSignificant:eq:false&order=name:desc") == ["D_1", "D21"]
    assert names("filter=sharing.public:eq:rw------&filter=createdBy.username:eq:admin&order=name:idesc") == [
        "D_1",
        "D21",
    ]
    assert names(
        "filter=name:ne:D21&filter=name:$like:D&filter=name:like$:1&filter=name:ge:D&filter=name:lt:E"
    ) == ["D_1"]
    assert names("filter=categoryCombo.categories.name:eq:default") == ["D21", "D_1"]
    for bad, status in (("code:eq", 500), ("code:bogus:1", 400), ("bogus:eq:1", 400), ("code", 400)):
        assert server.call("GET", f"/api/dataElements?filter={bad}").status == status
    assert server.call("GET", "/api/dataElements?filter=code:eq:%zz").status == 409
    assert Server("2.41").call("GET", "/api/dataElements?filter=code:!empty").status == 400


@pytest.mark.parametrize(("version", "status"), [("2.42", 200), ("2.43", 400)])
def test_19_37_order_and_pages(version: str, status: int) -> None:
    """Unknown order ignored, on 2.43 refused; a page past the end is empty; zero is one; negative 400."""
    server = Server(version)
    server.commit(organisationUnits=[unit("O"), unit("N", openingDate="2019-01-01")])
    path = "/api/organisationUnits?fields=name"
    assert server.call("GET", f"{path}&order=bogus:asc").status == status
    by_level = server.get(f"{path}&order=level:asc,name:asc")["organisationUnits"]
    assert [row["name"] for row in by_level] == ["N", "O"]
    past = server.get(f"{path}&page=9&pageSize=1")
    assert (past["pager"]["page"], past["organisationUnits"]) == (2, [])
    none = server.get(f"{path}&pageSize=0")
    assert (none["pager"]["pageSize"], none["organisationUnits"]) == (1, [])
    assert server.get(f"{path}&page=0")["pager"]["page"] == 1
    assert server.call("GET", f"{path}&page=-1").status == 400


def test_19_38_fields(server: Server) -> None:
    """Unknown presets give nothing, unknown names vanish; size, isEmpty and rename work."""
    server.commit(**option_set("OS", "a", "b"))
    path = f"/api/optionSets/{uid('OS')}?fields="
    assert server.get(f"{path}:bogus") == {}
    assert server.get(f"{path}id,bogus") == {"id": uid("OS")}
    assert server.get(f"{path}options~size,name~rename(n)") == {"options": 2, "n": "OS"}
    assert server.get(f"{path}options::isEmpty") == {"options": False}
    assert server.get(f"{path}options::isNotEmpty") == {"options": True}
    assert set(server.get(f"{path}:identifiable")) == {
        "id",
        "name",
        "created",
        "lastUpdated",
        "lastUpdatedBy",
    }
    assert server.get(f"{path}:nameable,!created,!lastUpdated") == {"id": uid("OS"), "name": "OS"}
    assert "options" not in server.get(f"{path}:simple")
    assert server.get(f"{path}:persisted")["options"] == [{"id": uid("OSa")}, {"id": uid("OSb")}]
    assert server.get(f"{path}options[code,name],options[id]")["options"][0] == {
        "code": "a",
        "name": "a",
        "id": uid("OSa"),
    }
    assert server.get(f"{path}createdBy[username],sharing[*]")["createdBy"]["username"] == "admin"


def test_19_39_defaults(server: Server) -> None:
    """EXCLUDE drops default objects and references to them; nonsense is 400."""
    server.commit(dataElements=[element("D")])
    assert "categoryCombo" in server.get("/api/metadata?dataElements=true")["dataElements"][0]
    found = server.get("/api/metadata?dataElements=true&categoryCombos=true&defaults=EXCLUDE")
    assert ("categoryCombos" in found, "categoryCombo" in found["dataElements"][0]) == (False, False)
    assert server.call("GET", "/api/metadata?dataElements=true&defaults=X").status == 400


def test_19_41_async(server: Server) -> None:
    """A malformed object ends without a summary, ever; an unknown job is [] and an empty body."""
    job = server.post("/api/metadata?async=true", {"dataElements": [element("D")]}).body["response"]
    assert server.get(f"/api/system/taskSummaries/METADATA_IMPORT/{job['id']}")["stats"]["created"] == 1
    assert server.get(job["relativeNotifierEndpoint"])[0]["completed"] is True
    bad = server.post("/api/metadata?async=true", {"dataElements": [element("E", valueType="X")]}).body[
        "response"
    ]
    assert server.get(bad["relativeNotifierEndpoint"])[0]["level"] == "ERROR"
    assert server.get(f"/api/system/taskSummaries/METADATA_IMPORT/{bad['id']}") is None
    assert server.get("/api/system/tasks/METADATA_IMPORT/nosuch") == []
    assert server.get("/api/system/tasks/OTHER/nosuch") == []
    assert server.call("GET", f"/api/dataElements/{uid('E')}").status == 404


def test_19_43_id_in_ends_with_the_header_block(server: Server) -> None:
    """600 ids are read, 700 are 400 HTML."""
    for count, status in ((600, 200), (700, 400)):
        listed = ",".join(["a" * 11] * count)
        assert server.call("GET", f"/api/metadata?dataElements:filter=id:in:[{listed}]").status == status


def test_19_47_gzip(server: Server) -> None:
    """A compressed body is understood without a header; `.json.gz` answers gzip data."""
    import gzip
    import json

    body = gzip.compress(json.dumps({"dataElements": [element("D")]}).encode())
    assert server.post("/api/metadata", body).stats == "1/0/0/0/1"
    answered = server.call("GET", "/api/metadata.json.gz?dataElements=true")
    assert answered.headers["content-type"] == "application/json+gzip"
