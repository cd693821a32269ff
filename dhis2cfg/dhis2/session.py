"""One signed-in conversation with one server: a login, then the cookie; reads are repeated, writes never."""

import threading
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

import orjson

from dhis2cfg.dhis2 import answers
from dhis2cfg.dhis2.credentials import Credentials, origin_of
from dhis2cfg.errors import CertificateRefused, Dhis2cfgError, Unreachable
from dhis2cfg.model.http import Request, Response
from dhis2cfg.ports import Clock, Transport

READ_SECONDS = 120.0
PAUSES = (0.5, 2.0, 5.0)
LONGEST_PAUSE = 30.0
CSRF_COOKIE = "XSRF-TOKEN"
"""Set by servers that guard against forged requests (2.42); its value is wanted as a header (facts §8)."""
BUSY = frozenset({429, 502, 503, 504})


class Session:
    """The conversation with one server; `name` is what messages call it.

    A password signs in once (each Basic login costs 0.1 s), then the cookie does; a token opens no session
    and goes with every request (facts §8, §16).
    """

    def __init__(self, transport: Transport, credentials: Credentials, clock: Clock, *, name: str) -> None:
        if origin_of(transport.url) != credentials.origin:
            raise Dhis2cfgError(f"credentials of {credentials.origin} are not for {transport.url}")
        self.name = name
        self.clock = clock
        self._transport = transport
        self._credentials = credentials
        self._cookies: dict[str, str] = {}
        self._signing_in = threading.Lock()

    @property
    def url(self) -> str:
        """The base URL of the server."""
        return self._transport.url

    def ask(self, path: str, *, accept: frozenset[int] = frozenset()) -> tuple[int, Any]:
        """Status and JSON of an answer that is a success or one of the statuses accepted; all else raises."""
        asked = self._asked(path)
        response = self._get(path)
        answers.refuse_strange(asked, response)
        if response.status not in accept:
            answers.refuse_unsuccessful(asked, response)
            return response.status, answers.json_of(asked, response)
        return response.status, answers.json_or_none(response)

    def get(self, path: str) -> Any:
        """The JSON at a path; None where the answer is empty."""
        return self.ask(path)[1]

    def text(self, path: str) -> str:
        """The characters at a path, where DHIS2 answers with a bare text."""
        asked = self._asked(path)
        response = self._get(path)
        answers.refuse_strange(asked, response)
        answers.refuse_unsuccessful(asked, response)
        return response.body.decode()

    def find(self, path: str) -> Any:
        """The JSON at a path, or None where DHIS2 says that it holds nothing there (404)."""
        status, json = self.ask(path, accept=frozenset({answers.NOT_FOUND}))
        return None if status == answers.NOT_FOUND else json

    def send(self, method: str, path: str, body: Any, *, timeout: float) -> Response:
        """DHIS2's answer to a write, whatever it says; sent once and never again."""
        if not (self._is_signed_in or self._credentials.is_token):
            self.get("/api/me?fields=id")
        asked = self._asked(path)
        content = b"" if body is None else orjson.dumps(body)
        response = self._exchange(
            method, path, content, timeout=timeout, with_credentials=not self._is_signed_in
        )
        if response.status == answers.TOO_LARGE:
            raise answers.too_large(asked, len(content))
        if response.status in (answers.UNAUTHORISED, *answers.REDIRECTS):
            self._cookies = {}
            answers.refuse_strange(asked, response)
        return response

    def close(self) -> None:
        """Let go of the connections."""
        self._transport.close()

    def _asked(self, path: str) -> answers.Asked:
        return answers.Asked(name=self.name, url=self.url, path=path, credentials=self._credentials)

    @property
    def _is_signed_in(self) -> bool:
        """Whether a cookie that can be a session's is there; balancers set others."""
        return any("SESSION" in name.upper() for name in self._cookies)

    def _get(self, path: str) -> Response:
        """One GET, asked again after a pause while the network or a proxy fails."""
        for pause in PAUSES:
            try:
                response = self._signed_in_get(path)
            except CertificateRefused:
                raise
            except Unreachable:
                self.clock.pause(pause)
                continue
            if response.status not in BUSY:
                return response
            self.clock.pause(_asked_pause(response, pause))
        response = self._signed_in_get(path)
        if response.status in BUSY:
            raise Unreachable(
                f"{self.name} is busy or down: {self._asked(path).where} said {response.status}",
                details=(f"asked {len(PAUSES) + 1} times. {answers.NOTHING_WRITTEN}",),
            )
        return response

    def _signed_in_get(self, path: str) -> Response:
        """A GET with the session's cookie; without one, or when it has ended, the credentials sign in."""
        if self._is_signed_in:
            response = self._exchange("GET", path, b"", timeout=READ_SECONDS, with_credentials=False)
            if response.status != answers.UNAUTHORISED:
                return response
            self._cookies = {}
        with self._signing_in:
            return self._exchange("GET", path, b"", timeout=READ_SECONDS, with_credentials=True)

    def _exchange(
        self, method: str, path: str, body: bytes, *, timeout: float, with_credentials: bool
    ) -> Response:
        headers = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
        if body:
            headers["Content-Type"] = "application/json"
        if with_credentials or self._credentials.is_token:
            headers["Authorization"] = self._credentials.header
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if CSRF_COOKIE in self._cookies:
            headers["X-XSRF-TOKEN"] = self._cookies[CSRF_COOKIE]
        response = self._transport.send(
            Request(method=method, path=path, headers=headers, body=body, timeout=timeout)
        )
        if not self._credentials.is_token:
            self._cookies = {**self._cookies, **_cookies(response.headers)}
        return response


def _asked_pause(response: Response, usual: float) -> float:
    """What `Retry-After` asks for in seconds, within reason."""
    asked = response.headers.get("retry-after", "")
    return min(float(asked), LONGEST_PAUSE) if asked.isdigit() else usual


def _cookies(headers: Mapping[str, str]) -> dict[str, str]:
    """Names and values of the cookies that an answer sets; `set-cookie` holds one a line."""
    found: dict[str, str] = {}
    for line in headers.get("set-cookie", "").splitlines():
        try:
            found.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        except CookieError:
            continue
    return found
