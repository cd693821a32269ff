"""`dhis2cfg history`: the last runs of each server, newest first."""

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


def history(
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
) -> int:
    """Which runs there were, who started them, when, and how they ended; without a selection, everywhere."""
    from dhis2cfg.cli.work.histories import history_command

    selection = selection_of(municipality, exclude, wave, environment, everything=everything)
    return history_command(context.obj, selection, server, output)
