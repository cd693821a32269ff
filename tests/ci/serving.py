"""Embedded servers and a stand-in for the API of GitHub, on loopback ports of this process."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import uvicorn

from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.seed import make_instance
from dhis2cfg.sandbox.store.instance import Instance


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(version: str = "2.42") -> Iterator[tuple[str, Instance]]:
    """The address of an embedded server, and its content."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    instance = make_instance(version, url=url)
    config = uvicorn.Config(make_app(instance), host="127.0.0.1", port=port, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield url, instance
    finally:
        server.should_exit = True
        thread.join(10)


class Hub:
    """What the stand-in keeps: comments of one pull request, and each request by method and path."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = [{"id": 1, "body": "Looks good to me"}]
        self.asked: list[str] = []
        self.tokens: set[str] = set()
        self.refuses = False


@contextmanager
def hub() -> Iterator[tuple[str, Hub]]:
    """The address of a stand-in for the API, and what it keeps."""
    kept = Hub()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, status: int, body: Any) -> None:
            kept.asked.append(f"{self.command} {self.path}")
            kept.tokens.add(self.headers.get("Authorization", ""))
            text = json.dumps(body).encode()
            self.send_response(403 if kept.refuses else status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def _body(self) -> Any:
            return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self) -> None:
            """The comments of a page."""
            page = int(self.path.rpartition("page=")[2])
            self._answer(200, kept.comments[100 * (page - 1) : 100 * page])

        def do_POST(self) -> None:
            """A new comment."""
            made = {"id": len(kept.comments) + 1, **self._body()}
            if not kept.refuses:
                kept.comments.append(made)
            self._answer(201, made)

        def do_PATCH(self) -> None:
            """Another text of a comment."""
            uid = int(self.path.rpartition("/")[2])
            kept.comments[uid - 1].update(self._body())
            self._answer(200, kept.comments[uid - 1])

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the base class names it
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", kept
    finally:
        server.shutdown()
        server.server_close()
