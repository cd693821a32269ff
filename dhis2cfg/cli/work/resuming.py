"""Which targets a run has not come to its end on: their servers say so, from any machine."""

from dataclasses import replace

from dhis2cfg.cli.desk import Desk
from dhis2cfg.errors import Unsafe
from dhis2cfg.fleet.many import side_by_side
from dhis2cfg.fleet.selection import Chosen, Selection
from dhis2cfg.fleet.work import WORKERS
from dhis2cfg.model.run import Phase, Run

ENDED = frozenset({Phase.DONE, Phase.ROLLED_BACK})
"""How runs end that there is nothing to finish of."""


def still_to_finish(desk: Desk, selection: Selection, run_id: str) -> Selection:
    """The selection, narrowed to the targets whose last run is this one and is not done."""
    chosen = desk.chosen(selection, all_is_default=True)

    def one(each: Chosen) -> Run | None:
        with desk.connector().ports(each.target, planning=True) as ports:
            return ports.store.run(desk.fleet.name)

    done = side_by_side([(each.target.name, each) for each in chosen], one, WORKERS)
    runs = {each.name: each.value for each in done if each.value is not None and each.value.id == run_id}
    names = [
        name
        for each in chosen
        for name in each.meant
        if (run := runs.get(each.target.name)) is not None and run.phase not in ENDED
    ]
    if not names:
        unread = tuple(f"{each.name}: {each.error.what}" for each in done if each.error is not None)
        ended = tuple(f"{name}: it ended as {run.phase.value}" for name, run in runs.items())
        raise Unsafe(
            f"there is nothing of run {run_id} to finish",
            details=(*ended, *unread, "nothing was written"),
            following=("dhis2cfg status    shows the last run of each server",),
        )
    return replace(selection, municipalities=tuple(names), everything=False, wave="")
