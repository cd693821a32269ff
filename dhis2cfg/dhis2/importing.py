"""POST /api/metadata: the three paths that are ever sent, and the answers as `ImportReport` (facts §1.3)."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from dhis2cfg.dhis2.answers import is_silent
from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.http import Response
from dhis2cfg.model.questions import ImportProblem, ImportReport

COUNTERS = ("created", "updated", "deleted", "ignored", "total")


class ImportMode(Enum):
    """A closed set: any other spelling, `validate` too, commits (facts §1.1)."""

    VALIDATE = "VALIDATE"
    COMMIT = "COMMIT"


class Strategy(Enum):
    """A closed set, too: what is not known to a server ends in a 500 or is another one (facts §1.1)."""

    CREATE_AND_UPDATE = "CREATE_AND_UPDATE"
    DELETE = "DELETE"


def import_path(mode: ImportMode, strategy: Strategy = Strategy.CREATE_AND_UPDATE) -> str:
    """The path and query of an import; there are no others."""
    return (
        f"/api/metadata?importMode={mode.value}&importStrategy={strategy.value}"
        "&atomicMode=ALL&importReportMode=FULL"
    )


def objects_in(body: Mapping[str, Any]) -> int:
    """How many objects a body holds; what the report's `total` must be."""
    return sum(len(objects) for objects in body.values() if isinstance(objects, list))


def no_report(error: Dhis2cfgError, *, committed: bool | None) -> ImportReport:
    """The report of a commit that DHIS2 gave none of."""
    return ImportReport(
        ok=False, stats={}, message="; ".join((error.what, *error.details)), committed=committed
    )


def read_report(
    response: Response, json: Any, *, mode: ImportMode, sent: int, plurals: Mapping[str, str]
) -> ImportReport:
    """DHIS2's answer, flattened; `json` is None where the body is none, `plurals` gives a class's type.

    A 2xx whose total differs from what was sent is not ok: DHIS2 skips unknown types without a word.
    """
    answer = json if isinstance(json, dict) else {}
    inner = answer.get("response")
    report = inner if isinstance(inner, dict) else answer
    stats = _stats(report.get("stats"))
    errors = tuple(_problems(report.get("typeReports"), plurals))
    accepted = 200 <= response.status < 300 and report.get("status") == "OK" and not errors  # noqa: PLR2004 - 2xx
    is_whole = stats.get("total") == sent
    return ImportReport(
        ok=accepted and is_whole,
        stats=stats,
        errors=errors,
        message=_message(response.status, answer, stats, accepted=accepted, is_whole=is_whole, sent=sent),
        committed=_committed(response, report, stats, mode=mode, accepted=accepted),
        http_status=response.status,
    )


def _stats(raw: Any) -> dict[str, int]:
    if not isinstance(raw, dict):
        return {}
    return {name: raw[name] for name in COUNTERS if isinstance(raw.get(name), int)}


def _problems(type_reports: Any, plurals: Mapping[str, str]) -> Iterable[ImportProblem]:
    for type_report in _dicts(type_reports):
        for object_report in _dicts(type_report.get("objectReports")):
            for error in _dicts(object_report.get("errorReports")):
                yield _problem(object_report, error, plurals)


def _problem(
    object_report: Mapping[str, Any], error: Mapping[str, Any], plurals: Mapping[str, str]
) -> ImportProblem:
    said = str(object_report.get("klass") or error.get("mainKlass") or "")
    klass = said.partition("$")[0]  # "…Program$HibernateProxy$vHDyH0Qu" is a Program all the same
    arguments = error.get("args") or error.get("errorProperties")
    return ImportProblem(
        type=plurals.get(klass, klass.rpartition(".")[2]),
        uid=str(object_report.get("uid") or error.get("mainId") or ""),
        code=str(error.get("errorCode") or ""),
        message=str(error.get("message") or ""),
        property=str(error.get("errorProperty") or ""),
        arguments=tuple(str(each) for each in arguments) if isinstance(arguments, list) else (),
    )


def _dicts(raw: Any) -> list[dict[str, Any]]:
    return [each for each in raw if isinstance(each, dict)] if isinstance(raw, list) else []


def _message(
    status: int,
    answer: Mapping[str, Any],
    stats: Mapping[str, int],
    *,
    accepted: bool,
    is_whole: bool,
    sent: int,
) -> str:
    if accepted and not is_whole:
        return f"{sent} objects were sent and the server speaks of {stats.get('total', 'none')}"
    if accepted:
        return ""
    return str(answer.get("message") or f"the server said {status}")


def _committed(
    response: Response,
    report: Mapping[str, Any],
    stats: Mapping[str, int],
    *,
    mode: ImportMode,
    accepted: bool,
) -> bool | None:
    """Whether something was written although the report is not ok; None where nobody knows.

    An inner WARNING says that the objects without errors were committed.
    """
    if mode is ImportMode.VALIDATE:
        return False
    written = any(stats.get(name, 0) for name in COUNTERS[:3])
    if accepted:
        return written
    if is_silent(response) and (response.status >= 500 or not stats):  # noqa: PLR2004 - HTTP's own classes
        return None
    return report.get("status") == "WARNING" and written
