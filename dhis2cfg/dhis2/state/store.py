"""Record and run of a fleet on one server, and the lock that guards them (design §7)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from dhis2cfg import __version__
from dhis2cfg.dhis2.session import Session
from dhis2cfg.dhis2.state.keys import PRIVATE, READABLE, Keys
from dhis2cfg.dhis2.state.lock import PREFIX, Lock
from dhis2cfg.dhis2.state.server_time import server_now
from dhis2cfg.errors import Dhis2cfgError, Locked, ServerRefused, Unsafe
from dhis2cfg.model.record import FORMAT, Record
from dhis2cfg.model.run import Run
from dhis2cfg.wire.canonical import to_json
from dhis2cfg.wire.codec import DoesNotFit, from_json

T = TypeVar("T", Record, Run)
RECORD = "record-"


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
        self._held: Lock | None = None

    def fleets(self) -> tuple[str, ...]:
        """The names of all fleets that keep a record here; a key that was made and never written is none."""
        keys = sorted(key for key in self._keys.listed() if key.startswith(RECORD))
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
        value = self._keys.value(key)
        return None if value is None or value == {} else _parsed(wanted, value, key, self._keys.server)

    def _write(self, key: str, value: Record | Run) -> None:
        if self._held is not None:
            self._held.renew()
        self._keys.ensure_private(key)
        self._keys.put(key, to_json(value))


def _public(key: str) -> str:
    return READABLE if key.startswith(PREFIX) else PRIVATE


def _parsed(wanted: type[T], value: Any, key: str, server: str) -> T:
    """The value of a key; a newer format is refused with what to install, any other by name."""
    given = value if isinstance(value, dict) else {}
    form = given.get("format", FORMAT)
    tool = given.get("tool") or "a newer dhis2cfg"
    if isinstance(form, int) and form > FORMAT:
        raise Unsafe(
            f"{key} on {server} was written by {tool}, in format {form}",
            details=(f"this is dhis2cfg {__version__}, which reads format {FORMAT}",),
            following=(f"install {tool} or newer",),
        )
    if form != FORMAT:
        raise _unreadable(key, server, f"format: {form!r} was never written")
    try:
        return from_json(wanted, value)
    except DoesNotFit as error:
        raise _unreadable(key, server, str(error)) from error


def _unreadable(key: str, server: str, why: str) -> Dhis2cfgError:
    return Dhis2cfgError(
        f"{key} on {server} is not one that dhis2cfg wrote: {why}",
        details=("nothing was written, because what it says of the last apply cannot be relied on",),
        following=("dhis2cfg doctor tells who can write the key; see who saved it last",),
    )
