"""Record and run in the data store: private from the first byte, read with care."""

from collections.abc import Callable

import pytest

from dhis2cfg.dhis2.state.keys import Keys
from dhis2cfg.dhis2.state.store import Dhis2Store
from dhis2cfg.errors import Dhis2cfgError, ServerRefused, Unsafe
from dhis2cfg.model.names import Uid
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.run import Phase, Run
from tests.unit.dhis2.fakes import FakeClock, FakeDataStore, a_session, json_answer, page

RECORD = Record(
    fleet="smittevern",
    environment="prod",
    packages={"covid-no": "1.4.0"},
    objects={
        "options": {
            Uid("Option00001"): Recorded(path="S/A", owner="covid-no", fields={"name": "a", "": True})
        }
    },
    tool="0.1.0",
)
RUN = Run(
    id="7Q2M",
    fleet="smittevern",
    target="oslo",
    plan="digest",
    phase=Phase.RUNNING,
    steps=2,
    done=1,
    started="2026-11-24T10:00:00",
)


def a_store(server: FakeDataStore, account: str = "robot", group: str = "") -> Dhis2Store:
    """The store of one account."""
    return Dhis2Store(server.session(account), account=lambda: account, group=group)


def test_round_trip() -> None:
    """A record and a run are read as they were written."""
    server = FakeDataStore(FakeClock())
    store = a_store(server)
    assert store.record("smittevern") is None
    assert store.run("smittevern") is None
    store.write_record(RECORD)
    store.write_run(RUN)
    assert store.record("smittevern") == RECORD
    assert store.run("smittevern") == RUN


def test_a_key_is_closed_before_it_holds_anything() -> None:
    """A key is made as `{}`, closed, checked, and only then written; later writes only put."""
    server = FakeDataStore(FakeClock())
    store = a_store(server)
    seen: list[object] = []
    server.before = lambda asked: (
        seen.append(server.values.get("record-smittevern")) if "sharing" in asked else None
    )
    store.write_record(RECORD)
    assert seen == [{}]
    assert server.about["record-smittevern"]["sharing"] == {
        "public": "--------",
        "users": {},
        "userGroups": {},
    }
    server.requests.clear()
    store.write_record(RECORD)
    assert server.requests == ["robot PUT /api/dataStore/dhis2cfg/record-smittevern"]


def test_a_closed_key_is_left_as_it_is() -> None:
    """Another run finds the key closed, and touches its sharing no more."""
    server = FakeDataStore(FakeClock())
    a_store(server).write_record(RECORD)
    server.requests.clear()
    a_store(server).write_record(RECORD)
    key = "/api/dataStore/dhis2cfg/record-smittevern"
    assert server.requests == [f"robot GET {key}", f"robot GET {key}/metaData", f"robot PUT {key}"]


def test_an_empty_key_is_no_record() -> None:
    """A key that was made and never written is no record."""
    server = FakeDataStore(FakeClock())
    server.put_in("record-smittevern", {}, "robot")
    assert a_store(server).record("smittevern") is None


def test_the_group_may_read() -> None:
    """`state.group` may read the keys, and nobody else."""
    server = FakeDataStore(FakeClock())
    a_store(server, group="NO_UG_KS").write_run(RUN)
    assert server.about["run-smittevern"]["sharing"]["userGroups"] == {
        "GrpUid00001": {"id": "GrpUid00001", "access": "r-------"}
    }


def test_a_group_that_is_not_there() -> None:
    """A group that the server does not have is named, and nothing is written."""
    server = FakeDataStore(FakeClock())
    with pytest.raises(Dhis2cfgError, match="no user group with the code OTHER"):
        a_store(server, group="OTHER").write_run(RUN)
    assert server.values["run-smittevern"] == {}


def test_a_key_that_stays_open() -> None:
    """Where sharing does not take, nothing is written into the key."""
    server = FakeDataStore(FakeClock(), deaf_to_sharing=True)
    with pytest.raises(Dhis2cfgError, match="the key record-smittevern on oslo stays open to others"):
        a_store(server).write_record(RECORD)
    assert server.values["record-smittevern"] == {}


def test_a_record_of_another_account() -> None:
    """A record that may not be read is fatal and explained, never taken for none."""
    server = FakeDataStore(FakeClock())
    a_store(server, "robot").write_record(RECORD)
    with pytest.raises(ServerRefused) as caught:
        a_store(server, "other").record("smittevern")
    assert caught.value.what == "record-smittevern is kept on oslo, but this account may not read it"
    assert "state.group" in caught.value.following[0]


def test_a_newer_format() -> None:
    """A newer format is refused with the version to install."""
    server = FakeDataStore(FakeClock())
    server.put_in("record-x", {"format": 2, "tool": "dhis2cfg 3.0.1", "anything": 1}, "robot")
    with pytest.raises(Unsafe) as caught:
        a_store(server).record("x")
    assert caught.value.what == "record-x on oslo was written by dhis2cfg 3.0.1, in format 2"
    assert caught.value.following == ("install dhis2cfg 3.0.1 or newer",)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"format": "one"}, "format: 'one' was never written"),
        ({"format": 0}, "format: 0 was never written"),
        ({"format": 1, "fleet": "x"}, "environment: is missing"),
        (["x"], "an object is wanted"),
    ],
)
def test_a_record_that_nobody_wrote(value: object, why: str) -> None:
    """What is no record of ours is refused by name."""
    server = FakeDataStore(FakeClock())
    server.put_in("record-x", value, "robot")
    with pytest.raises(Dhis2cfgError) as caught:
        a_store(server).record("x")
    assert caught.value.what.startswith("record-x on oslo is not one that dhis2cfg wrote: ")
    assert why in caught.value.what


def test_open_keys_are_found_and_closed() -> None:
    """Keys that others may read are found, but for locks, which may be read; closing mends them."""
    server = FakeDataStore(FakeClock())
    store = a_store(server)
    store.write_run(RUN)
    server.put_in("record-x", {}, "robot")
    server.put_in("lock-1", {}, "robot", public="r-------")
    server.put_in("lock-2", {}, "robot")
    assert store.open_keys() == ("lock-2", "record-x")
    assert store.close_keys() == ("lock-2", "record-x")
    assert store.open_keys() == ()
    assert server.about["lock-2"]["sharing"]["public"] == "r-------"


def test_a_record_that_is_listed_and_may_not_be_read_is_a_fleets() -> None:
    """What somebody else keeps there counts, also where its content stays hidden."""
    session, _, _ = a_session(
        {
            "GET /api/dataStore/dhis2cfg": json_answer(["record-tuberkulose", "run-tuberkulose"]),
            "GET /api/dataStore/dhis2cfg/record-tuberkulose": json_answer({"message": "no"}, 403),
        }
    )
    assert Dhis2Store(session, account=lambda: "robot").fleets() == ("tuberkulose",)


PATH = "/api/dataStore/dhis2cfg/k"


@pytest.mark.parametrize(
    ("deed", "answers", "says"),
    [
        (
            lambda keys: keys.put("k", 1),
            {f"PUT {PATH}": json_answer({"message": "no"}, 403)},
            "write the key k: 403",
        ),
        (lambda keys: keys.put("k", 1), {f"PUT {PATH}": page()}, "write the key k: 200"),
        (lambda keys: keys.create("k", 1), {f"POST {PATH}": json_answer({}, 400)}, "make the key k: 400"),
        (lambda keys: keys.delete("k"), {f"DELETE {PATH}": json_answer({}, 403)}, "delete the key k: 403"),
    ],
)
def test_refused_writes(deed: Callable[[Keys], None], answers: dict[str, object], says: str) -> None:
    """A refused write names the deed and the status; a web page is no success."""
    session, _, _ = a_session(answers)  # type: ignore[arg-type]  # a mapping of answers
    with pytest.raises(ServerRefused, match=f"oslo refused to {says}"):
        deed(Keys(session))


def test_a_key_that_is_gone_is_deleted() -> None:
    """Deleting what is not there is no error; what DHIS2 does not know of a key is empty."""
    session, _, _ = a_session({f"GET {PATH}/metaData": json_answer(None)})
    keys = Keys(session)
    keys.delete("k")
    assert keys.about("k") == {}
    assert keys.creator("k") == ""
