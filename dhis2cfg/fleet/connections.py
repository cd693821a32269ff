"""From a chosen target to the ports of its server; here is known which class stands behind each."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dhis2cfg.dhis2.connect import Connection, connect
from dhis2cfg.dhis2.credentials import NamedSecrets, find, name_of, origin_of, refuse_ambiguous, usual_file
from dhis2cfg.dhis2.guards import Log, silent
from dhis2cfg.model.fleet import Fleet, Target
from dhis2cfg.pipeline.tasks import Ports
from dhis2cfg.ports import Clock, Journal, Progress, Stop, Transport


class RealClock:
    """The machine's own clock."""

    def seconds(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic()

    def pause(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class NoJournal:
    """For what writes nothing."""

    def write(self, line: Mapping[str, Any]) -> None:
        """Nothing is kept."""


class Never:
    """Nobody asks to stop."""

    def requested(self) -> bool:
        """No."""
        return False


class Quiet:
    """Nobody wants to be told."""

    def tell(self, target: str, message: str) -> None:
        """Nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """How targets are reached: environment variables, the clock, and who is told what goes over the wire.

    `transport` stands in for HTTP where a target's URL is served in process; `for_server` is `--server`;
    `root` is the folder that `ca:` is seen from; `used` is told the secrets that go out; `sandbox_token` is
    the embedded server's public token, sent to loopback addresses of a sandbox only.
    """

    fleet: Fleet
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    clock: Clock = field(default_factory=RealClock)
    log: Log = silent
    for_server: bool = False
    sandbox_token: str = ""
    transport: Callable[[Target], Transport | None] = field(default=lambda _: None)
    root: Path = Path()
    used: Callable[[Iterable[str]], None] = field(default=lambda _: None, repr=False)

    def connect(self, target: Target, *, planning: bool) -> Connection:
        """A connection to one target, with the credentials of its origin and of no other."""
        self._refuse_ambiguous(target)
        credentials = find(
            origin_of(target.url),
            self.environ,
            file=usual_file(self.environ),
            for_server=self.for_server,
            sandbox_token=self.sandbox_token if target.sandbox else "",
        )
        self.used(credentials.secrets)
        return connect(
            replace(target, ca=str(self.root / target.ca)) if target.ca else target,
            credentials,
            planning=planning,
            clock=self.clock,
            log=self.log,
            transport=self.transport(target),
            state_group=self.fleet.state_group,
            state_accounts=self.fleet.state_accounts,
            named=NamedSecrets(
                origin=origin_of(target.url),
                environ=self.environ,
                file=usual_file(self.environ),
                used=self.used,
            ),
        )

    def _refuse_ambiguous(self, target: Target) -> None:
        """A variable that is set must mean one origin of the fleet: another file may name its twin."""
        name = name_of(origin_of(target.url))
        if any(self.environ.get(f"DHIS2CFG_{kind}__{name}") for kind in ("TOKEN", "USERNAME", "PASSWORD")):
            servers = [each for one in self.fleet.municipalities for each in one.servers.values()]
            origins = [origin_of(each.url) for each in (*servers, target)]
            refuse_ambiguous(each for each in origins if name_of(each) == name)

    @contextmanager
    def ports(
        self,
        target: Target,
        *,
        planning: bool,
        progress: Progress | None = None,
        stop: Stop | None = None,
        journal: Journal | None = None,
    ) -> Iterator[Ports]:
        """The ports of one target, closed at the end."""
        with self.connect(target, planning=planning) as connection:
            yield Ports(
                server=connection.server,
                store=connection.store,
                counter=connection.counter,
                clock=self.clock,
                progress=progress or Quiet(),
                stop=stop or Never(),
                journal=journal or NoJournal(),
            )
