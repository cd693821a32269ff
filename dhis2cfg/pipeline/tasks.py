"""What a pipeline is given: the task, and the ports of the one server it is for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dhis2cfg.model.fleet import Allowance, Target
from dhis2cfg.model.plan import Plan
from dhis2cfg.model.questions import Answers
from dhis2cfg.model.record import Record
from dhis2cfg.model.run import Run
from dhis2cfg.model.state import State
from dhis2cfg.ports import Clock, DataCounter, Journal, MetadataServer, Progress, StateStore, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One target with all that is asked of it. `tool` is our own version, for records and plans.

    `allow` are the dated permissions of the municipalities' files, `thresholds` their limits; `claim` names
    the fleet whose record is taken as ours although it was written from elsewhere; `prune` asks for orphans
    to be deleted, `renew_secrets` for all secrets to be sent again. Names are told in `locale`; empty: in
    each package's own language.
    """

    target: Target
    fleet: str
    state: State
    tool: str
    dry_run: bool = True
    allow: tuple[Allowance, ...] = ()
    thresholds: Mapping[str, int] = field(default_factory=dict)
    claim: str = ""
    prune: bool = False
    renew_secrets: bool = False
    locale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What somebody decided who applies: the run's name, and the words given.

    `resume`: the run began before, and is to be finished or tried again. `accept_residual`: what does not
    stand as planned in the end is kept all the same.
    """

    run_id: str
    allowed: frozenset[str] = frozenset()
    resume: bool = False
    accept_residual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """One server and what surrounds a run on it."""

    server: MetadataServer
    store: StateStore
    counter: DataCounter
    clock: Clock
    progress: Progress
    stop: Stop
    journal: Journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan with what it was made from: the record it started from, and the one that stands after apply.

    `run` is the last run as the server keeps it, `kept` the record; `allowed` says in words what
    municipalities' files allow.
    """

    plan: Plan
    before: Record | None
    after: Record
    answers: Answers
    server_time: str
    account: str
    run: Run | None = None
    kept: Record | None = None
    allowed: tuple[str, ...] = ()
