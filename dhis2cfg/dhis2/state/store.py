"""Record and run of a fleet on one server, and the lock that guards them (design §7)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from dhis2cfg.dhis2.session import Session
from dhis2cfg.dhis2.state.keys import PRIVATE, READABLE, Keys
from dhis2cfg.dhis2.state.lock import PREFIX, Lock
from dhis2cfg.dhis2.state.parsing import parsed
from dhis2cfg.dhis2.state.pieces import fitting, unpacked
from dhis2cfg.dhis2.state.server_time import server_now
from dhis2cfg.dhis2.state.snapshots import AFTER, SNAPSHOT, Snapshots
from dhis2cfg.errors import Locked, ServerRefused
from dhis2cfg.model.record import Record
from dhis2cfg.model.run import Run, Runs
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.wire.canonical import canonical

T = TypeVar("T", Record, Run, Runs)
RECORD = "record-"
RUNS = "runs-"


class Dhis2Store:
    """What fleets keep on one server. `account` gives our username; `accounts` whose locks are expected."""

    def __init__(
        self,
        session: Session,
        *,
        account: Callable[[], str],
        group: str = "",
        accounts: tuple[str, ...] = (),
    ) -> None:
        self._session = session
        self._account = account
        self._accounts = accounts
        self._keys = Keys(session, group=group)
        self._snapshots = Snapshots(self._keys)
        self._held: Lock | None = None

    def fleets(self, *, besides: str = "") -> tuple[str, ...]:
        """The names of all fleets that keep a record here, `besides` one whose key is not looked into.

        A key that was made and never written is none.
        """
        own = f"{RECORD}{besides}"
        keys = sorted(key for key in self._keys.listed() if key.startswith(RECORD) and key != own)
        return tuple(key.removeprefix(RECORD) for key in keys if self._is_written(key))

    def record(self, fleet: str) -> Record | None:
        """The record of a fleet, None where there is none; an unreadable one raises."""
        return self._read(f"{RECORD}{fleet}", Record)

    def write_record(self, record: Record) -> None:
        """Put the record in place of the last one."""
        self._write(f"{RECORD}{record.fleet}", record)

    def run(self, fleet: str) -> Run | None:
        """The last run of a fleet; an unreadable one raises."""
        return self._read(f"run-{fleet}", Run)

    def write_run(self, run: Run) -> None:
        """Put the run in place of the last one."""
        self._write(f"run-{run.fleet}", run)

    def runs(self, fleet: str) -> tuple[Run, ...]:
        """The runs that are kept, newest first: the last one, and finished ones before it."""
        last = self.run(fleet)
        earlier = self._earlier(fleet).runs
        return earlier if last is None else (last, *(each for each in earlier if each.id != last.id))

    def retire(self, run: Run, keep: int) -> None:
        """Keep a finished run beside those before it; the oldest go, and snapshots of whoever is not kept."""
        earlier = self._earlier(run.fleet).runs
        if not run.is_unfinished:
            brief = replace(run, created={}, gained={})
            earlier = (brief, *(each for each in earlier if each.id != run.id))[:keep]
            self._write(f"{RUNS}{run.fleet}", Runs(fleet=run.fleet, runs=earlier))
        self._snapshots.sweep(run.fleet, [each.snapshot for each in (run, *earlier)])

    def amend(self, run: Run) -> None:
        """Put a run that is kept in place of its earlier form, wherever it is kept."""
        last = self.run(run.fleet)
        if last is not None and last.id == run.id:
            self.write_run(run)
            return
        earlier = self._earlier(run.fleet).runs
        amended = tuple(run if each.id == run.id else each for each in earlier)
        self._write(f"{RUNS}{run.fleet}", Runs(fleet=run.fleet, runs=amended))

    def snapshot(self, fleet: str, name: str) -> Snapshot | None:
        """What a run may have to lay back, None where it never was written whole."""
        return self._snapshots.read(Snapshot, SNAPSHOT, fleet, name)

    def write_snapshot(self, snapshot: Snapshot) -> None:
        """Keep what a run may have to lay back, in pieces that proxies let through."""
        self._renew()
        self._snapshots.write(SNAPSHOT, snapshot)

    def aftermath(self, fleet: str, name: str) -> Aftermath | None:
        """What stood once a run was done, None where it never was written whole."""
        return self._snapshots.read(Aftermath, AFTER, fleet, name)

    def write_aftermath(self, aftermath: Aftermath) -> None:
        """Keep what stands once a run is done."""
        self._renew()
        self._snapshots.write(AFTER, aftermath)

    def _earlier(self, fleet: str) -> Runs:
        return self._read(f"{RUNS}{fleet}", Runs) or Runs(fleet=fleet)

    @contextmanager
    def lock(self, purpose: str, *, wait_seconds: float) -> Iterator[None]:
        """Hold the server's one lock; writes renew it, and it is let go at the end whatever happens."""
        lock = self._lock()
        lock.acquire(purpose, wait_seconds=wait_seconds)
        self._held = lock
        try:
            yield
        finally:
            self._held = None
            lock.release()

    def blocker(self) -> Locked | None:
        """Who holds the server's lock now; None where it is free."""
        return self._lock().blocker()

    def break_lock(self, shown: Locked) -> None:
        """Take the lock from the holder that somebody was shown; raises where it is another by now."""
        self._lock().break_off(shown, "unlock")

    def _lock(self) -> Lock:
        return Lock(
            self._keys,
            self._session.clock,
            lambda: server_now(self._session),
            account=self._account(),
            accounts=self._accounts,
        )

    def open_keys(self) -> tuple[str, ...]:
        """The tool's keys that others may read or write and should not."""
        return tuple(key for key in self._keys.listed() if self._is_open(key))

    def close_keys(self) -> tuple[str, ...]:
        """Close the keys that stand open; gives their names."""
        found = self.open_keys()
        for key in found:
            self._keys.close(key, _public(key))
        return found

    def _is_written(self, key: str) -> bool:
        """Whether a key holds something; what may not be read was written by somebody else."""
        try:
            return self._keys.value(key) not in (None, {})
        except ServerRefused:
            return True

    def _is_open(self, key: str) -> bool:
        sharing = self._keys.about(key).get("sharing") or {}
        return bool(sharing.get("public") != _public(key))

    def _read(self, key: str, wanted: type[T]) -> T | None:
        value = unpacked(self._keys.value(key))
        return None if value is None or value == {} else parsed(wanted, value, key, self._keys.server)

    def _renew(self) -> None:
        if self._held is not None:
            self._held.renew()

    def _write(self, key: str, value: Record | Run | Runs) -> None:
        self._renew()
        self._keys.ensure_private(key)
        self._keys.put(key, fitting(canonical(value)))


def _public(key: str) -> str:
    return READABLE if key.startswith(PREFIX) else PRIVATE
