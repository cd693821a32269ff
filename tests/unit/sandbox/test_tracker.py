"""Tracker records: imported, counted, deleted; what is unknown or out of scope is refused."""

from typing import Any

import pytest

from tests.unit.sandbox.server import Make, Server, a_program, attribute, element, option_set, refs, uid

DAY = "2024-01-01"


def enrolment(name: str, **more: Any) -> dict[str, Any]:
    """An enrolment in the program."""
    base = {"enrollment": uid(name), "enrolledAt": DAY, "occurredAt": DAY}
    return base | {"program": uid("P"), "orgUnit": uid("O")} | more


def entity(name: str, **more: Any) -> dict[str, Any]:
    """A tracked entity."""
    return {"trackedEntity": uid(name), "trackedEntityType": uid("E"), "orgUnit": uid("O")} | more


def a_server(make: Make, version: str = "") -> Server:
    """A program whose unit is the administrator's; `D1` has options RED (Red) and BLUE."""
    server = make(version)
    a_program(server)
    server.patch(f"/api/programStages/{uid('S')}", [{"op": "add", "path": "/repeatable", "value": True}])
    server.commit(**option_set("OS", "RED", "BLUE"))
    server.commit(
        options=[{"id": uid("OSRED"), "code": "RED", "name": "Red", "optionSet": {"id": uid("OS")}}]
    )
    server.commit(
        dataElements=[element("D1", optionSet={"id": uid("OS")}), element("D2", valueType="MULTI_TEXT")]
    )
    me = server.get("/api/me?fields=id")["id"]
    server.patch(f"/api/users/{me}", [{"op": "add", "path": "/organisationUnits", "value": refs("O")}])
    return server


def a_case(make: Make, version: str = "") -> Server:
    """Such a server with an enrolment `n` to enter events into."""
    server = a_server(make, version)
    found = enter(server, trackedEntities=[entity("te", enrollments=[enrolment("n")])])
    assert found["stats"]["created"] == 2
    return server


def event(name: str, value: str, **more: Any) -> dict[str, Any]:
    """An event with a value of `D1`."""
    base = {"event": uid(name), "program": uid("P"), "programStage": uid("S"), "orgUnit": uid("O")}
    base |= {"enrollment": uid("n"), "occurredAt": DAY}
    return base | {"dataValues": [{"dataElement": uid("D1"), "value": value}]} | more


def enter(server: Server, more: str = "", **payload: Any) -> Any:
    """The report of a tracker import."""
    return server.post(f"/api/tracker?async=false&{more}", payload).body


def total(server: Server, query: str, kind: str = "events") -> int:
    """What the pager says."""
    path = f"/api/tracker/{kind}?orgUnitMode=ALL&totalPages=true&pageSize=1&{query}"
    answered = server.get(path)
    found = answered["pager"]["total"]
    assert isinstance(found, int)
    return found


def test_events_are_counted_by_value(make: Make) -> None:
    """A UID alone means that there is a value; operators compare codes."""
    server = a_case(make, "2.42")
    report = enter(server, events=[event("a", "RED"), event("b", "BLUE"), event("c", "", dataValues=[])])
    assert report["stats"]["created"] == 3
    program = f"program={uid('P')}"
    for query, count in (
        ("", 3),
        (f"filter={uid('D1')}", 2),
        (f"filter={uid('D1')}:!null", 2),
        (f"filter={uid('D1')}:null", 1),
        (f"filter={uid('D1')}:in:RED;BLUE", 2),
        (f"filter={uid('D1')}:eq:RED", 1),
        (f"filter={uid('D1')}:ne:RED", 1),
        (f"filter={uid('D1')}:like:LU", 1),
        (f"filter={uid('D1')}:sw:RE&filter={uid('D1')}:ew:ED", 1),
        (f"programStage={uid('S')}", 3),
    ):
        assert (query, total(server, f"{program}&{query}")) == (query, count)
    asked = f"/api/tracker/events?orgUnitMode=ALL&{program}&filter={uid('D1')}:bogus:RED"
    assert server.call("GET", asked).status == 400


def test_2_41_compares_names_of_options_and_knows_no_not_null(make: Make) -> None:
    """`eq` with a code finds nothing; `!null` is 400; the total stands beside the rows too."""
    server = a_case(make, "2.41")
    enter(server, events=[event("a", "RED")])
    assert total(server, f"filter={uid('D1')}:eq:Red") == 1
    assert total(server, f"filter={uid('D1')}:in:RED") == 1
    assert server.call("GET", f"/api/tracker/events?filter={uid('D1')}:!null").status == 400
    assert server.get("/api/tracker/events?totalPages=true")["total"] == 1


def test_2_43_wants_a_program_for_events_and_all_want_a_scope_for_entities(make: Make) -> None:
    """400 otherwise."""
    assert a_server(make, "2.43").call("GET", "/api/tracker/events").status == 400
    assert make("").call("GET", "/api/tracker/trackedEntities").status == 400


def test_entities_enrolments_and_events_nested(make: Make) -> None:
    """They are read back nested, counted by program and type, updated, and deleted."""
    server = a_server(make)
    ada = [{"attribute": uid("T"), "value": "Ada"}]
    whole = entity("te", attributes=ada, enrollments=[enrolment("n", events=[event("e", "RED")])])
    assert enter(server, trackedEntities=[whole])["stats"]["created"] == 3
    assert enter(server, "importMode=VALIDATE", trackedEntities=[whole])["status"] == "OK"
    assert total(server, f"program={uid('P')}", "enrollments") == 1
    found = server.get(f"/api/tracker/trackedEntities/{uid('te')}?fields=*&program={uid('P')}")
    assert found["enrollments"][0]["events"][0]["dataValues"][0]["value"] == "RED"
    assert found["attributes"][0]["displayName"] == "T"
    assert server.call("GET", f"/api/tracker/trackedEntities/{uid('no')}").status == 404
    assert server.remove(trackedEntityAttributes=[uid("T")]).codes == ["E4030"]
    gone = enter(server, "importStrategy=DELETE", events=[{"event": uid("e")}])
    assert gone["stats"]["deleted"] == 1
    assert total(server, f"program={uid('P')}") == 0
    assert server.call("DELETE", "/api/tracker/events").status == 405


def test_what_is_unknown_is_refused(make: Make) -> None:
    """An unknown program, stage or unit; nothing of the call is stored."""
    server = a_case(make)
    report = enter(server, events=[event("a", "RED", program=uid("no")), event("b", "RED")])
    assert [row["errorCode"] for row in report["validationReport"]["errorReports"]] == ["E1010"]
    assert total(server, f"program={uid('P')}") == 0


def test_an_event_wants_its_enrolment_and_a_date(make: Make) -> None:
    """E1033 up to 2.42, E1123 from 2.43 on; E1031 without a date."""
    server = a_case(make)
    alone, undated = event("a", "RED"), event("a", "RED")
    del alone["enrollment"], undated["occurredAt"]
    code = "E1123" if server.version == "2.43" else "E1033"
    assert code in error_codes(enter(server, events=[alone]))
    assert error_codes(enter(server, events=[undated])) == ["E1031"]


def error_codes(report: Any) -> list[str]:
    """The errors of a tracker import."""
    return [row["errorCode"] for row in report["validationReport"]["errorReports"]]


def test_several_codes_in_one_value(make: Make) -> None:
    """MULTI_TEXT holds codes of the set, joined by commas."""
    server = a_case(make)
    server.commit(**option_set("OS", "RED", "BLUE", valueType="MULTI_TEXT"))
    server.commit(dataElements=[element("D1", valueType="MULTI_TEXT", optionSet={"id": uid("OS")})])
    assert enter(server, events=[event("a", "RED,BLUE")])["status"] == "OK"
    assert enter(server, events=[event("b", "RED,PINK")])["status"] == "ERROR"


@pytest.mark.parametrize(("version", "kinds"), [("2.42", 3), ("2.43", 2)])
def test_scope_of_the_user(make: Make, version: str, kinds: int) -> None:
    """E1000 for every record outside; 2.43 does not ask it of the entity itself."""
    server = make(version)
    a_program(server)
    server.commit(trackedEntityAttributes=[attribute("T")])
    whole = entity("t", enrollments=[enrolment("n", events=[event("e", "x")])])
    report = enter(server, trackedEntities=[whole])
    assert len(report["validationReport"]["errorReports"]) == kinds
