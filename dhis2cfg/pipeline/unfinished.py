"""What an earlier run left behind: said in the plan, and what it made counts as ours."""

from collections.abc import Iterator
from dataclasses import replace

from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Refusal
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.run import Phase, Run
from dhis2cfg.pipeline.tasks import Planned
from dhis2cfg.pipeline.undoing.sent import BESIDE
from dhis2cfg.wire.canonical import digest


def begun_before(planned: Planned, run: Run | None) -> Record | None:
    """The record with what a run that died had made by then; None where there is nothing of the kind.

    Without it the next plan would find all that as if somebody else had put it there, and never take it away
    again.
    """
    if run is None or not run.is_unfinished:
        return None
    made = {**dict(_made(planned, run)), **dict(_grown(planned, run))}
    if not made:
        return None
    before = planned.before
    objects = {name: dict(each) for name, each in (before.objects if before else {}).items()}
    settings = {name: dict(each) for name, each in (before.settings if before else {}).items()}
    for (type_name, uid), recorded in made.items():
        if type_name in BESIDE:
            settings.setdefault(type_name, {})[uid] = recorded
        else:
            objects.setdefault(type_name, {})[uid] = recorded
    packages = before.packages if before else {}
    return replace(before or planned.after, objects=objects, settings=settings, packages=packages)


Owned = Iterator[tuple[tuple[str, Uid], Recorded]]


def _made(planned: Planned, run: Run) -> Owned:
    """Objects that the run made and no record tells of."""
    for type_name, uids in run.created.items():
        for uid in uids:
            recorded = planned.after.get(type_name, uid)
            is_new_to_us = planned.before is None or planned.before.get(type_name, uid) is None
            if recorded is None or not is_new_to_us:
                continue
            stands = planned.answers.objects.get(type_name, {}).get(uid) is not None
            if stands or (type_name in BESIDE and recorded.found):
                yield (type_name, uid), standing(recorded)


def _grown(planned: Planned, run: Run) -> Owned:
    """Objects of ours with what the run added to them."""
    for type_name, several in run.gained.items():
        for uid, paths in several.items():
            last = planned.before.get(type_name, uid) if planned.before else None
            after = planned.after.get(type_name, uid)
            if last is None or after is None:
                continue
            fields = {
                path: after.fields[path] for path in paths if path in set(after.found) - set(last.found)
            }
            if fields:
                yield (type_name, uid), replace(last, fields={**last.fields, **fields})


def standing(recorded: Recorded) -> Recorded:
    """Of an object that we made: what of it stands as asked for, and nothing of it was there before us."""
    fields = {path: value for path, value in recorded.fields.items() if path in recorded.found}
    return replace(recorded, fields=fields, found=())


AGAIN = "again"
"""The word for applying once more what was rolled back: `apply --again`."""


def once_more(planned: Planned) -> Planned:
    """The plan of the very files that were rolled back last wants a word of its own."""
    undone = planned.kept.undone if planned.kept else None
    if undone is None or undone.files != planned.plan.digests.files or planned.plan.is_empty:
        return planned
    told = " and ".join(f"{name} {version}" for name, version in undone.packages.items())
    refusal = Refusal(
        word=AGAIN,
        message=f"{told} was rolled back (run {undone.run}), and the files are the same",
        following="change the files, or say --again",
    )
    plan = replace(planned.plan, refusals=(*planned.plan.refusals, refusal))
    return replace(planned, plan=plan)


HOW = {
    Phase.RUNNING: "was not finished",
    Phase.UNDOING: "was being laid back",
    Phase.BETWEEN: "ended in between",
}
"""How a run that is not finished came to its end."""


def with_run(planned: Planned, run: Run | None) -> Planned:
    """The plan that says which run was not finished, and is no longer equal to plans of other targets."""
    if run is None or not run.is_unfinished:
        return replace(planned, run=run)
    begun = run.started[:16].replace("T", " ")
    note = (
        f"run {run.id} of {run.by or 'somebody'}, begun {begun}, {HOW[run.phase]}: "
        f"{run.done} of {run.steps} calls were done; apply does the rest, owners and upkeep too"
    )
    plan = replace(
        planned.plan, notes=(note, *planned.plan.notes), group=digest([planned.plan.group, run.id])
    )
    return replace(planned, plan=plan, run=run)
