"""The run itself: what stands on the server before the first step, after each, and at the end."""

from collections.abc import Sequence
from dataclasses import replace

from dhis2cfg.apply.walk import walk
from dhis2cfg.errors import Exit
from dhis2cfg.model.names import Uid
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.run import Outcome, Phase, Refused, Result, Run, StepOutcome, StepState
from dhis2cfg.pipeline.plan_one import plan_against
from dhis2cfg.pipeline.tasks import Planned, Ports, Task

POLLS = 20
"""How often it is looked whether an import whose answer was lost has happened, three seconds apart."""


def settle(task: Task, ports: Ports, planned: Planned, run_id: str) -> Outcome:
    """Nothing to write but perhaps the record: what server and package agree on by now is ours."""
    if planned.before is None or planned.after.objects != planned.before.objects:
        ports.store.write_record(stamped(planned.after, planned, run_id, task.tool))
    return Outcome(target=task.target.name, result=Result.AS_IT_WAS, exit=Exit.FINE, message="no changes")


def run_plan(task: Task, ports: Ports, planned: Planned, run_id: str, allowed: frozenset[str]) -> Outcome:
    """Write the run, walk the steps, read back, plan again, write the record."""
    began = ports.clock.seconds()
    run = _run(task, planned, run_id, allowed)
    ports.store.write_run(run)
    ports.journal.write({"run": run_id, "target": task.target.name, "phase": "begun", "steps": run.steps})
    outcomes: list[StepOutcome] = []
    for outcome in walk(planned.plan.steps, ports.server, ports.clock, ports.stop):
        known = _looked_up(task, ports, planned, outcome)
        outcomes.append(known)
        ports.progress.tell(task.target.name, f"call {known.number} of {run.steps}: {known.state.value}")
        if known.state is StepState.DONE:
            run = replace(run, done=known.number)
            ports.store.write_run(run)
    ended = _end(task, ports, planned, run, outcomes)
    ports.journal.write({"run": run_id, "target": task.target.name, "phase": ended.result.value})
    return replace(ended, run=run_id, seconds=round(ports.clock.seconds() - began, 1))


def _run(task: Task, planned: Planned, run_id: str, allowed: frozenset[str]) -> Run:
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
        allowed=tuple(sorted(allowed)),
        tool=task.tool,
    )


def _looked_up(task: Task, ports: Ports, planned: Planned, outcome: StepOutcome) -> StepOutcome:
    """An answer that was lost says nothing: look whether the step happened (facts §17.44)."""
    if outcome.state is not StepState.UNKNOWN:
        return outcome
    wanted = set(planned.plan.steps[outcome.number - 1].objects)
    for _ in range(POLLS):
        ports.progress.tell(
            task.target.name, f"call {outcome.number}: no answer, looking whether it happened"
        )
        again = plan_against(task, ports, planned.after).plan
        if not any((each.type, each.path) in wanted for each in again.changes):
            return replace(outcome, state=StepState.DONE, errors=())
        ports.clock.pause(3.0)
    return outcome


def _end(task: Task, ports: Ports, planned: Planned, run: Run, outcomes: Sequence[StepOutcome]) -> Outcome:
    """What came of it: as planned, refused before anything stood, or in between."""
    if run.done == run.steps:
        return _read_back(task, ports, planned, run, outcomes)
    last = outcomes[-1] if outcomes else None
    refused = last is not None and last.state is StepState.REFUSED
    details = tuple(_told(each) for each in last.errors) if last else ()
    if run.done == 0 and (refused or last is None):
        _finish(ports, run, Phase.REFUSED, "the server refused call 1" if last else "stopped")
        result = Result.REFUSED if last else Result.STOPPED
        message = "the server refused call 1; nothing was written" if last else "stopped; nothing was written"
        return _outcome(planned, outcomes, result, message, details)
    if run.done:
        ports.store.write_record(stamped(partial(planned, run.done), planned, run.id, task.tool))
    _finish(ports, run, Phase.BETWEEN, f"{run.done} of {run.steps} calls are done")
    message = between(planned, run, last)
    return _outcome(planned, outcomes, Result.BETWEEN, message, details)


def between(planned: Planned, run: Run, last: StepOutcome | None) -> str:
    """Exactly what stands where, of a run that is not whole."""
    how = {StepState.REFUSED: "was refused", StepState.UNKNOWN: "had no answer"}
    what = f"call {last.number} {how.get(last.state, 'was done, then it was stopped')}" if last else "stopped"
    done = [f"{t}/{p}" for step in planned.plan.steps[: run.done] for t, p in step.objects]
    stands = f"{len(done)} objects of calls 1 to {run.done} stand as planned" if done else "nothing is known"
    return f"{what}: {run.done} of {run.steps} calls are done, {stands}, the rest as it was"


def _told(each: Refused) -> str:
    name = f"{each.type}/{each.path}".strip("/")
    return " ".join(part for part in (name, each.code, each.message) if part)


EXITS = {
    Result.CHANGED: Exit.FINE,
    Result.REFUSED: Exit.FAILED,
    Result.STOPPED: Exit.INTERRUPTED,
    Result.BETWEEN: Exit.BETWEEN,
}


def _outcome(
    planned: Planned,
    outcomes: Sequence[StepOutcome],
    result: Result,
    message: str,
    details: tuple[str, ...] = (),
) -> Outcome:
    name = planned.plan.target
    following = {
        Result.BETWEEN: (f"dhis2cfg plan -m {name}    shows what is left; apply finishes it",),
        Result.REFUSED: (f"dhis2cfg plan -m {name}",),
    }
    return Outcome(
        target=name,
        result=result,
        exit=EXITS[result],
        changes=len(planned.plan.changes),
        steps=tuple(outcomes),
        message=message,
        details=details,
        following=following.get(result, ()),
    )


def _read_back(
    task: Task, ports: Ports, planned: Planned, run: Run, outcomes: Sequence[StepOutcome]
) -> Outcome:
    """The plan of what was just applied must be empty; then the record is written."""
    ports.progress.tell(task.target.name, "reading back")
    again = plan_against(task, ports, planned.after)
    ports.store.write_record(stamped(again.after, again, run.id, task.tool))
    residual = again.plan.changes
    if residual:
        _finish(ports, run, Phase.BETWEEN, f"{len(residual)} differences after the last call")
        details = tuple(f"{each.type}/{each.path} {each.field}".rstrip() for each in residual)
        message = f"every call was accepted, but {len(residual)} things do not stand as planned"
        return replace(
            _outcome(planned, outcomes, Result.BETWEEN, message, details),
            residual=residual,
        )
    _finish(ports, run, Phase.DONE, "read back: as planned")
    return _outcome(planned, outcomes, Result.CHANGED, "read back: as planned")


def _finish(ports: Ports, run: Run, phase: Phase, message: str) -> None:
    ports.store.write_run(replace(run, phase=phase, message=message, ended=ports.server.facts().time))


def stamped(record: Record, planned: Planned, run_id: str, tool: str) -> Record:
    """The record with who wrote it, when, in which run."""
    return replace(record, run=run_id, applied=planned.server_time, by=planned.account, tool=tool)


def partial(planned: Planned, done: int) -> Record:
    """The record that tells the truth after some of the calls: theirs as planned, the rest as before."""
    written = {name for step in planned.plan.steps[:done] for name in step.objects}
    objects: dict[str, dict[Uid, Recorded]] = {
        type_name: dict(each)
        for type_name, each in (planned.before.objects if planned.before else {}).items()
    }
    for type_name, several in planned.after.objects.items():
        for uid, each in several.items():
            if (type_name, each.path) in written:
                objects.setdefault(type_name, {})[uid] = each
    packages = planned.before.packages if planned.before else {}
    return replace(planned.after, objects=objects, packages=packages)
