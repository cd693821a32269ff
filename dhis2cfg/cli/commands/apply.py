"""`dhis2cfg apply`: exactly what was shown, or nothing."""

from pathlib import Path
from typing import Annotated

import typer

from dhis2cfg.cli.options import (
    Allow,
    Claim,
    Environment,
    Everything,
    Exclude,
    Format,
    MaxDelete,
    Municipalities,
    Prune,
    Renew,
    Report,
    Server,
    Wave,
    Yes,
    selection_of,
)


def apply(
    context: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[PLAN]", help="A file that plan --out wrote; else a new plan is made."),
    ] = None,
    municipality: Municipalities = None,
    everything: Everything = False,
    exclude: Exclude = None,
    wave: Wave = "",
    environment: Environment = "",
    server: Server = "",
    claim: Claim = "",
    prune: Prune = False,
    max_delete: MaxDelete = None,
    renew_secrets: Renew = False,
    allow: Allow = None,
    resume: Annotated[
        str,
        typer.Option(
            envvar="DHIS2CFG_RESUME", help="Finish this run, or try again what failed.", metavar="RUN"
        ),
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", envvar="DHIS2CFG_AGAIN", help="Apply what was rolled back once more.")
    ] = False,
    accept_residual: Annotated[
        bool,
        typer.Option(
            "--accept-residual",
            envvar="DHIS2CFG_ACCEPT_RESIDUAL",
            help="Keep the result where something does not stand as planned, in place of laying it back.",
        ),
    ] = False,
    yes: Yes = False,
    lock_timeout: Annotated[
        str,
        typer.Option(envvar="DHIS2CFG_LOCK_TIMEOUT", help="Wait for another run: 30s, 5m.", metavar="TIME"),
    ] = "0s",
    output: Annotated[
        Format, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How the end is shown.")
    ] = Format.TEXT,
    report: Report = None,
    full: Annotated[
        bool, typer.Option("--full", envvar="DHIS2CFG_FULL", help="List all that is new.")
    ] = False,
) -> int:
    """Apply to the chosen municipalities, one after another; each is read back and planned again."""
    from dhis2cfg.cli.reports import read_reports
    from dhis2cfg.cli.work.applying import ApplyRequest, apply_command
    from dhis2cfg.cli.work.planning import Wishes

    selection = selection_of(municipality, exclude, wave, environment, everything=everything)
    request = ApplyRequest(
        selection=selection,
        server=server,
        file=file,
        allow=tuple(allow or ()),
        resume=resume,
        again=again,
        accept_residual=accept_residual,
        yes=yes,
        lock_timeout=lock_timeout,
        output=output,
        reports=read_reports(report, Format),
        full=full,
        wishes=Wishes(claim=claim, prune=prune, max_delete=max_delete, renew_secrets=renew_secrets),
    )
    return apply_command(context.obj, request)
