"""What the embedded server does where no real one was asked."""

from typing import Any

import pytest

from tests.unit.sandbox.server import (
    PUBLIC,
    Server,
    a_program,
    attribute,
    element,
    program,
    refs,
    stage,
    uid,
)


@pytest.fixture
def server() -> Server:
    """A 2.42 with a program."""
    found = Server("2.42")
    a_program(found)
    return found


def test_2_41_lets_an_attribute_go_that_a_program_only_mentions() -> None:
    """Its UID in a description is no row."""
    server = Server("2.41")
    a_program(server)
    server.commit(trackedEntityAttributes=[attribute("U")], programs=[program(description=uid("U"))])
    assert server.remove(trackedEntityAttributes=[uid("U")]).status == 200


def test_2_41_names_the_action_that_sends_a_template() -> None:
    """E4030."""
    server = Server("2.41")
    a_program(server)
    row = {"id": uid("B"), "programRule": refs("R")[0], "programRuleActionType": "SENDMESSAGE"}
    server.commit(programNotificationTemplates=[{"id": uid("NT"), "name": "NT", "messageTemplate": "m"}])
    server.commit(programRuleActions=[row | {"templateUid": uid("NT")}])
    assert server.remove(programNotificationTemplates=[uid("NT")]).codes == ["E4030"]


def test_an_end_of_a_relationship_lets_go_of_its_type(server: Server) -> None:
    """The other end keeps its own."""
    server.commit(trackedEntityTypes=[{"id": uid("F"), "name": "F", "shortName": "F", "sharing": PUBLIC}])
    ends = {
        side: {"relationshipEntity": "TRACKED_ENTITY_INSTANCE", "trackedEntityType": refs(name)[0]}
        for side, name in (("fromConstraint", "F"), ("toConstraint", "E"))
    }
    row = {"id": uid("RT"), "name": "RT", "fromToName": "x", "sharing": PUBLIC}
    server.commit(relationshipTypes=[row | ends])
    assert server.remove(trackedEntityTypes=[uid("F")]).status == 200
    left = server.owner("relationshipTypes", uid("RT"))
    assert "trackedEntityType" not in left["fromConstraint"]
    assert left["toConstraint"]["trackedEntityType"] == refs("E")[0]


def test_a_path_into_plain_values_finds_nothing(server: Server) -> None:
    """Numbers hold nothing."""
    server.commit(dataElements=[element("L", aggregationLevels=[1])])
    assert server.get("/api/dataElements?filter=aggregationLevels.x:eq:1")["dataElements"] == []


def test_other_languages_keep_their_signs(server: Server) -> None:
    """Names stand inside them."""
    text = "#{" + uid("D1") + "} + #{" + uid("D2") + "}"
    path = "/api/validationRules/expression/description"
    answered = server.post(path, text.encode(), headers={"Content-Type": "text/plain"})
    assert answered.body["description"] == "#{D1} + #{D2}"


def test_a_row_of_a_stage_that_names_no_element(server: Server) -> None:
    """It is not asked who may read it."""
    assert "E3012" not in server.send("importMode=VALIDATE", programStages=[stage([{"sortOrder": 1}])]).codes


def test_who_may_change_a_group_adds_to_it(server: Server) -> None:
    """No E3005."""
    server.commit(userGroups=[{"id": uid("M"), "name": "M"}])
    server.commit(userGroups=[{"id": uid("L"), "name": "L", "managedGroups": refs("M")}])
    server.commit(userRoles=[{"id": uid("plain"), "name": "plain", "authorities": ["F_USER_VIEW"]}])
    rights = ("F_USER_ADD_WITHIN_MANAGED_GROUP", "F_USER_VIEW", "F_USERGROUP_PUBLIC_ADD")
    server.a_user("dora", *rights, groups=[uid("L")])
    sent: dict[str, Any] = {"id": uid("emil"), "username": "emil", "firstName": "Zz", "surname": "emil"}
    sent |= {"password": "Zz-Prover-2026!", "userRoles": refs("plain"), "userGroups": refs("M")}
    assert server.send("importMode=VALIDATE", user="dora", users=[sent]).codes == []


def enter(server: Server, **payload: Any) -> list[str]:
    """The errors of a tracker import by somebody who works at `O`."""
    me = server.get("/api/me?fields=id")["id"]
    server.patch(f"/api/users/{me}", [{"op": "add", "path": "/organisationUnits", "value": refs("O")}])
    report = server.post("/api/tracker?async=false", payload).body["validationReport"]
    return [row["errorCode"] for row in report["errorReports"]]


def test_2_43_misses_the_enrolment_of_an_event() -> None:
    """E1123, and nothing else is looked at."""
    server = Server("2.43")
    a_program(server)
    event = {"event": uid("a"), "program": uid("P"), "programStage": uid("S"), "orgUnit": uid("O")}
    assert enter(server, events=[event]) == ["E1123"]


def test_an_enrolment_without_the_date_that_its_program_shows(server: Server) -> None:
    """E1023."""
    server.commit(programs=[program(displayIncidentDate=True)])
    entity = {"trackedEntity": uid("t"), "trackedEntityType": uid("E"), "orgUnit": uid("O")}
    row = {"enrollment": uid("n"), "enrolledAt": "2024-01-01", "program": uid("P"), "orgUnit": uid("O")}
    assert enter(server, trackedEntities=[entity | {"enrollments": [row]}]) == ["E1023"]


def test_roads_of_tracker_that_there_are_not(server: Server) -> None:
    """404; an enrolment that one may not see is 404 too."""
    assert server.call("GET", "/api/tracker/nothing").status == 404
    entity = {"trackedEntity": uid("t"), "trackedEntityType": uid("E"), "orgUnit": uid("O")}
    row = {"enrollment": uid("n"), "enrolledAt": "2024-01-01", "program": uid("P"), "orgUnit": uid("O")}
    row["occurredAt"] = "2024-01-01"
    assert enter(server, trackedEntities=[entity | {"enrollments": [row]}]) == []
    server.a_user("anna", "F_X")
    closed = {"public": "--------", "owner": server.get("/api/me?fields=id")["id"]}
    assert server.put(f"/api/programs/{uid('P')}/sharing", closed).status == 204
    assert server.call("GET", f"/api/tracker/enrollments/{uid('n')}", user="anna").status == 404


def test_records_are_counted_by_where_and_what(server: Server) -> None:
    """Unit, units, program, type, and the values of attributes."""
    day = {"enrolledAt": "2024-01-01", "occurredAt": "2024-01-01"}
    event = {"event": uid("a"), "program": uid("P"), "programStage": uid("S"), "orgUnit": uid("O")}
    row: dict[str, Any] = {"enrollment": uid("n"), "program": uid("P"), "orgUnit": uid("O"), **day}
    row |= {"events": [event | {"occurredAt": "2024-01-01"}]}
    entity: dict[str, Any] = {"trackedEntity": uid("t"), "trackedEntityType": uid("E"), "orgUnit": uid("O")}
    entity |= {"attributes": [{"attribute": uid("T"), "value": "Ada"}]}
    assert enter(server, trackedEntities=[entity | {"enrollments": [row]}]) == []
    for path, count in (
        (f"events?program={uid('P')}&orgUnit={uid('O')}", 1),
        (f"events?program={uid('P')}&orgUnits={uid('none')}", 0),
        (f"trackedEntities?program={uid('P')}", 1),
        (f"trackedEntities?trackedEntityType={uid('E')}&filter={uid('T')}:eq:Ada", 1),
        (f"trackedEntities?trackedEntityType={uid('E')}&filter={uid('T')}:eq:Bo", 0),
    ):
        assert server.get(f"/api/tracker/{path}&totalPages=true")["pager"]["total"] == count
