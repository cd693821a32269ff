"""Stand-ins for the world: a clock that never waits, a transport of prepared answers, a small data store."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import orjson

from dhis2cfg.dhis2.credentials import Credentials, origin_of
from dhis2cfg.dhis2.session import Session
from dhis2cfg.model.http import Request, Response
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.ports import Transport

URL = "https://oslo.example.org"
JSON = {"content-type": "application/json"}

Answer = Response | Exception | Callable[[Request], Response]


def json_answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer as DHIS2 gives it."""
    return Response(status=status, headers={**JSON, **(headers or {})}, body=orjson.dumps(value))


def page(status: int = 200) -> Response:
    """A web page of somebody in between."""
    return Response(status=status, headers={"content-type": "text/html"}, body=b"<!DOCTYPE html><p>hello")


def token(value: str = "d2pat_CANARYTOKEN", url: str = URL) -> Credentials:
    """Credentials by token."""
    return Credentials(origin=origin_of(url), source="DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG", token=value)


def password(value: str = "canary-password", url: str = URL) -> Credentials:
    """Credentials by password."""
    return Credentials(
        origin=origin_of(url),
        source="DHIS2CFG_USERNAME__OSLO_EXAMPLE_ORG and DHIS2CFG_PASSWORD__OSLO_EXAMPLE_ORG",
        username="robot",
        password=value,
    )


def a_call(body: Mapping[str, Any], kind: StepKind = StepKind.CALL) -> Step:
    """A step that sends this body."""
    objects = tuple((name, str(each["id"])) for name, several in body.items() for each in several)
    return Step(number=1, kind=kind, objects=objects, body=body)


class FakeClock:
    """Time that goes forward only when somebody pauses or says so."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.pauses: list[float] = []

    def seconds(self) -> float:
        """The time."""
        return self.time

    def pause(self, seconds: float) -> None:
        """Go forward at once."""
        self.pauses.append(seconds)
        self.time += seconds


_STRANGER = re.compile(r",0[0-9a-f]{10}\]")
_ALONE = re.compile(r":in:\[([^],]*)\]&")


def readable(request: Request) -> str:
    """Method and path, decoded; the id that no object has is left out, so that words stay the same."""
    asked = f"{request.method} {unquote(request.path)}"
    told = _STRANGER.sub("]", asked)
    return _ALONE.sub(r":eq:\1&", told) if told != asked else asked


class FakeTransport:
    """Answers by method and path; several answers to one are given in turn, the last one again and again."""

    def __init__(self, answers: Mapping[str, Answer | list[Answer]], url: str = URL) -> None:
        self._url = url
        self._answers = {
            asked: list(given) if isinstance(given, list) else [given] for asked, given in answers.items()
        }
        self.requests: list[Request] = []
        self.is_closed = False

    @property
    def url(self) -> str:
        """The base URL."""
        return self._url

    def send(self, request: Request) -> Response:
        """The prepared answer; 404 as DHIS2 says it where none was prepared."""
        self.requests.append(request)
        prepared = self._answers.get(readable(request))
        if prepared is None:
            return json_answer({"status": "ERROR", "message": "not found"}, 404)
        answer = prepared.pop(0) if len(prepared) > 1 else prepared[0]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Response) else answer(request)

    def close(self) -> None:
        """Remember it."""
        self.is_closed = True

    @property
    def asked(self) -> list[str]:
        """What was asked for, in order and readable."""
        return [readable(request) for request in self.requests]


def session_over(transport: Transport, credentials: Credentials | None = None) -> Session:
    """A session with the server oslo over any transport."""
    return Session(transport, credentials or token(), FakeClock(), name="oslo")


def a_session(
    answers: Mapping[str, Answer | list[Answer]], credentials: Credentials | None = None
) -> tuple[Session, FakeTransport, FakeClock]:
    """A session with the server oslo, the transport behind it and its clock."""
    transport = FakeTransport(answers)
    clock = FakeClock()
    return Session(transport, credentials or token(), clock, name="oslo"), transport, clock


class FakeDataStore:
    """A server that keeps a data store for several accounts and tells the time; sharing is obeyed.

    `deaf_to_sharing` accepts sharing without keeping it. `before` is called with every request.
    """

    def __init__(self, clock: FakeClock, *, deaf_to_sharing: bool = False) -> None:
        self.clock = clock
        self.values: dict[str, Any] = {}
        self.about: dict[str, dict[str, Any]] = {}
        self.groups = {"NO_UG_KS": "GrpUid00001"}
        self.zone = "Europe/Oslo"
        self.requests: list[str] = []
        self.before: Callable[[str], None] = lambda _asked: None
        self._deaf = deaf_to_sharing

    def session(self, account: str) -> Session:
        """A session of one account with this server."""
        return Session(_Account(self, account), token(), self.clock, name="oslo")

    def put_in(self, key: str, value: Any, by: str, public: str = "rw------") -> None:
        """A key as if an account had made it."""
        self.values[key] = value
        self.about[key] = {
            "id": f"id-{key}",
            "createdBy": {"username": by},
            "sharing": {"public": public, "users": {}, "userGroups": {}},
        }

    def answer(self, account: str, request: Request) -> Response:
        """What the server says to one account."""
        path, _, query = request.path.partition("?")
        asked = f"{request.method} {path}"
        self.requests.append(f"{account} {asked}")
        self.before(asked)
        if path == "/api/system/info":
            return json_answer(
                {"version": "2.42.5", "serverDate": self._now(), "serverTimeZoneId": self.zone}
            )
        if path == "/api/userGroups":
            code = query.partition("code:eq:")[2].partition("&")[0]
            found = [{"id": self.groups[code]}] if code in self.groups else []
            return json_answer({"userGroups": found})
        if path == "/api/sharing":
            return self._share(query.partition("id=")[2], orjson.loads(request.body)["object"])
        if path == "/api/dataStore/dhis2cfg":
            keys = [key for key in sorted(self.values) if self._may(account, key, "r")]
            return json_answer(keys) if self.values else json_answer({"message": "Namespace not found"}, 404)
        return self._key(account, request, path.removeprefix("/api/dataStore/dhis2cfg/"))

    def _key(self, account: str, request: Request, rest: str) -> Response:
        key, _, meta = rest.partition("/")
        if request.method == "POST":
            if key in self.values:
                return json_answer({"message": f"Key '{key}' already exists"}, 409)
            self.put_in(key, orjson.loads(request.body), account)
            return json_answer({"message": "created"}, 201)
        if key not in self.values:
            return json_answer({"message": f"Key not found: '{key}'"}, 404)
        if not self._may(account, key, "r" if request.method == "GET" else "w"):
            return json_answer({"message": "Access denied"}, 403)
        if request.method == "GET":
            return json_answer(self.about[key] if meta else self.values[key])
        if request.method == "PUT":
            self.values[key] = orjson.loads(request.body)
        else:
            del self.values[key]
        return json_answer({"message": "done"})

    def _may(self, account: str, key: str, bit: str) -> bool:
        about = self.about[key]
        return account == about["createdBy"]["username"] or bit in about["sharing"]["public"]

    def _share(self, uid: str, access: Mapping[str, Any]) -> Response:
        key = uid.removeprefix("id-")
        if not self._deaf:
            groups = {each["id"]: each for each in access["userGroupAccesses"]}
            self.about[key]["sharing"] = {"public": access["publicAccess"], "users": {}, "userGroups": groups}
        return json_answer({"message": "Access control set"})

    def _now(self) -> str:
        began = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001 - as DHIS2 tells it, without a zone
        return (began + timedelta(seconds=self.clock.time - 1000)).isoformat(timespec="milliseconds")


class _Account:
    """The transport of one account of a `FakeDataStore`."""

    def __init__(self, server: FakeDataStore, name: str) -> None:
        self._server = server
        self._name = name

    @property
    def url(self) -> str:
        """The base URL."""
        return URL

    def send(self, request: Request) -> Response:
        """The server's answer to this account."""
        return self._server.answer(self._name, request)

    def close(self) -> None:
        """Nothing to let go of."""
