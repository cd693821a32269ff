"""Verdicts on expressions, and merges."""

from typing import Any

import pytest

from tests.unit.sandbox.server import Answered, Make, Server, a_program, element, refs, uid


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
        ("programIndicators/filter/description", "#{" + f"{uid('S')}.{uid('D1')}" + "} == 'x'", "OK"),
        ("programIndicators/filter/description", "#{" + f"{uid('S')}.{uid('D1')}" + "}", "ERROR"),
        ("programIndicators/expression/description", "A{" + uid("T") + "}", "ERROR"),
        ("programIndicators/expression/description", "'abc'", "ERROR"),
        ("programIndicators/expression/description", "V{event_count}", "OK"),
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
    body = {"expression": "#{" + f"{uid('S')}.{uid('D1')}" + "} == 'x'"}
    answered = server.post("/api/programIndicators/filter/description", body)
    assert answered.body["description"] == "S\\.D1 == 'x'"
    body = {"expression": "'abc'"}
    answered = server.post("/api/programIndicators/expression/description", body)
    assert answered.body["description"] == "Could not cast String 'abc' to Double"
    found = server.get("/api/expressions/description?expression=C%257B" + uid("no") + "%257D")
    assert found["status"] in {"OK", "ERROR"}


@pytest.mark.parametrize("version", ["2.42", "2.43"])
def test_a_merge_puts_the_target_in_place_of_the_sources(make: Make, version: str) -> None:
    """References turn, doubles vanish, sources go where asked; what becomes of data must be said."""
    server = make(version)
    a_program(server)
    server.commit(
        dataElements=[element(name) for name in ("a", "b", "c")],
        dataElementGroups=[
            {"id": uid(name), "name": name, "shortName": name, "dataElements": refs(*members)}
            for name, members in (("G", "ab"), ("H", "bc"))
        ],
    )
    how: dict[str, Any] = {"target": uid("b"), "dataMergeStrategy": "DISCARD"}
    sent = how | {"sources": [uid("a")], "deleteSources": True}
    assert merge_codes(server.post("/api/dataElements/merge", sent | {"dataMergeStrategy": None})) == [
        "E1534"
    ]
    answered = server.post("/api/dataElements/merge", sent)
    assert answered.body["response"]["mergeReport"]["sourcesDeleted"] == [uid("a")]
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("b")
    assert server.call("GET", f"/api/dataElements/{uid('a')}").status == 404
    kept = how | {"sources": [uid("c")]}
    assert server.post("/api/dataElements/merge", kept).status == 200
    assert server.owner("dataElementGroups", uid("H"))["dataElements"] == refs("b")
    assert server.call("GET", f"/api/dataElements/{uid('c')}").status == 200
    stage = how | {"sources": [uid("D1")], "deleteSources": True}
    assert server.post("/api/dataElements/merge", stage).status == 200
    held = server.owner("programStages", uid("S"))["programStageDataElements"]
    assert [row["dataElement"]["id"] for row in held] == [uid("b"), uid("D2")]


UNKNOWN = {"sources": [uid("no")], "target": uid("nix")}


@pytest.mark.parametrize(
    ("version", "type_name", "sent", "codes"),
    [
        ("2.41", "indicators", {}, ["E1540", "E1541"]),
        ("2.41", "indicators", UNKNOWN, ["E1543", "E1543"]),
        ("2.41", "indicatorTypes", {}, ["E1530", "E1531"]),
        ("2.42", "indicators", {}, ["E1530", "E1531"]),
        ("2.42", "dataElements", UNKNOWN, ["E1533", "E1533"]),
        ("2.42", "dataElements", {"sources": [uid("D2")], "target": uid("D2")}, ["E1532"]),
        ("2.43", "dataElements", {}, ["E1530", "E1531"]),
    ],
)
def test_a_merge_that_cannot_be(
    make: Make, version: str, type_name: str, sent: dict[str, Any], codes: list[str]
) -> None:
    """409 and the reasons, each version with codes of its own; 403 for who may not merge."""
    server = make(version)
    a_program(server)
    answered = server.post(f"/api/{type_name}/merge", sent)
    assert (answered.status, merge_codes(answered)) == (409, codes)
    server.a_user("anna")
    assert server.post(f"/api/{type_name}/merge", sent, user="anna").status == 403


def test_2_41_merges_no_elements(make: Make) -> None:
    """405."""
    assert make("2.41").post("/api/dataElements/merge", UNKNOWN).status == 405


def merge_codes(answered: Answered) -> list[str]:
    """The errors of a merge."""
    return [error["errorCode"] for error in answered.body["response"]["mergeReport"]["mergeErrors"]]
