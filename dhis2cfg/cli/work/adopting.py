"""`import --adopt`: what was taken from a server is ours from now on, and its plan is empty."""

from dataclasses import replace
from pathlib import Path

from dhis2cfg import __version__
from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.settings import Settings, write_out
from dhis2cfg.cli.work.taking import Asked
from dhis2cfg.errors import Dhis2cfgError, Exit, UsageError
from dhis2cfg.fleet.connections import Never, NoJournal
from dhis2cfg.fleet.selection import Chosen, Selection
from dhis2cfg.model.record import Record
from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.tasks import Planned, Ports, Task
from dhis2cfg.report.signs import number
from dhis2cfg.workspace.edits import with_package


def adopt(settings: Settings, asked: Asked, folder: Path) -> int:
    """The municipality uses the package, and the record's base holds all of it, once nothing differs."""
    name = folder.resolve().name
    file = asked.desk.files.root / asked.chosen.municipalities[0].place.file
    before = file.read_text(encoding="utf-8")
    text = with_package(before, name)
    if text is None:
        raise UsageError(
            f"{file.name} has no room for a package", following=(f"write packages: {{{name}: {{}}}}",)
        )
    asked.desk.save(file, text)
    desk = open_desk(settings)
    selection = Selection(municipalities=(asked.chosen.municipalities[0].name,))
    chosen = desk.chosen(selection, all_is_default=False)[0]
    try:
        _adopted(desk, chosen, name)
    except Dhis2cfgError:
        desk.save(file, before)
        raise
    write_out(f"{name} is ours on {chosen.target.name}; its plan is empty\n")
    return Exit.FINE


def _adopted(desk: Desk, chosen: Chosen, name: str) -> None:
    """Plan, see that nothing differs, write the record; plan again."""
    ((_, task),) = desk.tasks((chosen,), desk.resolved((chosen,)), dry_run=False)
    with desk.connector().connect(chosen.target, planning=False) as connection:
        ports = Ports(
            server=connection.server,
            store=connection.store,
            counter=connection.counter,
            clock=desk.connector().clock,
            progress=desk.details,
            stop=Never(),
            journal=NoJournal(),
        )
        with ports.store.lock(f"adopt {name}", wait_seconds=0):
            planned = _empty_plan(task, ports, name)
            ports.store.write_record(_ours(planned, name))
            _empty_plan(task, ports, name)


def _empty_plan(task: Task, ports: Ports, name: str) -> Planned:
    planned = plan_one(task, ports)
    if not planned.plan.is_empty:
        raise Dhis2cfgError(
            f"{name} is not what stands there: {number(len(planned.plan.changes), 'change')}",
            details=("nothing was adopted; the package's folder stays",),
            following=("dhis2cfg plan    shows them",),
        )
    return planned


def _ours(planned: Planned, name: str) -> Record:
    """The record in which nothing of the package was merely found."""
    objects = {
        kind: {
            uid: replace(each, found=()) if name in each.owners else each for uid, each in recorded.items()
        }
        for kind, recorded in planned.after.objects.items()
    }
    return replace(
        planned.after, objects=objects, by=planned.account, applied=planned.server_time, tool=__version__
    )
