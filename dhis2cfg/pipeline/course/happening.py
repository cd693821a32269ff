"""An answer that was lost says nothing: look whether the step happened (facts §17.44)."""

from collections.abc import Iterable
from dataclasses import replace

from dhis2cfg.errors import CredentialsRefused, Unreachable
from dhis2cfg.model.plan import Change, Kind, Step, StepKind
from dhis2cfg.model.run import StepOutcome, StepState
from dhis2cfg.pipeline.plan_one import plan_against
from dhis2cfg.pipeline.tasks import Planned, Ports, Task

LOOKS = 20
"""How often it is looked whether an import whose answer was lost has happened."""

BETWEEN_LOOKS = 3.0
"""Seconds: an import of a thousand objects takes a server under a minute (facts §5)."""


AGAIN = frozenset({StepKind.SHARING, StepKind.SETTING, StepKind.DELETE, StepKind.MAINTENANCE})
"""Steps that say what shall stand, whatever stands now: done twice is done once. An import is looked for."""


def looked_up(task: Task, ports: Ports, planned: Planned, outcome: StepOutcome) -> StepOutcome:
    """The outcome, with what the server shows where the answer did not come."""
    if outcome.state is not StepState.UNKNOWN:
        return outcome
    step = planned.plan.steps[outcome.number - 1]
    for look in range(LOOKS):
        if look:
            ports.clock.pause(BETWEEN_LOOKS)
        ports.progress.tell(
            task.target.name, f"{step.kind.value} {outcome.number}: no answer, looking whether it happened"
        )
        if _happened(task, ports, planned, step):
            return replace(outcome, state=StepState.DONE, errors=())
        if ports.stop.requested():
            break
    return outcome


def _happened(task: Task, ports: Ports, planned: Planned, step: Step) -> bool:
    """Whether everything that a step does stands; a server that does not answer yet shows nothing."""
    if step.kind in AGAIN:
        return ports.server.perform(step).ok
    try:
        again = plan_against(task, ports, planned.after).plan
    except CredentialsRefused:
        raise
    except Unreachable:
        return False
    sent = set(step.objects)
    sent_again = {name for each in planned.plan.steps[step.number :] for name in each.objects}
    return not any(_is_missing(each, sent, sent_again) for each in again.changes)


def _is_missing(change: Change, sent: Iterable[tuple[str, str]], again: Iterable[tuple[str, str]]) -> bool:
    """Whether a change tells that a step did not happen; what is sent again later counts once it is there."""
    name = (change.type, change.path)
    if name not in sent:
        return False
    return name not in again or (not change.field and change.kind is Kind.CREATE)
