"""What the server says of itself, the caller, tokens, settings of one's own, the data store's edges."""

import pytest

from dhis2cfg.catalogue.condense import condense, to_text
from dhis2cfg.catalogue.shipped import schema_text
from dhis2cfg.sandbox.rehearsal import Brought, rehearsal
from dhis2cfg.sandbox.seed import make_instance, upgraded
from tests.unit.sandbox.server import (
    PUBLIC,
    Server,
    a_program,
    element,
    option_set,
    refs,
    uid,
    unit,
    with_token,
)


@pytest.mark.parametrize(
    ("minor", "version"), [("2.41", "2.41.9.1"), ("2.42", "2.42.5.2"), ("2.43", "2.43.1")]
)
def test_it_says_that_it_is_not_dhis2(minor: str, version: str) -> None:
    """In system/info, which keeps the version, and in a header of every answer."""
    answered = Server(minor).call("GET", "/api/system/info")
    assert answered.body["version"] == version
    assert answered.body["systemName"] == "dhis2cfg sandbox, not DHIS2"
    assert answered.headers["x-dhis2cfg-sandbox"] == version
    assert Server(minor).get("/api/system/info?fields=version") == {"version": version}


def test_each_server_has_an_identity_of_its_own(server: Server) -> None:
    """The same at every question, another on another server."""
    mine = server.get("/api/system/info")["systemId"]
    assert mine == server.get("/api/system/info")["systemId"] != Server().get("/api/system/info")["systemId"]


def test_ids_ping_and_nothing_else(server: Server) -> None:
    """As many UIDs as asked for; unknown paths are 404."""
    assert len(server.get("/api/system/id?limit=3")["codes"]) == 3
    assert len(server.get("/api/system/id")["codes"]) == 1
    assert server.get("/api/system/ping") == "pong"
    assert server.call("GET", "/api/system/nosuch").status == 404


def test_versioned_paths_are_the_same(server: Server) -> None:
    """`/api/42/…` is `/api/…`."""
    assert server.get("/api/42/me?fields=username") == {"username": "admin"}


def test_schemas(server: Server) -> None:
    """All of them, one of them, and none."""
    assert len(server.get("/api/schemas?fields=plural")["schemas"]) > 70
    one = server.get("/api/schemas/dataElement")
    assert (one["plural"], one["klass"]) == ("dataElements", "org.hisp.dhis.dataelement.DataElement")
    named = {row["name"]: row for row in one["properties"]}
    assert (named["name"]["length"], "TEXT" in named["valueType"]["constants"]) == (230, True)
    assert server.call("GET", "/api/schemas/nosuch").status == 404


@pytest.mark.parametrize("version", ["2.41", "2.42", "2.43"])
def test_schemas_condense_to_the_shipped_catalogue(version: str) -> None:
    """What `schema pull` makes of them is what was shipped, byte by byte."""
    server = Server(version)
    pulled = condense([server.get("/api/schemas")], server.get("/api/system/info")["version"])
    assert to_text(pulled) == schema_text(f"catalogue/{version}.json")


def test_an_object_is_held_against_its_schema(server: Server) -> None:
    """Lengths and what is required, no references; a class of children is refused by name."""
    path = "/api/schemas/dataElement"
    assert server.post(path, element("D", optionSet={"id": uid("no")})).status == 200
    refused = server.post(path, element("D", name="x" * 231, shortName=None))
    assert (refused.status, sorted(refused.codes)) == (400, ["E4000", "E4001"])
    assert server.post(path, element("D", valueType="NOPE")).status == 500
    assert server.post("/api/schemas/objectStyle", {}).status == 501


def test_authorities(server: Server) -> None:
    """What types ask for, and ALL."""
    names = {row["id"] for row in server.get("/api/authorities")["systemAuthorities"]}
    assert {"ALL", "F_DATAELEMENT_PUBLIC_ADD"} <= names


def test_me(server: Server) -> None:
    """The account with its authorities, groups and settings, as far as asked."""
    server.commit(userGroups=[{"id": uid("G"), "name": "G"}])
    server.a_user("anna", "F_X", groups=[uid("G")])
    whole = server.get("/api/me", user="anna")
    assert (whole["authorities"], whole["settings"]["keyDbLocale"]) == (["F_X"], "en")
    assert server.get("/api/me?fields=userGroups[name]", user="anna") == {"userGroups": [{"name": "G"}]}
    assert server.get("/api/me?fields=authorities,settings", user="anna")["authorities"] == ["F_X"]
    assert server.get("/api/me/authorization/F_X", user="anna") is True
    assert server.get("/api/me/authorities/ALL", user="anna") is False
    assert server.call("GET", "/api/me/nosuch").status == 404


def test_a_user_is_looked_up_by_name(server: Server) -> None:
    """By name or UID, for everybody; else 404."""
    found = server.a_user("anna")
    assert server.get("/api/userLookup/anna")["id"] == found
    assert server.get(f"/api/userLookup/{found}", user="anna")["username"] == "anna"
    assert server.call("GET", "/api/userLookup/nobody").status == 404
    assert server.call("GET", "/api/userLookup").status == 404


def test_a_disabled_account_cannot_sign_in(server: Server) -> None:
    """401 until it is enabled again."""
    found = server.a_user("anna")
    assert server.post(f"/api/users/{found}/disabled").status == 204
    assert server.call("GET", "/api/me", user="anna").status == 401
    server.post(f"/api/users/{found}/enabled")
    assert server.call("GET", "/api/me", user="anna").status == 200


def test_a_user_leaves_and_joins_groups_by_its_own_endpoint(server: Server) -> None:
    """`userGroups` of a PUT is the whole list; the answer is an import report."""
    server.commit(userGroups=[{"id": uid(name), "name": name} for name in ("G", "H")])
    found = server.a_user("anna", groups=[uid("G")])
    body = server.owner("users", found) | {"userGroups": refs("H")}
    answered = server.put(f"/api/users/{found}", body)
    assert answered.stats == "0/1/0/0/1"
    assert server.get(f"/api/users/{found}?fields=userGroups")["userGroups"] == refs("H")
    assert server.call("GET", "/api/me", user="anna").status == 200


def test_tokens(server: Server) -> None:
    """Shown once, good for its owner, gone when deleted; the public token works."""
    assert with_token(server, "/api/me?fields=username").body == {"username": "admin"}
    made = server.post("/api/apiToken", {}).body["response"]
    headers = {"Authorization": f"ApiToken {made['key']}"}
    assert server.call("GET", "/api/me", user=None, headers=headers).status == 200
    assert made["uid"] in {row["id"] for row in server.get("/api/apiToken")["apiToken"]}
    assert server.delete(f"/api/apiToken/{made['uid']}").status == 200
    assert server.delete(f"/api/apiToken/{made['uid']}").status == 404
    assert server.call("GET", "/api/me", user=None, headers=headers).status == 401
    assert server.call("PUT", "/api/apiToken", {}).status == 405
    assert server.delete("/api/apiToken").status == 405


def test_data_store_edges(server: Server) -> None:
    """Unknown namespace and key 404, PUT makes a key, invalid JSON 400, a key goes, values in a list."""
    assert server.call("GET", "/api/dataStore/zz").status == 404
    assert server.delete("/api/dataStore/zz").status == 404
    assert server.call("GET", "/api/dataStore/zz/k").status == 404
    assert server.delete("/api/dataStore/zz/k").status == 404
    assert server.put("/api/dataStore/zz/k", b"{").status == 400
    assert server.put("/api/dataStore/zz/k", [1]).status == 201
    assert server.get("/api/dataStore/zz?fields=.")["entries"] == [{"key": "k", "value": [1]}]
    assert "externalize" in server.get("/api/dataStore/zz/k/metaData")["access"]
    assert "externalize" not in _meta_of(Server("2.43"))["access"]
    assert server.delete("/api/dataStore/zz/k").status == 200
    assert server.get("/api/dataStore") == []
    assert server.call("GET", "/api/dataStore/zz/k/x/y").status == 404


def _meta_of(server: Server) -> dict[str, dict[str, bool]]:
    server.put("/api/dataStore/zz/k", 1)
    found: dict[str, dict[str, bool]] = server.get("/api/dataStore/zz/k/metaData")
    return found


def test_settings_of_2_41(server: Server) -> None:
    """Unknown keys are 409, a translation is JSON."""
    old = Server("2.41")
    assert old.post("/api/systemSettings/zzNo", b"x").status == 409
    assert old.post("/api/systemSettings/applicationTitle?locale=nb", b"N").status == 200
    assert old.get("/api/systemSettings/applicationTitle?locale=nb") == {"applicationTitle": "N"}
    assert old.delete("/api/systemSettings/zzNo").status == 409
    assert old.get("/api/systemSettings?key=applicationTitle") == {"applicationTitle": "DHIS 2"}
    server.a_user("anna")
    assert server.post("/api/systemSettings/applicationTitle", b"x", user="anna").status == 403
    assert server.delete("/api/userSettings/keyUiLocale").status == 200
    assert server.get("/api/userSettings?key=keyUiLocale") == {"keyUiLocale": None}


def test_category_option_combinations(server: Server) -> None:
    """Made by maintenance and by the combination's own endpoint; obsolete ones go, others keep their UID."""
    options = [{"id": uid(name), "name": name, "shortName": name} for name in ("a", "b", "c")]
    category = {"id": uid("cat"), "name": "cat", "shortName": "cat", "dataDimensionType": "DISAGGREGATION"}
    combo = {"id": uid("cc"), "name": "cc", "dataDimensionType": "DISAGGREGATION", "categories": refs("cat")}
    server.commit(categoryOptions=options, categories=[category | {"categoryOptions": refs("a", "b")}])
    assert server.post("/api/categoryCombos", combo).status == 201
    query = f"/api/categoryOptionCombos?filter=categoryCombo.id:eq:{uid('cc')}&fields=id,name&paging=false"
    first = {row["name"]: row["id"] for row in server.get(query)["categoryOptionCombos"]}
    assert set(first) == {"a", "b"}
    server.commit(categories=[category | {"categoryOptions": refs("b", "c")}])
    server.post(f"/api/maintenance/categoryOptionComboUpdate/categoryCombo/{uid('cc')}")
    second = {row["name"]: row["id"] for row in server.get(query)["categoryOptionCombos"]}
    assert (set(second), second["b"]) == ({"b", "c"}, first["b"])
    assert server.remove(categories=[uid("cat")]).codes == ["E4030"]


@pytest.mark.parametrize(("version", "codes"), [("2.42", []), ("2.43", ["E1130", "E1130"])])
def test_option_combinations_come_as_the_full_set_from_2_43_on(version: str, codes: list[str]) -> None:
    """One of two is refused."""
    server = Server(version)
    options = [{"id": uid(name), "name": name, "shortName": name} for name in ("a", "b", "c")]
    category = {"id": uid("cat"), "name": "cat", "shortName": "cat", "dataDimensionType": "DISAGGREGATION"}
    combo = {"id": uid("cc"), "name": "cc", "dataDimensionType": "DISAGGREGATION", "categories": refs("cat")}
    two = [
        {
            "id": uid(f"x{name}"),
            "name": name,
            "categoryCombo": {"id": uid("cc")},
            "categoryOptions": refs(name),
        }
        for name in ("a", "b")
    ]
    answered = server.send(
        categoryOptions=options,
        categories=[category | {"categoryOptions": refs("a", "b", "c")}],
        categoryCombos=[combo],
        categoryOptionCombos=two,
    )
    assert (answered.codes, answered.status) == (codes, 409 if codes else 200)


def test_an_export_with_dependencies(server: Server) -> None:
    """A program with everything it needs, each object once."""
    a_program(server, "D1")
    server.commit(**option_set("OS", "a"))
    server.commit(dataElements=[element("D1", optionSet={"id": uid("OS")})])
    found = server.get(f"/api/programs/{uid('P')}/metadata?skipSharing=true")
    assert {name: len(rows) for name, rows in found.items() if name != "system"} == {
        "programs": 1,
        "programStages": 1,
        "programRules": 1,
        "programRuleActions": 1,
        "dataElements": 1,
        "optionSets": 1,
        "options": 1,
        "trackedEntityTypes": 1,
        "trackedEntityAttributes": 1,
        "categoryCombos": 1,
        "categoryOptionCombos": 1,
        "categories": 1,
        "categoryOptions": 1,
    }
    assert server.call("GET", f"/api/dataElements/{uid('D1')}/metadata").status == 404


def test_two_versions_on_one_database() -> None:
    """After an upgrade the same objects stand there, answered as the newer version does."""
    old = Server("2.41")
    old.commit(organisationUnits=[unit("O")])
    new = Server(instance=upgraded(old.instance, "2.43"))
    assert new.owner("organisationUnits", uid("O"))["name"] == "O"
    assert new.get("/api/system/info")["version"] == "2.43.1"
    same = Server(instance=upgraded(old.instance, "2.41"))
    assert same.get("/api/system/info")["version"] == "2.41.9.1"


def test_an_upgrade_gives_short_names_to_those_that_need_one() -> None:
    """Tracked entity types have none before 2.42: the name, cut and unique, as DHIS2's own migration does."""
    old = Server("2.41")
    long = "A very long name of a tracked entity type, longer than fifty"
    old.commit(trackedEntityTypes=[{"id": uid("A"), "name": long}, {"id": uid("B"), "name": f"{long} too"}])
    new = Server(instance=upgraded(old.instance, "2.42"))
    assert new.owner("trackedEntityTypes", uid("A"))["shortName"] == long[:50]
    assert new.owner("trackedEntityTypes", uid("B"))["shortName"] == f"{long[:49]}2"


def test_a_rehearsal_holds_metadata_without_people(server: Server) -> None:
    """An export goes in as it is; users, roles and members stay behind, lists hold."""
    server.a_user("anna")
    group = {"id": uid("G"), "name": "G", "users": [{"id": server.get("/api/me?fields=id")["id"]}]}
    server.commit(userGroups=[group], **option_set("OS", "b", "a"))
    block = PUBLIC | {"userGroups": {uid("G"): {"id": uid("G"), "access": "r-------"}}}
    server.commit(dataElements=[element("D", sharing=block)], organisationUnits=[unit("O")])
    copy = Server(instance=rehearsal("2.42", Brought(export=server.get("/api/metadata"))))
    assert copy.owner("optionSets", uid("OS"))["options"] == [{"id": uid("OSb")}, {"id": uid("OSa")}]
    assert uid("G") in copy.owner("dataElements", uid("D"))["sharing"]["userGroups"]
    assert copy.owner("userGroups", uid("G"))["users"] == []
    assert [row["username"] for row in copy.get("/api/users?fields=username")["users"]] == ["admin"]
    assert copy.owner("dataElements", uid("D"))["createdBy"]["username"] == "admin"


def test_copies_do_not_know_each_other() -> None:
    """What one server stores no other has."""
    first, second = Server(), Server()
    first.commit(organisationUnits=[unit("O")])
    assert second.call("GET", f"/api/organisationUnits/{uid('O')}").status == 404
    instance = make_instance("2.42", url="http://other")
    assert Server(instance=instance).get("/api/system/info")["contextPath"] == "http://other"
