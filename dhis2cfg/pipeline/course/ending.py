"""How a run ends: as planned, refused before anything stood, or in between, and then exactly what stands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dhis2cfg.errors import Dhis2cfgError, Exit
from dhis2cfg.model.plan import Change, Step
from dhis2cfg.model.run import Outcome, Phase, Refused, Result, StepOutcome, StepState
from dhis2cfg.pipeline.course.laying_back import not_laid_back
from dhis2cfg.pipeline.course.partial import partial
from dhis2cfg.pipeline.course.running import Course, word
from dhis2cfg.pipeline.course.todo import todo_of
from dhis2cfg.pipeline.plan_one import plan_against
from dhis2cfg.pipeline.undoing.taking import after

EXITS = {
    Result.CHANGED: Exit.FINE,
    Result.REFUSED: Exit.FAILED,
    Result.UNDONE: Exit.FAILED,
    Result.STOPPED: Exit.INTERRUPTED,
    Result.BETWEEN: Exit.BETWEEN,
}
NAMED = 12
"""As many objects of a call as are named one by one."""


def ended(course: Course) -> Outcome:
    """What came of a run; an error before anything can stand is raised again.

    What somebody stopped stays as it is: it may be finished or rolled back. All else that broke is laid back.
    """
    if course.run.done == course.run.steps and course.broken is None:
        return _read_back(course)
    if _is_untouched(course):
        return _without_effect(course)
    if course.stopped or _was_asked_to_stop(course):
        return _between(course, _partly_recorded(course))
    return _undone(course, _why(course), _refusals(course))


def _is_untouched(course: Course) -> bool:
    """Whether nothing of the plan can stand: no step was begun, or the first was refused whole.

    What an earlier run left behind that was not finished may stand all the same.
    """
    earlier = course.planned.run
    if course.run.done or (earlier is not None and earlier.is_unfinished):
        return False
    if course.outcomes:
        return course.outcomes[-1].state is StepState.REFUSED
    return course.broken is None or not course.sending


def _was_asked_to_stop(course: Course) -> bool:
    """Whether it ended for that alone; who will not wait for a lost answer's end cannot lay back either."""
    if course.broken is not None:
        return False
    last = course.outcomes[-1].state if course.outcomes else StepState.DONE
    return last is StepState.DONE or (last is StepState.UNKNOWN and course.ports.stop.requested())


def _without_effect(course: Course) -> Outcome:
    if course.broken is not None:
        with_run_said(course, Phase.FAILED, course.broken.what)
        raise course.broken
    name = word(course.planned.plan)
    if course.outcomes:
        message = f"the server refused {name} 1; nothing was written"
        with_run_said(course, Phase.REFUSED, f"the server refused {name} 1")
        return _outcome(course, Result.REFUSED, message, _errors(course.outcomes[-1]))
    with_run_said(course, Phase.REFUSED, f"stopped before the first {name}")
    return _outcome(course, Result.STOPPED, "stopped; nothing was written")


def _undone(course: Course, why: str, details: tuple[str, ...]) -> Outcome:
    """Laid back, and said so; where that could not be, what stands between and why."""
    reasons = not_laid_back(course)
    if reasons:
        return _between(course, (*details, *reasons))
    message = f"{why}; laid back, read back: as it was before"
    said = with_run_said(course, Phase.UNDONE, why)
    return _outcome(course, Result.UNDONE, message, (*details, *said))


def _why(course: Course) -> str:
    """What the run broke off at."""
    if course.broken is not None:
        return course.broken.what
    last, name = course.outcomes[-1], word(course.planned.plan)
    how = {
        StepState.REFUSED: "refused",
        StepState.PARTLY: "refused in part",
        StepState.UNKNOWN: "had no answer, and does not stand as far as can be seen",
    }
    return f"{name} {last.number} of {course.run.steps} {how[last.state]}"


def _refusals(course: Course) -> tuple[str, ...]:
    """What the server said, and where in the files the objects stand that it named."""
    if course.broken is not None:
        return course.broken.details
    places = {(each.type, each.path): each.place for each in course.planned.plan.changes if each.place}
    lines: list[str] = []
    for each in course.outcomes[-1].errors:
        lines.append(told(each))
        place = places.get((each.type, each.path))
        if place is not None:
            lines.append(f"{place.file}:{place.line}:{place.column}")
    return tuple(lines)


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
    except Dhis2cfgError as error:
        course.broken = error
        return _between(course, ())
    residual = again.plan.changes
    if residual and not course.accept_residual:
        return replace(_undone(course, _unlike(residual), _named(residual)), residual=residual)
    try:
        course.write_record(again.after)
        course.ports.store.write_aftermath(after(course.snapshot, course.ports))
    except Dhis2cfgError as error:
        course.broken = error
        return _between(course, ())
    message = "read back: as planned"
    if residual:
        message = f"{_unlike(residual)}; kept, as --accept-residual says"
    said = with_run_said(course, Phase.DONE, message)
    outcome = _outcome(course, Result.CHANGED, message, (*_named(residual), *said))
    return replace(outcome, residual=residual, todo=todo_of(course.planned.plan))


def _unlike(residual: Sequence[Change]) -> str:
    count = f"{len(residual)} things do" if len(residual) > 1 else "1 thing does"
    return f"every call was accepted, but {count} not stand as planned"


def _named(residual: Sequence[Change]) -> tuple[str, ...]:
    return tuple(f"{each.type}/{each.path} {each.field}".rstrip() for each in residual)


def _between(course: Course, reasons: tuple[str, ...]) -> Outcome:
    """Old and new stand side by side, or nobody knows: said step by step, kept in run and record."""
    name = word(course.planned.plan)
    message = f"stands in between: {course.run.done} of {course.run.steps} {name}s are done"
    details = (*_told(course), *reasons, *with_run_said(course, Phase.BETWEEN, message))
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
    name = word(course.planned.plan)
    for step in course.planned.plan.steps:
        outcome = states.get(step.number)
        how = _how(course, step, outcome)
        yield f"{name} {step.number} of {course.run.steps} {how}: {_objects(step)}"
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
            f"dhis2cfg apply --resume {course.run.id} -m {name}    finishes it",
            f"dhis2cfg rollback {course.run.id} -m {name}    undoes it",
        ),
        Result.UNDONE: (
            f"dhis2cfg plan -m {name}    shows what is asked for, and what stands",
            f"dhis2cfg apply --resume {course.run.id} -m {name}    tries it again",
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
