"""What may sit between the program and a server: faults at chosen requests."""

import json
import os
import signal
from collections.abc import Callable
from typing import Any

from dhis2cfg.errors import Unreachable
from dhis2cfg.model.http import Request, Response
from tests.e2e.house import Spoiler

Onwards = Callable[[Request], Response]
COMMITS = "importMode=COMMIT"
TRIES = "importMode=VALIDATE"


def json_answer(status: int, body: Any) -> Response:
    """An answer as DHIS2 gives it."""
    headers = {"content-type": "application/json"}
    return Response(status=status, headers=headers, body=json.dumps(body).encode())


def refusal(code: str = "E4030", message: str = "Somebody else was faster", *, status: int = 409) -> Response:
    """The report of an import that was refused."""
    error = {"errorCode": code, "message": message, "mainKlass": "org.hisp.dhis.dataelement.DataElement"}
    objects = {"klass": "org.hisp.dhis.dataelement.DataElement", "uid": "x", "errorReports": [error]}
    report = {
        "status": "ERROR",
        "stats": {"created": 0, "updated": 0, "deleted": 0, "ignored": 1, "total": 1},
        "typeReports": [{"klass": "org.hisp.dhis.dataelement.DataElement", "objectReports": [objects]}],
    }
    return json_answer(status, {"httpStatusCode": status, "status": "WARNING", "response": report})


def at(nth: int, what: str, deed: Spoiler, *, method: str = "POST", always: bool = False) -> Spoiler:
    """The deed at the nth request of a kind, and at all later ones where asked for; others go through."""
    seen = 0

    def spoiler(request: Request, onwards: Onwards) -> Response:
        nonlocal seen
        if request.method == method and what in request.path:
            seen += 1
            if seen == nth or (always and seen > nth):
                return deed(request, onwards)
        return onwards(request)

    return spoiler


def refuse(request: Request, onwards: Onwards) -> Response:
    """The server says no, and does nothing."""
    del request, onwards
    return refusal()


def forbid(request: Request, onwards: Onwards) -> Response:
    """The account may not do that."""
    del request, onwards
    return json_answer(403, {"message": "Access is denied"})


def cut_before(request: Request, onwards: Onwards) -> Response:
    """The request never arrives whole."""
    del request, onwards
    raise Unreachable("the connection broke")


def cut_after(request: Request, onwards: Onwards) -> Response:
    """The server does what it was asked, and its answer is lost."""
    onwards(request)
    raise Unreachable("the connection broke")


def interrupt(times: int = 1) -> Spoiler:
    """Somebody presses Ctrl-C while the server is at work."""

    def deed(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)
        return answer

    return deed


def gone(request: Request, onwards: Onwards) -> Response:
    """The machine is lost from now on."""
    return cut_before(request, onwards)
