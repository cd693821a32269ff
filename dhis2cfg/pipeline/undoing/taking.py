"""Taking the undo point of a run, before its first write; a second attempt keeps that of the first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import StepKind
from dhis2cfg.model.questions import Live
from dhis2cfg.model.run import Run
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.pipeline.tasks import Planned, Ports
from dhis2cfg.pipeline.undoing.back import Sides, back
from dhis2cfg.pipeline.undoing.closure import closure
from dhis2cfg.pipeline.undoing.looking import standing
from dhis2cfg.pipeline.undoing.planning import sides_of
from dhis2cfg.pipeline.undoing.sent import BESIDE, names_by, sent_by, upkeep_of
from dhis2cfg.wire.judging import Judge


def taken(planned: Planned, ports: Ports, name: str) -> Snapshot:
    """Everything that the plan touches, as it stands."""
    facts = ports.server.facts()
    steps = [step for step in planned.plan.steps if step.kind is not StepKind.MAINTENANCE]
    sent = sent_by(steps, planned.answers.objects)
    around = closure(shipped.for_server(facts.version), ports.server, sent, planned.answers)
    gone: dict[str, tuple[Uid, ...]] = {}
    for type_name, uid in sorted(around.gone):
        gone[type_name] = (*gone.get(type_name, ()), uid)
    return Snapshot(
        name=name,
        fleet=planned.plan.fleet,
        account=facts.account.uid,
        server_version=facts.version,
        taken=planned.server_time,
        before=around.before,
        sent=sent,
        record=planned.kept,
        gone=gone,
        upkeep=upkeep_of(planned.plan.steps),
        names=names_by(steps),
    )


def inherited(first: Snapshot, second: Snapshot, ports: Ports) -> Snapshot:
    """The second attempt's undo point: what the first has, and what only the second touches.

    Edits that others made since the first attempt are part of what is to be laid back to.
    """
    catalogue = shipped.for_server(ports.server.facts().version)
    now = standing(ports.server, first)
    judge = Judge(catalogue)
    before = {type_name: dict(objects) for type_name, objects in second.before.items()}
    for type_name, objects in first.before.items():
        for uid, each in objects.items():
            sides = sides_of(first, None, now, (type_name, uid))
            is_value = type_name in BESIDE
            before.setdefault(type_name, {})[uid] = each if is_value else _laid_back(judge, sides)
    return replace(
        second,
        before=before,
        sent=_united(first.sent, second.sent),
        record=first.record,
        gone={
            name: tuple(dict.fromkeys((*first.gone.get(name, ()), *second.gone.get(name, ()))))
            for name in {**first.gone, **second.gone}
        },
        names=_united(first.names, second.names),
        upkeep=tuple(dict.fromkeys((*first.upkeep, *second.upkeep))),
    )


def _laid_back(judge: Judge, sides: Sides) -> Live | None:
    """The object as it would stand if the first attempt had not been."""
    made = back(judge, sides)
    if made.clashes:
        return sides.before
    return None if made.is_deleted else made.body or sides.now


T = TypeVar("T")


def _united(
    first: Mapping[str, Mapping[Uid, T]], second: Mapping[str, Mapping[Uid, T]]
) -> dict[str, dict[Uid, T]]:
    """By type, what stands in either; the second counts where both have it."""
    return {name: {**first.get(name, {}), **second.get(name, {})} for name in {**first, **second}}


def after(snapshot: Snapshot, ports: Ports) -> Aftermath:
    """What stands once the run is done, of all that it may have to lay back."""
    return Aftermath(name=snapshot.name, fleet=snapshot.fleet, after=standing(ports.server, snapshot).objects)


def next_name(run_id: str, earlier: Run | None) -> str:
    """The name of an undo point: the run's, with a number from its second attempt on."""
    if earlier is None or earlier.id != run_id or not earlier.snapshot:
        return run_id
    _, _, number = earlier.snapshot.partition(".")
    return f"{run_id}.{int(number or 1) + 1}"
