"""A request as handlers see it, and their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from dhis2cfg.sandbox.read.view import View
from dhis2cfg.sandbox.rights.people import Person
from dhis2cfg.sandbox.store.instance import Instance
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.store.trouble import Trouble

STATUS_NAMES = {
    200: "OK",
    201: "Created",
    204: "No Content",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    415: "Unsupported Media Type",
    500: "Internal Server Error",
    501: "Not Implemented",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`body` is JSON, text or nothing; `undo` rolls the database back though no exception was raised."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = "application/json"
    undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`parts` is the path below `/api`, `query` in order, `headers` with lower-case names."""

    method: str
    parts: tuple[str, ...]
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes
    instance: Instance
    session: Session
    person: Person

    def first(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return next((value for key, value in self.query if key == name), default)

    def every(self, name: str) -> list[str]:
        """Every value of a parameter."""
        return [value for key, value in self.query if key == name]

    def is_true(self, name: str) -> bool:
        """Whether a parameter says `true`, in any case; nothing else counts."""
        return self.first(name).lower() == "true"

    def json(self) -> Any:
        """The body; what cannot be read is refused as the server does."""
        try:
            return orjson.loads(self.body) if self.body else None
        except orjson.JSONDecodeError as error:
            raise Trouble(409, f"Unexpected end-of-input or character: {error}") from error

    def view(self, **options: Any) -> View:
        """How this caller sees objects."""
        return View(
            session=self.session,
            person=self.person,
            url=self.instance.url,
            names=self.instance.names,
            **options,
        )

    def demand(self, *authorities: str) -> None:
        """Refuse whoever has none of these authorities."""
        if not self.person.may(*authorities):
            listed = ", ".join(authorities)
            raise Trouble(403, f"Access is denied, requires one Authority from [{listed}]")


def message(status: int, text: str | None, *, code: str = "", response: Body | None = None) -> Answer:
    """DHIS2's wrapper around almost everything that is no object."""
    ok = status < 300  # noqa: PLR2004 -- the border of HTTP's good answers
    body: Body = {
        "httpStatus": STATUS_NAMES.get(status, str(status)),
        "httpStatusCode": status,
        "status": "OK" if ok else "ERROR",
    }
    if text is not None:
        body["message"] = text
    if code:
        body["errorCode"] = code
    if response is not None:
        body["response"] = response
    return Answer(status=status, body=body)


def refused(report: Body, *, outer: str = "WARNING") -> Answer:
    """409 with a report: not everything, or nothing, was done; of single objects `outer` is ERROR."""
    text = "One or more errors occurred, please see full details in import report."
    answer = message(409, text, response=report)
    return Answer(status=409, body=answer.body | {"status": outer})


def missing(simple: str, uid: str) -> Trouble:
    """404 of an object."""
    return Trouble(404, f"{simple} with id {uid} could not be found.", "E1005")


def system_block(call: Call) -> Body:
    """What every export begins with."""
    return {
        "id": call.instance.system_id,
        "rev": "sandbox",
        "version": call.instance.version,
        "date": call.session.now + "+0000",
    }
