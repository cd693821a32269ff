"""A run that did not come to its end is laid back, under the same lock: all or nothing (design §7)."""

from collections.abc import Iterator

from dhis2cfg.errors import Dhis2cfgError, Locked
from dhis2cfg.model.run import Phase
from dhis2cfg.model.snapshot import Snapshot
from dhis2cfg.pipeline.course.running import Course
from dhis2cfg.pipeline.undoing.doing import Laid, looked_at, put_back
from dhis2cfg.pipeline.undoing.guarding import data_in_the_way
from dhis2cfg.pipeline.undoing.planning import Undoing
from dhis2cfg.pipeline.undoing.steps_back import name_of


def not_laid_back(course: Course) -> tuple[str, ...]:
    """Lay back what the run did; in words why that could not be, nothing where all stands as it stood."""
    if isinstance(course.broken, Locked):
        return ("nothing was laid back, as the lock is somebody else's now",)
    try:
        course.write(Phase.UNDOING, "what was done is laid back")
        plan = looked_at(course.ports, course.snapshot, None)
        reasons = (
            *clashing(course.snapshot, plan),
            *data_in_the_way(course.ports, course.snapshot, plan, unknown_counts=False),
        )
        if reasons:
            return ("nothing was laid back:", *reasons)
        course.tell("laying back")

        def tell(message: str) -> None:
            """Said, and written: a run that is at work for long keeps its lock by that."""
            course.tell(message)
            course.write(Phase.UNDOING, message)

        laid = put_back(course.ports, course.snapshot, None, plan, tell)
        if not laid.is_whole:
            return tuple(left_standing(course.snapshot, laid))
        if course.planned.kept != course.snapshot.record:
            course.write_record_before()
    except Dhis2cfgError as error:
        return (f"laying back broke off: {error.what}", *error.details)
    except KeyboardInterrupt:
        return ("laying back was stopped",)
    return ()


def clashing(snapshot: Snapshot, plan: Undoing) -> Iterator[str]:
    """Fields that somebody edited since, both values shown."""
    for key, clashes in plan.clashes.items():
        name = f"{key[0]}/{name_of(snapshot, key)}"
        for each in clashes:
            if not each.field:
                yield f"{name} was deleted by hand since the run changed it"
                continue
            left, now = _value(each.left), _value(each.now)
            yield f"{name} {each.field} was edited since: {left} → {now}; it was {_value(each.before)}"


def _value(value: object) -> str:
    return "nothing" if value is None else f"“{value}”" if isinstance(value, str) else str(value)


def left_standing(snapshot: Snapshot, laid: Laid) -> Iterator[str]:
    """What could not be put back, and what the server said."""
    for key in (*laid.left.restored, *laid.left.made):
        how = "is still there" if key in laid.left.made else "does not stand as before"
        yield f"{key[0]}/{name_of(snapshot, key)} {how}"
    yield from (" ".join(part for part in (each.code, each.message) if part) for each in laid.errors)
