"""Corners of the import: what counts as belonging, what is dropped, what is undone."""

from typing import Any

import pytest

from tests.unit.sandbox.favourites import a_map, axes, ground, shown_view
from tests.unit.sandbox.server import (
    CLOSED,
    Make,
    Server,
    a_program,
    action,
    attribute,
    element,
    option_set,
    program,
    refs,
    rule,
    stage,
    uid,
    unit,
)


def test_a_stage_belongs_to_the_program_that_lists_it(server: Server) -> None:
    """A new stage without `program` is fine where the call's program lists it; its elements count."""
    a_program(server)
    second = stage([{"dataElement": {"id": uid("D2")}}], id=uid("S2"), name="S2")
    del second["program"]
    sent = server.send(
        programs=[program(programStages=refs("S", "S2"))],
        programStages=[second],
        programRules=[rule("R2", "A2")],
        programRuleActions=[action("A2", "R2", dataElement={"id": uid("D2")})],
    )
    assert sent.status == 200
    assert server.owner("programStages", uid("S2"))["program"] == {"id": uid("P")}
    alone = server.send(programs=[program(programStages=refs("S"))], programStages=[second])
    assert alone.codes == ["E4053"]


def test_deleting_ones_own_by_import(server: Server) -> None:
    """With the type's right and write access it goes."""
    server.a_user("anna", "F_DATAELEMENT_PRIVATE_ADD", "F_DATAELEMENT_DELETE")
    sent = server.send(user="anna", dataElements=[element("D", sharing=CLOSED)])
    assert sent.stats == "1/0/0/0/1"
    answered = server.post("/api/metadata?importStrategy=DELETE", {"dataElements": refs("D")}, user="anna")
    assert answered.stats == "0/0/1/0/1"


@pytest.mark.parametrize("version", ["2.41", "2.42", "2.43"])
def test_option_combos_of_a_combination_that_fit(make: Make, version: str) -> None:
    """As many as there are combinations of options: no error."""
    server = make(version)
    server.commit(
        categoryOptions=[{"id": uid(name), "name": name, "shortName": name} for name in "ab"],
        categories=[
            {
                "id": uid("C"),
                "name": "C",
                "shortName": "C",
                "dataDimensionType": "DISAGGREGATION",
                "categoryOptions": refs("a", "b"),
            }
        ],
        categoryCombos=[
            {"id": uid("CC"), "name": "CC", "dataDimensionType": "DISAGGREGATION", "categories": refs("C")}
        ],
    )
    rows = [
        {
            "id": uid(f"coc{name}"),
            "name": name,
            "categoryCombo": {"id": uid("CC")},
            "categoryOptions": refs(name),
        }
        for name in "ab"
    ]
    assert server.send(categoryOptionCombos=rows).stats == "2/0/0/0/2"
    path = f"/api/maintenance/categoryOptionComboUpdate/categoryCombo/{uid('CC')}"
    assert server.post(path).status == 200
    held = server.get("/api/categoryOptionCombos?fields=id&filter=categoryCombo.name:eq:CC")
    assert {row["id"] for row in held["categoryOptionCombos"]} == {row["id"] for row in rows}
    server.patch(
        f"/api/categoryOptionCombos/{uid('coca')}",
        [{"op": "replace", "path": "/code", "value": "bjDvmb4bfuf"}],
    )
    assert server.post("/api/maintenance?categoryOptionComboUpdate=true").status in {200, 204}
    assert len(server.get("/api/categoryOptionCombos")["categoryOptionCombos"]) == 3


def test_a_data_item_that_holds_nothing(server: Server) -> None:
    """An empty item of a map view refers to nothing that could be missing."""
    ground(server)
    server.commit(maps=[a_map(dataDimensionItems=[{"dataDimensionItemType": "INDICATOR"}])])
    assert server.send(maps=[a_map(dataDimensionItems=[{}])]).status == 200


def test_variables_take_the_value_type_of_their_source(server: Server) -> None:
    """With a stage it is kept as sent; else the element's or attribute's; nothing known is TEXT."""
    a_program(server)
    server.commit(dataElements=[element("N", valueType="NUMBER")])
    base: dict[str, Any] = {"program": {"id": uid("P")}, "dataElement": {"id": uid("N")}}
    kinds = {
        "v1": "DATAELEMENT_NEWEST_EVENT_PROGRAM",
        "v2": "DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE",
        "v3": "CALCULATED_VALUE",
    }
    rows = [
        base | {"id": uid(name), "name": name, "programRuleVariableSourceType": kind}
        for name, kind in kinds.items()
    ]
    rows[1]["programStage"] = {"id": uid("S")}
    rows[2]["valueType"] = "TEXT"
    server.commit(programRuleVariables=rows)
    assert server.owner("programRuleVariables", uid("v1"))["valueType"] == "NUMBER"
    assert "programStage" in server.owner("programRuleVariables", uid("v2"))
    assert "dataElement" not in server.owner("programRuleVariables", uid("v3"))


def test_what_a_deletion_leaves(server: Server) -> None:
    """Relationship types go with the program of an end; rules whose description names it are left alone."""
    a_program(server)
    ends = {
        "fromConstraint": {"relationshipEntity": "PROGRAM_INSTANCE", "program": {"id": uid("P")}},
        "toConstraint": {
            "relationshipEntity": "TRACKED_ENTITY_INSTANCE",
            "trackedEntityType": {"id": uid("E")},
        },
    }
    server.commit(
        relationshipTypes=[{"id": uid("RT"), "name": "RT", "fromToName": "x"} | ends],
        programNotificationTemplates=[{"id": uid("PNT"), "name": "PNT", "messageTemplate": "x"}],
        programRules=[rule("R", "A", description=uid("P"))],
    )
    server.commit(
        programRuleActions=[action("A", "R", dataElement={"id": uid("D1")}, content=uid("PNT"))],
        userGroups=[{"id": uid("G"), "name": "G"}],
        dataElements=[element("N", description=uid("G"))],
        programRuleVariables=[
            {
                "id": uid("v"),
                "name": "v",
                "program": {"id": uid("P")},
                "dataElement": {"id": uid("D2")},
                "programRuleVariableSourceType": "DATAELEMENT_NEWEST_EVENT_PROGRAM",
            }
        ],
    )
    server.commit(
        **option_set("OS", "a"),
        dataElementGroups=[{"id": uid("X"), "name": "X", "shortName": "X", "dataElements": refs("N", "D2")}],
    )
    server.commit(**option_set("OT", uid("OS")))
    assert server.delete(f"/api/userGroups/{uid('G')}").status == 200
    assert server.remove(optionSets=[uid("OS")], dataElements=[uid("N")]).status == 200
    assert [row["id"] for row in server.get("/api/options")["options"]] == [uid("OT" + uid("OS"))]
    assert server.owner("dataElementGroups", uid("X"))["dataElements"] == refs("D2")
    assert server.remove(programNotificationTemplates=[uid("PNT")]).status == 200
    assert server.remove(programs=[uid("P")]).status == 200
    assert server.call("GET", f"/api/relationshipTypes/{uid('RT')}").status == 404


def test_references_without_an_id(server: Server) -> None:
    """One that names only a code is good for nothing; without validation it is lost."""
    group = {"id": uid("G"), "name": "G", "shortName": "G"}
    server.commit(dataElements=[element("D")])
    body = group | {"dataElements": [{"code": "D"}, {"name": "D"}]}
    assert "E5002" in server.send(dataElementGroups=[body]).codes
    assert server.send("skipValidation=true", dataElementGroups=[body]).status == 200
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == []


@pytest.mark.parametrize(("version", "status"), [("2.42", 500), ("2.43", 409)])
def test_numbers_and_children_that_are_none(make: Make, version: str, status: int) -> None:
    """They stop the call."""
    server = make(version)
    kind = {"id": uid("IT"), "name": "IT", "factor": "x"}
    assert server.send(indicatorTypes=[kind]).status == status
    assert server.send(programStages=[stage(["x"])]).status == status  # type: ignore[list-item]


def test_default_objects_in_an_import_are_passed_over(server: Server) -> None:
    """They are the server's own."""
    answered = server.send(categoryCombos=[{"id": "bjDvmb4bfuf", "name": "other"}])
    assert answered.stats == "0/0/0/0/0"


def test_an_import_in_the_background_that_stumbles_leaves_nothing(make: Make) -> None:
    """What it had written before is undone."""
    server = make("2.42")
    ground(server)
    item = {"dataDimensionItemType": "INDICATOR", "indicator": {"id": uid("I")}}
    body = {"dataElements": [element("D")], "maps": [a_map(dataDimensionItems=[item])]}
    job = server.post("/api/metadata?async=true", body).body["response"]
    assert server.waited(job["relativeNotifierEndpoint"])
    assert server.call("GET", f"/api/dataElements/{uid('D')}").status == 404


@pytest.mark.parametrize("version", ["2.41", "2.42", "2.43"])
def test_a_job_says_where_to_ask(make: Make, version: str) -> None:
    """Its type is told from 2.42 on."""
    answered = make(version).post("/api/metadata?async=true", {})
    assert ("responseType" in answered.body["response"]) is (version != "2.41")


def test_what_deletion_asks(server: Server) -> None:
    """Only rows that refer, only expressions and templates that name it."""
    server.commit(
        **option_set("OS", "a", "b"),
        attributes=[
            {"id": uid(name), "name": name, "valueType": "TEXT", "dataElementAttribute": True}
            for name in "UV"
        ],
        organisationUnits=[unit("O")],
    )
    ground(server)
    note = [{"attribute": {"id": uid("U")}, "value": uid("V")}]
    server.commit(
        dataElements=[element("D", description=uid("G"), attributeValues=note)],
        dataSets=[{"id": uid("DS"), "name": uid("D"), "shortName": "DS", "periodType": "Monthly"}],
        indicators=[
            {
                "id": uid("I2"),
                "name": uid("G"),
                "shortName": "I2",
                "indicatorType": {"id": uid("IT")},
                "numerator": "1",
                "denominator": "1",
            }
        ],
    )
    assert server.remove(attributes=[uid("U")]).codes == ["E4030"]
    assert server.remove(attributes=[uid("V")]).status == 200
    assert server.remove(dataElements=[uid("D"), uid("G")]).status == 200


def test_attributes_of_a_map_can_go_alone(server: Server) -> None:
    """A reference in columns of a visualization lets go of what was deleted."""
    ground(server)
    server.commit(trackedEntityAttributes=[attribute("T")])
    base = {"id": uid("V"), "name": "V", "type": "COLUMN"} | axes("G", "I")
    server.post("/api/visualizations", base)
    server.post("/api/maps", a_map(**axes("I")))
    assert server.remove(organisationUnits=[uid("O")]).status == 200
    assert shown_view(server)["organisationUnits"] == []
