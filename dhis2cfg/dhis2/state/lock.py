"""The one lock of a server: numbered keys, of which the highest holds (design §7).

POST of a key is an atomic create (facts §19.42), so of two that want `lock-<n+1>` one gets it. A fixed key
could not be broken without a race after its holder died; a higher number can.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from dhis2cfg import __version__
from dhis2cfg.dhis2.state.keys import READABLE, Keys
from dhis2cfg.errors import Locked, ServerRefused, Unreachable
from dhis2cfg.ports import Clock
from dhis2cfg.wire.canonical import to_json
from dhis2cfg.wire.codec import DoesNotFit, from_json

PREFIX = "lock-"
HELD = "held"
RELEASED = "released"
LIFETIME = timedelta(minutes=15)
RENEW_AFTER = LIFETIME.total_seconds() / 3
POLL_SECONDS = 5.0
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What stands in a lock's key; times are ISO 8601 in UTC by the server's clock."""

    state: str
    token: str
    by: str
    since: str
    expires: str
    purpose: str
    tool: str = __version__
    format: int = FORMAT


class Lock:
    """One attempt to be alone on a server; `accounts` are those whose locks surprise nobody."""

    def __init__(
        self,
        keys: Keys,
        clock: Clock,
        server_now: Callable[[], datetime],
        *,
        account: str,
        accounts: tuple[str, ...],
    ) -> None:
        self._keys = keys
        self._clock = clock
        self._server_now = server_now
        self._account = account
        self._accounts = accounts
        self._number = 0
        self._claim: Claim | None = None
        self._renewed = 0.0

    def acquire(self, purpose: str, *, wait_seconds: float) -> None:
        """Take the lock, waiting as long as asked; raises `Locked` with who, since when and what for."""
        deadline = self._clock.seconds() + wait_seconds
        while True:
            blocker = self._attempt(purpose)
            if self._claim is not None:
                return
            left = deadline - self._clock.seconds()
            if blocker is not None and left <= 0:
                raise blocker
            self._clock.pause(min(POLL_SECONDS, left) if blocker is not None else 0.0)

    def renew(self) -> None:
        """Push the end further away once a third of the time has gone; raises where the lock was lost."""
        if self._claim is None or self._clock.seconds() - self._renewed < RENEW_AFTER:
            return
        if max(self._numbers(), default=0) != self._number:
            raise Locked(
                f"the lock of {self._keys.server} was taken over by another run",
                details=("ours had ended, most often because the machine slept. The run stops here.",),
            )
        self._claim = replace(self._claim, expires=self._end())
        self._keys.put(_key(self._number), to_json(self._claim))
        self._renewed = self._clock.seconds()

    def release(self) -> None:
        """Let go, and clear away our older ones; the highest key stays, so that numbers only grow.

        A server that does not answer keeps the lock until its end: no reason to call a finished run failed,
        nor to hide why another one failed.
        """
        claim, self._claim = self._claim, None
        if claim is None:
            return
        with suppress(Unreachable, ServerRefused):
            self._keys.put(_key(self._number), to_json(replace(claim, state=RELEASED)))
            for number in self._numbers():
                if number < self._number and self._keys.creator(_key(number)) == self._account:
                    self._keys.delete(_key(number))

    def blocker(self) -> Locked | None:
        """Who holds the lock now, as the error that they are to others; None where it is free."""
        return self._standing()[1]

    def break_off(self, shown: Locked, purpose: str) -> None:
        """Take the lock from the holder that somebody was shown, by a higher number that is released at once.

        A run that still lives sees the higher number before its next write, and stops.
        """
        highest, blocker = self._standing()
        if blocker is None:
            return
        if blocker.what != shown.what:
            raise blocker
        if not self._keys.create(
            _key(highest + 1), to_json(replace(self._new_claim(purpose), state=RELEASED))
        ):
            raise Locked(f"{self._keys.server} was locked anew by somebody else just now")
        self._keys.close(_key(highest + 1), READABLE)

    def _standing(self) -> tuple[int, Locked | None]:
        highest = max(self._numbers(), default=0)
        return highest, self._blocker(highest) if highest else None

    def _attempt(self, purpose: str) -> Locked | None:
        """One try: who is in the way, or None where the lock is ours or beginning again makes sense."""
        highest, blocker = self._standing()
        if blocker is not None:
            return blocker
        number = highest + 1
        claim = self._new_claim(purpose)
        if not self._keys.create(_key(number), to_json(claim)):
            return None
        self._number, self._claim = number, claim
        self._renewed = self._clock.seconds()
        try:
            self._keys.close(_key(number), READABLE)
            is_ours = max(self._numbers(), default=0) == number
        except BaseException:
            self.release()
            raise
        if not is_ours:
            self.release()
        return None

    def _blocker(self, number: int) -> Locked | None:
        key = _key(number)
        try:
            value = self._keys.value(key)
            if value is None:
                return None
            claim = from_json(Claim, value)
            expires = datetime.fromisoformat(claim.expires)
        except (ServerRefused, DoesNotFit, ValueError) as error:
            return self._strange(key, error)
        if claim.state == RELEASED or expires.astimezone(UTC) <= self._server_now():
            return None
        return self._held_by(claim, self._keys.creator(key) or claim.by)

    def _held_by(self, claim: Claim, who: str) -> Locked:
        following = [
            "wait for it: --lock-timeout 5m",
            f"if that run is dead: dhis2cfg unlock -m {self._keys.server}",
        ]
        if self._accounts and who not in self._accounts:
            following.insert(0, f"{who} is none of `state.accounts`: find out who that is before you go on")
        return Locked(
            f"{self._keys.server} is locked by {who} since {_shown(claim.since)}: {claim.purpose}",
            details=(
                f"the lock ends at {_shown(claim.expires)} by the server's clock, unless it is renewed",
            ),
            following=tuple(following),
        )

    def _strange(self, key: str, error: Exception) -> Locked:
        return Locked(
            f"{self._keys.server} has a lock that is not one of dhis2cfg's: {key}",
            details=(str(error),),
            following=(f"see who made it ({self._keys.server}/api/dataStore/dhis2cfg/{key}/metaData)",),
        )

    def _new_claim(self, purpose: str) -> Claim:
        now = self._server_now()
        return Claim(
            state=HELD,
            token=uuid4().hex,
            by=self._account,
            since=now.isoformat(timespec="seconds"),
            expires=(now + LIFETIME).isoformat(timespec="seconds"),
            purpose=purpose,
        )

    def _end(self) -> str:
        return (self._server_now() + LIFETIME).isoformat(timespec="seconds")

    def _numbers(self) -> list[int]:
        found = (key.removeprefix(PREFIX) for key in self._keys.listed() if key.startswith(PREFIX))
        return sorted(int(number) for number in found if number.isdecimal())


def _key(number: int) -> str:
    return f"{PREFIX}{number}"


def _shown(time: str) -> str:
    """`2026-11-24T10:15:00+00:00` as people read it."""
    return time[:16].replace("T", " ") + " UTC"
