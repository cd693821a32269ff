"""An embedded server under test, called in process, and small objects to send to it."""

import base64
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dhis2cfg.model.http import Request
from dhis2cfg.ports import Transport
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.faults import Fault, FaultyApp
from dhis2cfg.sandbox.seed import ADMIN, PASSWORD, SANDBOX_TOKEN, make_instance
from dhis2cfg.sandbox.store.instance import Instance

PUBLIC = {"public": "rw------", "users": {}, "userGroups": {}}
CLOSED = {"public": "--------", "users": {}, "userGroups": {}}
FULL = "atomicMode=ALL&importReportMode=FULL"
STRONG = "Zz-Prover-2026!"


def basic(name: str, password: str) -> str:
    """The value of an Authorization header."""
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer: `body` as JSON where it is, else as text."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def stats(self) -> str:
        """Created/updated/deleted/ignored/total of an import."""
        stats = self.body["response"]["stats"]
        return "/".join(str(stats[name]) for name in ("created", "updated", "deleted", "ignored", "total"))

    @property
    def codes(self) -> list[str]:
        """Every error code of a report, in order."""
        response = self.body["response"]
        rows = response.get("typeReports", [response] if "objectReports" in response else [])
        entries = [entry for row in rows for entry in row["objectReports"]]
        return [
            error["errorCode"] for entry in entries or [response] for error in entry.get("errorReports", [])
        ]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as a test words it: `user` None sends no credentials; bytes go out as they are."""

    method: str
    path: str
    body: Any
    user: str | None
    headers: Mapping[str, str]


def asked_request(asked: Asked, accounts: Mapping[str, str]) -> Request:
    """The request as it goes out, with the password of its user."""
    sent = {"Content-Type": "application/json", "X-Requested-With": "XMLHttpRequest"}
    if asked.user is not None:
        sent["Authorization"] = basic(asked.user, accounts[asked.user])
    body = asked.body
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    path = quote(asked.path, safe="/?=&:,!*~%.-_()@$")
    return Request(method=asked.method, path=path, headers=sent | dict(asked.headers), body=raw)


class Server:
    """One server of a version; calls are the administrator's unless said otherwise."""

    is_embedded = True

    def __init__(
        self, version: str = "2.42", *, instance: Instance | None = None, faults: Iterable[Fault] = ()
    ) -> None:
        self.version = version
        self.instance = instance or make_instance(version)
        self.transport: Transport = SandboxTransport(FaultyApp(make_app(self.instance), faults))
        self.accounts = {ADMIN: PASSWORD}

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        user: str | None = ADMIN,
        headers: Mapping[str, str] | None = None,
    ) -> Answered:
        """One exchange; `user` None sends no credentials; bytes go out as they are."""
        return self.ask(Asked(method=method, path=path, body=body, user=user, headers=headers or {}))

    def ask(self, asked: Asked) -> Answered:
        """What the server answers."""
        response = self.transport.send(asked_request(asked, self.accounts))
        try:
            parsed = json.loads(response.body) if response.body else None
        except ValueError:
            parsed = response.body.decode("utf-8", "replace")
        return Answered(status=response.status, body=parsed, headers=response.headers)

    def get(self, path: str, **options: Any) -> Any:
        """The body of a GET that succeeds."""
        answered = self.call("GET", path, **options)
        assert answered.status == 200, answered.body
        return answered.body

    def waited(self, path: str, *, seconds: float = 30.0) -> Any:
        """The body of a GET as soon as there is one; None where none comes."""
        end = time.monotonic() + seconds
        while not (found := self.get(path)) and time.monotonic() < end:
            time.sleep(0.2)
        return found

    def post(self, path: str, body: Any = None, **options: Any) -> Answered:
        """A POST."""
        return self.call("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Answered:
        """A PUT."""
        return self.call("PUT", path, body, **options)

    def patch(self, path: str, operations: Any) -> Answered:
        """A JSON Patch."""
        return self.call("PATCH", path, operations, headers={"Content-Type": "application/json-patch+json"})

    def delete(self, path: str, **options: Any) -> Answered:
        """A DELETE."""
        return self.call("DELETE", path, **options)

    def send(self, more: str = "", *, user: str = ADMIN, **types: Any) -> Answered:
        """An import of `type=[objects]`, committed unless `more` says otherwise."""
        return self.post(f"/api/metadata?{FULL}&{more}", types, user=user)

    def commit(self, **types: Any) -> Answered:
        """An import that must succeed."""
        answered = self.send(**types)
        assert answered.status == 200, answered.body
        return answered

    def remove(self, **types: list[str]) -> Answered:
        """An import that deletes objects by UID."""
        body = {name: [{"id": uid} for uid in uids] for name, uids in types.items()}
        return self.post(f"/api/metadata?{FULL}&importStrategy=DELETE", body)

    def owner(self, type_name: str, uid: str) -> Any:
        """One object as it stands."""
        return self.get(f"/api/{type_name}/{uid}?fields=:owner")

    def a_user(self, name: str, *authorities: str, groups: Iterable[str] = ()) -> str:
        """A new user with a role of these authorities; his UID."""
        role, person = uid(f"role{name}"), uid(f"user{name}")
        self.commit(userRoles=[{"id": role, "name": f"role of {name}", "authorities": list(authorities)}])
        body = {
            "id": person,
            "username": name,
            "firstName": "Zz",
            "surname": name,
            "password": STRONG,
            "userRoles": [{"id": role}],
            "userGroups": [{"id": group} for group in groups],
        }
        assert self.post("/api/users", body).status == 201
        self.accounts[name] = STRONG
        return person


Make = Callable[[str], Server]
"""Gives a fresh server of a version."""


def with_token(server: Server, path: str) -> Answered:
    """A GET with the sandbox's public token."""
    return server.call("GET", path, user=None, headers={"Authorization": f"ApiToken {SANDBOX_TOKEN}"})


def uid(name: str) -> str:
    """A UID that shows the name it stands for."""
    return f"U{''.join(sign for sign in name if sign.isalnum()):0<10}"[:11]


def element(name: str, /, **more: Any) -> dict[str, Any]:
    """A tracker data element."""
    return {
        "id": uid(name),
        "code": name,
        "name": name,
        "shortName": name,
        "domainType": "TRACKER",
        "valueType": "TEXT",
        "aggregationType": "NONE",
        "sharing": PUBLIC,
    } | more


def attribute(name: str, /, **more: Any) -> dict[str, Any]:
    """A tracked entity attribute."""
    return {
        "id": uid(name),
        "name": name,
        "shortName": name,
        "valueType": "TEXT",
        "aggregationType": "NONE",
        "sharing": PUBLIC,
    } | more


def unit(name: str, parent: str = "", /, **more: Any) -> dict[str, Any]:
    """An organisation unit."""
    above = {"parent": {"id": uid(parent)}} if parent else {}
    return {"id": uid(name), "name": name, "shortName": name, "openingDate": "2020-01-01"} | above | more


def refs(*names: str) -> list[dict[str, str]]:
    """References to objects by their names."""
    return [{"id": uid(name)} for name in names]


def option_set(name: str, *codes: str, **more: Any) -> dict[str, Any]:
    """`optionSets` and `options` of one set, as types of an import."""
    rows = [
        {"id": uid(name + code), "code": code, "name": code, "optionSet": {"id": uid(name)}} for code in codes
    ]
    listed = [{"id": row["id"]} for row in rows]
    owner = {"id": uid(name), "name": name, "valueType": "TEXT", "options": listed, "sharing": PUBLIC} | more
    return {"optionSets": [owner], "options": rows}


def a_program(server: Server, *elements: str) -> None:
    """A unit, a type, program `P` with attribute `T`, stage `S`, rule `R` with its action `A`."""
    names = elements or ("D1", "D2")
    rows = [
        {"id": uid(f"row{name}"), "dataElement": {"id": uid(name)}, "sortOrder": place}
        for place, name in enumerate(names, 1)
    ]
    server.commit(
        organisationUnits=[unit("O")],
        trackedEntityTypes=[{"id": uid("E"), "name": "E", "shortName": "E", "sharing": PUBLIC}],
        trackedEntityAttributes=[attribute("T")],
        dataElements=[element(name) for name in names],
        programs=[program()],
        programStages=[stage(rows)],
        programRules=[rule("R", "A")],
        programRuleActions=[action("A", "R", dataElement={"id": uid(names[0])})],
    )


def program(**more: Any) -> dict[str, Any]:
    """Program `P` of `a_program`."""
    held = {"id": uid("rowT"), "trackedEntityAttribute": {"id": uid("T")}, "sortOrder": 1}
    return {
        "id": uid("P"),
        "name": "P",
        "shortName": "P",
        "programType": "WITH_REGISTRATION",
        "trackedEntityType": {"id": uid("E")},
        "programStages": refs("S"),
        "programTrackedEntityAttributes": [held],
        "organisationUnits": refs("O"),
        "sharing": PUBLIC | {"public": "rwrw----"},
    } | more


def stage(rows: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Stage `S` of `a_program`."""
    base = {"id": uid("S"), "name": "S", "program": {"id": uid("P")}, "programStageDataElements": rows}
    return base | {"sharing": PUBLIC | {"public": "rwrw----"}} | more


def rule(name: str, /, *actions: str, **more: Any) -> dict[str, Any]:
    """A rule of program `P`."""
    base = {"id": uid(name), "name": name, "program": {"id": uid("P")}, "condition": "true"}
    return base | {"programRuleActions": refs(*actions)} | more


def action(name: str, owner: str, kind: str = "HIDEFIELD", **more: Any) -> dict[str, Any]:
    """An action of a rule."""
    return {"id": uid(name), "programRule": {"id": uid(owner)}, "programRuleActionType": kind} | more
