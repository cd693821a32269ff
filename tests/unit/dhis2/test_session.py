"""Signing in, repeating reads, and saying what came where DHIS2's JSON should have come."""

import pytest

from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import (
    CertificateRefused,
    CredentialsRefused,
    Dhis2cfgError,
    NeverSent,
    ServerRefused,
    Unreachable,
)
from dhis2cfg.model.http import Response
from tests.unit.dhis2.fakes import FakeClock, FakeTransport, a_session, json_answer, page, password, token

ME = "GET /api/me"
COOKIE = {"set-cookie": "JSESSIONID=s1; Path=/; HttpOnly\nlb=east; Path=/"}


def test_password_signs_in_once() -> None:
    """A password goes with the first request alone; then its cookies do."""
    session, transport, _ = a_session({ME: json_answer({"id": "a"}, headers=COOKIE)}, password())
    assert session.get("/api/me") == {"id": "a"}
    session.get("/api/me")
    first, second = transport.requests
    assert first.headers["Authorization"] == "Basic cm9ib3Q6Y2FuYXJ5LXBhc3N3b3Jk"
    assert "Authorization" not in second.headers
    assert second.headers["Cookie"] == "JSESSIONID=s1; lb=east"
    assert second.headers["X-Requested-With"] == "XMLHttpRequest"


def test_token_goes_with_every_request() -> None:
    """A token opens no session: it is sent each time, and cookies are left alone."""
    session, transport, _ = a_session({ME: json_answer({}, headers=COOKIE)})
    session.get("/api/me")
    session.get("/api/me")
    assert [each.headers["Authorization"] for each in transport.requests] == [
        "ApiToken d2pat_CANARYTOKEN"
    ] * 2
    assert "Cookie" not in transport.requests[1].headers


def test_ended_session_signs_in_again_for_a_read() -> None:
    """A read that meets an ended session signs in once more and is repeated."""
    session, transport, _ = a_session(
        {ME: [json_answer({}, headers=COOKIE), json_answer({}, 401), json_answer({"id": "b"})]}, password()
    )
    session.get("/api/me")
    assert session.get("/api/me") == {"id": "b"}
    assert [("Authorization" in each.headers) for each in transport.requests] == [True, False, True]


def test_ended_session_stops_a_write() -> None:
    """A write that meets an ended session is not repeated: it is refused."""
    session, transport, _ = a_session(
        {ME + "?fields=id": json_answer({}, headers=COOKIE), "POST /api/x": json_answer({}, 401)}, password()
    )
    with pytest.raises(CredentialsRefused):
        session.send("POST", "/api/x", {}, timeout=1)
    assert transport.asked == ["GET /api/me?fields=id", "POST /api/x"]


def test_write_without_a_cookie_carries_the_password() -> None:
    """Where a server gives no session cookie, a write signs in by itself."""
    balancer = {"set-cookie": "lb=east"}
    session, transport, _ = a_session(
        {ME + "?fields=id": json_answer({}, headers=balancer), "POST /api/x": json_answer({})}, password()
    )
    session.send("POST", "/api/x", {"a": 1}, timeout=7)
    write = transport.requests[-1]
    assert "Authorization" in write.headers
    assert (write.body, write.timeout, write.headers["Content-Type"]) == (b'{"a":1}', 7, "application/json")


def test_forgery_guard_is_answered() -> None:
    """Where the server sets the cookie against forged requests, its value goes back as a header."""
    cookies = {"set-cookie": "JSESSIONID=s1\nXSRF-TOKEN=x1"}
    session, transport, _ = a_session(
        {ME + "?fields=id": json_answer({}, headers=cookies), "POST /api/x": json_answer({})}, password()
    )
    session.send("POST", "/api/x", {}, timeout=1)
    assert transport.requests[-1].headers["X-XSRF-TOKEN"] == "x1"


def test_delete_has_no_body() -> None:
    """A write without a body sends none and names no content type."""
    session, transport, _ = a_session({"DELETE /api/x": json_answer({})})
    session.send("DELETE", "/api/x", None, timeout=1)
    assert transport.requests[0].body == b""
    assert "Content-Type" not in transport.requests[0].headers


def test_credentials_of_another_origin_are_a_mistake() -> None:
    """A session refuses to hold credentials that are bound to another origin than its transport's."""
    with pytest.raises(
        Dhis2cfgError, match=r"https://other.example.org are not for https://oslo.example.org"
    ):
        Session(FakeTransport({}), token(url="https://other.example.org"), FakeClock(), name="oslo")


@pytest.mark.parametrize(
    "trouble",
    [
        Unreachable("broke"),
        NeverSent("down"),
        json_answer({}, 503),
        json_answer({}, 429),
        json_answer({}, 502),
    ],
)
def test_reads_are_repeated(trouble: Response | Exception) -> None:
    """A read is repeated after growing pauses while the network or a proxy fails."""
    session, _, clock = a_session({ME: [trouble, trouble, json_answer({"id": "a"})]})
    assert session.get("/api/me") == {"id": "a"}
    assert clock.pauses == [0.5, 2.0]


def test_retry_after_is_obeyed_within_reason() -> None:
    """The pause that a server asks for is made, at most half a minute; a date is not understood."""
    answers: list[Response | Exception] = [
        json_answer({}, 429, {"retry-after": "7"}),
        json_answer({}, 429, {"retry-after": "900"}),
        json_answer({}, 429, {"retry-after": "Wed, 25 Nov 2026 10:00:00 GMT"}),
        json_answer({}),
    ]
    session, _, clock = a_session({ME: answers})  # type: ignore[dict-item]  # a list of answers is one
    session.get("/api/me")
    assert clock.pauses == [7.0, 30.0, 5.0]


def test_a_busy_server_is_given_up_on() -> None:
    """After four tries a busy server is unreachable, and the message says what it said."""
    session, transport, _ = a_session({ME: json_answer({}, 503)})
    with pytest.raises(Unreachable) as caught:
        session.get("/api/me")
    assert caught.value.what == "oslo is busy or down: https://oslo.example.org/api/me said 503"
    assert len(transport.requests) == 4


def test_a_silent_server_is_given_up_on() -> None:
    """After four tries the last failure of the network is told."""
    session, transport, _ = a_session({ME: Unreachable("broke")})
    with pytest.raises(Unreachable, match="broke"):
        session.get("/api/me")
    assert len(transport.requests) == 4


def test_a_refused_certificate_is_not_tried_again() -> None:
    """Asking again does not mend a certificate."""
    session, transport, clock = a_session({ME: CertificateRefused("no")})
    with pytest.raises(CertificateRefused):
        session.get("/api/me")
    assert (len(transport.requests), clock.pauses) == (1, [])


def test_writes_are_never_repeated() -> None:
    """A write whose answer did not come is not sent again."""
    session, transport, _ = a_session({"POST /api/x": Unreachable("broke")})
    with pytest.raises(Unreachable):
        session.send("POST", "/api/x", {}, timeout=1)
    assert len(transport.requests) == 1


def test_too_large() -> None:
    """413 is explained as the limit of a proxy."""
    session, _, _ = a_session({"POST /api/x": page(413)})
    with pytest.raises(ServerRefused) as caught:
        session.send("POST", "/api/x", {"a": "b"}, timeout=1)
    assert caught.value.what == "oslo refused a request of 9 bytes as too large (413)"
    assert "client_max_body_size" in caught.value.following[0]


@pytest.mark.parametrize(
    "answer",
    [
        json_answer({}, 401),
        json_answer({}, 400, {"www-authenticate": "ApiToken"}),
        json_answer({"message": "Checksum validation failed"}, 400),
    ],
)
def test_refused_token(answer: Response) -> None:
    """A refused or malformed token says where it came from, never what it is."""
    session, _, _ = a_session({ME: answer})
    with pytest.raises(CredentialsRefused) as caught:
        session.get("/api/me")
    assert caught.value.what == f"cannot sign in to oslo: https://oslo.example.org said {answer.status}"
    assert caught.value.details == (
        "the token comes from DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG, which is set but was refused",
    )


def test_web_page() -> None:
    """A web page at 200 is an error in the words of the manual, never an empty list."""
    session, _, _ = a_session({"GET /api/metadata?x=1": page()})
    with pytest.raises(Unreachable) as caught:
        session.get("/api/metadata?x=1")
    assert caught.value.what == (
        "oslo answered with a web page instead of JSON "
        "(https://oslo.example.org/api/metadata, 200, text/html)"
    )
    assert caught.value.details == (
        "most often a proxy or a login page stands in between. Nothing was written.",
    )


def test_web_page_without_a_type() -> None:
    """A web page is known by its beginning where it does not say that it is one; 404 makes no difference."""
    session, _, _ = a_session({ME: Response(status=404, body=b"\n<HTML>")})
    with pytest.raises(Unreachable, match=r"404, no content type") as caught:
        session.find("/api/me")
    assert "it may need a path" in caught.value.following[0]


@pytest.mark.parametrize("location", ["/dhis-web-login/", "https://oslo.example.org/login/?x=1#top"])
def test_redirect_to_the_login_page(location: str) -> None:
    """A redirect to the server's own login page means that nobody is signed in."""
    session, _, _ = a_session({ME: Response(status=302, headers={"location": location})}, password())
    with pytest.raises(CredentialsRefused) as caught:
        session.get("/api/me")
    assert caught.value.what == (
        "cannot sign in to oslo: https://oslo.example.org/api/me led to its login page"
    )
    assert caught.value.details[0].endswith("which are set but were not taken")


@pytest.mark.parametrize(
    "location", ["https://evil.example.org/login", "http://oslo.example.org/x", "//[", "/dhis"]
)
def test_redirects_are_not_followed(location: str) -> None:
    """A redirect is told, and nobody goes there: neither to another origin nor to another path."""
    session, transport, _ = a_session({ME: Response(status=307, headers={"location": location})})
    with pytest.raises(Unreachable) as caught:
        session.get("/api/me")
    assert not isinstance(caught.value, CredentialsRefused)
    assert "redirects are not followed" in caught.value.details[0]
    assert len(transport.requests) == 1


def test_torn_json() -> None:
    """An answer that was cut off is unreachable, not empty."""
    session, _, _ = a_session(
        {ME: Response(status=200, headers={"content-type": "application/json"}, body=b'{"a":')}
    )
    with pytest.raises(Unreachable, match="something that is not JSON"):
        session.get("/api/me")


def test_refusals_of_the_server() -> None:
    """A refusal carries the server's message, where it has one; an accepted status does not raise."""
    session, _, _ = a_session(
        {
            ME: json_answer({"message": "may not"}, 403),
            "GET /api/x": Response(status=500, body=b"?"),
            "GET /api/y": Response(status=200),
        }
    )
    with pytest.raises(ServerRefused) as caught:
        session.get("/api/me")
    assert (caught.value.what, caught.value.details) == (
        "oslo said 403 to https://oslo.example.org/api/me",
        ("may not",),
    )
    with pytest.raises(ServerRefused) as caught:
        session.get("/api/x")
    assert caught.value.details == ()
    assert session.ask("/api/me", accept=frozenset({403})) == (403, {"message": "may not"})
    assert session.find("/api/nowhere") is None
    assert session.get("/api/y") is None


def test_strange_cookies_are_left_out() -> None:
    """A cookie that cannot be read is left out, and the others are kept."""
    headers = {"set-cookie": "a/b=1\nJSESSIONID=s2"}
    session, transport, _ = a_session({ME: json_answer({}, headers=headers)}, password())
    session.get("/api/me")
    session.get("/api/me")
    assert transport.requests[1].headers["Cookie"] == "JSESSIONID=s2"


def test_closing() -> None:
    """Closing a session closes its transport."""
    session, transport, _ = a_session({})
    session.close()
    assert transport.is_closed
    assert session.url == "https://oslo.example.org"
