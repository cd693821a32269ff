"""A stand-in for the API of GitHub, on a loopback port of this process."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


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
