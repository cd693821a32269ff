"""What stands around a transport: planning cannot write, and nothing that is said holds a secret."""

import base64
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from dhis2cfg.dhis2.importing import ImportMode, import_path
from dhis2cfg.errors import Dhis2cfgError, Unreachable
from dhis2cfg.model.http import Request, Response
from dhis2cfg.ports import Transport

MASK = "***"
_SHORTEST_IN_BODIES = 6


class Secrets:
    """Texts that may never be said, each in the spellings in which it could turn up."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._spellings: tuple[str, ...] = ()
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Texts that may not be said from now on."""
        spellings = {*self._spellings, *(one for text in texts if text for one in _spellings(text))}
        self._spellings = tuple(sorted(spellings, key=lambda spelling: (-len(spelling), spelling)))

    def __repr__(self) -> str:
        return f"Secrets({len(self._spellings)} spellings)"

    def mask(self, text: str) -> str:
        """The text with every secret replaced."""
        for spelling in self._spellings:
            text = text.replace(spelling, MASK)
        return text

    def mask_body(self, body: bytes) -> bytes:
        """A body with its secrets replaced; very short ones would break its JSON and are left."""
        for spelling in self._spellings:
            if len(spelling) >= _SHORTEST_IN_BODIES:
                body = body.replace(spelling.encode(), MASK.encode())
        return body

    def mask_error(self, error: Unreachable) -> Unreachable:
        """The error itself where it holds no secret, else a clean one without the chain that does."""
        said = (error.what, *error.details, *error.following, *_chain(error))
        if all(self.mask(text) == text for text in said):
            return error
        return type(error)(
            self.mask(error.what),
            details=tuple(self.mask(text) for text in error.details),
            following=tuple(self.mask(text) for text in error.following),
        )


def _spellings(text: str) -> set[str]:
    """As it is, in an address, as JSON, as JSON that an answer quotes inside its own, as Basic sends it."""
    in_json = {json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
    quoted = {json.dumps(each, ensure_ascii=False)[1:-1] for each in in_json}
    encoded = base64.b64encode(text.encode()).decode()
    return {
        text,
        quote(text, safe=""),
        encoded,
        *in_json,
        *quoted,
        *(json.dumps(each)[1:-1] for each in in_json),
    }


def _chain(error: BaseException) -> Iterable[str]:
    cause = error.__cause__ or error.__context__
    while cause is not None:
        yield f"{cause} {cause!r}"
        cause = cause.__cause__ or cause.__context__


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One exchange as `--debug` shows it: no headers, no bodies. `status` 0: no whole answer came."""

    method: str
    path: str
    status: int
    milliseconds: int
    sent: int
    received: int

    def __str__(self) -> str:
        came = str(self.status) if self.status else "no answer"
        return (
            f"{self.method} {self.path} {came} {self.milliseconds} ms, "
            f"{self.sent} bytes sent, {self.received} received"
        )


Log = Callable[[Exchange], None]


def silent(_exchange: Exchange) -> None:
    """The log of those who did not ask for one."""


class MaskedTransport:
    """Tells a log of every exchange; keeps secrets out of it, of errors and of refusals."""

    def __init__(self, inner: Transport, secrets: Secrets, log: Log = silent) -> None:
        self._inner = inner
        self._secrets = secrets
        self._log = log

    @property
    def url(self) -> str:
        """The base URL of the transport inside."""
        return self._inner.url

    def send(self, request: Request) -> Response:
        """One exchange, told to the log whatever becomes of it."""
        started = time.monotonic()
        try:
            response = self._inner.send(request)
        except Unreachable as error:
            self._tell(request, 0, 0, started)
            masked = self._secrets.mask_error(error)
            if masked is error:
                raise
            raise masked from None
        self._tell(request, response.status, len(response.body), started)
        if response.status < 300:  # noqa: PLR2004 - all else may quote what was sent
            return response
        headers = {name: self._secrets.mask(value) for name, value in response.headers.items()}
        return replace(response, headers=headers, body=self._secrets.mask_body(response.body))

    def close(self) -> None:
        """Close the transport inside."""
        self._inner.close()

    def _tell(self, request: Request, status: int, received: int, started: float) -> None:
        self._log(
            Exchange(
                method=request.method,
                path=self._secrets.mask(request.path),
                status=status,
                milliseconds=round((time.monotonic() - started) * 1000),
                sent=len(request.body),
                received=received,
            )
        )


class PlanningTransport:
    """Lets GET and exactly one POST through, the VALIDATE: whoever plans cannot write (design §7)."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner

    @property
    def url(self) -> str:
        """The base URL of the transport inside."""
        return self._inner.url

    def send(self, request: Request) -> Response:
        """One exchange that cannot write; anything else is a mistake of ours."""
        is_dry_run = request.method == "POST" and request.path == import_path(ImportMode.VALIDATE)
        if request.method != "GET" and not is_dry_run:
            raise Dhis2cfgError(
                f"planning tried to send {request.method} {request.path.partition('?')[0]}",
                details=("this is a mistake in dhis2cfg; nothing was sent",),
            )
        return self._inner.send(request)

    def close(self) -> None:
        """Close the transport inside."""
        self._inner.close()
