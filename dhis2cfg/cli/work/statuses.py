"""What `status` shows: the record, the last run, and how far the server is from both."""

from dhis2cfg.cli.desk import open_desk
from dhis2cfg.cli.options import Format
from dhis2cfg.cli.settings import Settings, width, write_out
from dhis2cfg.fleet.exits import reading_exit
from dhis2cfg.fleet.many import side_by_side
from dhis2cfg.fleet.selection import Chosen, Selection
from dhis2cfg.fleet.work import WORKERS
from dhis2cfg.model.status import Status
from dhis2cfg.pipeline.status_one import status_one
from dhis2cfg.pipeline.tasks import Task
from dhis2cfg.report.documents import status_document
from dhis2cfg.report.statuses import StatusRow, status_text


def status_command(
    settings: Settings, selection: Selection, server: str, output: Format, *, exit_code: bool
) -> int:
    """The table of the chosen targets; the exit code."""
    desk = open_desk(settings, server)
    chosen = desk.chosen(selection, all_is_default=True)
    work = desk.tasks(chosen, desk.resolved(chosen), dry_run=False)
    connector = desk.connector()

    def one(task: Task) -> Status:
        with connector.ports(task.target, planning=True) as ports:
            return status_one(task, ports)

    done = side_by_side(work, one, WORKERS)
    numbers = {each.target.name: _numbers(each) for each in chosen}
    rows = [
        StatusRow(target=each.name, number=numbers[each.name], status=each.value, error=each.error)
        for each in done
    ]
    write_out(status_document(rows) if output is Format.JSON else status_text(rows, width()))
    answered = [each.value for each in done if each.value is not None]
    return reading_exit(
        [each.error.exit for each in done if each.error is not None],
        answered=len(answered),
        has_changes=any(each.behind or each.by_hand for each in answered),
        exit_code=exit_code,
    )


def _numbers(each: Chosen) -> str:
    """The municipality's number, or how many share the server."""
    several = len(each.municipalities)
    return each.municipalities[0].number if several == 1 else f"{several} of them"
