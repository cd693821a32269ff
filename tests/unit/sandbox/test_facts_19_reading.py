"""Lines of facts §19.36–47: filters, pages, fields, jobs, limits."""

import gzip
import json

import pytest

from tests.unit.sandbox.server import Make, Server, element, option_set, refs, uid, unit


def test_19_36_filters(server: Server) -> None:
    """No value 500, unknown 400, like has wildcards, size of a collection, rootJunction."""
    server.commit(
        dataElements=[element("D_1"), element("D21", valueType="NUMBER")],
        dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G", "dataElements": refs("D_1")}],
    )

    def names(query: str) -> list[str]:
        return [row["name"] for row in server.get(f"/api/dataElements?fields=name&{query}")["dataElements"]]

    assert names("filter=code:like:D_") == ["D21", "D_1"]
    assert names("filter=code:!like:D2") == ["D_1"]
    assert names("filter=code:in:[D21,x]&filter=code:eq:D_1") == []
    assert names("filter=code:eq:D21&filter=code:eq:D_1&rootJunction=OR") == ["D21", "D_1"]
    assert names("filter=dataElementGroups:gt:0") == ["D_1"]
    assert names("filter=dataElementGroups:empty") == ["D21"]
    if server.version != "2.41":
        assert names("filter=dataElementGroups:!empty") == ["D_1"]
    assert names("filter=optionSet:null&filter=code:!null&filter=code:token:d2") == ["D21"]
    assert names("filter=dataElementGroups.id:eq:" + uid("G")) == ["D_1"]
    assert names("filter=dataElementGroups.name:ieq:g") == ["D_1"]
    assert names(f"filter=id:eq:{uid('D_1')}") == ["D_1"]
    assert names("filter=zeroIsSignificant:eq:false&order=name:desc") == ["D_1", "D21"]
    assert names("filter=sharing.public:eq:rw------&filter=createdBy.username:eq:admin&order=name:idesc") == [
        "D_1",
        "D21",
    ]
    assert names(
        "filter=name:ne:D21&filter=name:$like:D&filter=name:like$:1&filter=name:ge:D&filter=name:lt:E"
    ) == ["D_1"]
    assert names("filter=categoryCombo.categories.name:eq:default") == ["D21", "D_1"]
    for bad, status in (("code:eq", 500), ("code:bogus:1", 400), ("bogus:eq:1", 400), ("code", 400)):
        assert server.call("GET", f"/api/dataElements?filter={bad}").status == status
    if server.version != "2.41":  # there the parameter is dropped by the servlet container
        assert server.call("GET", "/api/dataElements?filter=code:eq:%zz").status == 409


@pytest.mark.parametrize(("version", "status"), [("2.41", 400), ("2.42", 200), ("2.43", 200)])
def test_19_36_not_empty(make: Make, version: str, status: int) -> None:
    """Unknown to 2.41."""
    assert make(version).call("GET", "/api/dataElements?filter=code:!empty").status == status


@pytest.mark.parametrize(("version", "status"), [("2.42", 200), ("2.43", 400)])
def test_19_37_order_and_pages(make: Make, version: str, status: int) -> None:
    """Unknown order ignored, on 2.43 refused; past the end it is empty; zero is one; a negative size 400."""
    server = make(version)
    server.commit(organisationUnits=[unit("O"), unit("N", openingDate="2019-01-01")])
    path = "/api/organisationUnits?fields=name"
    assert server.call("GET", f"{path}&order=bogus:asc").status == status
    by_level = server.get(f"{path}&order=level:asc,name:asc")["organisationUnits"]
    assert [row["name"] for row in by_level] == ["N", "O"]
    past = server.get(f"{path}&page=9&pageSize=1")
    assert (past["pager"]["page"], past["organisationUnits"]) == (2, [])
    none = server.get(f"{path}&pageSize=0")
    assert (none["pager"]["pageSize"], none["organisationUnits"]) == (1, [])
    assert server.get(f"{path}&page=0")["pager"]["page"] == 1
    assert server.get(f"{path}&page=-1")["pager"]["page"] == 1
    assert server.call("GET", f"{path}&pageSize=-1").status == 400


def test_19_38_fields(server: Server) -> None:
    """Unknown presets give nothing, unknown names vanish; size, isEmpty and rename work."""
    server.commit(**option_set("OS", "a", "b"))
    path = f"/api/optionSets/{uid('OS')}?fields="
    assert server.get(f"{path}:bogus") == {}
    assert server.get(f"{path}id,bogus") == {"id": uid("OS")}
    assert server.get(f"{path}options~size,name~rename(n)") == {"options": 2, "n": "OS"}
    assert server.get(f"{path}options::isEmpty") == {"options": False}
    assert server.get(f"{path}options::isNotEmpty") == {"options": True}
    assert set(server.get(f"{path}:identifiable")) == {
        "id",
        "name",
        "created",
        "lastUpdated",
        "lastUpdatedBy",
    }
    assert server.get(f"{path}:nameable,!created,!lastUpdated") == {"id": uid("OS"), "name": "OS"}
    assert "options" not in server.get(f"{path}:simple")
    assert server.get(f"{path}:persisted")["options"] == [{"id": uid("OSa")}, {"id": uid("OSb")}]
    assert server.get(f"{path}options[code,name],options[id]")["options"][0] == {
        "code": "a",
        "name": "a",
        "id": uid("OSa"),
    }
    assert server.get(f"{path}createdBy[username],sharing[*]")["createdBy"]["username"] == "admin"


def test_19_39_defaults(server: Server) -> None:
    """EXCLUDE drops default objects and references to them; nonsense is 400."""
    server.commit(dataElements=[element("D")])
    assert "categoryCombo" in server.get("/api/metadata?dataElements=true")["dataElements"][0]
    found = server.get("/api/metadata?dataElements=true&categoryCombos=true&defaults=EXCLUDE")
    assert ("categoryCombos" in found, "categoryCombo" in found["dataElements"][0]) == (False, False)
    assert server.call("GET", "/api/metadata?dataElements=true&defaults=X").status == 400


def test_19_41_async(server: Server) -> None:
    """A malformed object ends without a summary, ever; an unknown job is [] and an empty body."""
    job = server.post("/api/metadata?async=true", {"dataElements": [element("D")]}).body["response"]
    summary = server.waited(f"/api/system/taskSummaries/METADATA_IMPORT/{job['id']}")
    assert summary["stats"]["created"] == 1
    assert server.get(job["relativeNotifierEndpoint"])[0]["completed"] is True
    bad = server.post("/api/metadata?async=true", {"dataElements": [element("E", valueType="X")]}).body[
        "response"
    ]
    assert server.waited(bad["relativeNotifierEndpoint"])[0]["level"] == "ERROR"
    assert server.get(f"/api/system/taskSummaries/METADATA_IMPORT/{bad['id']}") is None
    assert server.get(f"/api/system/tasks/METADATA_IMPORT/{uid('no')}") == []
    assert server.get(f"/api/system/taskSummaries/METADATA_IMPORT/{uid('no')}") is None
    assert server.call("GET", f"/api/dataElements/{uid('E')}").status == 404


def test_19_43_id_in_ends_with_the_header_block(server: Server) -> None:
    """600 ids are read, 700 are 400 HTML."""
    for count, status in ((600, 200), (700, 400)):
        listed = ",".join(["a" * 11] * count)
        assert server.call("GET", f"/api/metadata?dataElements:filter=id:in:[{listed}]").status == status


def test_19_47_gzip(server: Server) -> None:
    """A compressed body is understood without a header; `.json.gz` answers gzip data."""
    body = gzip.compress(json.dumps({"dataElements": [element("D")]}).encode())
    assert server.post("/api/metadata", body).stats == "1/0/0/0/1"
    answered = server.call("GET", "/api/metadata.json.gz?dataElements=true")
    assert answered.headers["content-type"].startswith("application/json+gzip")
