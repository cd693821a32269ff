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

LONGEST = 4000
ROUNDS = 4
SOFT = ("Event", "Enrollment", "TrackedEntity")
LAST = {"userRoles": 2, "userGroups": 1, "programStages": -1}
"""Types that cannot be deleted in the order of work: later where the number is higher."""


class LiveServer(Server):
    """Calls go to a real server; names and UIDs are those of one test of one run."""

    is_embedded = False

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
        self.touched: set[str] = set()
        self._cookie = ""
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
        """The administrator's call in the server's words, by cookie; None where it is refused."""
        headers = {
            "Content-Type": "application/json-patch+json" if method == "PATCH" else "application/json",
            "X-Requested-With": "XMLHttpRequest",
        }
        if self._cookie:
            headers["Cookie"] = self._cookie
        else:
            headers["Authorization"] = basic("admin", self.accounts["admin"])
        content = b"" if body is None else json.dumps(body).encode()
        path = path.replace("[", "%5B").replace("]", "%5D")
        answered = self.transport.send(Request(method=method, path=path, headers=headers, body=content))
        self._cookie = self._cookie or answered.headers.get("set-cookie", "").split(";")[0]
        return json.loads(answered.body) if answered.body[:1] in {b"{", b"["} else None

    def put_back(self) -> list[str]:
        """Undo what the test did; what could not be taken away."""
        if "systemSettings" in self.touched:
            self._put_settings_back()
        for key in ("keyUiLocale", "keyDbLocale") if "userSettings" in self.touched else ():
            self.raw("DELETE", f"/api/userSettings/{key}")
        for namespace in (self.raw("GET", "/api/dataStore") or ()) if "dataStore" in self.touched else ():
            if namespace.startswith(self.disguise.prefix):
                self.raw("DELETE", f"/api/dataStore/{namespace}")
        return self._sweep()

    def _put_units_back(self) -> None:
        me = self.raw("GET", "/api/me?fields=id,organisationUnits[id]")
        if me["organisationUnits"] != self.units["organisationUnits"]:
            patch = {"op": "add", "path": "/organisationUnits", "value": self.units["organisationUnits"]}
            self.raw("PATCH", f"/api/users/{me['id']}", [patch])

    def _put_settings_back(self) -> None:
        for key, value in (self.raw("GET", "/api/systemSettings") or {}).items():
            if value != self.settings.get(key):
                self.raw("DELETE", f"/api/systemSettings/{key}")
                if self.settings.get(key) not in {None, ""}:
                    self.raw("POST", "/api/systemSettings", {key: self.settings[key]})

    def _sweep(self) -> list[str]:
        if self.touched & {"tracker", "dataValueSets"}:
            self._cookie = ""  # a session keeps the scope that its user had when it began
            for name in ("events", "enrollments", "trackedEntities"):
                self._forget_records(name)
            self._forget_values()
            flags = "&".join(f"softDeleted{one}Removal=true" for one in SOFT)
            self.raw("POST", f"/api/maintenance?{flags}")
        if "users" in self.touched:
            self._put_units_back()
        for _ in range(ROUNDS):
            found = self._found()
            if not found:
                return []
            for name in sorted(found, key=lambda one: (LAST.get(one, 0), -self._order(one))):
                self._delete(name, found[name])
        return [f"{name} {uids}" for name, uids in self._found().items()]

    def _forget_records(self, name: str) -> None:
        key = {"events": "event", "enrollments": "enrollment", "trackedEntities": "trackedEntity"}[name]
        rows = [{key: real} for real in self.disguise.real.values()]
        self.raw("POST", "/api/tracker?importStrategy=DELETE&async=false&atomicMode=OBJECT", {name: rows})

    def _forget_values(self) -> None:
        """Aggregate values are pruned with their elements; their audits would hold these back."""
        for uid in self.disguise.real.values() if "dataValueSets" in self.touched else ():
            self.raw("POST", f"/api/maintenance/dataPruning/dataElements/{uid}")

    def _order(self, name: str) -> int:
        return self.catalogue.types[name].order

    def _remember(self, asked: Asked) -> None:
        names = {re.split(r"[/?]", asked.path)[2]}
        if asked.method != "GET":
            self.touched |= names
        if isinstance(asked.body, dict):
            names |= set(asked.body)
        self.types |= names & set(self.catalogue.types)

    def _found(self) -> dict[str, list[str]]:
        """What stands of this test, by type: what has one of its UIDs, or a name with its prefix."""
        uids = ",".join([*self.disguise.real.values(), "zzNoSuchUid"])
        tests = [f"{name}:fields=id&{name}:filter=id:in:[{uids}]" for name in sorted(self.types)]
        tests += [
            f"{name}:fields=id&{name}:filter=name:$like:{self.disguise.prefix}"
            for name in sorted(self.types - {"users"})
            if "name" in self.catalogue.types[name].properties
        ]
        found: dict[str, set[str]] = {}
        for query in _together(tests):
            answer = self.raw("GET", f"/api/metadata?skipSharing=true&{query}") or {}
            for name in self.types & set(answer):
                found.setdefault(name, set()).update(row["id"] for row in answer[name])
        return {name: sorted(held) for name, held in found.items()}

    def _delete(self, name: str, uids: list[str]) -> None:
        if name == "organisationUnits":
            self._make_roots(uids)
        if name == "programStages":
            self._give_to_a_program(uids)
        if name == "users":
            for uid in uids:
                self.raw("DELETE", f"/api/users/{uid}")
            return
        body = {name: [{"id": uid} for uid in uids]}
        for some in [{name: [row]} for row in body[name]] if name == "userGroups" else [body]:
            self.raw("POST", "/api/metadata?importStrategy=DELETE&atomicMode=NONE", some)

    def _give_to_a_program(self, uids: list[str]) -> None:
        """A stage that no program holds cannot be deleted."""
        found = self.raw("GET", "/api/programs?fields=id&paging=false") or {"programs": []}
        for program in found["programs"][:1]:
            added = {"additions": [{"id": uid} for uid in uids]}
            self.raw("POST", f"/api/programs/{program['id']}/programStages", added)

    def _make_roots(self, uids: list[str]) -> None:
        """Units that a test put below each other hold each other back."""
        query = f"organisationUnits:filter=id:in:[{','.join(uids)}]&organisationUnits:fields=:owner,!parent"
        found = self.raw("GET", f"/api/metadata?{query}")
        self.raw("POST", "/api/metadata", {"organisationUnits": (found or {}).get("organisationUnits", [])})


def _together(tests: list[str]) -> Iterator[str]:
    """Queries of some tests each, so that no address gets too long; a type stands in one query once."""
    held: dict[str, str] = {}
    for test in tests:
        name = test.split(":", 1)[0]
        if name in held or sum(map(len, held.values())) + len(test) > LONGEST:
            yield "&".join(held.values())
            held = {}
        held[name] = test
    yield "&".join(held.values())


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
