"""Ports with one mistake in each: what the program would be without one of its safety rules."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from dhis2cfg.errors import Locked
from dhis2cfg.model.plan import Step
from dhis2cfg.model.questions import Answers, CountQuestion, ImportReport, Questions, ServerFacts
from dhis2cfg.model.record import Record
from dhis2cfg.model.run import Run
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.pipeline.tasks import Ports
from dhis2cfg.ports import MetadataServer, StateStore

Plant = Callable[[Ports], Ports]


class OtherServer:
    """The server's port, handed on as it is; what plants a fault changes one answer."""

    def __init__(self, inner: MetadataServer) -> None:
        self.inner = inner

    def facts(self) -> ServerFacts:
        """As the server says."""
        return self.inner.facts()

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """As the server says."""
        return self.inner.answer(questions, known)

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """As the server says."""
        return self.inner.dry_run(body)

    def perform(self, step: Step) -> ImportReport:
        """As the server does."""
        return self.inner.perform(step)


class OtherStore:
    """The store's port, handed on as it is."""

    def __init__(self, inner: StateStore) -> None:
        self.inner = inner

    def fleets(self, *, besides: str = "") -> tuple[str, ...]:
        """As it is kept."""
        return self.inner.fleets(besides=besides)

    def record(self, fleet: str) -> Record | None:
        """As it is kept."""
        return self.inner.record(fleet)

    def write_record(self, record: Record) -> None:
        """As it is given."""
        self.inner.write_record(record)

    def run(self, fleet: str) -> Run | None:
        """As it is kept."""
        return self.inner.run(fleet)

    def write_run(self, run: Run) -> None:
        """As it is given."""
        self.inner.write_run(run)

    def runs(self, fleet: str) -> tuple[Run, ...]:
        """As they are kept."""
        return self.inner.runs(fleet)

    def retire(self, run: Run, keep: int) -> None:
        """As it is given."""
        self.inner.retire(run, keep)

    def amend(self, run: Run) -> None:
        """As it is given."""
        self.inner.amend(run)

    def snapshot(self, fleet: str, name: str) -> Snapshot | None:
        """As it is kept."""
        return self.inner.snapshot(fleet, name)

    def write_snapshot(self, snapshot: Snapshot) -> None:
        """As it is given."""
        self.inner.write_snapshot(snapshot)

    def aftermath(self, fleet: str, name: str) -> Aftermath | None:
        """As it is kept."""
        return self.inner.aftermath(fleet, name)

    def write_aftermath(self, aftermath: Aftermath) -> None:
        """As it is given."""
        self.inner.write_aftermath(aftermath)

    def lock(self, purpose: str, *, wait_seconds: float) -> AbstractContextManager[None]:
        """As it is held."""
        return self.inner.lock(purpose, wait_seconds=wait_seconds)

    def blocker(self) -> Locked | None:
        """As it is held."""
        return self.inner.blocker()

    def break_lock(self, shown: Locked) -> None:
        """As it is asked."""
        self.inner.break_lock(shown)


class WithoutSnapshot(OtherStore):
    """Keeps no undo point."""

    def write_snapshot(self, snapshot: Snapshot) -> None:
        """Nothing is kept."""


class WithoutClosure(OtherStore):
    """Keeps only what the steps name, and forgets what goes along with it."""

    def write_snapshot(self, snapshot: Snapshot) -> None:
        """A part of it is kept."""
        before = {
            name: {uid: each for uid, each in objects.items() if uid in snapshot.sent.get(name, {})}
            for name, objects in snapshot.before.items()
        }
        self.inner.write_snapshot(replace(snapshot, before=before, gone={}))


class WithoutAftermath(OtherStore):
    """Does not know what stood after the run."""

    def aftermath(self, fleet: str, name: str) -> Aftermath | None:
        """Nothing is known."""


class AnyRun(OtherStore):
    """Knows of no later run."""

    def runs(self, fleet: str) -> tuple[Run, ...]:
        """The oldest one only."""
        return self.inner.runs(fleet)[-1:]


class WithoutRun(OtherStore):
    """Keeps no run before its first step, nor after any."""

    def write_run(self, run: Run) -> None:
        """Nothing is kept."""


class Unlocked(OtherStore):
    """Holds no lock."""

    def lock(self, purpose: str, *, wait_seconds: float) -> AbstractContextManager[None]:
        """Nobody is kept out."""
        return nullcontext()


class ExcusesAll(OtherServer):
    """Takes every dry run for one that went well."""

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """Nothing is ever refused."""
        return replace(self.inner.dry_run(body), ok=True, errors=())


class BelievesShortLists(OtherServer):
    """Takes what did not come with a read for what is not there."""

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """The last object of each type is missing, and nobody counts."""
        got = self.inner.answer(questions, known)
        objects = {name: dict(several) for name, several in got.objects.items()}
        for name in questions.objects:
            last = max(objects[name])
            objects[name][last] = None
        return replace(got, objects=objects)


class RepeatsImports(OtherServer):
    """Sends every import twice, to be sure."""

    def perform(self, step: Step) -> ImportReport:
        """Once, and once more."""
        self.inner.perform(step)
        return self.inner.perform(step)


class RemembersReads(OtherServer):
    """Answers what it answered before, in place of reading back."""

    def __init__(self, inner: MetadataServer) -> None:
        super().__init__(inner)
        self.known: dict[str, Answers] = {}

    def perform(self, step: Step) -> ImportReport:
        """As asked; what was sent is taken for what stands."""
        for name, items in step.body.items():
            for answers in self.known.values():
                several = answers.objects.get(name)
                if several is not None:
                    cast: Any = several
                    cast.update({each["id"]: each for each in items if each["id"] in several})
        return self.inner.perform(step)

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """The same question has the same answer."""
        asked = repr(questions)
        if asked not in self.known:
            self.known[asked] = self.inner.answer(questions, Answers())
        got = self.known[asked]
        return replace(
            known,
            objects={**known.objects, **got.objects},
            by={**known.by, **got.by},
            users={**known.users, **got.users},
            settings={**known.settings, **got.settings},
            uses={**known.uses, **got.uses},
            defaults=got.defaults or known.defaults,
        )


class CountsNothing:
    """Finds no data, wherever they are."""

    def counts(self, questions: Iterable[CountQuestion]) -> dict[CountQuestion, int | None]:
        """None at all."""
        return dict.fromkeys(questions, 0)


def store(kind: Callable[[StateStore], StateStore]) -> Plant:
    """Ports with another store."""
    return lambda ports: replace(ports, store=kind(ports.store))


def server(kind: Callable[[MetadataServer], MetadataServer]) -> Plant:
    """Ports with another server."""
    return lambda ports: replace(ports, server=kind(ports.server))
