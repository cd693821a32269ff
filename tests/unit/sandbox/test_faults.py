"""Faults: each kind, at the request it was meant for, with or without the work done."""

import time
from typing import Any

import pytest

from dhis2cfg.errors import Unreachable
from dhis2cfg.model.http import Request
from dhis2cfg.sandbox.faults import Fault, FaultKind
from tests.unit.sandbox.server import Server, element, uid

IMPORT: dict[str, Any] = {"method": "POST", "path": "/api/metadata"}


def stands(server: Server) -> bool:
    """Whether the element that was sent is there."""
    return server.call("GET", f"/api/dataElements/{uid('D')}").status == 200


@pytest.mark.parametrize("does_work", [True, False])
def test_a_cut_connection_before_or_after_the_commit(does_work: bool) -> None:  # noqa: FBT001 -- a row of a table
    """No answer comes; whether the import happened is what the fault says."""
    server = Server(faults=[Fault(kind=FaultKind.CUT, does_work=does_work, **IMPORT)])
    with pytest.raises(Unreachable):
        server.send(dataElements=[element("D")])
    assert stands(server) is does_work


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (FaultKind.TOO_LARGE, 413),
        (FaultKind.TOO_MANY, 429),
        (FaultKind.BAD_GATEWAY, 502),
        (FaultKind.GATEWAY_TIMEOUT, 504),
        (FaultKind.HTML, 200),
        (FaultKind.REDIRECT, 302),
    ],
)
def test_pages_of_somebody_else(kind: FaultKind, status: int) -> None:
    """A status and HTML; `Retry-After` and `Location` where they belong."""
    server = Server(faults=[Fault(kind=kind, seconds=3, **IMPORT)])
    answered = server.send(dataElements=[element("D")])
    assert (answered.status, "<html>" in answered.body) == (status, True)
    assert answered.headers.get("retry-after") == ("3" if status == 429 else None)
    assert ("location" in answered.headers) is (status == 302)
    assert not stands(server)


def test_a_gateway_that_gave_up_while_the_server_committed() -> None:
    """504, and the object stands there."""
    server = Server(faults=[Fault(kind=FaultKind.GATEWAY_TIMEOUT, does_work=True, **IMPORT)])
    assert server.send(dataElements=[element("D")]).status == 504
    assert stands(server)


def test_only_the_request_that_was_meant() -> None:
    """The second of two, and only that one; other methods and paths do not count."""
    server = Server(faults=[Fault(kind=FaultKind.BAD_GATEWAY, method="GET", path="/api/me", nth=2)])
    server.get("/api/system/info")
    found = [server.call("GET", "/api/me?fields=id").status for _ in range(3)]
    assert found == [200, 502, 200]


def test_latency_and_drops() -> None:
    """Late, or in drops, the answer is whole."""
    for kind in (FaultKind.LATENCY, FaultKind.DRIP):
        server = Server(faults=[Fault(kind=kind, path="info", seconds=0.02)])
        begun = time.monotonic()
        assert server.get("/api/system/info")["version"] == "2.42.5.2"
        assert time.monotonic() - begun >= 0.02


def test_a_body_that_ends_early() -> None:
    """TRUNCATED is broken JSON with a right length, WRONG_LENGTH no answer at all."""
    server = Server(faults=[Fault(kind=FaultKind.TRUNCATED, path="info")])
    assert isinstance(server.call("GET", "/api/system/info").body, str)
    broken = Server(faults=[Fault(kind=FaultKind.WRONG_LENGTH, path="info")])
    with pytest.raises(Unreachable):
        broken.call("GET", "/api/system/info")


def test_the_bridge_is_a_transport() -> None:
    """It has an address and can be closed; other paths than the API are pages."""
    server = Server()
    assert server.transport.url == "http://sandbox"
    for path in ("/dhis-web-login/", "/login/"):
        assert server.transport.send(Request(method="GET", path=path)).status == 200
    assert server.transport.send(Request(method="GET", path="/api/ping")).body == b"pong"
    server.transport.close()
