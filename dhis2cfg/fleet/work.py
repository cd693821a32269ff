"""Planning and applying for all chosen targets."""

from collections.abc import Callable, Mapping, Sequence

from dhis2cfg.errors import NotSupported
from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.many import Done, one_by_one, side_by_side
from dhis2cfg.fleet.selection import Chosen
from dhis2cfg.model.fleet import Fleet
from dhis2cfg.model.plan import Plan
from dhis2cfg.model.run import Outcome
from dhis2cfg.model.state import State
from dhis2cfg.pipeline.apply_one import apply_one
from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.tasks import Planned, Task
from dhis2cfg.ports import Journal, Progress, Stop

WORKERS = 4
"""Targets planned at a time: each is a thread that mostly waits for its server."""


def tasks(
    fleet: Fleet, chosen: Sequence[Chosen], states: Mapping[str, State], tool: str, *, dry_run: bool
) -> tuple[tuple[str, Task], ...]:
    """One task a target; several municipalities on one server are refused by name until they are united."""
    made = []
    for each in chosen:
        if len(each.municipalities) > 1:
            raise NotSupported(
                "several municipalities on one server",
                details=(f"{each.target.url} serves {', '.join(each.target.municipalities)}",),
            )
        task = Task(
            target=each.target,
            fleet=fleet.name,
            state=states[each.municipalities[0].name],
            tool=tool,
            dry_run=dry_run,
        )
        made.append((each.target.name, task))
    return tuple(made)


def plan_all(
    connector: Connector, work: Sequence[tuple[str, Task]], progress: Progress, workers: int = WORKERS
) -> tuple[Done[Planned], ...]:
    """Every target's plan; what cannot be planned is an error of its own."""

    def one(task: Task) -> Planned:
        with connector.ports(task.target, planning=True, progress=progress) as ports:
            return plan_one(task, ports)

    return side_by_side(work, one, workers)


def apply_all(  # noqa: PLR0913 - each is one thing that the caller decides
    connector: Connector,
    work: Sequence[tuple[str, Task]],
    shown: Mapping[str, Plan],
    run_id: str,
    allowed: frozenset[str],
    *,
    progress: Progress,
    stop: Stop,
    journal: Callable[[str], Journal],
    wait_seconds: float,
) -> tuple[Done[Outcome], ...]:
    """Every target's outcome, one target after another."""

    def one(task: Task) -> Outcome:
        name = task.target.name
        with connector.ports(
            task.target, planning=False, progress=progress, stop=stop, journal=journal(name)
        ) as ports:
            progress.tell(name, "begins")
            return apply_one(task, ports, shown[name], run_id, allowed, wait_seconds)

    return one_by_one(work, one, lambda: not stop.requested())
