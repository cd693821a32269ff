"""Looking at a run and rolling it back, for all chosen targets."""

from collections.abc import Sequence

from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.many import Done, announced, one_by_one, side_by_side
from dhis2cfg.fleet.selection import Chosen
from dhis2cfg.fleet.work import WORKERS
from dhis2cfg.model.run import Outcome
from dhis2cfg.pipeline.rollback_one import Rollback, rollback_of, rollback_one
from dhis2cfg.pipeline.tasks import Terms
from dhis2cfg.ports import Progress, Stop


def look_all(
    connector: Connector, fleet: str, chosen: Sequence[Chosen], run_id: str
) -> tuple[Done[Rollback | Outcome], ...]:
    """What rolling the run back would mean on each target; nothing is written."""

    def one(each: Chosen) -> Rollback | Outcome:
        with connector.ports(each.target, planning=True) as ports:
            return rollback_of(ports, fleet, each.target.name, run_id)

    return side_by_side([(each.target.name, each) for each in chosen], one, WORKERS)


def roll_back_all(  # noqa: PLR0913 - each is one thing that the caller decides
    connector: Connector,
    fleet: str,
    chosen: Sequence[Chosen],
    terms: Terms,
    wait_seconds: float,
    *,
    lines: Progress,
    details: Progress,
    stop: Stop,
) -> tuple[Done[Outcome], ...]:
    """Every target's outcome, one target after another; one line where each begins, one where it ends."""

    def one(each: Chosen) -> Outcome:
        name, run = each.target.name, f"run {terms.run_id}"

        def rolled_back() -> Outcome:
            with connector.ports(each.target, planning=False, progress=details, stop=stop) as ports:
                return rollback_one(ports, fleet, name, terms, wait_seconds)

        return announced(
            lines,
            name,
            f"rollback of {run}",
            rolled_back,
            lambda outcome: f"{outcome.result.value}, {run}: {outcome.message}",
        )

    return one_by_one([(each.target.name, each) for each in chosen], one, lambda: not stop.requested())
