"""Several requests that are one step: one after another, until one is not taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dhis2cfg.dhis2 import answers
from dhis2cfg.dhis2.importing import no_report
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import CredentialsRefused, NeverSent, ServerRefused, Unreachable
from dhis2cfg.model.http import Response
from dhis2cfg.model.questions import ImportProblem, ImportReport

ONE_SECONDS = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRequest:
    """One request of a step, for one object; counted as `counts` says; `gone_is_fine` takes 404."""

    type: str
    uid: str
    method: str
    path: str
    body: Any = None
    counts: str = "updated"
    gone_is_fine: bool = False


def sent_in_turn(session: Session, requests: Iterable[OneRequest]) -> ImportReport:
    """What came of them: ok where all were taken; after one that was not, none is sent."""
    stats: dict[str, int] = {}
    for each in requests:
        try:
            response = session.send(each.method, each.path, each.body, timeout=ONE_SECONDS)
        except (NeverSent, CredentialsRefused, ServerRefused) as error:
            return no_report(error, committed=bool(stats))
        except Unreachable as error:
            return no_report(error, committed=None)
        if not _is_taken(each, response):
            return _refused(each, response, stats)
        for name in (each.counts, "total"):
            stats[name] = stats.get(name, 0) + 1
    return ImportReport(ok=True, stats=stats, committed=bool(stats), http_status=200)


def _is_taken(each: OneRequest, response: Response) -> bool:
    """Any 2xx of DHIS2's own; a web page is none."""
    if response.status == answers.NOT_FOUND and each.gone_is_fine:
        return not answers.is_page(response)
    return 200 <= response.status < 300 and not answers.is_page(response)  # noqa: PLR2004 - 2xx


def _refused(each: OneRequest, response: Response, stats: dict[str, int]) -> ImportReport:
    """The server's own words; many answers say nothing of what was done."""
    said = answers.message_of(response) or f"the server said {response.status}"
    problem = ImportProblem(
        type=each.type, uid=each.uid, code=answers.code_of(response), message=said, property=""
    )
    return ImportReport(
        ok=False,
        stats=stats,
        errors=(problem,),
        message=said,
        committed=None if answers.is_silent(response) else bool(stats),
        http_status=response.status,
    )
