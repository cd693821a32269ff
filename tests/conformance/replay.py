"""Recorded steps sent to the embedded server, in order, as whoever sent them."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.catalogue.shipped import load
from dhis2cfg.model.http import Request, Response
from dhis2cfg.ports import Transport
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import ADMIN, PASSWORD, make_instance
from tests.conformance.recorded import VERSIONS, Comparison, Step, scenarios

BROWSER, BAD_TOKEN = "a browser that never signed in", "a malformed token"
"""Callers that are no account."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a step gave: nothing different, or where."""

    step: Step
    differences: tuple[str, ...]


@dataclass(kw_only=True)
class Stage:
    """One embedded server with the people that the steps made."""

    transport: Transport
    comparison: Comparison
    passwords: dict[str, str] = field(default_factory=lambda: {ADMIN: PASSWORD})

    def play(self, step: Step) -> Verdict:
        """Send one step and compare its answer."""
        response = self.transport.send(self._request(step))
        if step.status is None:
            return Verdict(step=step, differences=())
        found = list(self.comparison.differences(step.status, response.status, "HTTP status"))
        found += self.comparison.differences(step.answer, body_of(response), is_ordered="order=" in step.path)
        return Verdict(step=step, differences=tuple(found))

    def learn(self, step: Step) -> str:
        """Whom a step makes, which ids it names; its body as text."""
        self._remember(step)
        text = step.body if isinstance(step.body, str) else json.dumps(step.body)
        self.comparison.remember(f"{step.path} {text}")
        return text

    def _request(self, step: Step) -> Request:
        headers = self.headers(step.user, step.content_type)
        text = self.learn(step)
        body = b"" if step.body is None else self.comparison.translate(text).encode()
        path = self.comparison.translate(step.path).replace(" ", "%20")
        return Request(method=step.method, path=path, headers=headers, body=body)

    def headers(self, user: str, content_type: str = "application/json") -> dict[str, str]:
        """The headers of a request of somebody; who has no password is nobody."""
        headers = {"Content-Type": content_type, "X-Requested-With": "XMLHttpRequest"}
        if user == BROWSER:
            headers = {"Content-Type": content_type}
        if user == BAD_TOKEN:
            headers["Authorization"] = "ApiToken nonsense"
        if user in self.passwords:
            pair = f"{user}:{self.passwords[user]}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
        return headers

    def _remember(self, step: Step) -> None:
        sent = step.body if isinstance(step.body, Mapping) else {}
        users = sent.get("users") if isinstance(sent.get("users"), list) else [sent]
        for user in users or []:
            if isinstance(user, Mapping) and "username" in user and "password" in user:
                self.passwords.setdefault(str(user["username"]), str(user["password"]))


def body_of(response: Response) -> Any:
    """The answer as JSON, or its text under a key."""
    try:
        return json.loads(response.body) if response.body else {"_text": ""}
    except ValueError:
        return {"_text": response.body.decode("utf-8", "replace")}


def make_stage(minor: str) -> Stage:
    """A fresh embedded server of a version."""
    return live_stage(minor, SandboxTransport(make_app(make_instance(minor))))


def live_stage(minor: str, transport: Transport) -> Stage:
    """Any server of a version."""
    catalogue = load(minor)
    kinds = [*catalogue.types.values(), *catalogue.embedded.values()]
    ordered = {prop.name for kind in kinds for prop in kind.properties.values() if prop.ordered}
    loose = {prop.name for kind in kinds for prop in kind.properties.values() if not prop.ordered}
    return Stage(
        transport=transport,
        comparison=Comparison(ordered=frozenset(ordered - loose)),
    )


def replay(minor: str) -> Iterator[Verdict]:
    """Every scenario of a version: those from 100 on one server, those from 300 on another (README)."""
    recorded = scenarios(VERSIONS[minor])
    for first in ("1", "3"):
        steps = [step for name, steps in recorded.items() if name.startswith(first) for step in steps]
        stage = make_stage(minor)
        for step in steps:
            yield stage.play(step)
