"""The one lock of a server: numbered keys, of which the highest holds."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from dhis2cfg.dhis2.state.keys import Keys
from dhis2cfg.dhis2.state.lock import Lock
from dhis2cfg.dhis2.state.store import Dhis2Store
from dhis2cfg.errors import Locked, Unreachable
from dhis2cfg.model.run import Phase, Run
from tests.unit.dhis2.fakes import FakeClock, FakeDataStore

RUN = Run(id="A", fleet="f", target="t", plan="p", phase=Phase.RUNNING, steps=1, done=0, started="")
HELD = {
    "state": "held",
    "token": "t",
    "by": "somebody",
    "since": "2026-11-24T08:58:00+00:00",
    "expires": "2026-11-24T09:13:00+00:00",
    "purpose": "apply run 7Q2M",
}


def a_store(server: FakeDataStore, account: str = "robot", accounts: tuple[str, ...] = ()) -> Dhis2Store:
    """The store of one account."""
    return Dhis2Store(server.session(account), account=lambda: account, accounts=accounts)


def test_held_and_released() -> None:
    """While it is held the key says who, from when to when and what for; afterwards that it is released."""
    server = FakeDataStore(FakeClock())
    with a_store(server).lock("apply run 7Q2M", wait_seconds=0):
        held = server.values["lock-1"]
        assert (held["state"], held["by"], held["purpose"]) == ("held", "robot", "apply run 7Q2M")
        assert (held["since"], held["expires"]) == ("2026-11-24T09:00:00+00:00", "2026-11-24T09:15:00+00:00")
        assert server.about["lock-1"]["sharing"]["public"] == "r-------"
    assert server.values["lock-1"]["state"] == "released"


def test_numbers_grow_and_old_ones_go() -> None:
    """Each lock has the next number; our older keys go, others' and the highest stay."""
    server = FakeDataStore(FakeClock())
    server.put_in("lock-1", {**HELD, "state": "released"}, "other", public="r-------")
    server.put_in("lock-x", {}, "other")
    store = a_store(server)
    for _ in range(2):
        with store.lock("x", wait_seconds=0):
            pass
    assert sorted(server.values) == ["lock-1", "lock-3", "lock-x"]


def test_somebody_else_holds_it() -> None:
    """A live lock stops us with who, since when, what for and until when."""
    server = FakeDataStore(FakeClock())
    server.put_in("lock-4", HELD, "ci-robot", public="r-------")
    with pytest.raises(Locked) as caught, a_store(server).lock("x", wait_seconds=0):
        pass
    assert caught.value.what == "oslo is locked by ci-robot since 2026-11-24 08:58 UTC: apply run 7Q2M"
    assert "2026-11-24 09:13 UTC" in caught.value.details[0]
    assert caught.value.following == (
        "wait for it: --lock-timeout 5m",
        "if that run is dead: dhis2cfg unlock -m oslo",
    )
    assert sorted(server.values) == ["lock-4"]


@pytest.mark.parametrize(("accounts", "hints"), [(("ci-robot",), 2), (("robot",), 3)])
def test_unexpected_accounts(accounts: tuple[str, ...], hints: int) -> None:
    """A live lock of an account outside `state.accounts` stops us too, with a hint."""
    server = FakeDataStore(FakeClock())
    server.put_in("lock-1", HELD, "ci-robot", public="r-------")
    with pytest.raises(Locked) as caught, a_store(server, accounts=accounts).lock("x", wait_seconds=0):
        pass
    assert len(caught.value.following) == hints


def test_an_ended_lock_is_passed_over() -> None:
    """A lock whose end has come by the server's clock is followed by the next number."""
    clock = FakeClock()
    server = FakeDataStore(clock)
    server.put_in("lock-1", HELD, "ci-robot", public="r-------")
    clock.time += 13 * 60
    with a_store(server).lock("x", wait_seconds=0):
        assert server.values["lock-2"]["state"] == "held"


def test_waiting_until_it_is_free() -> None:
    """With a time to wait, the lock is tried again every five seconds until it is free."""
    clock = FakeClock()
    server = FakeDataStore(clock)
    server.put_in("lock-1", HELD, "ci-robot", public="r-------")

    def free(_asked: str) -> None:
        if clock.time >= 1012:
            server.values["lock-1"] = {**HELD, "state": "released"}

    server.before = free
    with a_store(server).lock("x", wait_seconds=60):
        pass
    assert clock.pauses == [5.0, 5.0, 5.0]


def test_waiting_in_vain() -> None:
    """When the time is up, the last one who was in the way is told."""
    clock = FakeClock()
    server = FakeDataStore(clock)
    server.put_in("lock-1", HELD, "ci-robot", public="r-------")
    with pytest.raises(Locked, match="ci-robot"), a_store(server).lock("x", wait_seconds=7):
        pass
    assert clock.pauses == [5.0, 2.0]


def once(asked: str, deed: Callable[[], None]) -> Callable[[str], None]:
    """Something that happens right before the first such request."""
    left = [deed]

    def before(now: str) -> None:
        if now == asked and left:
            left.pop()()

    return before


def test_another_one_was_faster() -> None:
    """Who loses the race for a number begins again, and finds the winner in the way."""
    server = FakeDataStore(FakeClock())
    server.before = once(
        "POST /api/dataStore/dhis2cfg/lock-1",
        lambda: server.put_in("lock-1", HELD, "ci-robot", public="r-------"),
    )
    with pytest.raises(Locked, match="ci-robot"), a_store(server).lock("x", wait_seconds=0):
        pass


def test_a_higher_number_wins() -> None:
    """A higher number that came meanwhile means letting go and beginning again."""
    server = FakeDataStore(FakeClock())
    server.before = once(
        "POST /api/sharing", lambda: server.put_in("lock-2", HELD, "ci-robot", public="r-------")
    )
    with pytest.raises(Locked, match="ci-robot"), a_store(server).lock("x", wait_seconds=0):
        pass
    assert server.values["lock-1"]["state"] == "released"


def test_a_lock_that_vanished() -> None:
    """A key that was deleted between listing and reading is no obstacle."""
    server = FakeDataStore(FakeClock())
    server.put_in("lock-1", HELD, "ci-robot", public="r-------")
    server.before = once("GET /api/dataStore/dhis2cfg/lock-1", lambda: server.values.pop("lock-1"))
    with a_store(server).lock("x", wait_seconds=0):
        assert server.values["lock-2"]["by"] == "robot"


@pytest.mark.parametrize("value", [{"state": "held"}, {**HELD, "expires": "soon"}, "x"])
def test_a_strange_lock(value: object) -> None:
    """A lock that is not one of ours is never passed over."""
    server = FakeDataStore(FakeClock())
    server.put_in("lock-1", value, "ci-robot", public="r-------")
    with pytest.raises(Locked) as caught, a_store(server).lock("x", wait_seconds=0):
        pass
    assert caught.value.what == "oslo has a lock that is not one of dhis2cfg's: lock-1"


def test_a_lock_that_may_not_be_read() -> None:
    """A lock that lists and cannot be read is strange, too."""
    server = FakeDataStore(FakeClock())
    server.put_in("lock-1", HELD, "ci-robot", public="r-------")

    def shut(asked: str) -> None:
        if asked.endswith("/lock-1"):
            server.about["lock-1"]["sharing"]["public"] = "--------"

    server.before = shut
    with pytest.raises(Locked, match="not one of dhis2cfg's"), a_store(server).lock("x", wait_seconds=0):
        pass


def test_a_failure_while_taking_it_lets_go() -> None:
    """When something breaks after the key was made, the key is released and the error goes on."""
    server = FakeDataStore(FakeClock())

    def break_down() -> None:
        raise Unreachable("broke")

    server.before = once("POST /api/sharing", break_down)
    with pytest.raises(Unreachable, match="broke"), a_store(server).lock("x", wait_seconds=0):
        pass
    assert server.values["lock-1"]["state"] == "released"


def test_a_failure_inside_lets_go() -> None:
    """Whatever happens while it is held, the lock is released and the error goes on."""
    server = FakeDataStore(FakeClock())
    with pytest.raises(KeyError), a_store(server).lock("x", wait_seconds=0):
        raise KeyError
    assert server.values["lock-1"]["state"] == "released"


def test_a_server_that_is_gone_at_the_end() -> None:
    """A server that does not answer to the release keeps the lock until its end; that fails no run."""
    server = FakeDataStore(FakeClock())

    def gone(asked: str) -> None:
        if asked.startswith("PUT"):
            raise Unreachable("gone")

    with a_store(server).lock("x", wait_seconds=0):
        server.before = gone
    assert server.values["lock-1"]["state"] == "held"


def test_nothing_to_let_go_of() -> None:
    """A lock that was never taken is released without a word to the server."""
    server = FakeDataStore(FakeClock())
    keys = Keys(server.session("robot"))
    lock = Lock(keys, server.clock, lambda: datetime.now(UTC), account="robot", accounts=())
    lock.release()
    lock.renew()
    assert server.requests == []


def test_writes_renew_it() -> None:
    """A write renews the lock once a third of its time has gone, and not before."""
    clock = FakeClock()
    server = FakeDataStore(clock)
    store = a_store(server)
    with store.lock("x", wait_seconds=0):
        clock.time += 60
        store.write_run(RUN)
        assert server.values["lock-1"]["expires"] == "2026-11-24T09:15:00+00:00"
        clock.time += 300
        store.write_run(RUN)
        assert server.values["lock-1"]["expires"] == "2026-11-24T09:21:00+00:00"
    store.write_run(RUN)


def test_a_lost_lock_stops_the_next_write() -> None:
    """When another run took over after ours had ended, the next write is not made."""
    clock = FakeClock()
    server = FakeDataStore(clock)
    store = a_store(server)
    with ExitStack() as stack:
        stack.enter_context(store.lock("x", wait_seconds=0))
        clock.time += 3600
        stack.enter_context(a_store(server, "other").lock("y", wait_seconds=0))
        with pytest.raises(Locked, match="taken over by another run"):
            store.write_run(RUN)
    assert "run-f" not in server.values


def test_a_lock_that_somebody_takes_at_the_same_time_is_not_broken() -> None:
    """The next number is theirs: the one who was shown is gone, and they are alive."""
    server = FakeDataStore(FakeClock())
    server.put_in("lock-1", HELD, "ci-robot", public="r-------")
    store = a_store(server)
    shown = store.blocker()
    assert shown is not None
    server.before = once(
        "POST /api/dataStore/dhis2cfg/lock-2", lambda: server.put_in("lock-2", HELD, "other")
    )
    with pytest.raises(Locked, match="locked anew by somebody else"):
        store.break_lock(shown)
    assert server.values["lock-2"]["state"] == "held"
