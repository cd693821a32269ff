"""The embedded server behind the transport port, in process: no socket, no second thread."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message

from dhis2cfg.errors import Unreachable
from dhis2cfg.model.http import Request, Response


class SandboxTransport:
    """Satisfies `ports.Transport`; may be used by several threads at once."""

    def __init__(self, app: ASGIApp, url: str = "http://sandbox") -> None:
        self._app = app
        self._url = url.rstrip("/")

    @property
    def url(self) -> str:
        """The base URL, without a trailing slash."""
        return self._url

    def send(self, request: Request) -> Response:
        """One exchange; a cut connection is `Unreachable`, as over the wire."""
        return asyncio.run(self._exchange(request))

    def close(self) -> None:
        """Nothing is held."""

    async def _exchange(self, request: Request) -> Response:
        path, _, query = request.path.partition("?")
        headers = {"host": "sandbox", "content-length": str(len(request.body))} | {
            name.lower(): value for name, value in request.headers.items()
        }
        scope: MutableMapping[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            "server": ("sandbox", 80),
            "client": ("127.0.0.1", 0),
        }
        received: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: Message) -> None:
            received.append(message)

        await self._app(scope, receive, send)
        return _response(received, self._url)


def _response(received: list[Message], url: str) -> Response:
    if not received or received[-1].get("more_body"):
        raise Unreachable(f"the connection to {url} was cut before the whole answer came")
    headers: dict[str, str] = {}
    for raw_name, raw_value in received[0].get("headers", []):
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}\n{value}" if name in headers else value
    body = b"".join(message.get("body", b"") for message in received[1:])
    if int(headers.get("content-length", len(body))) != len(body):
        raise Unreachable(f"the answer of {url} is not as long as it says")
    return Response(status=received[0]["status"], headers=headers, body=body)
