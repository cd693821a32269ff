"""Rolling one target's last run back, as a table of contents: a three-way merge, then steps like any others.

Base is what the run left, desired what stood before it, live what stands now: edits made since survive, and a
field that was edited again is a conflict (design §7). Packages are not needed: all stands on the server.
"""

from dataclasses import dataclass, replace

from dhis2cfg.errors import Dhis2cfgError, Exit, Unsafe
from dhis2cfg.model.record import Record, Undone
from dhis2cfg.model.run import Outcome, Phase, Result, Run
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.pipeline.course.ending import told
from dhis2cfg.pipeline.course.laying_back import clashing, left_standing
from dhis2cfg.pipeline.course.running import later
from dhis2cfg.pipeline.tasks import Ports, Terms
from dhis2cfg.pipeline.trial import refused_by_trial
from dhis2cfg.pipeline.undoing.doing import looked_at, put_back
from dhis2cfg.pipeline.undoing.guarding import data_in_the_way, users_in_the_way
from dhis2cfg.pipeline.undoing.planning import Undoing

OVER = frozenset({Phase.ROLLED_BACK, Phase.UNDONE, Phase.REFUSED, Phase.FAILED})
"""How runs end of which nothing stands any longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollback:
    """What rolling a run back means on one target: the run, its undo point, and what is to be done.

    `refusals` say what stands in the way, each with the word that allows it (empty: nothing does).
    """

    target: str
    run: Run
    snapshot: Snapshot
    aftermath: Aftermath | None
    plan: Undoing
    record: Record | None = None
    refusals: tuple[tuple[str, str], ...] = ()


def rollback_one(ports: Ports, fleet: str, target: str, terms: Terms, wait_seconds: float = 0.0) -> Outcome:
    """Lock, look again, refuse what was not allowed, put back, look whether all stands, record, unlock."""
    with ports.store.lock(f"rollback {terms.run_id}", wait_seconds=wait_seconds):
        found = rollback_of(ports, fleet, target, terms.run_id)
        if isinstance(found, Outcome):
            return found
        return refused_rollback(found, terms.allowed) or _rolled_back(ports, found)


def rollback_of(ports: Ports, fleet: str, target: str, run_id: str) -> Rollback | Outcome:
    """What would be done, or the outcome where nothing of the run stands; writes nothing."""
    run = _the_run(ports, fleet, target, run_id)
    if run.phase in OVER:
        message = f"nothing of run {run_id} stands: it ended as {run.phase.value}"
        return Outcome(target=target, result=Result.AS_IT_WAS, exit=Exit.FINE, run=run_id, message=message)
    snapshot = ports.store.snapshot(fleet, run.snapshot) if run.snapshot else None
    if snapshot is None:
        raise Unsafe(
            f"run {run_id} has no undo point on {target}",
            details=("it was made by an older dhis2cfg, or its pieces are gone; nothing was written",),
            following=(f"dhis2cfg plan -m {target}    with the packages as they were before",),
        )
    aftermath = None if run.is_unfinished else ports.store.aftermath(fleet, run.snapshot)
    plan = looked_at(ports, snapshot, aftermath)
    return Rollback(
        target=target,
        run=run,
        snapshot=snapshot,
        aftermath=aftermath,
        plan=plan,
        record=ports.store.record(fleet),
        refusals=(
            *(("conflict", each) for each in clashing(snapshot, plan)),
            *(("destructive", each) for each in data_in_the_way(ports, snapshot, plan, unknown_counts=True)),
            *(("destructive", each) for each in users_in_the_way(ports, snapshot, plan)),
            *(("", told(each)) for each in refused_by_trial(plan.steps, ports.server)),
        ),
    )


def _the_run(ports: Ports, fleet: str, target: str, run_id: str) -> Run:
    """The run of this name, if it is the newest of which something stands."""
    runs = ports.store.runs(fleet)
    found = next((each for each in runs if each.id == run_id), None)
    if found is None:
        kept = ", ".join(each.id for each in runs) or "none"
        raise Unsafe(
            f"{target} keeps no run {run_id}",
            details=(f"kept are: {kept}; nothing was written",),
            following=(f"dhis2cfg history -m {target}",),
        )
    newest = next((each for each in runs if each.phase not in OVER), found)
    if found.phase not in OVER and newest.id != run_id:
        raise Unsafe(
            f"run {newest.id} came after {run_id} on {target}",
            details=("runs are rolled back one after another, the newest first; nothing was written",),
            following=(f"dhis2cfg rollback {newest.id} -m {target}",),
        )
    return found


def refused_rollback(found: Rollback, allowed: frozenset[str]) -> Outcome | None:
    """The outcome of a rollback that may not be done, or None."""
    left = [(word, message) for word, message in found.refusals if not word or word not in allowed]
    if not left:
        return None
    words = dict.fromkeys(word for word, _ in left if word)
    allows = " ".join(f"--allow {word}" for word in words)
    again = f"dhis2cfg rollback {found.run.id} -m {found.target} {allows}    does it all the same"
    why = "refused as unsafe" if words else "the server's dry run refuses it"
    return Outcome(
        target=found.target,
        result=Result.REFUSED,
        exit=Exit.UNSAFE if words else Exit.FAILED,
        run=found.run.id,
        message=f"{why}; nothing was written",
        details=tuple(message for _, message in left),
        following=(again,) if words else (f"dhis2cfg plan -m {found.target}",),
    )


def _rolled_back(ports: Ports, found: Rollback) -> Outcome:
    began = ports.clock.seconds()
    reasons = _put_back(ports, found, began)
    seconds = round(ports.clock.seconds() - began, 1)
    if reasons:
        return Outcome(
            target=found.target,
            result=Result.BETWEEN,
            exit=Exit.BETWEEN,
            run=found.run.id,
            message=f"stands in between: run {found.run.id} is rolled back in part",
            details=reasons,
            following=(f"dhis2cfg rollback {found.run.id} -m {found.target}    goes on",),
            seconds=seconds,
        )
    return Outcome(
        target=found.target,
        result=Result.ROLLED_BACK,
        exit=Exit.FINE,
        run=found.run.id,
        changes=len(found.plan.restored) + len(found.plan.made),
        message="read back: as it was before the run",
        seconds=seconds,
    )


def _put_back(ports: Ports, found: Rollback, began: float) -> tuple[str, ...]:
    """Do it; in words why it could not be done, nothing where all stands as it is to stand."""
    try:

        def tell(message: str) -> None:
            """Said, and written: a run that is at work for long keeps its lock by that."""
            ports.progress.tell(found.target, message)
            ports.store.amend(replace(found.run, phase=Phase.UNDOING, message=message))

        tell("it is rolled back")
        laid = put_back(ports, found.snapshot, found.aftermath, found.plan, tell)
        if not laid.is_whole:
            return tuple(left_standing(found.snapshot, laid))
        ended = later(ports.server.facts().time, ports.clock.seconds() - began)
        ports.store.write_record(_record(found))
        ports.store.amend(replace(found.run, phase=Phase.ROLLED_BACK, message="rolled back", ended=ended))
    except Dhis2cfgError as error:
        return (f"it broke off: {error.what}", *error.details)
    except KeyboardInterrupt:
        return ("it was stopped",)
    return ()


def _record(found: Rollback) -> Record:
    """The record as it was before the run, which says what was rolled back."""
    empty = Record(fleet=found.snapshot.fleet, environment="", packages={}, objects={})
    before = found.snapshot.record or (
        replace(empty, environment=found.record.environment) if found.record else empty
    )
    undone = Undone(run=found.run.id, packages=found.run.packages or {}, files=found.run.files)
    return replace(before, undone=undone)
