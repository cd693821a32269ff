"""Lines of facts §16 that tell a behaviour, one test each."""

from typing import Any

import pytest

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
    rule,
    stage,
    uid,
    unit,
)


def test_identical_resend_counts_updated_and_moves_last_updated(server: Server) -> None:
    """Nothing is compared: an equal object counts as updated; VALIDATE moves nothing."""
    server.commit(dataElements=[element("D")])
    before = server.owner("dataElements", uid("D"))["lastUpdated"]
    assert server.send("importMode=VALIDATE", dataElements=[element("D")]).stats == "0/1/0/0/1"
    assert server.owner("dataElements", uid("D"))["lastUpdated"] == before
    assert server.commit(dataElements=[element("D")]).stats == "0/1/0/0/1"
    assert server.owner("dataElements", uid("D"))["lastUpdated"] >= before


def test_update_of_an_option_set_without_code_and_options(server: Server) -> None:
    """The code is gone and the list empty, with 200; the options stay as rows without a set."""
    server.commit(**option_set("OS", "a", "b", code="OS"))
    server.commit(optionSets=[{"id": uid("OS"), "name": "OS", "valueType": "TEXT"}])
    stands = server.owner("optionSets", uid("OS"))
    assert (stands.get("code"), stands["options"]) == (None, [])
    assert "optionSet" not in server.owner("options", uid("OSa"))


def test_update_of_a_data_element_without_option_set_and_sharing(server: Server) -> None:
    """The option set is gone, sharing is reset to public."""
    server.commit(**option_set("OS", "a"))
    server.commit(dataElements=[element("D", optionSet={"id": uid("OS")}, sharing=CLOSED)])
    sparse = element("D")
    del sparse["sharing"]
    server.commit(dataElements=[sparse])
    stands = server.owner("dataElements", uid("D"))
    assert ("optionSet" in stands, stands["sharing"]["public"]) == (False, "rw------")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-Requested-With": ""}, 302),
        ({"Authorization": "ApiToken nonsense"}, 400),
        ({"Authorization": "Basic bm9ib2R5Om5vdGhpbmc="}, 401),
        ({"Authorization": "ApiToken d2p_ButNobodysOwnToken"}, 400),
        ({"Cookie": "JSESSIONID=STALE"}, 401),
    ],
)
def test_credentials(server: Server, headers: dict[str, str], status: int) -> None:
    """None: 302, with X-Requested-With 401; a malformed token 400; a wrong password or a stale cookie 401."""
    assert server.call("GET", "/api/me", user=None, headers=headers).status == status


def test_an_unknown_path_is_404_html(server: Server) -> None:
    """No JSON where nothing answers."""
    answered = server.call("GET", "/api/nosuchthing")
    assert (answered.status, answered.headers["content-type"][:9]) == (404, "text/html")
    assert server.call("GET", "/api/").status == 302


def test_identifier_code_for_a_data_element_is_500(make: Make) -> None:
    """2.42 stumbles."""
    server = make("2.42")
    assert server.send("identifier=CODE", dataElements=[element("D")]).status == 500


def test_identifier_code_finds_the_object_by_its_code(make: Make) -> None:
    """2.41 finds it; roles go by UID."""
    old = make("2.41")
    old.commit(dataElements=[element("D")])
    assert old.send("identifier=CODE", dataElements=[element("D", id=uid("other"))]).stats == "0/1/0/0/1"
    assert old.send("identifier=CODE", userRoles=[{"id": uid("R"), "name": "R"}]).stats == "1/0/0/0/1"


@pytest.mark.parametrize("mode", ["validate", "BOGUS", ""])
def test_a_mode_that_is_not_spelled_exactly_commits(server: Server, mode: str) -> None:
    """Any other spelling than VALIDATE commits; unknown parameters, types and properties answer 200."""
    answered = server.send(f"importMode={mode}&nosuch=1", dataElements=[element("D", bogus=1)], nosuchs=[{}])
    assert answered.stats == "1/0/0/0/1"
    assert "bogus" not in server.owner("dataElements", uid("D"))


def test_atomic_mode_none_with_a_bad_reference(server: Server) -> None:
    """The object is created without the reference, 409 E5002, and the counters do not add up."""
    bad = element("D", optionSet={"id": uid("none")})
    answered = server.post("/api/metadata?atomicMode=NONE&importReportMode=FULL", {"dataElements": [bad]})
    assert (answered.status, answered.stats, answered.codes) == (409, "1/0/0/0/1", ["E5002"])
    assert "optionSet" not in server.owner("dataElements", uid("D"))


def test_embedded_children_without_ids_get_new_ones_each_time(server: Server) -> None:
    """The same stage sent twice without ids has other ids for its elements."""
    a_program(server)
    seen = set()
    for _ in range(2):
        server.commit(programStages=[stage([{"dataElement": {"id": uid("D1")}}])])
        seen |= {row["id"] for row in server.owner("programStages", uid("S"))["programStageDataElements"]}
    assert len(seen) == 2


def test_a_stage_left_out_is_orphaned_an_action_left_out_deleted(server: Server) -> None:
    """`programStages: []` leaves the stage without a program; `programRuleActions: []` deletes the action."""
    a_program(server)
    server.commit(programs=[program(programStages=[])], programRules=[rule("R")])
    assert "program" not in server.owner("programStages", uid("S"))
    assert server.call("GET", f"/api/programRuleActions/{uid('A')}").status == 404


def test_the_order_of_options_is_the_list(server: Server) -> None:
    """The set's list renumbers from 0; an option posted alone keeps its own number."""
    server.commit(**option_set("OS", "b", "a"))
    shown = server.get(f"/api/optionSets/{uid('OS')}?fields=options[code,sortOrder]")["options"]
    assert [(row["code"], row["sortOrder"]) for row in shown] == [("b", 0), ("a", 1)]
    alone = {"id": uid("OSb"), "code": "b", "name": "b", "sortOrder": 7, "optionSet": {"id": uid("OS")}}
    server.commit(options=[alone])
    assert server.owner("options", uid("OSb"))["sortOrder"] == 7


def test_things_that_are_all_200(server: Server) -> None:
    """A broken condition, an incomplete action, a UID used by another type, a second root, data bits."""
    a_program(server)
    server.commit(
        programRules=[rule("R2", "A2", condition="#{")], programRuleActions=[action("A2", "R2", "SHOWERROR")]
    )
    server.commit(dataElements=[element("X", id=uid("O"), sharing=CLOSED | {"public": "rwrw----"})])
    server.commit(organisationUnits=[unit("second root")])
    assert server.owner("dataElements", uid("O"))["sharing"]["public"] == "rwrw----"


@pytest.mark.parametrize(("version", "status"), [("2.41", 500), ("2.42", 500), ("2.43", 409)])
def test_a_wrong_constant_has_a_message_and_no_report(make: Make, version: str, status: int) -> None:
    """500 on 2.41 and 2.42, 409 on 2.43; malformed JSON is 409 everywhere."""
    server = make(version)
    answered = server.send(dataElements=[element("D", valueType="NOPE")])
    assert (answered.status, "response" in answered.body) == (status, False)
    assert server.post("/api/dataElements", element("D", valueType="NOPE")).status == status
    assert server.post("/api/metadata", b'{"dataElements":[').status == 409


def test_what_is_used_names_one_holder_only(server: Server) -> None:
    """E4030 for a data element of a stage."""
    a_program(server)
    answered = server.remove(dataElements=[uid("D1")])
    assert (answered.status, answered.codes, answered.body["response"]["status"]) == (
        409,
        ["E4030"],
        "WARNING",
    )


def test_without_full_a_success_lists_no_objects(server: Server) -> None:
    """The default report mode drops clean objects."""
    answered = server.post("/api/metadata", {"dataElements": [element("D")]})
    assert answered.body["response"]["typeReports"][0]["objectReports"] == []


def test_change_of_value_type_of_an_element_with_events_is_not_vetoed(server: Server) -> None:
    """The server allows what strands data."""
    a_program(server)
    enter(server)
    assert server.send(dataElements=[element("D1", valueType="NUMBER")]).status == 200


@pytest.mark.parametrize("name", ["programs", "organisationUnits", "dataElements", "programStages"])
def test_what_holds_data_cannot_be_deleted(server: Server, name: str) -> None:
    """E4030 naming what holds it."""
    a_program(server)
    enter(server)
    which = {"programs": "P", "organisationUnits": "O", "dataElements": "D1", "programStages": "S"}[name]
    assert server.remove(**{name: [uid(which)]}).codes == ["E4030"]


def test_an_option_code_that_is_not_in_the_set(server: Server) -> None:
    """E1125 from a tracker import, dry or not; nothing is stored."""
    a_program(server)
    server.commit(**option_set("OS", "RED"))
    server.commit(dataElements=[element("D1", optionSet={"id": uid("OS")})])
    answered = enter(server, "GREEN", "importMode=VALIDATE")
    assert [row["errorCode"] for row in answered["validationReport"]["errorReports"]] == ["E1125"]
    assert enter(server, "RED")["stats"]["created"] == 3


def test_a_new_unit_is_not_in_the_importers_scope(server: Server) -> None:
    """E1000 until the user is assigned to it."""
    a_program(server)
    answered = server.post("/api/tracker?async=false", payload("x"))
    assert {row["errorCode"] for row in answered.body["validationReport"]["errorReports"]} == {"E1000"}


def test_reading_back_is_whole(server: Server) -> None:
    """A new attribute stands there with what was sent and its initial values."""
    server.commit(trackedEntityAttributes=[attribute("T")])
    stands = server.owner("trackedEntityAttributes", uid("T"))
    assert (stands["valueType"], stands["unique"], stands["legendSets"]) == ("TEXT", False, [])


def payload(value: str) -> dict[str, object]:
    """A tracked entity with an enrolment and an event that holds a value of `D1`."""
    event = {
        "event": uid("event"),
        "programStage": uid("S"),
        "orgUnit": uid("O"),
        "occurredAt": "2024-01-02",
        "dataValues": [{"dataElement": uid("D1"), "value": value}],
    }
    enrolment = {
        "enrollment": uid("enrol"),
        "program": uid("P"),
        "orgUnit": uid("O"),
        "enrolledAt": "2024-01-01",
        "occurredAt": "2024-01-01",
        "events": [event],
    }
    entity = {
        "trackedEntity": uid("entity"),
        "trackedEntityType": uid("E"),
        "orgUnit": uid("O"),
        "attributes": [{"attribute": uid("T"), "value": "Ada"}],
        "enrollments": [enrolment],
    }
    return {"trackedEntities": [entity]}


def enter(server: Server, value: str = "x", more: str = "") -> Any:
    """Assign the administrator to `O` and enter the payload; the report."""
    me = server.get("/api/me?fields=id")["id"]
    server.patch(
        f"/api/users/{me}", [{"op": "add", "path": "/organisationUnits", "value": [{"id": uid("O")}]}]
    )
    found: dict[str, dict[str, list[dict[str, str]]]] = server.post(
        f"/api/tracker?async=false&{more}", payload(value)
    ).body
    return found
