"""What the program prints and keeps as JSON is what the schemas say."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dhis2cfg.catalogue.shipped import schema_text
from dhis2cfg.model.http import Request, Response
from tests.e2e.house import URL, House, spoilt
from tests.e2e.spoilers import COMMITS, Onwards, at, cut_before, refuse
from tests.e2e.test_changes import with_rule_on_new_element

SECOND, THIRD = "http://127.0.0.1:8082", "http://127.0.0.1:8083"


def fits(document: Any, schema: str) -> None:
    """Fails with the first deviation from a schema."""
    checked = Draft202012Validator(json.loads(schema_text(f"{schema}.schema.json")))
    assert [f"{list(error.absolute_path)}: {error.message}" for error in checked.iter_errors(document)] == []


@pytest.fixture
def three(applied: House) -> House:
    """One target that is as applied, one that is fresh, and one that does not answer."""
    for name, url in (("second", SECOND), ("third", THIRD)):
        applied.municipality(name, url, "0002" if url == SECOND else "0003")
        applied.serve(url)
    applied.servers[THIRD].spoiler = cut_before
    return applied


def test_plans_of_all_targets(three: House, tmp_path: Path) -> None:
    """`plan --all --format json` and `--out` are the same document, also where a target cannot be planned."""
    saved = tmp_path / "plan.json"
    ran = three.run("plan", "--all", "--format", "json", "--out", str(saved))
    assert ran.code == 5, ran.said
    fits(ran.json, "plan")
    assert json.loads(saved.read_text(encoding="utf-8")) == ran.json
    assert [each["target"] for each in ran.json["plans"]] == ["example", "second"]
    assert [each["target"] for each in ran.json["failed"]] == ["third"]


def test_plans_with_all_kinds_of_things_in_them(applied: House) -> None:
    """Changes by hand, conflicts, refusals, local things, two calls and a dry run that is refused."""
    with_rule_on_new_element(applied)
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    applied.change(
        "packages/example/dictionary.yaml",
        "name: Test taken on, valueType: DATE",
        "name: Date, valueType: DATETIME",
    )
    applied.server.edit("optionSets", "EX_RESULT", name="By hand")
    applied.server.edit("dataElements", "EX_LAST_DAY", name="By hand", shortName="By hand")
    with spoilt(applied.server, at(1, "importMode=VALIDATE", refuse)):
        ran = applied.run("plan", "--format", "json")
    assert ran.code == 1, ran.said
    fits(ran.json, "plan")
    (plan,) = ran.json["plans"]
    assert plan["refusals"]
    assert plan["trial"]
    assert {each["reason"] for each in plan["changes"]} >= {"conflict", "changed by hand", "new"}
    again = applied.run("plan", "--format", "json")
    assert again.out == applied.run("plan", "--format", "json").out


def test_outcomes(three: House) -> None:
    """Of an apply in which one target is as it was, one in between and one does not answer."""

    def lost(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        three.servers[SECOND].spoiler = cut_before
        return answer

    with spoilt(three.servers[SECOND], at(1, COMMITS, lost)):
        ran = three.run("apply", "--all", "--yes", "--format", "json")
    assert ran.code == 9, ran.said
    fits(ran.json, "outcome")
    results = {each["target"]: each["result"] for each in ran.json["outcomes"]}
    expected = [("example", "as it was"), ("second", "in between"), ("third", "unreachable")]
    assert list(results.items()) == expected


def test_what_is_kept_on_the_server(applied: House) -> None:
    """Record and run have their schemas too."""
    fits(applied.server.kept("record-example"), "record")
    fits(applied.server.kept("run-example"), "run")


def test_status_doctor_and_findings(three: House) -> None:
    """The other documents."""
    fits(three.run("status", "--format", "json").json, "status")
    fits(three.run("doctor", "--format", "json").json, "doctor")
    three.change("packages/example/dictionary.yaml", "optionSet: EX_RESULT", "optionSet: EX_RESULTS")
    ran = three.run("validate", "--format", "json")
    assert ran.code == 3
    fits(ran.json, "finding")


def test_findings_for_other_machines(applied: House) -> None:
    """GitHub's lines, SARIF, JUnit; the exit code never depends on the format."""
    applied.change("packages/example/dictionary.yaml", "optionSet: EX_RESULT", "optionSet: EX_RESULTS")
    for name, begins in (
        ("github", "::error file=packages/example/dictionary.yaml"),
        ("sarif", "{"),
        ("junit", "<?xml"),
    ):
        ran = applied.run("validate", "--format", name)
        assert ran.code == 3
        assert ran.out.startswith(begins)
    assert applied.servers[URL].requests == []
