"""Walking the steps: dry-run exactly what is sent, send it, say what came of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import ImportReport
from dhis2cfg.model.run import Refused, StepOutcome, StepState
from dhis2cfg.ports import Clock, MetadataServer, Stop

Look = Callable[[StepOutcome], StepOutcome]
"""Makes of an outcome what can be known: whether a step whose answer was lost has happened."""


During = Callable[[Step], AbstractContextManager[None]]
"""What goes on around a step while it is done: somebody tells that it takes long."""


def quietly(step: Step) -> AbstractContextManager[None]:
    """Nobody tells anything."""
    del step
    return nullcontext()


def walk(
    steps: Sequence[Step],
    server: MetadataServer,
    clock: Clock,
    stop: Stop,
    look: Look,
    during: During = quietly,
) -> Iterator[StepOutcome]:
    """Each step's outcome, as it is done; ends after the first that is not done, or when asked to stop."""
    for step in steps:
        if stop.requested():
            return
        began = clock.seconds()
        with during(step):
            done = _done(step, server, began, clock)
        outcome = look(done)
        yield outcome
        if outcome.state is not StepState.DONE:
            return


def _done(step: Step, server: MetadataServer, began: float, clock: Clock) -> StepOutcome:
    """A call is tried first, exactly as it is sent; what else a step may be, no server can try."""
    report = server.dry_run(step.body) if step.kind is StepKind.CALL else None
    if report is None or report.ok:
        report = server.perform(step)
    state = _state(report)
    return StepOutcome(
        number=step.number,
        state=state,
        stats=report.stats,
        errors=() if report.ok else refused(step, report),
        seconds=round(clock.seconds() - began, 3),
    )


STATES: Mapping[bool | None, StepState] = {
    False: StepState.REFUSED,
    True: StepState.PARTLY,
    None: StepState.UNKNOWN,
}
"""By what stands of a step that is not ok: nothing, some of it, nobody knows."""


def _state(report: ImportReport) -> StepState:
    return StepState.DONE if report.ok else STATES[report.committed]


def refused(step: Step, report: ImportReport) -> tuple[Refused, ...]:
    """The server's errors with our names for the objects; its message where it gave no report."""
    paths = dict(zip(_uids(step.body), step.objects, strict=True))
    errors = tuple(
        Refused(
            type=paths.get(each.uid, (each.type, ""))[0],
            path=paths.get(each.uid, ("", each.uid))[1],
            code=each.code,
            message=each.message,
            property=each.property,
        )
        for each in report.errors
    )
    if errors:
        return errors
    message = report.message or f"the server answered {report.http_status} without a reason"
    return (Refused(type="", path="", code="", message=message),)


def _uids(body: Mapping[str, Any]) -> Iterator[str]:
    """The UIDs of a call's objects, in the order of `Step.objects`."""
    for objects in body.values():
        for each in objects:
            yield each["id"]
