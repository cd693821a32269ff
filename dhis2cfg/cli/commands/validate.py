"""`dhis2cfg validate`: everything that is wrong in the files, all at once."""

from typing import Annotated

import typer

from dhis2cfg.cli.options import FindingsFormat, Report


def validate(
    context: typer.Context,
    *,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE …]", help="What stands in these files or folders; else everything."),
    ] = None,
    output: Annotated[
        FindingsFormat, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How findings are shown.")
    ] = FindingsFormat.TEXT,
    report: Report = None,
) -> int:
    """Check every file of the workspace; no server is asked. Exit 3 where there are errors."""
    from dhis2cfg.cli.work.validating import validate_command

    return validate_command(context.obj, files or (), output, report)
