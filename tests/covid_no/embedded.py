"""Somebody who signs in on an embedded server."""

import base64
import json
from typing import Any

from dhis2cfg.model.http import Request
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN
from tests.covid_no.flow import Ask
from tests.e2e.house import Server

PASSWORD = "Syntetisk-2026"  # noqa: S105 - of accounts on a server that ends with the test


def asking(server: Server) -> Ask:
    """A way to ask an embedded server as somebody who signs in with a password."""

    def ask(who: str, method: str, path: str, body: Any) -> tuple[int, Any]:
        secret = f"ApiToken {SANDBOX_TOKEN}"
        if who:
            secret = "Basic " + base64.b64encode(f"{who}:{PASSWORD}".encode()).decode()
        headers = {
            "Authorization": secret,
            "Content-Type": "application/json",
            "X-Requested-With": "XMLHttpRequest",
        }
        content = b"" if body is None else json.dumps(body).encode()
        request = Request(method=method, path=path, headers=headers, body=content)
        answer = SandboxTransport(server.app, server.url).send(request)
        return answer.status, json.loads(answer.body or b"null")

    return ask
