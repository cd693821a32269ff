"""`dhis2cfg drift`: what was changed by hand since the last apply, and where it may go on living."""

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


def drift(
    context: typer.Context,
    *,
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TYPE/KEY[.FIELD]]...", help="Only these objects or fields."),
    ] = None,
    municipality: Municipalities = None,
    everything: Everything = False,
    exclude: Exclude = None,
    wave: Wave = "",
    environment: Environment = "",
    server: Server = "",
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            envvar="DHIS2CFG_WRITE",
            help="Go through them one by one: leave it, write it into a file, set it back.",
        ),
    ] = False,
    output: Annotated[
        Format, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How it is shown.")
    ] = Format.TEXT,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", envvar="DHIS2CFG_EXIT_CODE", help="Exit 2 where something differs.")
    ] = False,
) -> int:
    """Who changed what by hand on the servers; without a selection, on all of them. Nothing is sent."""
    from dhis2cfg.cli.work.drifting import DriftRequest, drift_command

    selection = selection_of(municipality, exclude, wave, environment, everything=everything)
    request = DriftRequest(
        selection=selection,
        server=server,
        what=tuple(what or ()),
        write=write,
        output=output,
        exit_code=exit_code,
    )
    return drift_command(context.obj, request)
