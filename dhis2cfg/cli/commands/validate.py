"""`dhis2cfg validate`: everything that is wrong in the files, all at once."""

from typing import Annotated

import typer

from dhis2cfg.cli.options import FindingsFormat, Report


def validate(
    context: typer.Context,
    *,
    output: Annotated[
        FindingsFormat, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How findings are shown.")
    ] = FindingsFormat.TEXT,
    report: Report = None,
) -> int:
    """Check every file of the workspace; no server is asked. Exit 3 where there are errors."""
    from dhis2cfg.cli.desk import open_desk
    from dhis2cfg.cli.reports import findings_as, read_reports, write_reports
    from dhis2cfg.cli.settings import write_out
    from dhis2cfg.errors import Exit
    from dhis2cfg.model.findings import has_errors
    from dhis2cfg.pipeline.reading import resolved

    reports = read_reports(report, FindingsFormat)
    desk = open_desk(context.obj)
    result = resolved(desk.files, today=desk.settings.world.today())

    def text(name: str) -> str:
        return findings_as(name, result.findings, desk.files.documents, result.objects)

    write_out(text(output.value))
    write_reports(reports, text, desk.save)
    return Exit.FILES if has_errors(result.findings) else Exit.FINE
