"""`dhis2cfg diff A..B`: what two revisions, or two folders, configure otherwise; no server is asked."""

from typing import Annotated

import typer

from dhis2cfg.cli.options import DiffFormat, Locale, Report, Summary


def diff(
    context: typer.Context,
    *,
    sides: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[A..B | DIR DIR]",
            help="Two revisions (A...B: from where they went apart), or two folders. Without B, or without "
            "both: the files as they stand, against A or HEAD.",
        ),
    ] = None,
    output: Annotated[
        DiffFormat, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How it is shown.")
    ] = DiffFormat.TEXT,
    report: Report = None,
    summary: Summary = False,
    full: Annotated[
        bool, typer.Option("--full", envvar="DHIS2CFG_FULL", help="List all that is new.")
    ] = False,
    locale: Locale = "",
    who: Annotated[
        bool, typer.Option("--who", envvar="DHIS2CFG_WHO", help="Tell the names of persons too.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", envvar="DHIS2CFG_EXIT_CODE", help="Exit 2 where something changes.")
    ] = False,
) -> int:
    """Show what changes between two revisions, for whom, and what is dangerous; no server is asked."""
    from dhis2cfg.cli.reports import read_reports
    from dhis2cfg.cli.work.diffing import DiffRequest, diff_command
    from dhis2cfg.report.diffs import Detail

    detail = Detail.FULL if full else Detail.SUMMARY if summary else Detail.USUAL
    request = DiffRequest(
        sides=tuple(sides or ()),
        output=output.value,
        reports=read_reports(report, DiffFormat),
        detail=detail,
        locale=locale,
        who=who,
        exit_code=exit_code,
    )
    return diff_command(context.obj, request)
