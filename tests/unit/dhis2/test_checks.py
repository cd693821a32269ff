"""What doctor sees of a server, as values."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from dhis2cfg.dhis2.checks import Check, Level, Needs, examine
from dhis2cfg.dhis2.connect import Connection, connect
from dhis2cfg.dhis2.transport import HttpxTransport
from dhis2cfg.errors import Unreachable
from dhis2cfg.model.fleet import Target
from tests.unit.dhis2.fakes import URL, Answer, FakeClock, FakeTransport, json_answer, password, token

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TARGET = Target(name="oslo", environment="prod", url=URL, municipalities=("oslo",))
NEEDS = Needs(
    who="covid-no",
    authorities={
        "create programs": ("F_PROGRAM_PUBLIC_ADD", "F_PROGRAM_PRIVATE_ADD"),
        "delete rules": ("F_X",),
    },
    locale="nb",
)
INFO = {"version": "2.42.5.2", "serverDate": "2026-11-24T10:00:00.000", "serverTimeZoneId": "Europe/Oslo"}
STORE = "GET /api/dataStore/dhis2cfg"


def answers(
    info: Mapping[str, Any] = INFO, authorities: tuple[str, ...] = ("ALL",), locale: str = "nb"
) -> dict[str, Answer | list[Answer]]:
    """A server where all is well."""
    me = {"id": "U", "username": "robot", "authorities": list(authorities)}
    return {
        "GET /api/system/info": json_answer(info),
        "GET /api/me?fields=id,username,authorities,userRoles[id,authorities]": json_answer(me),
        "GET /api/locales/db": json_answer([]),
        "GET /api/systemSettings/keyDbLocale": json_answer({"keyDbLocale": locale}),
    }


def a_connection(given: Mapping[str, Answer | list[Answer]], target: Target = TARGET) -> Connection:
    """A connection to prepared answers."""
    return connect(target, token(), planning=True, clock=FakeClock(), transport=FakeTransport(given))


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own proxies are no part of these tests."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def checks(given: Mapping[str, Answer | list[Answer]], needs: Needs = NEEDS) -> list[tuple[str, str]]:
    """Level and text of all checks."""
    return [(each.level.value, each.text) for each in examine(a_connection(given), needs, NOW)]


def test_all_is_well() -> None:
    """One screen of a server where nothing is to be done."""
    assert checks(answers()) == [
        ("ok", "https://oslo.example.org answers"),
        ("ok", "signed in as robot (token); may do all that covid-no needs (3 authorities)"),
        ("ok", "DHIS2 2.42.5.2 is tested with this version of dhis2cfg"),
        ("ok", "clock of the server agrees with this machine's"),
        ("ok", 'database language is "nb"'),
        ("ok", "dhis2cfg's data store keys are closed to others"),
    ]


def test_a_server_that_is_away() -> None:
    """Where nobody answers, that is the only failure; what it was reached through is told before."""
    target = replace(TARGET, ca="ca.pem")
    away = Unreachable("no answer", details=("refused",), following=("see the url",))
    got = list(examine(a_connection({"GET /api/system/info": away}, target), NEEDS, NOW))
    assert got == [
        Check(level=Level.OK, text="trusts the authorities in ca.pem too"),
        Check(level=Level.FAIL, text="no answer; refused", following="see the url"),
    ]


def test_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy on the way is named, without its password."""
    monkeypatch.setenv("HTTPS_PROXY", "http://me:CANARY@proxy.example.org:8080")
    assert checks(answers())[0] == ("ok", "through the proxy http://proxy.example.org:8080")


def test_missing_authorities() -> None:
    """An authority that is missing is named with the deed that wants it; any of several names is enough."""
    got = list(examine(a_connection(answers(authorities=("F_PROGRAM_PRIVATE_ADD",))), NEEDS, NOW))[1]
    assert (got.level, got.text) == (
        Level.FAIL,
        "signed in as robot (token); may not do all that covid-no needs",
    )
    assert got.following == "give a role of the account what it lacks: delete rules: F_X"
    assert checks(answers(authorities=("F_PROGRAM_PRIVATE_ADD", "F_X")))[1][0] == "ok"


def test_unknown_version() -> None:
    """A version without a catalogue fails, and the known ones are listed."""
    got = list(examine(a_connection(answers({**INFO, "version": "2.39.1"})), NEEDS, NOW))[2]
    assert (got.level, got.text) == (
        Level.FAIL,
        "DHIS2 2.39.1 is not known to this version of dhis2cfg",
    )
    assert "2.41, 2.42, 2.43" in got.following


@pytest.mark.parametrize(
    ("date", "level", "text"),
    [
        ("2026-11-24T09:56:00", "warn", "clock of the server is 4 minutes behind"),
        ("2026-11-24T10:10:00", "warn", "clock of the server is 10 minutes ahead"),
        ("2026-11-24T09:00:30+00:00", "ok", "clock of the server agrees with this machine's"),
        ("", "warn", "oslo does not tell the time (https://oslo.example.org/api/system/info)"),
    ],
)
def test_clock(date: str, level: str, text: str) -> None:
    """A clock that differs by more than a minute is a warning; its zone is known."""
    assert checks(answers({**INFO, "serverDate": date}))[3] == (level, text)


def test_unknown_zone() -> None:
    """A zone that this machine does not know is taken for UTC."""
    info = {**INFO, "serverDate": "2026-11-24T09:00:00", "serverTimeZoneId": "Mars/Base"}
    assert checks(answers(info))[3][0] == "ok"


def test_language() -> None:
    """Another database language than the package's base is a warning; none at all is told."""
    assert checks(answers(locale="en"))[4] == (
        "warn",
        (
            'database language is "en", the package\'s base language is nb: '
            'users who chose no language see the "en" texts'
        ),
    )
    assert checks(answers(locale=""))[4] == ("ok", "no database language is set")
    assert checks(answers(locale="en"), replace(NEEDS, locale=""))[4][0] == "ok"


def test_open_keys() -> None:
    """Keys that everybody can read fail, with the command that closes them."""
    given = {
        **answers(),
        STORE: json_answer(["record-x"]),
        f"{STORE}/record-x/metaData": json_answer({"sharing": {"public": "rw------"}}),
    }
    got = list(examine(a_connection(given), NEEDS, NOW))[-1]
    assert got == Check(
        level=Level.FAIL,
        text="dhis2cfg's data store keys can be read by everybody: record-x",
        following="dhis2cfg doctor -m oslo --fix",
    )


def test_keys_that_cannot_be_seen() -> None:
    """A data store that refuses is a failure of its own."""
    assert checks({**answers(), STORE: json_answer({"message": "no"}, 403)})[-1] == (
        "fail",
        "oslo said 403 to https://oslo.example.org/api/dataStore/dhis2cfg; no",
    )


class Ending(HttpxTransport):
    """A transport whose server's certificate ends in so many days."""

    def __init__(self, given: Mapping[str, Answer | list[Answer]], days: int) -> None:
        super().__init__(URL, network=httpx.MockTransport(lambda _request: httpx.Response(500)))
        self.send = FakeTransport(given).send  # type: ignore[method-assign]  # prepared answers over TLS
        self.days = days

    @property
    def certificate_end(self) -> datetime:
        """The end of the certificate."""
        return NOW + timedelta(days=self.days)


@pytest.mark.parametrize(
    ("days", "level", "following"), [(79, Level.OK, ""), (12, Level.WARN, "renew it within 12 days")]
)
def test_certificate(days: int, level: Level, following: str) -> None:
    """The end of the certificate is told, and is a warning in its last month."""
    connection = connect(
        TARGET, password(), planning=True, clock=FakeClock(), transport=Ending(answers(), days)
    )
    got = next(iter(examine(connection, NEEDS, NOW)))
    end = f"{NOW + timedelta(days=days):%Y-%m-%d}"
    assert got == Check(
        level=level, text=f"https://oslo.example.org answers, certificate until {end}", following=following
    )
