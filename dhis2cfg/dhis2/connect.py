"""From a target and credentials to everything that planning and applying need of one server."""

from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from dhis2cfg.catalogue import shipped
from dhis2cfg.dhis2.client import Dhis2Server
from dhis2cfg.dhis2.counters import TrackerCounter
from dhis2cfg.dhis2.credentials import Credentials, NamedSecrets
from dhis2cfg.dhis2.guards import Log, MaskedTransport, PlanningTransport, Secrets, silent
from dhis2cfg.dhis2.proxies import proxy_secrets
from dhis2cfg.dhis2.session import Session
from dhis2cfg.dhis2.state.store import Dhis2Store
from dhis2cfg.dhis2.transport import HttpxTransport
from dhis2cfg.model.fleet import Target
from dhis2cfg.ports import Clock, Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One server, ready to be asked: the three ports over one session."""

    target: Target
    credentials: Credentials
    server: Dhis2Server
    store: Dhis2Store
    counter: TrackerCounter
    session: Session
    transport: Transport

    @property
    def certificate_end(self) -> datetime | None:
        """Until when the server's certificate holds, where one was seen."""
        return self.transport.certificate_end if isinstance(self.transport, HttpxTransport) else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()


def connect(  # noqa: PLR0913 - each is one thing that the caller decides
    target: Target,
    credentials: Credentials,
    *,
    planning: bool,
    clock: Clock,
    log: Log = silent,
    transport: Transport | None = None,
    state_group: str = "",
    state_accounts: tuple[str, ...] = (),
    named: NamedSecrets | None = None,
) -> Connection:
    """A connection that nothing has gone over yet; with `planning` it cannot write, whoever asks.

    `transport` stands in for HTTP (the embedded server's bridge, fakes). `log` is told of every
    exchange; `state_group` and `state_accounts` are `state:` of the fleet file; `named` are the secrets
    that packages name, masked from when they are first looked for.
    """
    bare = transport or HttpxTransport(target.url, ca=target.ca)
    secrets = Secrets((*credentials.secrets, *proxy_secrets()))
    guarded = MaskedTransport(PlanningTransport(bare) if planning else bare, secrets, log)
    session = Session(guarded, credentials, clock, name=target.name)

    def secret(name: str) -> str | None:
        found = named.value(name) if named else None
        secrets.add((found,) if found else ())
        return found

    server = Dhis2Server(session, shipped.for_server, secret)
    store = Dhis2Store(
        session,
        account=lambda: server.facts().account.username,
        group=state_group,
        accounts=state_accounts,
    )
    return Connection(
        target=target,
        credentials=credentials,
        server=server,
        store=store,
        counter=TrackerCounter(session, sees_all=lambda: server.facts().account.may_everything),
        session=session,
        transport=bare,
    )
