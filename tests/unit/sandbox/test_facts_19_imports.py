"""Lines of facts §19.14–24: trees, deletion, strategies, wrong types."""

from typing import Any

import pytest

from tests.unit.sandbox.favourites import ground, item
from tests.unit.sandbox.server import Make, Server, element, option_set, refs, uid, unit


def test_19_14_levels_go_stale_on_a_move(server: Server) -> None:
    """Paths are right at once, levels below after maintenance."""
    server.commit(organisationUnits=[unit("A"), unit("B", "A"), unit("C", "B"), unit("X")])
    server.commit(organisationUnits=[unit("B")])
    found = server.get(f"/api/organisationUnits/{uid('C')}?fields=path,level")
    assert found == {"path": f"/{uid('B')}/{uid('C')}", "level": 3}
    server.post("/api/maintenance/ouPathsUpdate")
    assert server.get(f"/api/organisationUnits/{uid('C')}?fields=level") == {"level": 2}


@pytest.mark.parametrize(("version", "status"), [("2.41", 200), ("2.42", 500), ("2.43", 200)])
def test_19_14_a_unit_under_its_own_child(make: Make, version: str, status: int) -> None:
    """A cycle is stored on 2.41 and 2.43; 2.42 stumbles and nothing is changed."""
    server = make(version)
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
def test_19_18_deleting_a_visualization_by_import(make: Make, version: str, status: int) -> None:
    """2.43 answers 500 where it has data items, but it is done, and the dashboard's item is gone."""
    server = make(version)
    ground(server)
    base = {"id": uid("V"), "name": "V", "type": "COLUMN"}
    data = {"dataDimensionItemType": "DATA_ELEMENT", "dataElement": {"id": uid("G")}}
    filled = base | {"columnDimensions": ["dx"], "dataDimensionItems": [data]}
    for held, expected in ((filled, status), (base, 200)):
        row = {"id": uid("DB"), "name": "DB", "dashboardItems": [item("V", "visualization")]}
        server.commit(visualizations=[held], dashboards=[row])
        assert server.remove(visualizations=[uid("V")]).status == expected
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
def test_19_20_delete_of_one_option(make: Make, version: str, gone: bool) -> None:  # noqa: FBT001 -- a row of a table
    """Nothing happens before 2.43 but that the set's version moves."""
    server = make(version)
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
def test_19_24_wrong_json_types_stop_the_call(
    make: Make, version: str, status: int, value: dict[str, Any]
) -> None:
    """Text for truth or number: 500, on 2.43 409."""
    assert make(version).send(dataElements=[element("D", **value)]).status == status


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
        answered = server.send(organisationUnits=[unit("O") | bad])
        expected = 400 if "parent" not in bad else 409 if server.version == "2.43" else 500
        assert answered.status == expected
    server.commit(
        organisationUnits=[unit("O", openingDate=0), unit("O2", openingDate="2020-01-01T01:00:00+01:00")]
    )
    assert server.owner("organisationUnits", uid("O"))["openingDate"] == "1970-01-01T00:00:00.000"
    assert server.owner("organisationUnits", uid("O2"))["openingDate"] == "2020-01-01T00:00:00.000"
