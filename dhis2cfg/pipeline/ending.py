"""How a run ends: as planned, refused before anything stood, or in between, and then exactly what stands."""

from collections.abc import Iterator
from dataclasses import replace

from dhis2cfg.errors import Dhis2cfgError, Exit
from dhis2cfg.model.plan import Step
from dhis2cfg.model.run import Outcome, Phase, Refused, Result, StepOutcome, StepState
from dhis2cfg.pipeline.partial import partial
from dhis2cfg.pipeline.plan_one import plan_against
from dhis2cfg.pipeline.running import Course

EXITS = {
    Result.CHANGED: Exit.FINE,
    Result.REFUSED: Exit.FAILED,
    Result.STOPPED: Exit.INTERRUPTED,
    Result.BETWEEN: Exit.BETWEEN,
}
NAMED = 12
"""As many objects of a call as are named one by one."""


def ended(course: Course) -> Outcome:
    """What came of a run; an error before anything can stand is raised again."""
    if course.run.done == course.run.steps and course.broken is None:
        return _read_back(course)
    if _is_untouched(course):
        return _without_effect(course)
    return _between(course)


def _is_untouched(course: Course) -> bool:
    """Whether nothing of the plan can stand: no step was begun, or the first was refused whole."""
    if course.run.done:
        return False
    if course.outcomes:
        return course.outcomes[-1].state is StepState.REFUSED
    return course.broken is None or not course.sending


def _without_effect(course: Course) -> Outcome:
    if course.broken is not None:
        with_run_said(course, Phase.FAILED, course.broken.what)
        raise course.broken
    if course.outcomes:
        with_run_said(course, Phase.REFUSED, "the server refused call 1")
        message = "the server refused call 1; nothing was written"
        return _outcome(course, Result.REFUSED, message, _errors(course.outcomes[-1]))
    with_run_said(course, Phase.REFUSED, "stopped before the first call")
    return _outcome(course, Result.STOPPED, "stopped; nothing was written")


def with_run_said(course: Course, phase: Phase, message: str) -> tuple[str, ...]:
    """Put the end of the run on the server; where that fails, the reason is told and hides no other."""
    try:
        course.write(phase, message)
    except Dhis2cfgError as error:
        return (f"the run could not be written: {error.what}",)
    return ()


def _read_back(course: Course) -> Outcome:
    """The plan of what was just applied must be empty; then the record is written."""
    course.tell("reading back")
    try:
        again = plan_against(course.task, course.ports, course.planned.after)
        course.write_record(again.after)
    except Dhis2cfgError as error:
        course.broken = error
        return _between(course)
    residual = again.plan.changes
    if residual:
        message = f"every call was accepted, but {len(residual)} things do not stand as planned"
        details = tuple(f"{each.type}/{each.path} {each.field}".rstrip() for each in residual)
        details += with_run_said(course, Phase.BETWEEN, message)
        return replace(_outcome(course, Result.BETWEEN, message, details), residual=residual)
    said = with_run_said(course, Phase.DONE, "read back: as planned")
    return _outcome(course, Result.CHANGED, "read back: as planned", said)


def _between(course: Course) -> Outcome:
    """Old and new stand side by side, or nobody knows: said step by step, kept in run and record."""
    message = f"stands in between: {course.run.done} of {course.run.steps} calls are done"
    details = tuple(_told(course))
    details += _partly_recorded(course)
    details += with_run_said(course, Phase.BETWEEN, message)
    return _outcome(course, Result.BETWEEN, message, details)


def _partly_recorded(course: Course) -> tuple[str, ...]:
    """Write the record of what stands; where that fails, what it means."""
    if not course.run.done:
        return ()
    try:
        course.write_record(partial(course))
    except Dhis2cfgError as error:
        return (
            f"the record could not be written: {error.what}",
            "what was made counts as ours all the same, as the run says so",
        )
    return ()


def _told(course: Course) -> Iterator[str]:
    """Each step: what became of it, and which objects that means."""
    states = {each.number: each for each in course.outcomes}
    for step in course.planned.plan.steps:
        outcome = states.get(step.number)
        yield f"call {step.number} of {course.run.steps} {_how(course, step, outcome)}: {_objects(step)}"
        if outcome is not None:
            yield from (f"  {line}" for line in _errors(outcome))
    if course.broken is not None:
        yield course.broken.what
        yield from course.broken.details


def _how(course: Course, step: Step, outcome: StepOutcome | None) -> str:
    if outcome is None:
        in_flight = course.sending and step.number == len(course.outcomes) + 1
        return "was under way, and nobody knows whether it happened" if in_flight else "was not begun"
    return {
        StepState.DONE: "stands",
        StepState.REFUSED: "was refused, nothing of it stands",
        StepState.PARTLY: "was refused, and part of it may stand",
        StepState.UNKNOWN: "had no answer, and does not stand as far as can be seen",
    }[outcome.state]


def _objects(step: Step) -> str:
    names = [f"{type_name}/{path}" for type_name, path in step.objects]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _errors(outcome: StepOutcome) -> tuple[str, ...]:
    return tuple(told(each) for each in outcome.errors)


def told(each: Refused) -> str:
    """One error of the server, with our name for the object."""
    name = f"{each.type}/{each.path}".strip("/")
    return " ".join(part for part in (name, each.code, each.message) if part)


def _outcome(course: Course, result: Result, message: str, details: tuple[str, ...] = ()) -> Outcome:
    name = course.planned.plan.target
    following = {
        Result.BETWEEN: (
            f"dhis2cfg plan -m {name}    shows what is left",
            f"dhis2cfg apply -m {name}    does it",
        ),
        Result.REFUSED: (f"dhis2cfg plan -m {name}",),
    }
    return Outcome(
        target=name,
        result=result,
        exit=EXITS[result],
        run=course.run.id,
        changes=len(course.planned.plan.changes),
        steps=tuple(course.outcomes),
        message=message,
        details=details,
        following=following.get(result, ()),
        seconds=course.seconds,
    )
