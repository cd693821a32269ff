"""Planning and applying for all chosen targets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple

from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.many import Done, announced, one_by_one, side_by_side
from dhis2cfg.fleet.selection import Chosen
from dhis2cfg.model.fleet import Fleet
from dhis2cfg.model.plan import Plan
from dhis2cfg.model.run import Outcome, Result
from dhis2cfg.model.state import State
from dhis2cfg.pipeline.apply_one import apply_one
from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.tasks import Planned, Task, Terms
from dhis2cfg.ports import Journal, Progress, Stop
from dhis2cfg.report.signs import number

WORKERS = 4
"""Targets planned at a time: each is a thread that mostly waits for its server."""


def tasks(
    fleet: Fleet,
    chosen: Sequence[Chosen],
    states: Mapping[tuple[str, ...], State],
    tool: str,
    *,
    dry_run: bool,
) -> tuple[tuple[str, Task], ...]:
    """One task a target; `states` by the names of all municipalities that share a server.

    It is the server that counts, not the selection: one of two alone would take away what the other has.
    """
    return tuple(
        (
            each.target.name,
            Task(
                target=each.target,
                fleet=fleet.name,
                state=states[each.target.municipalities],
                tool=tool,
                dry_run=dry_run,
                allow=tuple(allowed for one in each.municipalities for allowed in one.allow),
                thresholds=strictest(one.thresholds for one in each.municipalities),
            ),
        )
        for each in chosen
    )


def strictest(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Of each limit the lowest that anybody has set."""
    limits: dict[str, int] = {}
    for each in several:
        for name, limit in each.items():
            limits[name] = min(limit, limits.get(name, limit))
    return limits


def plan_all(
    connector: Connector, work: Sequence[tuple[str, Task]], progress: Progress, workers: int = WORKERS
) -> tuple[Done[Planned], ...]:
    """Every target's plan; what cannot be planned is an error of its own."""

    def one(task: Task) -> Planned:
        with connector.ports(task.target, planning=True, progress=progress) as ports:
            return plan_one(task, ports)

    return side_by_side(work, one, workers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the caller of an apply decides: the plans that were shown, and the terms of the run.

    `shown` is by target; `journal` opens the copy on disk of one target's run.
    """

    shown: Mapping[str, Plan]
    terms: Terms
    wait_seconds: float
    journal: Callable[[str], AbstractContextManager[Journal]]


def apply_all(
    connector: Connector,
    work: Sequence[tuple[str, Task]],
    orders: Orders,
    *,
    lines: Progress,
    details: Progress,
    stop: Stop,
) -> tuple[Done[Outcome], ...]:
    """Every target's outcome, one target after another; one line where each begins, one where it ends."""

    def one(task: Task) -> Outcome:
        def applied() -> Outcome:
            with orders.journal(task.target.name) as journal:
                return _apply(connector, task, orders, Around(details, stop, journal))

        run = f"run {orders.terms.run_id}"
        return announced(
            lines,
            task.target.name,
            run,
            applied,
            lambda outcome: f"{_words(outcome)}, {run}: {outcome.message}",
        )

    return one_by_one(work, one, lambda: not stop.requested())


class Around(NamedTuple):
    """What surrounds the work on one target."""

    progress: Progress
    stop: Stop
    journal: Journal


def _apply(connector: Connector, task: Task, orders: Orders, around: Around) -> Outcome:
    with connector.ports(
        task.target,
        planning=False,
        progress=around.progress,
        stop=around.stop,
        journal=around.journal,
    ) as ports:
        shown = orders.shown[task.target.name]
        return apply_one(task, ports, shown, orders.terms, orders.wait_seconds)


def _words(outcome: Outcome) -> str:
    """How a target ended, in the words of its line."""
    if outcome.result is Result.CHANGED:
        return f"done, {number(outcome.changes, 'change')} in {outcome.seconds} s"
    return str(outcome.result.value)
