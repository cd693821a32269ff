"""`dhis2cfg status`: what stands where, applied when and by whom, changed by hand or not."""

from typing import Annotated

import typer

from dhis2cfg.cli.options import (
    Environment,
    Everything,
    Exclude,
    Format,
    Municipalities,
    Server,
    Wave,
    selection_of,
)


def status(
    context: typer.Context,
    *,
    municipality: Municipalities = None,
    everything: Everything = False,
    exclude: Exclude = None,
    wave: Wave = "",
    environment: Environment = "",
    server: Server = "",
    output: Annotated[
        Format, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How it is shown.")
    ] = Format.TEXT,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", envvar="DHIS2CFG_EXIT_CODE", help="Exit 2 where something differs.")
    ] = False,
) -> int:
    """One line a target; without a selection, all municipalities."""
    from dhis2cfg.cli.work.statuses import status_command

    selection = selection_of(municipality, exclude, wave, environment, everything=everything)
    return status_command(context.obj, selection, server, output, exit_code=exit_code)
