"""`dhis2cfg doctor`: is everything as it must be before an apply? One screen a server."""

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


def doctor(
    context: typer.Context,
    *,
    municipality: Municipalities = None,
    everything: Everything = False,
    exclude: Exclude = None,
    wave: Wave = "",
    environment: Environment = "",
    server: Server = "",
    fix: Annotated[
        bool,
        typer.Option("--fix", envvar="DHIS2CFG_FIX", help="Close the tool's own keys where they stand open."),
    ] = False,
    output: Annotated[
        Format, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How it is shown.")
    ] = Format.TEXT,
) -> int:
    """Check address, certificate, credentials, rights, version, clock and languages of servers."""
    from dhis2cfg.cli.work.doctoring import doctor_command

    selection = selection_of(municipality, exclude, wave, environment, everything=everything)
    return doctor_command(context.obj, selection, server, output, fix=fix)
