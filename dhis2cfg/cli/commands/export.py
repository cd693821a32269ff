"""`dhis2cfg export`: a package as the metadata JSON that DHIS2's own Import/Export app takes."""

from pathlib import Path
from typing import Annotated

import typer


def export(
    context: typer.Context,
    package: Annotated[str, typer.Argument(help="The package's name.")],
    *,
    dhis2: Annotated[
        str, typer.Option("--dhis2", envvar="DHIS2CFG_DHIS2", help="The version it is for.", metavar="2.42")
    ] = "",
    municipality: Annotated[
        str,
        typer.Option(
            "-m",
            "--municipality",
            envvar="DHIS2CFG_MUNICIPALITY",
            help="With this one's parameters and patches.",
            metavar="NAME",
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            envvar="DHIS2CFG_OUT",
            help="A folder for the files; without it one file goes to stdout.",
            metavar="DIR",
        ),
    ] = None,
) -> int:
    """Write what apply would send to an empty server: one file, or numbered files and a note."""
    from dhis2cfg.cli.work.exporting import ExportRequest, export_command

    request = ExportRequest(package=package, version=dhis2, municipality=municipality, out=out)
    return export_command(context.obj, request)
