"""The run itself: what stands on the server before the first step, after each, and at the end."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from dhis2cfg.apply.walk import walk
from dhis2cfg.errors import Dhis2cfgError, Exit
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Plan, Step, StepKind
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.run import Outcome, Phase, Result, Run, StepOutcome, StepState
from dhis2cfg.model.snapshot import Snapshot
from dhis2cfg.pipeline.course.happening import looked_up
from dhis2cfg.pipeline.course.telling import told_every
from dhis2cfg.pipeline.tasks import Planned, Ports, Task, Terms
from dhis2cfg.pipeline.undoing.sent import BESIDE
from dhis2cfg.pipeline.undoing.taking import after, inherited, next_name, taken


@dataclass(slots=True, kw_only=True)
class Course:
    """How far a run has come: what each step did, and what broke it off, if anything did.

    `snapshot` is its undo point. `sending`: it broke off while the next step may have been on its way;
    `stopped`: because somebody wanted it at once.
    """

    task: Task
    ports: Ports
    planned: Planned
    run: Run
    snapshot: Snapshot
    began: float
    outcomes: list[StepOutcome] = field(default_factory=list)
    broken: Dhis2cfgError | None = None
    sending: bool = False
    stopped: bool = False
    accept_residual: bool = False

    def write(self, phase: Phase, message: str = "") -> None:
        """Put the run as it stands on the server, and on this machine's disk."""
        ended = "" if phase in (Phase.RUNNING, Phase.UNDOING) else self._now()
        self.run = replace(self.run, phase=phase, message=message, ended=ended)
        self.ports.store.write_run(self.run)
        self.ports.journal.write(
            {"run": self.run.id, "target": self.task.target.name, "phase": phase.value, "done": self.run.done}
        )

    def write_record(self, record: Record) -> None:
        """Put a record on the server, with who wrote it, when, in which run."""
        self.ports.store.write_record(stamped(record, self.planned, self.run, self._now()))

    def write_record_before(self) -> None:
        """Put the record back in place that stood before the first attempt of this run."""
        self.ports.store.write_record(self.snapshot.record or nothing_of(self.planned.after))

    def tell(self, message: str) -> None:
        """One line of progress."""
        self.ports.progress.tell(self.task.target.name, message)

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return round(self.ports.clock.seconds() - self.began, 1)

    def _now(self) -> str:
        """The server's clock: what it said when we asked, and what has passed since."""
        return later(self.planned.server_time, self.ports.clock.seconds() - self.began)


def nothing_of(record: Record) -> Record:
    """A record that holds nothing, for where there was none."""
    return Record(fleet=record.fleet, environment=record.environment, packages={}, objects={})


def settle(task: Task, ports: Ports, planned: Planned, run_id: str) -> Outcome:
    """Nothing to write but perhaps the record, and that an earlier run is finished by now."""
    before, after = planned.before, planned.after
    if before is None or _content(before) != _content(after):
        run = begun(task, planned, run_id, ())
        ports.store.write_record(stamped(after, planned, run, planned.server_time))
    if planned.run is not None and planned.run.is_unfinished:
        message = f"finished by {run_id}: everything stands as planned"
        ended = planned.server_time
        ports.store.write_run(replace(planned.run, phase=Phase.DONE, message=message, ended=ended))
        keep_aftermath(task, ports, planned.run)
    return Outcome(target=task.target.name, result=Result.AS_IT_WAS, exit=Exit.FINE, message="no changes")


def keep_aftermath(task: Task, ports: Ports, run: Run) -> None:
    """Keep what stands now that a run is done, so that edits made since survive when it is rolled back."""
    snapshot = ports.store.snapshot(task.fleet, run.snapshot) if run.snapshot else None
    if snapshot is not None:
        ports.store.write_aftermath(after(snapshot, ports))


def _content(record: Record) -> tuple[object, ...]:
    """What of a record tells the next plan something, or `status`."""
    return (
        record.packages,
        record.objects,
        record.settings,
        record.digest,
        record.environment,
        record.server_version,
    )


def walk_plan(task: Task, ports: Ports, planned: Planned, terms: Terms) -> Course:
    """Keep what may have to be laid back, write the run, then walk the steps as far as they go.

    Whatever breaks it off is part of the answer.
    """
    course = _begun(task, ports, planned, terms)

    def look(outcome: StepOutcome) -> StepOutcome:
        course.outcomes.append(outcome)
        course.outcomes[-1] = looked_up(task, ports, planned, outcome)
        return course.outcomes[-1]

    def during(step: Step) -> AbstractContextManager[None]:
        return told_every(ports.progress, task.target.name, f"{step.kind.value} {step.number} of {count}")

    count = course.run.steps
    steps = walk(planned.plan.steps, ports.server, ports.clock, ports.stop, look, during)
    try:
        for known in steps:
            done = f"{known.number} of {count}: {known.state.value}, {known.seconds} s"
            course.tell(f"{word(planned.plan)} {done}")
            if known.state is StepState.DONE:
                course.run = replace(course.run, done=known.number)
                course.write(Phase.RUNNING)
    except Dhis2cfgError as error:
        course.broken = error
    except KeyboardInterrupt:
        course.broken = Dhis2cfgError("stopped at once")
        course.stopped = True
        course.sending = len(course.outcomes) == course.run.done < course.run.steps
    return course


def _begun(task: Task, ports: Ports, planned: Planned, terms: Terms) -> Course:
    """The run on the server, and before it what it may have to lay back.

    The undo point of a run that was not finished lives on in its own.
    """
    earlier = planned.run
    name = next_name(terms.run_id, earlier)
    snapshot = taken(planned, ports, name)
    if earlier is not None and earlier.is_unfinished and earlier.snapshot:
        first = ports.store.snapshot(task.fleet, earlier.snapshot)
        snapshot = snapshot if first is None else inherited(first, snapshot, ports)
    if earlier is not None and earlier.id != terms.run_id:
        ports.store.retire(earlier, KEPT)
    ports.store.write_snapshot(snapshot)
    words = (*sorted(terms.allowed), *planned.allowed)
    course = Course(
        task=task,
        ports=ports,
        planned=planned,
        run=replace(begun(task, planned, terms.run_id, words), snapshot=name),
        snapshot=snapshot,
        began=ports.clock.seconds(),
        accept_residual=terms.accept_residual,
    )
    course.write(Phase.RUNNING)
    return course


def word(plan: Plan) -> str:
    """What people call the steps of a plan: calls, where it has no others."""
    return "call" if all(step.kind is StepKind.CALL for step in plan.steps) else "step"


def begun(task: Task, planned: Planned, run_id: str, allowed: tuple[str, ...]) -> Run:
    """A run before its first step."""
    return Run(
        id=run_id,
        fleet=task.fleet,
        target=task.target.name,
        plan=planned.plan.digests.changes,
        phase=Phase.RUNNING,
        steps=len(planned.plan.steps),
        done=0,
        started=planned.server_time,
        by=planned.account,
        packages=planned.plan.packages,
        allowed=allowed,
        tool=task.tool,
        files=planned.plan.digests.files,
        created=_created(planned),
        gained=_gained(planned),
    )


MAKING = frozenset({StepKind.CALL, StepKind.OWN, StepKind.SETTING})
"""Steps that may make something."""

KEPT = 5
"""As many finished runs as are kept with their undo points (design §7)."""


def _created(planned: Planned) -> dict[str, tuple[Uid, ...]]:
    """By type, the UIDs of what the plan makes: objects that are not there, settings not yet ours."""
    created: dict[str, dict[Uid, None]] = {
        type_name: dict.fromkeys(uids) for type_name, uids in _begun_earlier(planned).created.items()
    }
    for step in planned.plan.steps:
        for type_name, items in step.body.items() if step.kind in MAKING else ():
            new = {Uid(each["id"]): None for each in items if _is_new(planned, type_name, Uid(each["id"]))}
            if new:
                created.setdefault(type_name, {}).update(new)
    return {type_name: tuple(uids) for type_name, uids in created.items()}


def _is_new(planned: Planned, type_name: str, uid: Uid) -> bool:
    if type_name in BESIDE:
        return planned.before is None or planned.before.get(type_name, uid) is None
    return planned.answers.objects.get(type_name, {}).get(uid) is None


def _gained(planned: Planned) -> dict[str, dict[Uid, tuple[str, ...]]]:
    """By type and UID, the fields and members that objects and settings of ours gain with the plan."""
    gained = {type_name: dict(several) for type_name, several in _begun_earlier(planned).gained.items()}
    before = planned.before
    ours: dict[str, Mapping[Any, Recorded]] = {**before.objects, **before.settings} if before else {}
    for type_name, several in ours.items():
        for uid, last in several.items():
            after = planned.after.get(type_name, Uid(uid))
            new = set(after.fields) - set(last.fields) - set(after.found) if after else set()
            if new:
                known = gained.setdefault(type_name, {})
                known[Uid(uid)] = tuple(sorted({*new, *known.get(Uid(uid), ())}))
    return gained


def _begun_earlier(planned: Planned) -> Run:
    """What an earlier run that was not finished had begun is ours as well; else a run that began nothing."""
    earlier = planned.run
    if earlier is not None and earlier.is_unfinished:
        return earlier
    return Run(id="", fleet="", target="", plan="", phase=Phase.DONE, steps=0, done=0, started="")


def stamped(record: Record, planned: Planned, run: Run, now: str) -> Record:
    """The record with who wrote it, when, in which run, and what that run was allowed.

    What the server filled in by itself is learnt when an object that we made is read back; later, what is
    there beyond ours is the municipality's.
    """
    objects = {
        type_name: {uid: _filled_once(planned, type_name, uid, each) for uid, each in several.items()}
        for type_name, several in record.objects.items()
    }
    return replace(
        record,
        objects=objects,
        run=run.id,
        applied=now,
        by=planned.account,
        tool=run.tool,
        allowed=run.allowed,
    )


def _filled_once(planned: Planned, type_name: str, uid: Uid, each: Recorded) -> Recorded:
    last = planned.before.get(type_name, uid) if planned.before else None
    is_new = (
        planned.run is not None
        and planned.run.is_unfinished
        and uid in planned.run.created.get(type_name, ())
    )
    return each if last is None or is_new else replace(each, filled=last.filled)


def later(time: str, seconds: float) -> str:
    """A server's time some seconds on, in the server's own form; one that cannot be read stays."""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return time
    return (moment + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")
