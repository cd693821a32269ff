"""Faults on request: an ASGI wrapper that spoils chosen answers, for tests of what a client makes of them."""

import asyncio
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class FaultKind(Enum):
    """What goes wrong. CUT ends the connection; TRUNCATED ends the body early, its length says so."""

    LATENCY = "latency"
    CUT = "cut"
    TOO_LARGE = "413"
    TOO_MANY = "429"
    BAD_GATEWAY = "502"
    GATEWAY_TIMEOUT = "504"
    TRUNCATED = "truncated body"
    HTML = "html"
    DRIP = "slow drip"
    WRONG_LENGTH = "wrong length"
    REDIRECT = "redirect"


_STATUSES = {
    FaultKind.TOO_LARGE: 413,
    FaultKind.TOO_MANY: 429,
    FaultKind.BAD_GATEWAY: 502,
    FaultKind.GATEWAY_TIMEOUT: 504,
    FaultKind.HTML: 200,
    FaultKind.REDIRECT: 302,
}
_ELSEWHERE = "http://elsewhere.invalid/login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: which requests (`path` is a pattern over path and query), from the `nth` on, `times` often.

    `does_work`: whether the server does what it was asked before the answer is spoilt (a commit happened).
    `seconds` is how long LATENCY and DRIP take, and what TOO_MANY says under `Retry-After`.
    """

    kind: FaultKind
    method: str = ""
    path: str = ""
    nth: int = 1
    times: int = 1
    does_work: bool = False
    seconds: float = 0.0

    def is_about(self, method: str, path: str) -> bool:
        """Whether a request is one of those counted."""
        return (not self.method or self.method == method) and re.search(self.path, path) is not None


class FaultyApp:
    """The application with faults in front of it; each fault counts its own requests."""

    def __init__(self, app: ASGIApp, faults: Iterable[Fault]) -> None:
        self._app = app
        self._faults = tuple(faults)
        self._seen = [0] * len(self._faults)
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or spoil the answer."""
        fault = self._due(scope) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        received: list[Message] = []

        async def keep(message: Message) -> None:
            received.append(message)

        if fault.does_work or fault.kind in _OF_ANSWER:
            await self._app(scope, receive, keep)
        await _spoil(fault, received, send)

    def _due(self, scope: Scope) -> Fault | None:
        query = scope.get("query_string", b"").decode()
        path = f"{scope['path']}?{query}" if query else str(scope["path"])
        with self._lock:
            for position, fault in enumerate(self._faults):
                if not fault.is_about(scope["method"], path):
                    continue
                self._seen[position] += 1
                if fault.nth <= self._seen[position] < fault.nth + fault.times:
                    return fault
        return None


_OF_ANSWER = frozenset({FaultKind.LATENCY, FaultKind.TRUNCATED, FaultKind.DRIP, FaultKind.WRONG_LENGTH})
"""Faults that need an answer to spoil."""


async def _spoil(fault: Fault, received: list[Message], send: Send) -> None:
    if fault.kind is FaultKind.CUT:
        headers = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": True})
    elif fault.kind in _STATUSES:
        await _page(fault, send)
    else:
        await _altered(fault, received, send)


async def _page(fault: Fault, send: Send) -> None:
    """A page of a proxy, or of a login."""
    headers = [(b"content-type", b"text/html")]
    if fault.kind is FaultKind.TOO_MANY:
        headers.append((b"retry-after", str(int(fault.seconds)).encode()))
    if fault.kind is FaultKind.REDIRECT:
        headers.append((b"location", _ELSEWHERE.encode()))
    body = b"<html><body>not DHIS2</body></html>"
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": _STATUSES[fault.kind], "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _altered(fault: Fault, received: list[Message], send: Send) -> None:
    """The server's own answer, late, in drops, or not whole."""
    body = b"".join(message.get("body", b"") for message in received[1:])
    whole = len(body)
    if fault.kind is FaultKind.TRUNCATED:
        body = body[: whole // 2]
    length = whole + 10 if fault.kind is FaultKind.WRONG_LENGTH else len(body)
    headers = [(name, value) for name, value in received[0]["headers"] if name != b"content-length"]
    headers.append((b"content-length", str(length).encode()))
    if fault.kind is FaultKind.LATENCY:
        await asyncio.sleep(fault.seconds)
    await send({"type": "http.response.start", "status": received[0]["status"], "headers": headers})
    for part in _parts(body) if fault.kind is FaultKind.DRIP else ():
        await asyncio.sleep(fault.seconds / _DROPS)
        await send({"type": "http.response.body", "body": part, "more_body": True})
    rest = b"" if fault.kind is FaultKind.DRIP else body
    await send({"type": "http.response.body", "body": rest, "more_body": False})


_DROPS = 10


def _parts(body: bytes) -> list[bytes]:
    size = max(1, -(-len(body) // _DROPS))
    return [body[start : start + size] for start in range(0, len(body), size)]
