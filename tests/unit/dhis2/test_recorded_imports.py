"""Every recorded answer to an import is understood: ok or not, what stands, and each error code."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.dhis2.importing import ImportMode, objects_in, read_report
from dhis2cfg.model.http import Response
from dhis2cfg.model.questions import ImportReport

ROOT = Path(__file__).parents[3]
RECORDED = Path(os.environ.get("DHIS2CFG_RECORDED", ROOT.parent / "shared")) / "dhis2" / "exchanges"
VERSIONS = {"2.41.9.1": "2.41", "2.42.5.2": "2.42", "2.43.1": "2.43"}


def exchange(version: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A recorded answer, and the body that it answers."""
    folder = RECORDED / version
    answer: dict[str, Any] = json.loads((folder / f"{name}.response.json").read_text(encoding="utf-8"))
    sent = folder / f"{name}.request.json"
    return answer, json.loads(sent.read_text(encoding="utf-8")) if sent.exists() else {}


def report(version: str, name: str) -> ImportReport:
    """The report that a recorded answer becomes."""
    answer, body = exchange(version, name)
    mode = ImportMode.VALIDATE if "importMode=VALIDATE" in answer["path"] else ImportMode.COMMIT
    plurals = {each.klass: each.name for each in shipped.load(VERSIONS[version]).types.values()}
    return read_report(
        Response(status=answer["status"]), answer["body"], mode=mode, sent=objects_in(body), plurals=plurals
    )


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """A version whose answers were recorded."""
    if not RECORDED.is_dir():
        pytest.skip("no recorded exchanges here (DHIS2CFG_RECORDED)")
    return str(request.param)


def imports(version: str) -> Iterator[str]:
    """The names of all recorded imports."""
    for file in sorted((RECORDED / version).glob("*.response.json")):
        answer = json.loads(file.read_text(encoding="utf-8"))
        if answer["method"] == "POST" and answer["path"].startswith("/api/metadata?"):
            yield file.name.removesuffix(".response.json")


def test_accepted(version: str) -> None:
    """A dry run and a commit of good objects are ok; only the commit wrote."""
    assert (report(version, "10-valid-validate").ok, report(version, "10-valid-validate").committed) == (
        True,
        False,
    )
    committed = report(version, "11-valid-commit")
    assert (committed.ok, committed.committed, committed.stats["created"]) == (True, True, 12)


def test_refused(version: str) -> None:
    """A refused call wrote nothing; its errors name our types, objects and codes."""
    got = report(version, "21-invalid-commit")
    assert (got.ok, got.committed) == (False, False)
    found = {(each.type, each.uid, each.code) for each in got.errors}
    assert {
        ("dataElements", "BadDataEle1", "E5002"),
        ("dataElements", "BadDataEle2", "E4001"),
        ("dataElements", "BadDataEle3", "E5003"),
        ("dataElements", "BadDataEle4", "E4000"),
    } <= found


def test_half_accepted(version: str) -> None:
    """409 whose inner status is WARNING wrote a part."""
    got = report(version, "22-invalid-commit-atomic-none")
    assert (got.ok, got.committed) == (False, True)


def test_skipped_without_a_word(version: str) -> None:
    """An unknown type answers 200 OK, and is not ok."""
    got = report(version, "23-unknown-type")
    assert (got.ok, got.http_status) == (False, 200)
    assert got.message == "1 objects were sent and the server speaks of 0"


def test_messages_alone(version: str) -> None:
    """A wrong constant and half a body answer with a message and no report."""
    for name in ("23-bad-enum", "24-malformed"):
        got = report(version, name)
        assert (got.ok, got.committed, got.errors) == (False, False, ())
        assert got.message


def test_all_of_them(version: str) -> None:
    """No recorded answer is misread: ok is 200, a refusal has errors or a message, a class is known."""
    names = list(imports(version))
    assert len(names) > 40
    for name in names:
        got = report(version, name)
        assert not got.ok or got.http_status == 200, name
        assert got.ok or got.errors or got.message, name
        assert all(each.type and each.type[0].islower() and each.code for each in got.errors), name
