"""What `history` shows: the runs that each chosen server keeps."""

from dhis2cfg.cli.desk import open_desk
from dhis2cfg.cli.options import Format
from dhis2cfg.cli.settings import Settings, width, write_out
from dhis2cfg.fleet.exits import reading_exit
from dhis2cfg.fleet.many import side_by_side
from dhis2cfg.fleet.selection import Selection
from dhis2cfg.fleet.work import WORKERS
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.run import Run
from dhis2cfg.report.documents import history_document
from dhis2cfg.report.histories import history_text


def history_command(settings: Settings, selection: Selection, server: str, output: Format) -> int:
    """The runs of the chosen targets, newest first; the files of packages are not looked at."""
    desk = open_desk(settings, server)
    chosen = desk.chosen(selection, all_is_default=True)
    connector = desk.connector()

    def one(target: Target) -> tuple[Run, ...]:
        with connector.ports(target, planning=True) as ports:
            return ports.store.runs(desk.fleet.name)

    done = side_by_side([(each.target.name, each.target) for each in chosen], one, WORKERS)
    runs = {each.name: each.value for each in done if each.value is not None}
    failed = {each.name: each.error for each in done if each.error is not None}
    write_out(
        history_document(runs, failed) if output is Format.JSON else history_text(runs, failed, width())
    )
    return reading_exit(
        [error.exit for error in failed.values()], answered=len(runs), has_changes=False, exit_code=False
    )
