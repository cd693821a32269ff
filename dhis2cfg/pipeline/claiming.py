"""Whose record a server holds: one of our fleet's name may still be somebody else's (design §5)."""

from collections.abc import Iterator

from dhis2cfg.errors import Unsafe
from dhis2cfg.model.record import Record
from dhis2cfg.pipeline.tasks import Task


def must_be_ours(task: Task, record: Record | None) -> None:
    """A record of this name that was written from elsewhere is taken over only when somebody says so.

    Otherwise all that it lists would be set back or dropped, as if we had forgotten it.
    """
    if record is None or task.claim == task.fleet:
        return
    why = tuple(_strange(task, record))
    if why:
        raise Unsafe(
            f"the record of the fleet {task.fleet} on {task.target.name} was written from elsewhere",
            details=(*why, "nothing was written"),
            following=(
                f"see what it would mean: dhis2cfg plan -m {task.target.name} --claim-record {task.fleet}",
                "or give this fleet a name of its own: `name:` in fleet.yaml",
            ),
        )


def _strange(task: Task, record: Record) -> Iterator[str]:
    """What shows it: no package in common, or another environment (a database that was copied)."""
    known = {each.name for each in task.state.packages}
    once = {name for each in task.state.packages for name in each.was}
    if record.packages and known and not (known | once) & set(record.packages):
        yield (
            f"it holds {' and '.join(sorted(record.packages))}, "
            f"and this fleet's packages are {' and '.join(sorted(known))}"
        )
    if record.environment and record.environment != task.target.environment:
        yield f"it was written in the environment {record.environment}, and this is {task.target.environment}"
