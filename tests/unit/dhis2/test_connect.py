"""A connection: three ports over one session, that cannot write where it plans, and that says no secret."""

import logging
import traceback
from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest

from dhis2cfg.dhis2.connect import connect
from dhis2cfg.dhis2.credentials import Credentials, origin_of
from dhis2cfg.dhis2.guards import Exchange
from dhis2cfg.dhis2.importing import ImportMode, import_path
from dhis2cfg.dhis2.proxies import proxy_of, proxy_secrets
from dhis2cfg.dhis2.transport import HttpxTransport
from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.http import Request
from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Answers, CountQuestion, Questions
from dhis2cfg.model.record import Record
from dhis2cfg.ports import DataCounter, MetadataServer, StateStore
from tests.unit.dhis2.fakes import URL, FakeClock, FakeTransport, a_call, json_answer, password, token
from tests.unit.dhis2.test_client import BODY, OK, basics

TARGET = Target(name="oslo", environment="prod", url=URL, municipalities=("oslo",))
RECORD = Record(fleet="f", environment="prod", packages={}, objects={})
CANARIES = ("d2pat_CANARYcanaryCANARYcanary0123456789", 'CANARY "pass" ward/æ')


def test_ports_fit() -> None:
    """Server, store and counter satisfy their ports by shape."""
    connection = connect(TARGET, token(), planning=True, clock=FakeClock(), transport=FakeTransport({}))
    server: MetadataServer = connection.server
    store: StateStore = connection.store
    counter: DataCounter = connection.counter
    assert (server, store, counter) == (connection.server, connection.store, connection.counter)
    assert connection.certificate_end is None


def test_planning_cannot_write() -> None:
    """A planning connection dry-runs, and can neither commit nor write a record."""
    dry_run = f"POST {import_path(ImportMode.VALIDATE)}"
    transport = FakeTransport({**basics(), dry_run: json_answer(OK)})
    with connect(TARGET, token(), planning=True, clock=FakeClock(), transport=transport) as connection:
        assert connection.server.dry_run(BODY).ok
        with pytest.raises(Dhis2cfgError, match="planning tried to send POST /api/metadata"):
            connection.server.perform(a_call(BODY))
        with pytest.raises(Dhis2cfgError, match="planning tried to send POST"):
            connection.store.write_record(RECORD)
        with (
            pytest.raises(Dhis2cfgError, match="planning tried to send POST"),
            connection.store.lock("x", wait_seconds=0),
        ):
            pass
    assert [asked for asked in transport.asked if not asked.startswith("GET")] == [dry_run]
    assert transport.is_closed


def test_applying_can() -> None:
    """Any other connection commits, under the account's own name."""
    commit = f"POST {import_path(ImportMode.COMMIT)}"
    transport = FakeTransport({**basics(), commit: json_answer(OK)})
    log: list[Exchange] = []
    connection = connect(
        TARGET, token(), planning=False, clock=FakeClock(), transport=transport, log=log.append
    )
    assert connection.server.perform(a_call(BODY)).committed
    assert [each.path for each in log][-1] == import_path(ImportMode.COMMIT)


def test_httpx_where_nothing_else_is_given() -> None:
    """Without another transport the target's own url is asked by HTTP."""
    with connect(TARGET, token(), planning=True, clock=FakeClock()) as connection:
        assert isinstance(connection.transport, HttpxTransport)
        assert connection.transport.url == URL


def echoing(request: httpx.Request) -> httpx.Response:
    """A server that quotes all it was sent, in every way it can."""
    said = f"{request.headers} {request.headers.get('authorization')} {request.url}"
    if request.url.path == "/api/system/info":
        return httpx.Response(401, json={"message": said})
    if request.url.path == "/api/locales/db":
        raise httpx.LocalProtocolError(f"Illegal header value {said}")
    if request.method == "GET" and "userLookup" in request.url.path:
        return httpx.Response(
            302, headers={"Location": f"https://evil.example.org/{said[:500]}".replace("\n", "")}
        )
    return httpx.Response(500, json={"message": said}, headers={"X-Said": "x"})


@pytest.mark.parametrize(
    "credentials",
    [
        token(CANARIES[0]),
        password(CANARIES[1]),
        Credentials(origin=origin_of(URL), source="a file", username="robot", password=CANARIES[1]),
    ],
)
def test_no_secret_is_ever_said(credentials: Credentials, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever fails, neither token nor password show: in errors and their chains, reprs, logs, exchanges."""
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    bare = HttpxTransport(URL, network=httpx.MockTransport(echoing))
    connection = connect(
        TARGET,
        credentials,
        planning=False,
        clock=FakeClock(),
        transport=bare,
        log=lambda exchange: told.append(f"{exchange} {exchange!r}"),
    )
    own = quote(credentials.token or credentials.password, safe="")
    failures: list[Callable[[], object]] = [
        connection.server.facts,
        lambda: connection.session.get("/api/locales/db"),
        lambda: connection.session.get("/api/userLookup/x"),
        lambda: connection.session.get(f"/api/x?q={own}"),
        lambda: connection.store.write_record(RECORD),
        lambda: connection.store.record("f"),
        lambda: connection.server.answer(Questions(objects={"options": (Uid("a"),)}), Answers()),
    ]
    for fail in failures:
        with pytest.raises(Dhis2cfgError) as caught:
            fail()
        error = caught.value
        told += ["".join(traceback.format_exception(error)), repr(error)]
        told += [*getattr(error, "details", ()), *getattr(error, "following", ())]
    told += [repr(each) for each in (connection, credentials, connection.session, connection.server)]
    told.append(repr(Request(method="GET", path="/", headers={"Authorization": credentials.header})))
    told += [record.getMessage() for record in caplog.records]
    everything = "\n".join(told)
    assert "CANARY" not in everything
    assert credentials.header.partition(" ")[2] not in everything
    question = CountQuestion(kind="events-with-value", arguments=())
    assert connection.counter.counts([question])[question] is None


def test_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy is named without its credentials, and its password is a secret in both its spellings."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)
    assert proxy_of(URL) == ""
    monkeypatch.setenv("https_proxy", "me:CANARY%21@proxy.example.org:8080")
    monkeypatch.setenv("http_proxy", "http://proxy.example.org")
    assert proxy_of(URL) == "proxy.example.org:8080"
    assert proxy_of("http://oslo.example.org") == "http://proxy.example.org"
    assert set(proxy_secrets()) == {"CANARY%21", "CANARY!"}
    assert proxy_of("http://127.0.0.1:8042") == ""
    monkeypatch.setenv("no_proxy", "oslo.example.org")
    assert proxy_of(URL) == ""
