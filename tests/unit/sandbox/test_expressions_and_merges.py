"""Verdicts on expressions, and merges."""

import pytest

from tests.unit.sandbox.server import Make, Server, a_program, element, refs, uid


@pytest.fixture
def server(make: Make) -> Server:
    """A program with a variable `v`."""
    found = make("")
    a_program(found)
    found.commit(
        programRuleVariables=[
            {
                "id": uid("V"),
                "name": "v",
                "program": {"id": uid("P")},
                "programRuleVariableSourceType": "CALCULATED_VALUE",
                "valueType": "TEXT",
            }
        ]
    )
    return found


@pytest.mark.parametrize(
    ("path", "text", "status"),
    [
        ("programRules/condition/description?programId=" + uid("P"), "#{v} == 'x'", "OK"),
        ("programRules/condition/description?programId=" + uid("P"), "#{nosuch} == 1", "ERROR"),
        ("programRules/condition/description?programId=" + uid("P"), "#{v", "ERROR"),
        ("programIndicators/expression/description", "#{" + f"{uid('S')}.{uid('D1')}" + "}", "OK"),
        ("programIndicators/filter/description", "A{" + uid("no") + "} == 1", "ERROR"),
        ("indicators/expression/description", "#{" + uid("D1") + "} * 2", "OK"),
        ("indicators/expression/description", "#{" + uid("no") + "}", "ERROR"),
    ],
)
def test_a_verdict_stands_in_the_status(server: Server, path: str, text: str, status: str) -> None:
    """HTTP 200 always."""
    answered = server.post(f"/api/{path}", text.encode(), headers={"Content-Type": "text/plain"})
    assert (answered.status, answered.body["status"]) == (200, status)


def test_a_description_reads_names(server: Server) -> None:
    """UIDs become names; JSON and GET are understood too."""
    body = {"expression": "#{" + f"{uid('S')}.{uid('D1')}" + "}"}
    answered = server.post("/api/programIndicators/expression/description", body)
    assert answered.body["description"] == "#{S D1}"
    found = server.get("/api/expressions/description?expression=C%257B" + uid("no") + "%257D")
    assert found["status"] in {"OK", "ERROR"}


def test_a_merge_puts_the_target_in_place_of_the_sources(server: Server) -> None:
    """References turn, doubles vanish, sources go where asked."""
    server.commit(
        dataElements=[element(name) for name in ("a", "b", "c")],
        dataElementGroups=[
            {"id": uid(name), "name": name, "shortName": name, "dataElements": refs(*members)}
            for name, members in (("G", "ab"), ("H", "bc"))
        ],
    )
    sent = {"sources": [uid("a")], "target": uid("b"), "deleteSources": True}
    answered = server.post("/api/dataElements/merge", sent)
    assert answered.body["response"]["mergeReport"]["sourcesDeleted"] == [uid("a")]
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("b")
    assert server.call("GET", f"/api/dataElements/{uid('a')}").status == 404
    kept = {"sources": [uid("c")], "target": uid("b")}
    assert server.post("/api/dataElements/merge", kept).status == 200
    assert server.owner("dataElementGroups", uid("H"))["dataElements"] == refs("b")
    assert server.call("GET", f"/api/dataElements/{uid('c')}").status == 200
    stage = {"sources": [uid("D1")], "target": uid("b"), "deleteSources": True}
    assert server.post("/api/dataElements/merge", stage).status == 200
    held = server.owner("programStages", uid("S"))["programStageDataElements"]
    assert [row["dataElement"]["id"] for row in held] == [uid("b"), uid("D2")]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"sources": [uid("no")], "target": uid("D1")},
        {"sources": [uid("D1")], "target": uid("no")},
        {"sources": [uid("D1")], "target": uid("D1")},
    ],
)
def test_a_merge_that_cannot_be(server: Server, sent: dict[str, object]) -> None:
    """409, and nothing has changed."""
    assert server.post("/api/dataElements/merge", sent).status == 409
    server.a_user("anna")
    assert server.post("/api/dataElements/merge", sent, user="anna").status == 403
