"""The client, the store and the lock over the wire to the embedded server, as recorded real ones answer."""

import pytest

from dhis2cfg.dhis2.connect import Connection, connect
from dhis2cfg.dhis2.credentials import Credentials, find, origin_of
from dhis2cfg.dhis2.guards import Exchange
from dhis2cfg.errors import CredentialsRefused, Locked, ServerRefused
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Answers, Questions
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import ADMIN, PASSWORD, SANDBOX_TOKEN, make_instance
from tests.unit.dhis2.fakes import FakeClock, a_call

URL = "http://127.0.0.1:8042"
TARGET = Target(name="oslo", environment="prod", url=URL, municipalities=("oslo",), sandbox=True)
ADMINISTRATOR = Credentials(origin=origin_of(URL), source="a test", username=ADMIN, password=PASSWORD)
A, B, GROUP = Uid("ZzElement0A"), Uid("ZzElement0B"), Uid("ZzGroup0001")


def element(uid: Uid, code: str) -> dict[str, object]:
    """A data element that a group may read."""
    return {
        "id": uid,
        "code": code,
        "name": f"{code}, [x]",
        "shortName": code,
        "domainType": "TRACKER",
        "valueType": "TEXT",
        "aggregationType": "NONE",
        "sharing": {"public": "--------", "userGroups": {GROUP: {"id": GROUP, "access": "r-------"}}},
    }


class Server:
    """One embedded server, and connections to it."""

    def __init__(self, version: str) -> None:
        self.app = make_app(make_instance(version, url=URL))
        self.log: list[Exchange] = []

    def connect(self, credentials: Credentials = ADMINISTRATOR, *, planning: bool = False) -> Connection:
        """A connection of its own."""
        return connect(
            TARGET,
            credentials,
            planning=planning,
            clock=FakeClock(),
            log=self.log.append,
            transport=SandboxTransport(self.app, URL),
        )


@pytest.fixture(params=["2.41", "2.42", "2.43"])
def server(request: pytest.FixtureRequest) -> Server:
    """A fresh server of each version, with a group and two data elements."""
    made = Server(request.param)
    body = {
        "userGroups": [{"id": GROUP, "name": "G", "code": "ZZ_G"}],
        "dataElements": [element(A, "ZZ_A"), element(B, "ZZ_B")],
    }
    report = made.connect().server.perform(a_call(body))
    assert (report.ok, report.committed, report.stats["created"]) == (True, True, 3), report
    return made


def test_facts(server: Server) -> None:
    """The server says its version, who we are, and that it is no DHIS2."""
    with server.connect(find(origin_of(URL), {}, sandbox_token=SANDBOX_TOKEN)) as connection:
        facts = connection.server.facts()
    assert facts.minor in ("2.41", "2.42", "2.43")
    assert facts.account.username == ADMIN
    assert facts.account.may_everything
    assert facts.is_sandbox
    assert "no" in facts.locales


def test_password_signs_in_once(server: Server) -> None:
    """With a password the first request signs in, and reads and writes after it go by cookie."""
    connection = server.connect()
    connection.server.facts()
    report = connection.server.dry_run({"dataElements": [element(A, "ZZ_A")]})
    assert (report.ok, report.committed, report.stats["updated"]) == (True, False, 1)


def test_refused_credentials(server: Server) -> None:
    """A wrong password and a wrong token are refused as such."""
    for wrong in (
        Credentials(origin=origin_of(URL), source="a test", username=ADMIN, password="wrong" + PASSWORD),
        Credentials(origin=origin_of(URL), source="a test", token=SANDBOX_TOKEN[:-1]),
        Credentials(origin=origin_of(URL), source="a test", token="malformed"[::-1]),
    ):
        with pytest.raises(CredentialsRefused):
            server.connect(wrong).server.facts()


def test_questions(server: Server) -> None:
    """Objects by id, by value, users and defaults are found; what is not there is absent."""
    got = server.connect(planning=True).server.answer(
        Questions(
            objects={"dataElements": (A, Uid("ZzElement0C"))},
            by={
                ("dataElements", "code"): ("ZZ_A", "ZZ_B", "ZZ_C"),
                ("dataElements", "name"): ("ZZ_B, [x]",),
            },
            usernames=(ADMIN, "nobody"),
            defaults=True,
        ),
        Answers(),
    )
    live = got.objects["dataElements"][A]
    assert live is not None
    assert (live["code"], live["lastUpdatedBy"]["username"]) == ("ZZ_A", ADMIN)
    assert "categoryCombo" not in live
    assert got.objects["dataElements"][Uid("ZzElement0C")] is None
    assert got.by == {
        ("dataElements", "code", "ZZ_A"): (A,),
        ("dataElements", "code", "ZZ_B"): (B,),
        ("dataElements", "code", "ZZ_C"): (),
        ("dataElements", "name", "ZZ_B, [x]"): (B,),
    }
    assert got.users["nobody"] is None
    assert got.users[ADMIN]
    assert got.defaults["categoryCombos"] == "bjDvmb4bfuf"
    assert got.hidden == frozenset()


def test_refused_import(server: Server) -> None:
    """A refused call names type, object and code, and nothing of it stands."""
    connection = server.connect()
    report = connection.server.perform(a_call({"dataElements": [element(Uid("ZzElement0C"), "ZZ_A")]}))
    assert (report.ok, report.committed, report.http_status) == (False, False, 409)
    assert ("dataElements", "E5003") in {(each.type, each.code) for each in report.errors}
    unknown = connection.server.perform(a_call({"dataElementz": [{"id": "ZzElement0C"}]}))
    assert (unknown.ok, unknown.committed) == (False, False)


def test_record_and_lock(server: Server) -> None:
    """The record is private and comes back as it was; two cannot hold the lock at once."""
    record = Record(
        fleet="f",
        environment="prod",
        packages={"p": "1.0.0"},
        objects={"dataElements": {A: Recorded(path="ZZ_A", owner="p", fields={"": True, "name": "ZZ_A"})}},
    )
    connection = server.connect()
    assert connection.store.record("f") is None
    with connection.store.lock("apply", wait_seconds=0):
        connection.store.write_record(record)
        with pytest.raises(Locked, match="locked by admin"), server.connect().store.lock("x", wait_seconds=0):
            pass
    with server.connect().store.lock("again", wait_seconds=0):
        pass
    assert connection.store.record("f") == record
    assert connection.store.open_keys() == ()


def test_another_account_sees_nothing(server: Server) -> None:
    """An account without rights may not read our record, and finds objects hidden to it absent."""
    connection = server.connect()
    connection.store.write_record(Record(fleet="f", environment="prod", packages={}, objects={}))
    connection.server.perform(
        a_call({"userRoles": [{"id": "ZzRole00001", "name": "R", "authorities": ["F_X"]}]})
    )
    word = "Zz-Weak-2026!"
    connection.session.send(
        "POST",
        "/api/users",
        {
            "id": "ZzUser00001",
            "username": "zzweak",
            "firstName": "Zz",
            "surname": "Weak",
            "password": word,
            "userRoles": [{"id": "ZzRole00001"}],
        },
        timeout=10,
    )
    weak = server.connect(
        Credentials(origin=origin_of(URL), source="a test", username="zzweak", password=word)
    )
    with pytest.raises(ServerRefused, match="may not read it"):
        weak.store.record("f")
    got = weak.server.answer(Questions(objects={"dataElements": (A,)}, usernames=(ADMIN,)), Answers())
    assert got.objects["dataElements"] == {A: None}
    assert got.users[ADMIN]
