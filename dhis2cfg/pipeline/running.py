"""The run itself: what stands on the server before the first step, after each, and at the end."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dhis2cfg.apply.walk import walk
from dhis2cfg.errors import Dhis2cfgError, Exit
from dhis2cfg.model.names import Uid
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.run import Outcome, Phase, Result, Run, StepOutcome, StepState
from dhis2cfg.pipeline.happening import looked_up
from dhis2cfg.pipeline.tasks import Planned, Ports, Task


@dataclass(slots=True, kw_only=True)
class Course:
    """How far a run has come: what each step did, and what broke it off, if anything did.

    `sending`: it broke off while the next step may have been on its way.
    """

    task: Task
    ports: Ports
    planned: Planned
    run: Run
    began: float
    outcomes: list[StepOutcome] = field(default_factory=list)
    broken: Dhis2cfgError | None = None
    sending: bool = False

    def write(self, phase: Phase, message: str = "") -> None:
        """Put the run as it stands on the server, and on this machine's disk."""
        ended = "" if phase is Phase.RUNNING else self._now()
        self.run = replace(self.run, phase=phase, message=message, ended=ended)
        self.ports.store.write_run(self.run)
        self.ports.journal.write(
            {"run": self.run.id, "target": self.task.target.name, "phase": phase.value, "done": self.run.done}
        )

    def write_record(self, record: Record) -> None:
        """Put a record on the server, with who wrote it, when, in which run."""
        self.ports.store.write_record(stamped(record, self.planned, self.run, self._now()))

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
    return Outcome(target=task.target.name, result=Result.AS_IT_WAS, exit=Exit.FINE, message="no changes")


def _content(record: Record) -> tuple[object, ...]:
    """What of a record tells the next plan something, or `status`."""
    return record.packages, record.objects, record.digest, record.environment, record.server_version


def walk_plan(task: Task, ports: Ports, planned: Planned, run_id: str, allowed: frozenset[str]) -> Course:
    """Write the run, then walk the steps as far as they go; whatever breaks it off is part of the answer."""
    outcomes: list[StepOutcome] = []

    def look(outcome: StepOutcome) -> StepOutcome:
        outcomes.append(outcome)
        outcomes[-1] = looked_up(task, ports, planned, outcome)
        return outcomes[-1]

    steps = walk(planned.plan.steps, ports.server, ports.clock, ports.stop, look)
    words = (*sorted(allowed), *planned.allowed)
    course = Course(
        task=task,
        ports=ports,
        planned=planned,
        run=begun(task, planned, run_id, words),
        began=ports.clock.seconds(),
        outcomes=outcomes,
    )
    course.write(Phase.RUNNING)
    try:
        for known in steps:
            course.tell(f"call {known.number} of {course.run.steps}: {known.state.value}, {known.seconds} s")
            if known.state is StepState.DONE:
                course.run = replace(course.run, done=known.number)
                course.write(Phase.RUNNING)
    except Dhis2cfgError as error:
        course.broken = error
    except KeyboardInterrupt:
        course.broken = Dhis2cfgError("stopped at once")
        course.sending = len(course.outcomes) == course.run.done < course.run.steps
    return course


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
        created=_created(planned),
        gained=_gained(planned),
    )


def _created(planned: Planned) -> dict[str, tuple[Uid, ...]]:
    """By type, the UIDs of what the plan sends and the server does not hold yet."""
    created: dict[str, dict[Uid, None]] = {}
    for step in planned.plan.steps:
        for type_name, bodies in step.body.items():
            live = planned.answers.objects.get(type_name, {})
            new = {Uid(each["id"]): None for each in bodies if live.get(each["id"]) is None}
            if new:
                created.setdefault(type_name, {}).update(new)
    return {type_name: tuple(uids) for type_name, uids in created.items()}


def _gained(planned: Planned) -> dict[str, dict[Uid, tuple[str, ...]]]:
    """By type and UID, the fields and members that objects of ours gain with the plan."""
    gained: dict[str, dict[Uid, tuple[str, ...]]] = {}
    for type_name, several in planned.before.objects.items() if planned.before else ():
        for uid, last in several.items():
            after = planned.after.get(type_name, uid)
            new = set(after.fields) - set(last.fields) - set(after.found) if after else set()
            if new:
                gained.setdefault(type_name, {})[uid] = tuple(sorted(new))
    return gained


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
