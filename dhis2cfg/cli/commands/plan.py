"""`dhis2cfg plan`: what would change, for whom; nothing is written."""

from typing import Annotated

import typer

from dhis2cfg.cli.options import (
    Claim,
    Environment,
    Everything,
    Exclude,
    Locale,
    MaxDelete,
    Municipalities,
    Out,
    PlanFormat,
    Prune,
    Renew,
    Report,
    Server,
    Summary,
    Wave,
    Who,
    selection_of,
)


def plan(
    context: typer.Context,
    *,
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
    out: Out = None,
    output: Annotated[
        PlanFormat, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How it is shown.")
    ] = PlanFormat.TEXT,
    report: Report = None,
    summary: Summary = False,
    full: Annotated[
        bool, typer.Option("--full", envvar="DHIS2CFG_FULL", help="List all that is new.")
    ] = False,
    locale: Locale = "",
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", envvar="DHIS2CFG_EXIT_CODE", help="Exit 2 where something would change."),
    ] = False,
    who: Who = False,
    gate: Annotated[
        bool,
        typer.Option("--gate", envvar="DHIS2CFG_GATE", help="Exit 4 where apply would refuse, as it would."),
    ] = False,
    no_dry_run: Annotated[
        bool, typer.Option("--no-dry-run", envvar="DHIS2CFG_NO_DRY_RUN", help="Do not let the server try it.")
    ] = False,
) -> int:
    """Compare packages with servers and show every change; without a selection, all municipalities."""
    from dhis2cfg.cli.reports import read_reports
    from dhis2cfg.cli.work.planning import PlanRequest, Wishes, plan_command

    selection = selection_of(municipality, exclude, wave, environment, everything=everything)
    request = PlanRequest(
        selection=selection,
        server=server,
        out=out,
        output=output,
        reports=read_reports(report, PlanFormat),
        summary=summary,
        full=full,
        who=who,
        wishes=Wishes(
            claim=claim, prune=prune, max_delete=max_delete, renew_secrets=renew_secrets, locale=locale
        ),
        exit_code=exit_code,
        gate=gate,
        dry_run=not no_dry_run,
    )
    return plan_command(context.obj, request)
