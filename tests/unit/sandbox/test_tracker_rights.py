"""Who may see and enter tracker data: the data half of sharing, the units somebody works at, and who owns."""

from typing import Any

import pytest

from tests.unit.sandbox.server import Make, Server, a_program, program, refs, uid, unit

CLOSED = {"public": "--------"}
CASE = {"trackedEntity": uid("case"), "trackedEntityType": uid("E"), "orgUnit": uid("O"), "attributes": []}


@pytest.fixture
def server(make: Make) -> Server:
    """`tracer` at O and `neighbour` at X may enter data, `reader` at O is in no group."""
    found = make("2.42")
    a_program(found)
    found.commit(organisationUnits=[unit("X")])
    found.commit(programs=[program(organisationUnits=refs("O", "X"))])
    group = {"id": uid("G"), "name": "G", "sharing": {"public": "r-------"}}
    found.commit(userGroups=[group])
    for name, where, groups in (("tracer", "O", ["G"]), ("neighbour", "X", ["G"]), ("reader", "O", [])):
        who = found.a_user(name, "F_X", groups=[uid(each) for each in groups])
        at = [{"op": "add", "path": "/organisationUnits", "value": refs(where)}]
        assert found.patch(f"/api/users/{who}", at).status == 200
    me = found.get("/api/me?fields=id")["id"]  # who takes all of it away again works there too
    both = [{"op": "add", "path": "/organisationUnits", "value": refs("O", "X")}]
    assert found.patch(f"/api/users/{me}", both).status == 200
    for type_name, name in (("trackedEntityTypes", "E"), ("programs", "P"), ("programStages", "S")):
        access = {"id": uid("G"), "access": "r-rw----"}
        sharing = {**CLOSED, "owner": found.get("/api/me?fields=id")["id"], "userGroups": {uid("G"): access}}
        assert found.put(f"/api/{type_name}/{uid(name)}/sharing", sharing).status == 204
    return found


def whole() -> dict[str, Any]:
    """A person with an enrolment and an event."""
    event: dict[str, Any] = {
        "event": uid("event"),
        "program": uid("P"),
        "programStage": uid("S"),
        "orgUnit": uid("O"),
        "occurredAt": "2022-01-05",
    }
    days = {"enrolledAt": "2022-01-05", "occurredAt": "2022-01-05"}
    enrollment = {"enrollment": uid("enrol"), "program": uid("P"), "orgUnit": uid("O"), "events": [event]}
    enrollment |= days
    return {"trackedEntities": [{**CASE, "enrollments": [enrollment]}]}


def people(server: Server, who: str, query: str) -> list[str]:
    """The persons that somebody finds."""
    found = server.get(f"/api/tracker/trackedEntities?{query}", user=who)["trackedEntities"]
    return [row["trackedEntity"] for row in found]


def test_entering_needs_the_data_half(server: Server) -> None:
    """Type, program and stage, each with its code."""
    refused = server.post("/api/tracker?async=false", whole(), user="reader")
    codes = {row["errorCode"] for row in refused.body["validationReport"]["errorReports"]}
    assert (refused.status, "E1005" in codes) == (409, True)
    rest = whole()["trackedEntities"][0].pop("enrollments")
    alone = {"enrollments": [{**rest[0], "trackedEntity": uid("case"), "events": []}]}
    server.post("/api/tracker?async=false", {"trackedEntities": [CASE]}, user="tracer")
    refused = server.post("/api/tracker?async=false", alone, user="reader")
    codes = {row["errorCode"] for row in refused.body["validationReport"]["errorReports"]}
    assert (refused.status, "E1069" in codes) == (409, True)
    for type_name, name in (("trackedEntityTypes", "E"), ("programs", "P")):
        seen = {"public": "r-------", "owner": server.get("/api/me?fields=id")["id"]}
        assert server.put(f"/api/{type_name}/{uid(name)}/sharing", seen).status == 204
    refused = server.post("/api/tracker?async=false", {**alone, "trackedEntities": [CASE]}, user="reader")
    codes = {row["errorCode"] for row in refused.body["validationReport"]["errorReports"]}
    assert {"E1003", "E1091"} <= codes
    again = {uid("G"): {"id": uid("G"), "access": "r-rw----"}}
    for type_name, name in (("trackedEntityTypes", "E"), ("programs", "P")):
        body = {**CLOSED, "owner": server.get("/api/me?fields=id")["id"], "userGroups": again}
        assert server.put(f"/api/{type_name}/{uid(name)}/sharing", body).status == 204
    assert server.post("/api/tracker?async=false", whole(), user="tracer").status == 200


def test_seeing_needs_it_too(server: Server) -> None:
    """Who is in no group is told so; who is works in their own units."""
    server.post("/api/tracker?async=false", whole(), user="tracer")
    asked = f"/api/tracker/trackedEntities?program={uid('P')}"
    refused = server.call("GET", asked, user="reader")
    assert (refused.status, refused.body["message"]) == (
        400,
        f"Program is specified but does not exist: {uid('P')}",
    )
    owner = server.get("/api/me?fields=id")["id"]
    assert (
        server.put(f"/api/programs/{uid('P')}/sharing", {"public": "r-------", "owner": owner}).status == 204
    )
    refused = server.call("GET", asked, user="reader")
    assert (refused.status, refused.body["message"]) == (403, f"User has no access to program: {uid('P')}")
    again = {uid("G"): {"id": uid("G"), "access": "r-rw----"}}
    server.put(f"/api/programs/{uid('P')}/sharing", {**CLOSED, "owner": owner, "userGroups": again})
    assert people(server, "tracer", f"program={uid('P')}") == [uid("case")]
    assert people(server, "neighbour", f"program={uid('P')}") == []
    assert server.call("GET", f"/api/tracker/trackedEntities/{uid('case')}", user="neighbour").status == 404
    assert server.call("GET", f"/api/tracker/trackedEntities/{uid('case')}", user="reader").status == 403


def test_a_person_is_handed_over(server: Server) -> None:
    """From then on the other unit sees the program, and this one no longer does."""
    assert server.post("/api/tracker?async=false", whole(), user="tracer").status == 200
    to = f"/api/tracker/ownership/transfer?trackedEntity={uid('case')}&program={uid('P')}&orgUnit="
    assert server.put(to + uid("X"), user="neighbour").status == 404
    assert server.put(to + uid("X")).status == 200  # who hands over works at both
    asked = f"/api/tracker/enrollments?program={uid('P')}"
    assert len(server.get(asked, user="neighbour")["enrollments"]) == 1
    assert server.get(asked, user="tracer")["enrollments"] == []
    assert people(server, "neighbour", f"trackedEntityType={uid('E')}") == [uid("case")]
