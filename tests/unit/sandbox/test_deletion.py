"""Who holds back, what goes along, what lets go."""

from typing import Any

import pytest

from tests.unit.sandbox.server import PUBLIC, Make, Server, a_program, element, option_set, program, refs, uid


@pytest.fixture
def server(make: Make) -> Server:
    """A fresh 2.42 with a program."""
    found = make("")
    a_program(found)
    return found


def test_a_program_takes_its_stages_rules_and_actions_along(server: Server) -> None:
    """Data elements stay; the unit and the type lose nothing."""
    assert server.remove(programs=[uid("P")]).status == 200
    for name, which in (("programStages", "S"), ("programRules", "R"), ("programRuleActions", "A")):
        assert server.call("GET", f"/api/{name}/{uid(which)}").status == 404
    assert server.owner("dataElements", uid("D1"))["name"] == "D1"


@pytest.mark.parametrize("version", ["2.42", "2.43"])
def test_an_attribute_leaves_programs(make: Make, version: str) -> None:
    """The program's row goes, the program stays."""
    server = make(version)
    a_program(server)
    assert server.remove(trackedEntityAttributes=[uid("T")]).status == 200
    assert server.owner("programs", uid("P"))["programTrackedEntityAttributes"] == []


def test_2_41_keeps_an_attribute_that_a_program_has(make: Make) -> None:
    """The database refuses; once the program has let go, it can go."""
    server = make("2.41")
    a_program(server)
    refused = server.remove(trackedEntityAttributes=[uid("T")])
    assert (refused.status, "ProgramTrackedEntityAttribute.attribute" in refused.body["message"]) == (
        409,
        True,
    )
    server.commit(programs=[program(programTrackedEntityAttributes=[])])
    assert server.remove(trackedEntityAttributes=[uid("T")]).status == 200


def test_a_type_that_a_program_uses_stays(server: Server) -> None:
    """E4030, by import and by endpoint."""
    assert server.remove(trackedEntityTypes=[uid("E")]).codes == ["E4030"]
    assert server.delete(f"/api/trackedEntityTypes/{uid('E')}").codes == ["E4030"]


def test_a_stage_that_a_rule_names_stays(server: Server) -> None:
    """E4030."""
    server.commit(
        programRules=[
            {
                "id": uid("R"),
                "name": "R",
                "program": {"id": uid("P")},
                "programStage": {"id": uid("S")},
                "condition": "true",
            }
        ]
    )
    assert server.remove(programStages=[uid("S")]).codes == ["E4030"]


def test_an_element_in_an_expression_stays(server: Server) -> None:
    """An indicator's formula holds it back."""
    kind = {"id": uid("IT"), "name": "IT", "factor": 1}
    formula = {"numerator": "#{" + uid("G") + "}", "denominator": "1", "indicatorType": {"id": uid("IT")}}
    server.commit(
        dataElements=[element("G"), element("H")],
        indicatorTypes=[kind],
        indicators=[{"id": uid("I"), "name": "I", "shortName": "I"} | formula],
    )
    assert server.remove(dataElements=[uid("G")]).codes == ["E4030"]
    assert server.remove(dataElements=[uid("H")]).status == 200


def test_a_template_that_an_action_names_stays(server: Server) -> None:
    """E4030 on 2.41, later the database's word; from 2.42 on such an action cannot be saved again either."""
    template = {
        "id": uid("NT"),
        "name": "NT",
        "messageTemplate": "m",
        "notificationTrigger": "ENROLLMENT",
        "notificationRecipient": "TRACKED_ENTITY_INSTANCE",
    }
    action = {"id": uid("B"), "programRule": {"id": uid("R")}, "programRuleActionType": "SENDMESSAGE"}
    action["templateUid"] = uid("NT")
    server.commit(programNotificationTemplates=[template, template | {"id": uid("NU"), "name": "NU"}])
    server.commit(programRuleActions=[action])
    refused = server.remove(programNotificationTemplates=[uid("NT")])
    again = server.send(programRuleActions=[action])
    if server.version == "2.41":
        assert (refused.codes, again.status) == (["E4030"], 200)
    else:
        assert "fk_notificationtemplate" in refused.body["message"]
        assert (again.status, "TransientPropertyValueException" in again.body["message"]) == (409, True)
    assert server.remove(programNotificationTemplates=[uid("NU")]).status == 200


def test_an_option_set_takes_its_options_along_where_no_element_uses_it(server: Server) -> None:
    """Used: E4030."""
    server.commit(**option_set("OS", "a"))
    server.commit(dataElements=[element("D", optionSet={"id": uid("OS")})])
    assert server.remove(optionSets=[uid("OS")]).codes == ["E4030"]
    server.commit(dataElements=[element("D")])
    assert server.remove(optionSets=[uid("OS")]).status == 200
    assert server.call("GET", f"/api/options/{uid('OSa')}").status == 404


def test_a_category_combination_gives_way_to_the_default(server: Server) -> None:
    """Programs and elements fall back."""
    option = {"id": uid("a"), "name": "a", "shortName": "a"}
    kind: dict[str, Any] = {"dataDimensionType": "DISAGGREGATION"}
    server.commit(
        categoryOptions=[option],
        categories=[
            kind | {"id": uid("cat"), "name": "cat", "shortName": "cat", "categoryOptions": refs("a")}
        ],
        categoryCombos=[kind | {"id": uid("cc"), "name": "cc", "categories": refs("cat")}],
    )
    server.commit(programs=[program(categoryCombo={"id": uid("cc")})])
    assert server.remove(categoryCombos=[uid("cc")]).status == 200
    assert server.owner("programs", uid("P"))["categoryCombo"] == {"id": "bjDvmb4bfuf"}


def test_relationship_types_go_with_the_program_of_an_end(server: Server) -> None:
    """They are gone, whichever end it is."""
    end = {"relationshipEntity": "PROGRAM_INSTANCE", "program": {"id": uid("P")}}
    other = {"relationshipEntity": "TRACKED_ENTITY_INSTANCE", "trackedEntityType": {"id": uid("E")}}
    row = {"id": uid("RT"), "name": "RT", "fromToName": "x", "fromConstraint": end, "toConstraint": other}
    server.commit(relationshipTypes=[row | {"sharing": PUBLIC}])
    assert server.remove(programs=[uid("P")]).status == 200
    assert server.call("GET", f"/api/relationshipTypes/{uid('RT')}").status == 404


def test_one_of_three_is_used(server: Server) -> None:
    """The others are gone, the used one is named, 409 WARNING."""
    server.commit(dataElements=[element("x"), element("y")])
    answered = server.remove(dataElements=[uid("x"), uid("D1"), uid("y")])
    assert (answered.status, answered.stats) == (409, "0/0/2/1/3")
    entries = answered.body["response"]["typeReports"][0]["objectReports"]
    assert [entry["index"] for entry in entries] == [3, 4, 5]


def test_a_dry_deletion_says_what_would_be(server: Server) -> None:
    """Who holds it back is not seen in advance."""
    answered = server.send("importStrategy=DELETE&importMode=VALIDATE", dataElements=[{"id": uid("D1")}])
    assert (answered.status, answered.stats) == (200, "0/0/1/0/1")


def test_a_stage_that_no_program_holds_cannot_go(server: Server) -> None:
    """500 and nothing happens, by import and by endpoint; given to a program again, it goes."""
    server.remove(programRules=[uid("R")])
    server.commit(programs=[program(programStages=[])])
    assert server.remove(programStages=[uid("S")]).status == 500
    assert server.delete(f"/api/programStages/{uid('S')}").status == 500
    assert "program" not in server.owner("programStages", uid("S"))
    server.commit(programs=[program()])
    assert server.remove(programStages=[uid("S")]).status == 200


def test_a_group_that_goes_before_one_it_manages(server: Server) -> None:
    """The server stumbles and nothing is done; the managed one first goes."""
    server.commit(userGroups=[{"id": uid("B"), "name": "B"}])
    server.commit(userGroups=[{"id": uid("A"), "name": "A", "managedGroups": refs("B")}])
    assert server.remove(userGroups=[uid("A"), uid("B")]).status == 500
    assert server.remove(userGroups=[uid("B")]).status == 200
    assert server.remove(userGroups=[uid("A")]).status == 200
