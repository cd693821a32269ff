"""DHIS2's answers to an import as reports: what was said, and what that means for what stands there."""

from typing import Any

import pytest

from dhis2cfg.dhis2.importing import ImportMode, import_path, objects_in, read_report
from dhis2cfg.model.http import Response
from dhis2cfg.model.questions import ImportProblem

PLURALS = {"org.hisp.dhis.option.OptionSet": "optionSets"}
CLEAN = {"created": 1, "updated": 2, "deleted": 0, "ignored": 0, "total": 3}


def wrapped(stats: dict[str, int], status: str = "OK", type_reports: Any = ()) -> dict[str, Any]:
    """An answer in the form of 2.41 and newer."""
    return {
        "status": "OK" if status == "OK" else "WARNING",
        "message": "One or more errors occurred",
        "response": {"status": status, "stats": stats, "typeReports": list(type_reports)},
    }


def report(json: Any, status: int = 200, mode: ImportMode = ImportMode.COMMIT, sent: int = 3) -> Any:
    """The report of an answer."""
    return read_report(Response(status=status), json, mode=mode, sent=sent, plurals=PLURALS)


def test_there_are_two_paths() -> None:
    """The two imports differ in their mode alone, and are spelled exactly."""
    assert import_path(ImportMode.VALIDATE) == (
        "/api/metadata?importMode=VALIDATE&importStrategy=CREATE_AND_UPDATE"
        "&atomicMode=ALL&importReportMode=FULL"
    )
    assert import_path(ImportMode.COMMIT) == import_path(ImportMode.VALIDATE).replace("VALIDATE", "COMMIT")


def test_objects_are_counted() -> None:
    """All objects of all types count."""
    assert objects_in({"a": [{}, {}], "b": [{}], "system": {"id": "x"}}) == 3


def test_success() -> None:
    """A clean report of everything that was sent is ok, and committed."""
    got = report(wrapped(CLEAN))
    assert (got.ok, got.committed, got.message, got.http_status) == (True, True, "", 200)
    assert got.stats == CLEAN


def test_dry_run_writes_nothing() -> None:
    """The same answer to VALIDATE is ok, and nothing was written."""
    got = report(wrapped(CLEAN), mode=ImportMode.VALIDATE)
    assert (got.ok, got.committed) == (True, False)


@pytest.mark.parametrize(("stats", "written"), [(CLEAN, True), ({"total": 0}, False), ({}, False)])
def test_total_must_be_what_was_sent(*, stats: dict[str, int], written: bool) -> None:
    """DHIS2 skips an unknown type with 200 OK, so a total that differs is not ok."""
    got = report(wrapped(stats), sent=5)
    assert (got.ok, got.committed) == (False, written)
    assert got.message == f"5 objects were sent and the server speaks of {stats.get('total', 'none')}"


def test_refusal_with_a_report() -> None:
    """Errors are flattened, with our name for the type, and nothing of the call stands."""
    errors = [
        {
            "klass": "org.hisp.dhis.option.OptionSet",
            "uid": "OptSet00001",
            "errorReports": [
                {
                    "errorCode": "E5003",
                    "message": "already exists",
                    "mainId": "OptSet00002",
                    "errorProperty": "code",
                    "args": ["code", 7],
                }
            ],
        },
        {"errorReports": [{"mainKlass": "org.hisp.dhis.Strange", "mainId": "Strange0001"}]},
        {"errorReports": [{}]},
        "noise",
    ]
    got = report(
        wrapped({**CLEAN, "created": 0, "updated": 0, "ignored": 3}, "ERROR", [{"objectReports": errors}]),
        409,
    )
    assert (got.ok, got.committed, got.message) == (False, False, "One or more errors occurred")
    assert got.errors == (
        ImportProblem(
            type="optionSets",
            uid="OptSet00001",
            code="E5003",
            message="already exists",
            property="code",
            arguments=("code", "7"),
        ),
        ImportProblem(type="Strange", uid="Strange0001", code="", message=""),
        ImportProblem(type="", uid="", code="", message=""),
    )


def test_inner_warning_means_written() -> None:
    """409 with an inner WARNING: something was committed although errors are listed (facts §1.3)."""
    got = report(wrapped(CLEAN, "WARNING"), 409)
    assert (got.ok, got.committed) == (False, True)


def test_refusal_with_a_message_alone() -> None:
    """A bare 409 wrote nothing, and its message is kept."""
    got = report({"status": "ERROR", "message": "duplicate key"}, 409)
    assert (got.ok, got.committed, got.message, got.errors) == (False, False, "duplicate key", ())


@pytest.mark.parametrize("json", [None, [], {"status": "ERROR"}, {"message": "Unable to perform"}])
def test_a_broken_server_is_unknown(json: Any) -> None:
    """After 500 or a proxy's 502 nobody knows: 2.43 answers 500 to what it has done (facts §19.18)."""
    got = report(json, 502)
    assert (got.ok, got.committed) == (False, None)
    assert got.message in ("the server said 502", "Unable to perform")


def test_a_broken_dry_run_writes_nothing() -> None:
    """A 500 to a dry run wrote nothing all the same: 2.42 answers so to a wrong constant."""
    assert report({"message": "NOPE"}, 500, ImportMode.VALIDATE).committed is False


def test_something_else_at_200_is_unknown() -> None:
    """A web page at 200 is no report, and nobody knows what became of the import behind it."""
    assert report(None).committed is None


def test_unwrapped_report() -> None:
    """A report without a wrapping is read too."""
    assert report({"status": "OK", "stats": CLEAN, "typeReports": None}).ok
