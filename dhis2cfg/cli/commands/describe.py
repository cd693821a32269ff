"""`dhis2cfg describe KEY`: what an object says with names in place of keys, and who uses it."""

from typing import Annotated

import typer

from dhis2cfg.cli.options import Format, Report


def describe(
    context: typer.Context,
    *,
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="A key, a key path, type/path, STAGE/FIELD, a UID or a name.",
        ),
    ],
    output: Annotated[
        Format, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="How it is shown.")
    ] = Format.TEXT,
    report: Report = None,
) -> int:
    """Describe an object: its expressions with names, their types, what rules do to it, who uses it."""
    from dhis2cfg.cli.desk import open_desk
    from dhis2cfg.cli.reports import read_reports
    from dhis2cfg.cli.work.describing import describe_command

    return describe_command(open_desk(context.obj), key, output, read_reports(report, Format))
