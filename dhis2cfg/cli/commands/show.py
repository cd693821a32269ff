"""`dhis2cfg show PLAN`: a saved plan, as `plan` showed it."""

from pathlib import Path
from typing import Annotated

import typer

from dhis2cfg.cli.options import PlanFormat, Report, SavedFormat, Summary, Who


def show(
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="PLAN", help="A file that plan --out wrote.")],
    output: Annotated[
        SavedFormat, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How it is shown.")
    ] = SavedFormat.TEXT,
    report: Report = None,
    summary: Summary = False,
    full: Annotated[
        bool, typer.Option("--full", envvar="DHIS2CFG_FULL", help="List all that is new.")
    ] = False,
    who: Who = False,
    gate: Annotated[
        bool,
        typer.Option("--gate", envvar="DHIS2CFG_GATE", help="Exit 4 where apply would refuse, as it would."),
    ] = False,
) -> int:
    """Show a saved plan; no server is asked."""
    from dhis2cfg.cli.desk import saver
    from dhis2cfg.cli.reports import read_reports
    from dhis2cfg.cli.work.planning import PlanRequest, Plans, plan_exit, show_plans
    from dhis2cfg.cli.work.saved import read_plans
    from dhis2cfg.fleet.selection import Selection

    plans = Plans(plans=read_plans(file, context.obj.world.opener), failed={}, work=())
    request = PlanRequest(
        selection=Selection(),
        out=file,
        output=PlanFormat(output.value),
        reports=read_reports(report, SavedFormat),
        summary=summary,
        full=full,
        who=who,
    )
    show_plans(plans, request, saver(context.obj))
    return plan_exit(plans, exit_code=False, gate=gate)
