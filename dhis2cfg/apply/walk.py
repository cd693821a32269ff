"""Walking the steps: dry-run exactly what is sent, send it, say what came of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dhis2cfg.errors import NotSupported
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import ImportReport
from dhis2cfg.model.run import Refused, StepOutcome, StepState
from dhis2cfg.ports import Clock, MetadataServer, Stop

Look = Callable[[StepOutcome], StepOutcome]
"""Makes of an outcome what can be known: whether a step whose answer was lost has happened."""


def walk(
    steps: Sequence[Step], server: MetadataServer, clock: Clock, stop: Stop, look: Look
) -> Iterator[StepOutcome]:
    """Each step's outcome, as it is done; ends after the first that is not done, or when asked to stop.

    Steps that are not built yet are refused at once, before the first outcome is asked for.
    """
    for step in steps:
        if step.kind is not StepKind.CALL:
            raise NotSupported(f"a step of the kind {step.kind.value}")
    return _outcomes(steps, server, clock, stop, look)


def _outcomes(
    steps: Sequence[Step], server: MetadataServer, clock: Clock, stop: Stop, look: Look
) -> Iterator[StepOutcome]:
    for step in steps:
        if stop.requested():
            return
        began = clock.seconds()
        outcome = look(_call(step, server, began, clock))
        yield outcome
        if outcome.state is not StepState.DONE:
            return


def _call(step: Step, server: MetadataServer, began: float, clock: Clock) -> StepOutcome:
    report = server.dry_run(step.body)
    if report.ok:
        report = server.commit(step.body)
    state = _state(report)
    return StepOutcome(
        number=step.number,
        state=state,
        stats=report.stats,
        errors=() if report.ok else refused(step, report),
        seconds=round(clock.seconds() - began, 3),
    )


def _state(report: ImportReport) -> StepState:
    """Refused is only what left nothing behind; a refusal that wrote something is looked into."""
    if report.ok:
        return StepState.DONE
    return StepState.REFUSED if report.committed is False else StepState.UNKNOWN


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
