"""A real server under the tests of facts: the same calls, in a disguise of one run; nothing of it stays."""

import json
import os
import re
import secrets
import string
from collections.abc import Iterator
from typing import Any

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.dhis2.transport import HttpxTransport
from dhis2cfg.model.http import Request
from tests.unit.sandbox.disguise import Disguise
from tests.unit.sandbox.server import Answered, Asked, Server, basic

URL = "DHIS2CFG_LIVE_URL"
NEEDED = f"{URL} names no server; the facts need one that holds no metadata, data or people of anybody"
BEGINNING = "zt"
TELLING = ("dataElements", "organisationUnits", "programs", "dashboards")
"""Types that a server in use has objects of."""

ROUNDS = 4
SOFT = ("Event", "Enrollment", "TrackedEntity")
LAST = {"userRoles": 2, "userGroups": 1, "programStages": -1}
"""Types that cannot be deleted in the order of work: later where the number is higher."""


class LiveServer(Server):
    """Calls go to a real server; names and UIDs are those of one test of one run."""

    def __init__(self, url: str, version: str) -> None:
        self.version = version
        self.transport = HttpxTransport(url)
        self.accounts = {
            "admin": os.environ.get("DHIS2CFG_LIVE_PASSWORD", "district"),
        }
        letters = "".join(secrets.choice(string.ascii_lowercase) for _ in range(6))
        self.disguise = Disguise(prefix=f"{BEGINNING}{letters}")
        self.catalogue = shipped.for_server(version)
        self.types = {"dataElements"}
        self.has_records = False
        self.settings = self.raw("GET", "/api/systemSettings")
        self.units = self.raw("GET", "/api/me?fields=organisationUnits[id]")

    def ask(self, asked: Asked) -> Answered:
        """What the server answers, in the test's own words."""
        self._remember(asked)
        name = None if asked.user is None else self.disguise.user(asked.user)
        headers = dict(asked.headers)
        if name is not None:
            headers["Authorization"] = basic(name, self.accounts[asked.user or ""])
        there = Asked(
            method=asked.method,
            path=self.disguise.path(asked.path),
            body=self.disguise.body(asked.path, asked.body),
            user=None,
            headers=headers,
        )
        answered = super().ask(there)
        text = answered.body if isinstance(answered.body, str) else json.dumps(answered.body)
        shown = self.disguise.seen(text)
        return Answered(
            status=answered.status,
            body=shown if isinstance(answered.body, str) else json.loads(shown),
            headers=self.disguise.headers(answered.headers),
        )

    def raw(self, method: str, path: str, body: Any = None) -> Any:
        """The administrator's call in the server's words; None where it is refused."""
        headers = {
            "Authorization": basic("admin", self.accounts["admin"]),
            "Content-Type": "application/json-patch+json" if method == "PATCH" else "application/json",
            "X-Requested-With": "XMLHttpRequest",
        }
        content = b"" if body is None else json.dumps(body).encode()
        path = path.replace("[", "%5B").replace("]", "%5D")
        answered = self.transport.send(Request(method=method, path=path, headers=headers, body=content))
        return json.loads(answered.body) if answered.body[:1] in {b"{", b"["} else None

    def put_back(self) -> list[str]:
        """Undo what the test did; what could not be taken away."""
        me = self.raw("GET", "/api/me?fields=id,organisationUnits[id]")
        if me["organisationUnits"] != self.units["organisationUnits"]:
            patch = {"op": "add", "path": "/organisationUnits", "value": self.units["organisationUnits"]}
            self.raw("PATCH", f"/api/users/{me['id']}", [patch])
        for key, value in (self.raw("GET", "/api/systemSettings") or {}).items():
            if value != self.settings.get(key):
                self.raw("DELETE", f"/api/systemSettings/{key}")
                if self.settings.get(key) not in {None, ""}:
                    self.raw("POST", "/api/systemSettings", {key: self.settings[key]})
        for key in ("keyUiLocale", "keyDbLocale"):
            self.raw("DELETE", f"/api/userSettings/{key}")
        for namespace in self.raw("GET", "/api/dataStore") or ():
            if namespace.startswith(self.disguise.prefix):
                self.raw("DELETE", f"/api/dataStore/{namespace}")
        return self._sweep()

    def _sweep(self) -> list[str]:
        if self.has_records:
            for name in ("events", "enrollments", "trackedEntities"):
                self._forget_records(name)
            flags = "&".join(f"softDeleted{one}Removal=true" for one in SOFT)
            self.raw("POST", f"/api/maintenance?{flags}")
        for _ in range(ROUNDS):
            found = dict(self._found())
            if not found:
                return []
            for name in sorted(found, key=lambda one: (LAST.get(one, 0), -self._order(one))):
                self._delete(name, found[name])
        return [f"{name} {uids}" for name, uids in self._found()]

    def _forget_records(self, name: str) -> None:
        key = {"events": "event", "enrollments": "enrollment", "trackedEntities": "trackedEntity"}[name]
        rows = [{key: real} for real in self.disguise.real.values()]
        self.raw("POST", "/api/tracker?importStrategy=DELETE&async=false&atomicMode=OBJECT", {name: rows})

    def _order(self, name: str) -> int:
        return self.catalogue.types[name].order

    def _remember(self, asked: Asked) -> None:
        names = {re.split(r"[/?]", asked.path)[2]}
        if isinstance(asked.body, dict):
            names |= set(asked.body)
        self.types |= names & set(self.catalogue.types)
        self.has_records |= asked.method == "POST" and asked.path.startswith("/api/tracker")

    def _found(self) -> Iterator[tuple[str, list[str]]]:
        uids = ",".join([*self.disguise.real.values(), "zzNoSuchUid"])
        for name in sorted(self.types):
            tests = [f"id:in:[{uids}]"]
            if "name" in self.catalogue.types[name].properties and name != "users":
                tests.append(f"name:$like:{self.disguise.prefix}")
            held: set[str] = set()
            for test in tests:
                path = f"/api/metadata?skipSharing=true&{name}:fields=id&{name}:filter={test}"
                held |= {row["id"] for row in (self.raw("GET", path) or {}).get(name, [])}
            if held:
                yield name, sorted(held)

    def _delete(self, name: str, uids: list[str]) -> None:
        if name == "organisationUnits":
            self._make_roots(uids)
        if name == "users":
            for uid in uids:
                self.raw("DELETE", f"/api/users/{uid}")
            return
        body = {name: [{"id": uid} for uid in uids]}
        self.raw("POST", "/api/metadata?importStrategy=DELETE&atomicMode=NONE", body)

    def _make_roots(self, uids: list[str]) -> None:
        """Units that a test put below each other hold each other back."""
        query = f"organisationUnits:filter=id:in:[{','.join(uids)}]&organisationUnits:fields=:owner,!parent"
        found = self.raw("GET", f"/api/metadata?{query}")
        self.raw("POST", "/api/metadata", {"organisationUnits": (found or {}).get("organisationUnits", [])})


def live_version(url: str) -> str:
    """What the server calls itself, without the patch: `2.42`."""
    transport = HttpxTransport(url)
    answered = transport.send(
        Request(
            method="GET",
            path="/api/system/info",
            headers={
                "Authorization": basic("admin", os.environ.get("DHIS2CFG_LIVE_PASSWORD", "district")),
                "X-Requested-With": "XMLHttpRequest",
            },
        )
    )
    transport.close()
    return ".".join(json.loads(answered.body)["version"].split(".")[:2])


def must_be_empty(server: LiveServer) -> None:
    """The facts are told of a server that holds nobody's metadata; what runs left behind is nobody's."""
    query = "&".join(f"{name}:fields=name" for name in TELLING)
    found = server.raw("GET", f"/api/metadata?skipSharing=true&{query}") or {}
    held = [
        name
        for name in TELLING
        if any(not str(row.get("name", "")).startswith(BEGINNING) for row in found.get(name, []))
    ]
    if held:
        pytest.skip(f"the server holds {', '.join(held)}: the facts are told of an empty one")
