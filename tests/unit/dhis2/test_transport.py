"""HTTP as values: what goes out, what comes back, and foreign errors under our names."""

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from dhis2cfg.dhis2.transport import HttpxTransport
from dhis2cfg.errors import CertificateRefused, Dhis2cfgError, NeverSent, Unreachable
from dhis2cfg.model.http import Request

URL = "https://oslo.example.org/dhis"
GET = Request(method="GET", path="/api/x?a=%5B1,2%5D", headers={"Accept": "application/json"}, timeout=3)


def over(answer: Callable[[httpx.Request], httpx.Response]) -> HttpxTransport:
    """A transport whose network answers by a function."""
    return HttpxTransport(URL + "/", network=httpx.MockTransport(answer))


def failing(error: Exception) -> HttpxTransport:
    """A transport whose network fails."""

    def fail(_request: httpx.Request) -> httpx.Response:
        raise error

    return over(fail)


def test_one_exchange() -> None:
    """Method, path, headers and body go out as they are; status, headers and body come back."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        headers = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Vary", "x"), ("Vary", "y")]
        return httpx.Response(201, headers=headers, content=b"ok")

    transport = over(answer)
    response = transport.send(Request(method="POST", path="/api/x", headers={"X-A": "b"}, body=b"123"))
    assert (response.status, response.body) == (201, b"ok")
    assert response.headers["set-cookie"] == "a=1\nb=2"
    assert response.headers["vary"] == "x, y"
    assert str(seen[0].url) == "https://oslo.example.org/dhis/api/x"
    assert seen[0].headers["user-agent"].startswith("dhis2cfg/")
    assert seen[0].content == b"123"
    transport.close()


def test_brackets_stay_encoded() -> None:
    """A query goes out as it was encoded, and cookies of an answer are not sent by themselves."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, headers={"Set-Cookie": "JSESSIONID=s1; Path=/"})

    transport = over(answer)
    transport.send(GET)
    transport.send(GET)
    assert seen[0].url.raw_path == b"/dhis/api/x?a=%5B1,2%5D"
    assert "cookie" not in seen[1].headers
    assert seen[1].extensions["timeout"] == {"connect": 3, "read": 3, "write": 3, "pool": 3}


def test_redirects_are_answers() -> None:
    """A redirect is handed on, and nobody goes there."""
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(302, headers={"Location": "https://evil.example.org/"})

    assert over(answer).send(GET).status == 302
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("error", "kind", "what"),
    [
        (httpx.ConnectError("refused"), NeverSent, f"{URL} does not answer"),
        (httpx.ConnectTimeout("slow"), NeverSent, f"{URL} does not answer"),
        (httpx.ProxyError("407"), NeverSent, f"the proxy on the way to {URL} refused"),
        (httpx.UnsupportedProtocol("ftp"), NeverSent, f"{URL} is no address that can be asked"),
        (httpx.ReadTimeout("slow"), Unreachable, f"{URL} did not answer in time"),
        (httpx.RemoteProtocolError(""), Unreachable, f"the connection to {URL} broke"),
    ],
)
def test_foreign_errors(error: Exception, kind: type[Unreachable], what: str) -> None:
    """Foreign errors become ours, by whether the request was sent."""
    with pytest.raises(Unreachable) as caught:
        failing(error).send(GET)
    assert type(caught.value) is kind
    assert caught.value.what == what
    assert caught.value.details[0].startswith(type(error).__name__)
    assert caught.value.__cause__ is error


def test_untrusted_certificate() -> None:
    """A certificate that is not trusted is said so, with what to do, not as a broken connection."""
    reason = ssl.SSLCertVerificationError(1, "self-signed certificate")
    error = httpx.ConnectError("ssl")
    error.__cause__ = reason
    with pytest.raises(CertificateRefused) as caught:
        failing(error).send(GET)
    assert caught.value.what == f"the certificate of {URL} is not trusted"
    assert "self-signed certificate" in caught.value.details[0]
    assert "`ca:`" in caught.value.following[0]


def test_missing_ca_file(tmp_path: Path) -> None:
    """A file of authorities that is missing or no PEM file is named."""
    empty = tmp_path / "ca.pem"
    empty.write_text("nothing\n")
    for file in (tmp_path / "missing.pem", empty):
        with pytest.raises(CertificateRefused, match=str(file)):
            HttpxTransport(URL, ca=str(file))


def test_paths_begin_with_a_slash() -> None:
    """A path that could move the host is a mistake of ours."""
    with pytest.raises(Dhis2cfgError, match="must begin with /"):
        failing(ValueError()).send(Request(method="GET", path="@evil.example.org/"))


def test_this_machine_is_asked_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that the variables name is not used for this machine: nothing listens, and that is said."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(NeverSent, match=r"http://127\.0\.0\.1:1 does not answer"):
        HttpxTransport("http://127.0.0.1:1").send(GET)


class Channel:
    """What httpx tells of a TLS connection."""

    def __init__(self, certificate: dict[str, Any]) -> None:
        self.certificate = certificate

    def get_extra_info(self, name: str) -> "Channel | None":
        """The TLS object."""
        return self if name == "ssl_object" else None

    def getpeercert(self) -> dict[str, Any]:
        """The peer's certificate."""
        return self.certificate


def test_end_of_the_certificate() -> None:
    """Until when the certificate holds is known after an exchange."""
    certificates = iter([{}, {"notAfter": "Feb 11 12:00:00 2027 GMT"}])

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, extensions={"network_stream": Channel(next(certificates))})

    transport = over(answer)
    ends = []
    for _ in range(2):
        transport.send(GET)
        ends.append(str(transport.certificate_end))
    assert ends == ["None", "2027-02-11 12:00:00+00:00"]
