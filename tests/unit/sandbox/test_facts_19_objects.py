"""Lines of facts §19.25–35: one object at a time, collections, attributes, data sets, texts."""

from typing import Any

import pytest

from tests.unit.sandbox.favourites import ground
from tests.unit.sandbox.server import (
    CLOSED,
    Make,
    Server,
    a_program,
    element,
    option_set,
    program,
    refs,
    uid,
)


@pytest.mark.parametrize(("version", "odd"), [("2.42", 500), ("2.43", 400)])
def test_19_25_patch(make: Make, version: str, odd: int) -> None:
    """Unknown property 400, op `test` or no list 500 or 400, wrong type 415; lists by id."""
    server = make(version)
    server.commit(
        dataElements=[element("D"), element("E")],
        dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G", "dataElements": refs("D")}],
    )
    path = f"/api/dataElementGroups/{uid('G')}"
    assert server.patch(path, [{"op": "add", "path": "/bogus", "value": 1}]).status == 400
    assert server.patch(path, [{"op": "test", "path": "/name", "value": 1}]).status == odd
    assert server.patch(path, {"op": "add"}).status == odd
    assert server.call("PATCH", path, []).status == 415
    assert server.patch(f"/api/dataElementGroups/{uid('no')}", []).status == 404
    server.patch(path, [{"op": "add", "path": "/dataElements/-", "value": {"id": uid("E")}}])
    server.patch(path, [{"op": "remove-by-id", "path": "/dataElements", "id": uid("D")}])
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("E")
    server.patch(path, [{"op": "replace", "path": "/dataElements/0", "value": {"id": uid("D")}}])
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("D")
    server.patch(path, [{"op": "add", "path": "/dataElements/0", "value": {"id": uid("E")}}])
    server.patch(path, [{"op": "remove-by-id", "path": "/dataElements", "id": uid("E")}])
    server.patch(path, [{"op": "remove", "path": "/dataElements/0"}, {"op": "remove", "path": "/code"}])
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == []
    server.patch(path, [{"op": "add", "path": "/dataElements/-", "value": {"id": uid("E")}}])
    nested = [{"op": "replace", "path": "/sharing/public", "value": "--------"}]
    assert server.patch(path, nested).status == 200
    assert server.owner("dataElementGroups", uid("G"))["sharing"]["public"] == "--------"
    assert server.patch(
        path, [{"op": "replace", "path": "/dataElements/0/id", "value": uid("no")}]
    ).codes == ["E5002"]


def test_19_25_post_of_a_single_object(server: Server) -> None:
    """Translations are discarded; again E5000; PUT …/translations stores them."""
    rows = [{"locale": "nb", "property": "NAME", "value": "x"}]
    assert server.post("/api/dataElements", element("D", translations=rows)).status == 201
    assert server.owner("dataElements", uid("D"))["translations"] == []
    assert server.post("/api/dataElements", element("D")).codes[0] == "E5000"
    assert server.put(f"/api/dataElements/{uid('D')}/translations", {"translations": rows}).status == 204
    assert server.owner("dataElements", uid("D"))["translations"] == rows
    assert server.post("/api/dataElements", []).status == (409 if server.version == "2.43" else 500)
    assert server.call("PATCH", "/api/dataElements", []).status == 405
    assert server.post(f"/api/dataElements/{uid('D')}", {}).status == 405


def test_19_26_put_of_a_single_object(server: Server) -> None:
    """It replaces; an unknown id is 404; another id in the body is ignored."""
    server.commit(dataElements=[element("D", sharing=CLOSED)])
    bare = element("D", id=uid("other"), sharing=None)
    del bare["code"]
    assert server.put(f"/api/dataElements/{uid('D')}?mergeMode=MERGE_IF_NOT_NULL", bare).status == 200
    stands = server.owner("dataElements", uid("D"))
    assert ("code" in stands, stands["sharing"]["public"]) == (False, "rw------")
    assert server.call("GET", f"/api/dataElements/{uid('other')}").status == 404
    assert server.put(f"/api/dataElements/{uid('other')}", element("other")).status == 404
    assert server.put(f"/api/dataElements/{uid('D')}", element("D", name=None)).codes == ["E4000"]


def test_19_27_collections(server: Server) -> None:
    """Twice is ignored, unknown is nothing, a batch counts together, PUT replaces, from both sides."""
    server.commit(
        dataElements=[element("D"), element("E")],
        dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G", "dataElements": refs("D")}],
    )
    path = f"/api/dataElementGroups/{uid('G')}/dataElements"
    assert server.post(f"{path}/{uid('D')}").stats == "0/0/0/1/1"
    assert server.post(f"{path}/{uid('no')}").stats == "0/0/0/0/0"
    batch = {"additions": refs("E", "D", "no"), "deletions": refs("D", "no")}
    assert server.post(path, batch).stats == "0/2/1/0/3"
    assert server.delete(f"{path}/{uid('D')}").stats == "0/0/1/0/1"
    assert server.get(path)["dataElements"][0]["id"] == uid("E")
    assert server.put(path, {"identifiableObjects": refs("D")}).stats == "0/1/1/0/2"
    assert server.delete(f"{path}/{uid('D')}").stats == "0/0/1/0/1"
    assert server.delete(f"{path}/{uid('D')}").stats == "0/0/0/1/1"
    assert server.call("DELETE", path, {"identifiableObjects": refs("D")}).stats == "0/0/0/1/1"
    inverse = f"/api/dataElements/{uid('E')}/dataElementGroups"
    assert server.post(f"{inverse}/{uid('G')}").stats == "0/1/0/0/1"
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("E")
    assert server.delete(f"{inverse}/{uid('G')}").stats == "0/0/1/0/1"
    none: dict[str, object] = {"additions": []}
    assert server.post(f"/api/dataElements/{uid('E')}/nosuch", none).status == 404
    assert server.post(f"/api/dataElements/{uid('no')}/dataElementGroups", none).status == 404


def test_19_27_a_collection_that_is_the_childrens_reference(server: Server) -> None:
    """A stage added to a program by its collection refers to it."""
    a_program(server)
    server.commit(programs=[program(programStages=[])])
    path = f"/api/programs/{uid('P')}/programStages"
    assert server.post(f"{path}/{uid('S')}").stats == "0/1/0/0/1"
    assert server.owner("programStages", uid("S"))["program"] == {"id": uid("P")}


def test_19_28_metadata_attributes(server: Server) -> None:
    """Same unique value E4009, not for the type E6012, mandatory E4011; twice is kept once."""
    base = {"valueType": "TEXT"}
    server.commit(
        attributes=[
            base | {"id": uid("U"), "name": "U", "unique": True, "dataElementAttribute": True},
            base | {"id": uid("O"), "name": "O", "optionAttribute": True},
        ]
    )

    def held(name: str, value: object = "x") -> list[dict[str, Any]]:
        return [{"attribute": {"id": uid(name)}, "value": value}]

    server.commit(dataElements=[element("D", attributeValues=held("U") * 2)])
    assert len(server.owner("dataElements", uid("D"))["attributeValues"]) == 1
    assert server.send(dataElements=[element("E", attributeValues=held("U"))]).codes == ["E4009"]
    assert server.send(dataElements=[element("E", attributeValues=held("O"))]).codes == ["E6012"]
    assert set(server.send(dataElements=[element("E", attributeValues=held("no"))]).codes) == {
        "E5002",
        "E6012",
    }
    server.commit(dataElements=[element("E", attributeValues=held("U", None))])
    found = server.get(f"/api/dataElements?filter={uid('U')}:eq:x&fields=id")["dataElements"]
    assert found == [{"id": uid("D")}]
    server.commit(
        attributes=[base | {"id": uid("U"), "name": "U", "mandatory": True, "dataElementAttribute": True}]
    )
    assert server.send(dataElements=[element("F")]).codes == ["E4011"]


def test_19_29_data_sets(server: Server) -> None:
    """The same element twice a bare 409; what the set loses its sections lose; form type is derived."""
    ground(server)
    rows = [{"dataElement": {"id": uid("G")}}]
    base = {"id": uid("DS"), "name": "DS", "shortName": "DS", "periodType": "Monthly"}
    section = {"id": uid("SEC"), "name": "SEC", "sortOrder": 1, "dataSet": {"id": uid("DS")}}
    full = base | {"dataSetElements": rows, "indicators": refs("I")}
    server.commit(dataSets=[full], sections=[section | {"dataElements": refs("G"), "indicators": refs("I")}])
    fields = "?fields=formType,version"
    assert server.get(f"/api/dataSets/{uid('DS')}{fields}") == {"formType": "SECTION", "version": 1}
    assert server.send(dataSets=[base | {"dataSetElements": rows * 2}]).status == 409
    server.commit(dataSets=[base])
    stands = server.owner("sections", uid("SEC"))
    assert (stands["dataElements"], stands["indicators"]) == ([], [])
    server.commit(
        dataEntryForms=[{"id": uid("F"), "name": "F", "htmlCode": "<p>"}],
        dataSets=[base | {"dataEntryForm": {"id": uid("F")}}],
    )
    assert server.get(f"/api/dataSets/{uid('DS')}?fields=formType") == {"formType": "CUSTOM"}
    server.remove(dataEntryForms=[uid("F")])
    server.remove(sections=[uid("SEC")])
    assert server.get(f"/api/dataSets/{uid('DS')}?fields=formType") == {"formType": "DEFAULT"}
    assert server.send(dataSets=[base | {"periodType": "Fortnight"}]).codes == ["E4000"]


def test_19_33_option_sets(server: Server) -> None:
    """A code or a name repeated in the set is E4028."""
    server.commit(**option_set("OS", "a"))
    for key in ("code", "name"):
        row = {"id": uid("n"), "code": "n", "name": "n", "optionSet": {"id": uid("OS")}} | {key: "a"}
        assert server.send(options=[row]).codes == ["E4028"]


def test_19_35_texts_are_stored_as_sent(server: Server) -> None:
    """Blanks, breaks, markup and emoji; "" is null; names differing in case are two."""
    text = " a\t\n<b>&amp;😀\u200f "
    server.commit(
        dataElements=[element("D", name=text, description=""), element("d", name="d"), element("e", name="D")]
    )
    stands = server.owner("dataElements", uid("D"))
    assert (stands["name"], "description" in stands) == (text, False)
    assert server.send(dataElements=[element("x", name="x" * 231)]).codes == ["E4001"]
    assert server.send(dataElements=[element("x", id="short")]).codes == ["E4002", "E4014"]
