"""Aggregate data, as far as metadata meets them; category mappings; what is not built and says so."""

from typing import Any

import pytest

from dhis2cfg.catalogue.shipped import load
from tests.unit.sandbox.server import Make, Server, a_program, element, program, refs, uid, unit

DIMENSION: dict[str, Any] = {"dataDimensionType": "DISAGGREGATION"}


def ground(server: Server) -> list[str]:
    """Unit `O` that is the administrator's, aggregate element `G` by combination `CC` of `a` and `b`.

    The option combinations that the server made of it.
    """
    server.commit(
        organisationUnits=[unit("O")],
        categoryOptions=[{"id": uid(name), "name": name, "shortName": name} for name in "abc"],
        categories=[
            DIMENSION | {"id": uid("C"), "name": "C", "shortName": "C", "categoryOptions": refs("a", "b")},
            DIMENSION | {"id": uid("C2"), "name": "C2", "shortName": "C2", "categoryOptions": refs("c")},
        ],
        categoryCombos=[DIMENSION | {"id": uid("CC"), "name": "CC", "categories": refs("C")}],
    )
    number = {"domainType": "AGGREGATE", "valueType": "NUMBER", "aggregationType": "SUM"}
    server.commit(
        dataElements=[element("G", **number, categoryCombo={"id": uid("CC")}), element("H", **number)],
        dataSets=[
            {"id": uid("DS"), "name": "DS", "shortName": "DS", "periodType": "Monthly"}
            | {"dataSetElements": [{"dataElement": {"id": uid("G")}}], "organisationUnits": refs("O")}
        ],
    )
    me = server.get("/api/me?fields=id")["id"]
    server.patch(f"/api/users/{me}", [{"op": "add", "path": "/organisationUnits", "value": refs("O")}])
    server.post("/api/maintenance/categoryOptionComboUpdate")
    path = f"/api/categoryOptionCombos?filter=categoryCombo.id:eq:{uid('CC')}&fields=id"
    return sorted(row["id"] for row in server.get(path)["categoryOptionCombos"])


def value(combo: str, amount: str = "1", **more: str) -> dict[str, str]:
    """A value of `G` in January 2024."""
    base = {"dataElement": uid("G"), "period": "202401", "orgUnit": uid("O"), "categoryOptionCombo": combo}
    return base | {"value": amount} | more


@pytest.mark.parametrize(("version", "codes"), [("2.41", []), ("2.42", ["E1121"]), ("2.43", ["E1121"])])
def test_data_values_keep_the_value_type(make: Make, version: str, codes: list[str]) -> None:
    """E1121 from 2.42 on; another name is fine."""
    server = make(version)
    combos = ground(server)
    assert server.post("/api/dataValueSets", {"dataValues": [value(combos[0])]}).status == 200
    changed = element("G", domainType="AGGREGATE", valueType="TEXT", categoryCombo={"id": uid("CC")})
    assert server.send("importMode=VALIDATE", dataElements=[changed]).codes == codes
    kept = changed | {"valueType": "NUMBER", "aggregationType": "SUM"}
    assert server.send("importMode=VALIDATE", dataElements=[kept]).codes == []


def test_data_values_keep_the_categories(server: Server) -> None:
    """E1120 for other categories, while values use the combinations; what holds data is not deleted."""
    combos = ground(server)
    assert len(combos) == 2
    other = DIMENSION | {"id": uid("CC"), "name": "CC", "categories": refs("C2")}
    assert server.send("importMode=VALIDATE", categoryCombos=[other]).codes == []
    assert server.post("/api/dataValueSets", {"dataValues": [value(combos[0])]}).status == 200
    assert server.send("importMode=VALIDATE", categoryCombos=[other]).codes == ["E1120"]
    assert server.remove(dataElements=[uid("G")]).codes == ["E4030"]
    assert server.remove(organisationUnits=[uid("O")]).codes == ["E4030"]
    assert server.remove(dataElements=[uid("H")]).status == 200


def test_data_values_in_and_out(make: Make) -> None:
    """New ones are imported, known ones updated, those of nobody refused; they are counted."""
    server = make("2.42")
    combos = ground(server)
    answered = server.post("/api/dataValueSets", {"dataValues": [value(combos[0]), value(combos[1])]})
    assert answered.body["response"]["importCount"]["imported"] == 2
    again = server.post("/api/dataValueSets", {"dataValues": [value(combos[0], "2")]})
    assert again.body["response"]["importCount"]["updated"] == 1
    unknown = server.post("/api/dataValueSets", {"dataValues": [value(combos[0], orgUnit=uid("no"))]})
    assert (unknown.status, unknown.body["response"]["importCount"]["ignored"]) == (409, 1)
    query = f"dataSet={uid('DS')}&period=202401&orgUnit={uid('O')}"
    held = server.get(f"/api/dataValueSets?{query}")["dataValues"]
    assert sorted(row["value"] for row in held) == ["1", "2"]
    if server.is_embedded:  # a real one counts now and then
        assert server.get("/api/dataSummary")["objectCounts"]["dataValue"] == 2
    assert server.call("PATCH", "/api/dataValueSets", []).status == 405


@pytest.mark.parametrize(
    ("mappings", "codes"),
    [
        ([{"id": uid("m1"), "categoryId": uid("C"), "mappingName": "x", "optionMappings": []}], []),
        ([{"id": "short", "categoryId": uid("C"), "mappingName": "x"}], ["E4075"]),
        ([{"id": uid("m1"), "categoryId": uid("C"), "mappingName": name} for name in "xy"], ["E4076"]),
        ([{"id": uid(name), "categoryId": uid("C"), "mappingName": "x"} for name in ("m1", "m2")], ["E4077"]),
        (
            [
                {"id": uid("m1"), "categoryId": uid("C"), "mappingName": "x"}
                | {"optionMappings": [{"optionId": uid("a"), "filter": "true"}] * 2}
            ],
            ["E4079"],
        ),
        (
            [
                {"id": uid("m1"), "categoryId": uid("C"), "mappingName": "x"}
                | {"optionMappings": [{"optionId": "short", "filter": "true"}]}
            ],
            ["E4080"],
        ),
    ],
)
def test_category_mappings(make: Make, mappings: list[dict[str, Any]], codes: list[str]) -> None:
    """Ids are UIDs, each once; names once a category; options once a mapping."""
    server = make("2.42")
    a_program(server)
    sent = [row | {"optionMappings": row.get("optionMappings", [])} for row in mappings]
    assert server.send("importMode=VALIDATE", programs=[program(categoryMappings=sent)]).codes == codes


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "dataElements/UD000000000/gist"),
        ("GET", "analytics?dimension=dx:x"),
        ("POST", "resourceTables/analytics"),
        ("POST", "users/invite"),
        ("POST", "users/UD000000000/replica"),
        ("PATCH", "metadata/sharing"),
        ("PATCH", "dataElements/sharing"),
        ("GET", "metadata/version"),
        ("POST", "organisationUnits/split"),
    ],
)
def test_what_is_not_built_says_so(method: str, path: str) -> None:
    """501 and a sentence, not the 404 of what DHIS2 does not know."""
    answered = Server().call(method, f"/api/{path}")
    assert answered.status == 501
    assert answered.body["message"].startswith("The dhis2cfg sandbox is not DHIS2: ")


def test_no_type_of_a_catalogue_is_left_unbuilt() -> None:
    """Every type has its list."""
    for version in ("2.41", "2.42", "2.43"):
        server = Server(version)
        for name in load(version).types:
            assert server.call("GET", f"/api/{name}").status == 200, name
