"""Corners of the other endpoints."""

from typing import Any

import pytest
import uvicorn

from dhis2cfg.sandbox.seed import make_instance
from dhis2cfg.sandbox.serve import serve
from dhis2cfg.sandbox.store.database import Database
from tests.unit.sandbox.favourites import axes, ground
from tests.unit.sandbox.server import (
    PUBLIC,
    Make,
    Server,
    a_program,
    basic,
    element,
    refs,
    uid,
)


def test_a_wrong_password(server: Server) -> None:
    """401, for a name that exists and for one that does not."""
    for name in ("admin", "nobody"):
        headers = {"Authorization": basic(name, "wrong")}
        assert server.call("GET", "/api/me", user=None, headers=headers).status == 401


def test_a_token_of_a_disabled_account(server: Server) -> None:
    """401, as for a token that nobody made; another token beside it goes on working."""
    found = server.a_user("anna")
    made = server.post("/api/apiToken", {}, user="anna").body["response"]
    server.post(f"/api/users/{found}/disabled")
    headers = {"Authorization": f"ApiToken {made['key']}"}
    assert server.call("GET", "/api/me", user=None, headers=headers).status == 401


def test_a_namespace_goes_whole(server: Server) -> None:
    """Every key of it; keys are found beside others."""
    for key in ("a", "b"):
        assert server.post(f"/api/dataStore/n/{key}", key).status == 201
    assert server.get("/api/dataStore/n/b") == "b"
    assert server.delete("/api/dataStore/n").status == 200
    assert server.call("GET", "/api/dataStore/n").status == 404


def test_a_merge_leaves_others_alone(server: Server) -> None:
    """Children of the same list that name something else keep it."""
    a_program(server)
    server.commit(dataElements=[element("X")])
    body = {"sources": [uid("D1")], "target": uid("X"), "dataMergeStrategy": "DISCARD"}
    assert server.post("/api/dataElements/merge", body).status == 200
    rows = server.owner("programStages", uid("S"))["programStageDataElements"]
    assert {row["dataElement"]["id"] for row in rows} == {uid("X"), uid("D2")}


def test_a_merge_of_what_charts_show(server: Server) -> None:
    """Items that show something else stay as they are."""
    ground(server)
    kind = {"indicatorType": {"id": uid("IT")}, "numerator": "1", "denominator": "1"}
    server.commit(indicators=[kind | {"id": uid("N"), "name": "N", "shortName": "N"}])
    server.post("/api/visualizations", {"id": uid("V"), "name": "V", "type": "COLUMN"} | axes("G", "I"))
    body = {"sources": [uid("I")], "target": uid("N"), "deleteSources": True}
    assert server.post("/api/indicators/merge", body).status == 200
    shown = server.get(f"/api/visualizations/{uid('V')}?fields=columns[items[id]]")["columns"][0]["items"]
    assert {row["id"] for row in shown} == {uid("G"), uid("N")}


def test_groups_of_a_user_left_out_stay(server: Server) -> None:
    """Without `userGroups` in the body membership is not touched."""
    server.commit(userGroups=[{"id": uid("G"), "name": "G"}])
    found = server.a_user("anna", groups=[uid("G")])
    body = {key: value for key, value in server.owner("users", found).items() if key != "userGroups"}
    assert server.put(f"/api/users/{found}", body).status == 200
    assert server.get(f"/api/users/{found}?fields=userGroups")["userGroups"] == refs("G")


def test_parts_of_me(server: Server) -> None:
    """All authorities at once."""
    assert "ALL" in server.get("/api/me/authorities")
    assert server.get("/api/me/authorization/ALL") is True


def test_several_settings_at_once(server: Server) -> None:
    """All are set; numbers must be numbers."""
    sent = {"applicationTitle": "T", "keyAnalyticsMaxLimit": 5}
    assert server.post("/api/systemSettings", sent).status == 200
    assert server.get("/api/systemSettings?key=applicationTitle") == {"applicationTitle": "T"}
    assert server.post("/api/systemSettings", {"keyAnalyticsMaxLimit": "x"}).status == 400


def test_accesses_of_nobody_are_dropped(server: Server) -> None:
    """Unknown users in /api/sharing are passed over."""
    server.commit(dataElements=[element("D")])
    path = f"/api/sharing?type=dataElement&id={uid('D')}"
    block = {"publicAccess": "rw------", "userAccesses": [{"id": uid("no"), "access": "r-------"}]}
    assert server.post(path, {"object": block}).status == 200
    assert server.get(path)["object"]["userAccesses"] == []
    assert "externalAccess" not in _shared(Server("2.43"))


def _shared(server: Server) -> Any:
    server.commit(dataElements=[element("D")])
    return server.get(f"/api/sharing?type=dataElement&id={uid('D')}")["object"]


def test_pages_of_tracker_records(server: Server) -> None:
    """The total only where it is asked for."""
    a_program(server)
    path = f"/api/tracker/events?program={uid('P')}&orgUnitMode=ALL"
    assert "total" not in server.get(path)["pager"]
    assert server.get(f"{path}&totalPages=true")["pager"]["total"] == 0


def test_a_part_of_a_transaction_is_undone_alone() -> None:
    """What was written before it stays."""
    database = Database()
    with database.transaction():
        database.set_setting("", "a", "1")
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(database)
    assert (database.setting("", "a"), database.setting("", "b")) == ("1", None)


def _write_and_fail(database: Database) -> None:
    with database.savepoint():
        database.set_setting("", "b", "2")
        raise ZeroDivisionError


def test_serving(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    """One line says where, then uvicorn runs the app."""
    ran: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda _app, **options: ran.append(options))
    serve(make_instance("2.43"), port=9)
    serve(make_instance("2.42"), port=9, file=tmp_path / "data.db", source="tromso")
    assert [row["port"] for row in ran] == [9, 9]
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == (
        "dhis2cfg sandbox (not DHIS2) 2.43.1 at http://127.0.0.1:9, data in memory, gone when it stops"
    )
    assert lines[1].startswith("dhis2cfg sandbox (not DHIS2) 2.42.5.2 at http://127.0.0.1:9, ")
    assert lines[1].endswith(f"with the metadata of tromso, data in {tmp_path / 'data.db'}")


def test_a_header_that_is_no_base64_is_401(server: Server) -> None:
    """Signs that no Basic header holds are a wrong password."""
    assert server.call("GET", "/api/me", user=None, headers={"Authorization": "Basic ÿ"}).status == 401


def test_names_of_users(server: Server) -> None:
    """At least four signs, not taken, never changed."""
    server.a_user("anna")
    role = [server.get("/api/users?fields=userRoles[id]")["users"][0]["userRoles"][0]]
    base = {"firstName": "a", "surname": "b", "userRoles": role}
    created = "importStrategy=CREATE&importMode=VALIDATE"
    for name, codes in (("ann", ["E4049"]), ("anna", ["E4054"]), ("bert", [])):
        assert server.send(created, users=[base | {"id": uid("u"), "username": name}]).codes == codes
    again = base | {"id": server.get("/api/userLookup/anna")["id"], "username": "other"}
    assert server.send("importStrategy=UPDATE", users=[again]).codes == ["E4056"]


def test_a_value_of_no_attribute(make: Make) -> None:
    """Passed over by 2.41; later ones stumble."""
    for version, status in (("2.41", 200), ("2.42", 500)):
        answered = make(version).send(dataElements=[element("D", attributeValues=[{"attribute": None}])])
        assert answered.status == status


def test_entries_of_sharing_are_looked_at(server: Server) -> None:
    """Each by itself: malformed strings and data bits, of groups and of users."""
    server.commit(dataElements=[element("D")])
    path = f"/api/dataElements/{uid('D')}/sharing"
    for part, access, code in (
        ("userGroups", "x", "E3017"),
        ("users", "x", "E3018"),
        ("users", "rwrw----", "E3016"),
    ):
        entries = {uid("no"): {"id": uid("no"), "access": access}}
        assert server.put(path, PUBLIC | {part: entries}).codes == [code]


def test_a_page_that_is_no_number(server: Server) -> None:
    """400."""
    assert server.call("GET", "/api/dataElements?page=one").status == 400


def test_a_job_is_named_by_a_uid(make: Make) -> None:
    """From 2.42 on anything else is 400."""
    path = "/api/system/tasks/METADATA_IMPORT/nosuch"
    assert make("2.41").get(path) == []
    assert make("2.42").call("GET", path).status == 400


def test_a_map_put_with_sharing_keeps_it(server: Server) -> None:
    """Without any it has no `public` afterwards."""
    server.commit(maps=[{"id": uid("M"), "name": "M", "mapViews": []}])
    for sharing, public in ((PUBLIC, "rw------"), (None, None)):
        server.put(f"/api/maps/{uid('M')}", {"name": "M", "mapViews": [], "sharing": sharing})
        assert server.owner("maps", uid("M"))["sharing"].get("public") == public


def test_what_hangs_on_a_refused_record_is_refused(server: Server) -> None:
    """E1025 for the enrolment, E5000 for its event."""
    a_program(server)
    me = server.get("/api/me?fields=id")["id"]
    server.patch(f"/api/users/{me}", [{"op": "add", "path": "/organisationUnits", "value": refs("O")}])
    event = {"event": uid("e"), "programStage": uid("S"), "orgUnit": uid("O"), "occurredAt": "2024-01-01"}
    enrolment = {"enrollment": uid("n"), "program": uid("P"), "orgUnit": uid("O"), "events": [event]}
    entity = {"trackedEntity": uid("t"), "trackedEntityType": uid("E"), "orgUnit": uid("O")}
    sent = {"trackedEntities": [entity | {"enrollments": [enrolment | {"occurredAt": "2024-01-01"}]}]}
    report = server.post("/api/tracker?async=false", sent).body["validationReport"]["errorReports"]
    assert [row["errorCode"] for row in report] == ["E1025", "E5000"]
