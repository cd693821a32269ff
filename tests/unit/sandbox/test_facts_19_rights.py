"""Lines of facts §19.7–13: sharing, rights, roles, versions."""

import pytest

from tests.unit.sandbox.server import (
    CLOSED,
    PUBLIC,
    Server,
    element,
    option_set,
    program,
    refs,
    stage,
    uid,
    unit,
)


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
    unknown = {uid(name): {"id": uid(name), "access": "r-------"} for name in ("G", "no")}
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
    """At create, at each import, at PUT …/sharing; with skipSharing what stands is copied."""
    server.commit(organisationUnits=[unit("O")], dataElements=[element("D")])
    event = program(programType="WITHOUT_REGISTRATION", sharing=PUBLIC | {"public": "r-r-----"})
    del event["trackedEntityType"]
    event["programTrackedEntityAttributes"] = []
    server.commit(programs=[event], programStages=[stage([])])
    assert server.owner("programStages", uid("S"))["sharing"]["public"] == "r-r-----"
    server.commit(programStages=[stage([])])
    assert server.owner("programStages", uid("S"))["sharing"]["public"] == "rwrw----"
    server.send("skipSharing=true", programs=[event | {"sharing": CLOSED}])
    assert server.owner("programStages", uid("S"))["sharing"]["public"] == "r-r-----"
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
    user = server.a_user("anna", "F_NO_SUCH", groups=[uid("G")])
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
