"""`dhis2cfg rollback`: a run is undone, and edits made since survive."""

from typing import Annotated

import typer

from dhis2cfg.cli.options import (
    Allow,
    Environment,
    Everything,
    Exclude,
    Format,
    Municipalities,
    Report,
    Server,
    Wave,
    Yes,
    selection_of,
)


def rollback(
    context: typer.Context,
    *,
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run, as apply and history name it.")],
    municipality: Municipalities = None,
    everything: Everything = False,
    exclude: Exclude = None,
    wave: Wave = "",
    environment: Environment = "",
    server: Server = "",
    allow: Allow = None,
    yes: Yes = False,
    lock_timeout: Annotated[
        str,
        typer.Option(envvar="DHIS2CFG_LOCK_TIMEOUT", help="Wait for another run: 30s, 5m.", metavar="TIME"),
    ] = "0s",
    output: Annotated[
        Format, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How the end is shown.")
    ] = Format.TEXT,
    report: Report = None,
) -> int:
    """Put back what a run changed, on every chosen server that keeps it; without a choice on all of them.

    What somebody edited since stays as it is; where they edited what the run wrote, both are shown, and
    nothing is done until --allow conflict says so. Only the newest run of a server can be rolled back.
    """
    from dhis2cfg.cli.reports import read_reports
    from dhis2cfg.cli.work.rolling_back import RollbackRequest, rollback_command

    request = RollbackRequest(
        run=run,
        selection=selection_of(municipality, exclude, wave, environment, everything=everything),
        server=server,
        allow=tuple(allow or ()),
        yes=yes,
        lock_timeout=lock_timeout,
        output=output,
        reports=read_reports(report, Format),
    )
    return rollback_command(context.obj, request)
