"""Lines of facts §17 that tell a behaviour, one test each."""

import threading
from typing import Any

import pytest

from dhis2cfg.sandbox.seed import make_instance
from tests.unit.sandbox.server import (
    CLOSED,
    PUBLIC,
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


def shared_with(group: str) -> dict[str, Any]:
    """Sharing with one group."""
    return CLOSED | {"userGroups": {uid(group): {"id": uid(group), "access": "r-------"}}}


def test_1_a_deleted_group_breaks_lists(server: Server) -> None:
    """Lists end before the object whose group was deleted by import; sent back it is refused."""
    server.commit(userGroups=[{"id": uid("G"), "name": "G"}])
    names = ("a", "b", "c", "d")
    rows = [element(name, sharing=shared_with("G") if name == "c" else PUBLIC) for name in names]
    server.commit(dataElements=rows)
    assert server.remove(userGroups=[uid("G")]).status == 200
    if server.is_embedded:  # a real one may also say 500, 200 and nothing, two documents, or hang up
        listed = server.get("/api/metadata?dataElements:fields=:owner")["dataElements"]
        assert [row["name"] for row in listed] == ["a", "b"]
        page = server.get("/api/dataElements?fields=:owner")
        assert (page["pager"]["total"], len(page["dataElements"])) == (4, 2)
        assert server.get(f"/api/dataElements/{uid('c')}") is None
        assert server.call("GET", f"/api/sharing?type=dataElement&id={uid('c')}").status == 500
    for more in ("skipSharing=true", "fields=:owner,!sharing"):
        whole = server.get(f"/api/metadata?dataElements=true&{more}")["dataElements"]
        assert {row["name"] for row in whole} >= set(names)
    assert server.send(dataElements=[rows[2]]).codes == ["E5002"]
    (told,) = server.get(f"/api/dataElements/gist?fields=id,sharing&filter=id:eq:{uid('c')}")["dataElements"]
    assert list(told["sharing"]["userGroups"]) == [uid("G")]


def test_1_the_groups_own_endpoint_takes_it_out_of_sharing(server: Server) -> None:
    """After DELETE /api/userGroups/… nothing names the group any more."""
    server.commit(userGroups=[{"id": uid("G"), "name": "G"}])
    server.commit(dataElements=[element("c", sharing=shared_with("G"))])
    assert server.delete(f"/api/userGroups/{uid('G')}").status == 200
    assert server.owner("dataElements", uid("c"))["sharing"]["userGroups"] == {}


@pytest.mark.parametrize("mode", ["VALIDATE", "COMMIT"])
def test_2_an_existing_stage_gains_an_element_and_a_rule_on_it(server: Server, mode: str) -> None:
    """E4047 in one call, dry and wet; in two calls both pass."""
    a_program(server)
    rows = [{"dataElement": {"id": uid(name)}} for name in ("D1", "D2", "N")]
    first: dict[str, Any] = {"dataElements": [element("N")], "programStages": [stage(rows)]}
    second: dict[str, Any] = {
        "programRules": [rule("R2", "A2")],
        "programRuleActions": [action("A2", "R2", dataElement={"id": uid("N")})],
    }
    assert server.send(f"importMode={mode}", **first, **second).codes == ["E4047"]
    assert "E4045" in server.send("importMode=VALIDATE", **second).codes
    server.commit(**first)
    server.commit(**second)


def test_2_a_new_attribute_and_a_rule_on_it(server: Server) -> None:
    """E4048 in one call."""
    a_program(server)
    held = [{"trackedEntityAttribute": {"id": uid(name)}} for name in ("T", "T2")]
    answered = server.send(
        trackedEntityAttributes=[attribute("T2")],
        programs=[program(programTrackedEntityAttributes=held)],
        programRules=[rule("R2", "A2")],
        programRuleActions=[action("A2", "R2", trackedEntityAttribute={"id": uid("T2")})],
    )
    assert answered.codes == ["E4048"]


def test_2_a_relationship_type_with_a_view_of_things_new(server: Server) -> None:
    """E4314, the whole call is refused; a view of an element outside the stage likewise."""
    a_program(server)
    entity = {"id": uid("E2"), "name": "E2", "shortName": "E2"}
    end = {"relationshipEntity": "TRACKED_ENTITY_INSTANCE", "trackedEntityType": {"id": uid("E2")}}
    viewed = end | {"trackerDataView": {"attributes": [uid("T")], "dataElements": []}}
    kind = {"id": uid("RT"), "name": "RT", "fromToName": "x", "fromConstraint": viewed, "toConstraint": end}
    held = [{"trackedEntityAttribute": {"id": uid("T")}}]
    types = [entity | {"trackedEntityTypeAttributes": held}]
    answered = server.send(trackedEntityTypes=types, relationshipTypes=[kind])
    assert (answered.codes, answered.stats) == (["E4314"], "0/0/0/2/2")
    server.commit(trackedEntityTypes=types)
    server.commit(relationshipTypes=[kind])
    outside = {"relationshipEntity": "PROGRAM_STAGE_INSTANCE", "programStage": {"id": uid("S")}}
    outside["trackerDataView"] = {"attributes": [], "dataElements": [uid("none")]}
    assert server.send(relationshipTypes=[kind | {"toConstraint": outside}]).codes == ["E4314"]


def test_2_a_new_stage_or_section_and_a_rule_on_it(server: Server) -> None:
    """Passes in one call."""
    a_program(server)
    server.commit(
        programs=[program(programStages=refs("S", "S2"))],
        programStages=[
            stage([{"dataElement": {"id": uid("N")}}], id=uid("S2"), programStageSections=refs("SEC"))
        ],
        programStageSections=[{"id": uid("SEC"), "name": "SEC", "sortOrder": 0, "dataElements": refs("N")}],
        dataElements=[element("N")],
        programRules=[rule("R2", "A2")],
        programRuleActions=[
            action("A2", "R2", "HIDESECTION", programStageSection={"id": uid("SEC")}),
        ],
    )
    hiding = [action("A3", "R3", dataElement={"id": uid("N")})]
    server.commit(programRules=[rule("R3", "A3")], programRuleActions=hiding)


def test_2_a_new_stage_and_a_rule_on_its_element(server: Server) -> None:
    """E4047, as for an existing stage: only what stands is asked."""
    a_program(server)
    answered = server.send(
        programs=[program(programStages=refs("S", "S2"))],
        programStages=[stage([{"dataElement": {"id": uid("N")}}], id=uid("S2"), name="S2")],
        dataElements=[element("N")],
        programRules=[rule("R2", "A2")],
        programRuleActions=[action("A2", "R2", dataElement={"id": uid("N")})],
    )
    assert answered.codes == ["E4047"]


def test_3_links_lost_within_one_call(server: Server) -> None:
    """`attribute.optionSet` and `programStageSection.programIndicators` are lost; a second call mends."""
    a_program(server)
    shown = {"id": uid("SEC"), "name": "SEC", "sortOrder": 0, "programStage": {"id": uid("S")}}
    indicator = {
        "id": uid("PI"),
        "name": "PI",
        "shortName": "PI",
        "program": {"id": uid("P")},
        "expression": "1",
    }
    rows = [{"dataElement": {"id": uid("D1")}}]
    call = {
        **option_set("OS", "a"),
        "attributes": [{"id": uid("AT"), "name": "AT", "valueType": "TEXT", "optionSet": {"id": uid("OS")}}],
        "programStages": [stage(rows, programStageSections=refs("SEC"))],
        "programStageSections": [shown | {"programIndicators": refs("PI")}],
        "programIndicators": [indicator],
    }
    for lost in (True, False):
        server.commit(**call)
        stands = server.owner("attributes", uid("AT"))
        assert ("optionSet" not in stands) is lost
        held = server.owner("programStageSections", uid("SEC"))["programIndicators"]
        assert (held == []) is lost


def test_5_sharing_sent_whole_comes_back_and_the_owner_is_who_made_it(server: Server) -> None:
    """Another owner is kept at creation, and becomes `createdBy` at each update, also with skipSharing.

    PUT …/sharing keeps what is sent.
    """
    other = server.a_user("other")
    server.commit(userGroups=[{"id": uid("G"), "name": "G"}])
    block = shared_with("G") | {"owner": other}
    server.commit(dataElements=[element("D", sharing=block)])
    stands = server.owner("dataElements", uid("D"))
    assert stands["sharing"]["owner"] == other != stands["createdBy"]["id"]
    server.commit(dataElements=[element("D", sharing=block)])
    stands = server.owner("dataElements", uid("D"))
    assert stands["sharing"]["owner"] == stands["createdBy"]["id"]
    assert stands["sharing"]["userGroups"][uid("G")]["access"] == "r-------"
    assert server.put(f"/api/dataElements/{uid('D')}/sharing", block).status == 204
    assert server.owner("dataElements", uid("D"))["sharing"]["owner"] == other
    server.send("skipSharing=true", dataElements=[element("D")])
    assert server.owner("dataElements", uid("D"))["sharing"]["owner"] == stands["createdBy"]["id"]


@pytest.mark.parametrize(("version", "kept"), [("2.42", True), ("2.43", False)])
def test_5_legend_sets_lose_their_owner_on_2_43(make: Make, version: str, kept: bool) -> None:  # noqa: FBT001 -- a row of a table
    """Sent again without `owner` they have none."""
    server = make(version)
    legends = [{"name": "l", "startValue": 0, "endValue": 1, "color": "#ffffff"}]
    rows = [{"id": uid("L"), "name": "L", "legends": legends, "sharing": PUBLIC}]
    server.commit(legendSets=rows)
    server.commit(legendSets=rows)
    assert ("owner" in server.owner("legendSets", uid("L"))["sharing"]) is kept


def test_6_translations(server: Server) -> None:
    """Twice with different values E1106, twice the same kept once; nonsense is stored."""
    rows = [{"locale": "nb", "property": "NAME", "value": text} for text in ("a", "b")]
    assert server.send(dataElements=[element("D", translations=rows)]).codes == ["E1106"]
    server.commit(dataElements=[element("D", translations=[rows[0], rows[0]])])
    assert server.owner("dataElements", uid("D"))["translations"] == rows[:1]
    odd = [{"locale": "zz_QQ", "property": "BOGUS", "value": "x"}]
    server.commit(dataElements=[element("D", translations=odd)])
    assert server.owner("dataElements", uid("D"))["translations"] == odd
    server.send("skipTranslation=true", dataElements=[element("D")])
    assert server.owner("dataElements", uid("D"))["translations"] == odd


@pytest.mark.parametrize(("version", "locale"), [("2.41", ""), ("2.42", "en"), ("2.43", "en")])
def test_7_database_locale(make: Make, version: str, locale: str) -> None:
    """`en`, on 2.41 nothing; `/api/locales/db` offers no, the interface nb."""
    server = make(version)
    assert server.get("/api/systemSettings/keyDbLocale") == {"keyDbLocale": locale}
    database = {row["locale"] for row in server.get("/api/locales/db")}
    interface = {row["locale"] for row in server.get("/api/locales/ui")}
    assert ({"nb", "no"} & database, {"nb", "no"} & interface) == ({"no"}, {"nb"})
    assert server.call("GET", "/api/locales/moon").status == 404


def test_8_embedded_children(server: Server) -> None:
    """The same element twice is one, or a bare database error where one row names its stage.

    Another id for the same element replaces the row.
    """
    a_program(server)
    row = {"dataElement": {"id": uid("D1")}}
    twice = [row | {"id": uid("x1")}, row | {"id": uid("x2")}]
    assert server.send(programStages=[stage(twice)]).status == 200
    assert len(server.owner("programStages", uid("S"))["programStageDataElements"]) == 1
    named = [twice[0] | {"programStage": {"id": uid("S")}}, twice[1]]
    answered = server.send(programStages=[stage(named)])
    assert (answered.status, "response" in answered.body) == (409, False)
    server.commit(programStages=[stage([row | {"id": uid("x3")}])])
    held = server.owner("programStages", uid("S"))["programStageDataElements"]
    assert [one["id"] for one in held] == [uid("x3")]


def test_8_program_attributes_carry_computed_names(server: Server) -> None:
    """`name` and `displayName` of a program's attribute change when the program is renamed."""
    a_program(server)
    server.commit(programs=[program(name="Q")])
    held = server.owner("programs", uid("P"))["programTrackedEntityAttributes"][0]
    assert (held["name"], held["displayName"], held["displayShortName"]) == ("Q T", "Q T", "P T")


def test_9_data_store(server: Server) -> None:
    """Anybody may overwrite a new key; once private 403 everywhere, not listed; sharing survives PUT."""
    server.a_user("other", "F_VIEW_EVENT_ANALYTICS")
    path = "/api/dataStore/zz/key"
    assert server.post(path, {"a": 1}).status == 201
    assert server.post(path, {"a": 1}).status == 409
    assert server.put(path, {"a": 2}, user="other").status == 200
    meta = server.get(f"{path}/metaData")
    closed = {"object": {"publicAccess": "--------", "userAccesses": [], "userGroupAccesses": []}}
    assert server.post(f"/api/sharing?type=dataStore&id={meta['id']}", closed).status == 200
    assert server.post(f"/api/sharing?type=dataStore&id={meta['id']}", closed, user="other").status == 403
    for method in ("GET", "PUT", "POST", "DELETE"):
        assert server.call(method, path, {"a": 3}, user="other").status == 403
    assert server.call("GET", f"{path}/metaData", user="other").status == 403
    assert server.delete("/api/dataStore/zz", user="other").status == 403
    assert server.get("/api/dataStore/zz", user="other") == []
    assert server.get("/api/dataStore/zz?fields=.", user="other")["entries"] == []
    assert "zz" in server.get("/api/dataStore", user="other")
    assert server.put(path, {"a": 4}).status == 200
    assert server.call("GET", path, user="other").status == 403
    assert server.get(path) == {"a": 4}


def test_9_eight_posts_of_one_key_at_once(server: Server) -> None:
    """One is created, seven are refused."""
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(server.post("/api/dataStore/zz/lock", {}).status))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [201] + [409] * 7


def test_10_one_basic_login_then_the_cookie_alone(server: Server) -> None:
    """GET, dry run, commit and data store go on with the cookie; a stale one with Basic is fine."""
    cookie = server.call("GET", "/api/me").headers["set-cookie"].split(";")[0]
    headers = {"Cookie": cookie}
    assert server.call("GET", "/api/me", user=None, headers=headers).status == 200
    for mode in ("VALIDATE", "COMMIT"):
        path = f"/api/metadata?importMode={mode}"
        body = {"dataElements": [element("D")]}
        assert server.call("POST", path, body, user=None, headers=headers).status == 200
    assert server.call("POST", "/api/dataStore/a/b", {}, user=None, headers=headers).status == 201
    assert server.call("GET", "/api/me", headers={"Cookie": "JSESSIONID=STALE"}).status == 200


@pytest.mark.parametrize(("version", "status"), [("2.41", 204), ("2.42", 204), ("2.43", 200)])
def test_12_maintenance(make: Make, version: str, status: int) -> None:
    """204, on 2.43 200 with a body; only for who may."""
    server = make(version)
    server.a_user("other")
    assert server.post("/api/maintenance/cacheClear").status == status
    assert server.post("/api/maintenance?cacheClear=true&ouPathsUpdate=true").status == status
    assert server.post("/api/maintenance/cacheClear", user="other").status == 403
    assert server.call("GET", "/api/maintenance/cacheClear").status == 405


def test_a_server_in_a_file_survives(tmp_path: object) -> None:
    """What was sent stands there when the file is opened again."""
    file = tmp_path / "sandbox.db"  # type: ignore[operator]  # pytest's path
    first = make_instance("2.42", file)
    Server(instance=first).commit(organisationUnits=[unit("O")])
    first.database.close()
    again = make_instance("2.42", file)
    assert Server(instance=again).owner("organisationUnits", uid("O"))["path"] == f"/{uid('O')}"
    again.database.close()
