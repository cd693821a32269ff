"""How the core meets the world: protocols, satisfied by shape (`dhis2`, `workspace`, `cli`, fakes)."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from dhis2cfg.errors import Locked
from dhis2cfg.model.http import Request, Response
from dhis2cfg.model.plan import Step
from dhis2cfg.model.questions import Answers, CountQuestion, ImportReport, Questions, ServerFacts
from dhis2cfg.model.record import Record
from dhis2cfg.model.run import Run
from dhis2cfg.model.snapshot import Aftermath, Snapshot


class MetadataServer(Protocol):
    """One DHIS2. Whoever holds a planning transport behind this can read and dry-run, and nothing else."""

    def facts(self) -> ServerFacts:
        """Version, time, locales and account; asked once and remembered."""
        ...

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """`known` and what the server says to one round of questions (counts are not answered here)."""
        ...

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """VALIDATE exactly this body; nothing is written."""
        ...

    def perform(self, step: Step) -> ImportReport:
        """Do exactly this step, whatever its kind; never repeated by itself, and never raises an answer.

        `committed` tells what stands of a step that is not ok: nothing, some of it, or nobody knows (None).
        """
        ...


class StateStore(Protocol):
    """What the tool keeps on a server, in its data store namespace (design §7), private to it."""

    def fleets(self, *, besides: str = "") -> tuple[str, ...]:
        """The names of all fleets that keep a record on the server, in order; `besides` one of them."""
        ...

    def record(self, fleet: str) -> Record | None:
        """The record of a fleet, None where there is none; an unreadable one raises."""
        ...

    def write_record(self, record: Record) -> None:
        """Put the record in place of the last one."""
        ...

    def run(self, fleet: str) -> Run | None:
        """The last run of a fleet."""
        ...

    def write_run(self, run: Run) -> None:
        """Put the run in place of the last one."""
        ...

    def runs(self, fleet: str) -> tuple[Run, ...]:
        """The runs that are kept, newest first: the last one, and finished ones before it."""
        ...

    def retire(self, run: Run, keep: int) -> None:
        """Keep a finished run beside those before it; beyond `keep`, the oldest go with their snapshots.

        Snapshots of runs that are not kept go too: their run never began.
        """
        ...

    def amend(self, run: Run) -> None:
        """Put a run that is kept in place of its earlier form, wherever it is kept."""
        ...

    def snapshot(self, fleet: str, name: str) -> Snapshot | None:
        """The undo point of this name, None where it never was written whole."""
        ...

    def write_snapshot(self, snapshot: Snapshot) -> None:
        """Keep what a run may have to lay back, in pieces that proxies let through."""
        ...

    def aftermath(self, fleet: str, name: str) -> Aftermath | None:
        """What stood after the run of this undo point, None where it never was written whole."""
        ...

    def write_aftermath(self, aftermath: Aftermath) -> None:
        """Keep what stands once a run is done."""
        ...

    def lock(self, purpose: str, *, wait_seconds: float) -> AbstractContextManager[None]:
        """Hold the server's one lock; raises `Locked` when somebody else does."""
        ...

    def blocker(self) -> Locked | None:
        """Who holds the server's lock now, None where it is free."""
        ...

    def break_lock(self, shown: Locked) -> None:
        """Take the lock from the holder that somebody was shown; raises where it is another by now."""
        ...


class DataCounter(Protocol):
    """Counts stored data that a change touches."""

    def counts(self, questions: Iterable[CountQuestion]) -> Mapping[CountQuestion, int | None]:
        """The number for each of one round of questions, or None where it could not be learnt."""
        ...


class Journal(Protocol):
    """A copy on disk of what a run does; may be lost with the machine."""

    def write(self, line: Mapping[str, Any]) -> None:
        """Append one line."""
        ...


class Clock(Protocol):
    """Time, so that tests need not wait."""

    def seconds(self) -> float:
        """Seconds that only go forward."""
        ...

    def pause(self, seconds: float) -> None:
        """Wait."""
        ...


class Progress(Protocol):
    """An observer that the core may tell what it does now."""

    def tell(self, target: str, message: str) -> None:
        """One line about one target, for people."""
        ...


class Stop(Protocol):
    """A flag looked at between steps."""

    def requested(self) -> bool:
        """Whether somebody asked to stop."""
        ...


class Transport(Protocol):
    """Three methods between us and HTTP: httpx in `dhis2`, the embedded server's bridge, fakes in tests."""

    @property
    def url(self) -> str:
        """The base URL, without a trailing slash."""
        ...

    def send(self, request: Request) -> Response:
        """One exchange; raises `Unreachable` where no whole answer came. Redirects are not followed."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
