"""`dhis2cfg import`: DHIS2's JSON, or what stands on a server, becomes a package."""

from pathlib import Path
from typing import Annotated

import typer

from dhis2cfg.cli.options import Environment


def import_(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="JSON of the Import/Export app, or a zip that holds it.")
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", envvar="DHIS2CFG_OUT", help="The package's folder.", metavar="DIR"),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            "--from", envvar="DHIS2CFG_FROM", help="Read the server of this municipality.", metavar="NAME"
        ),
    ] = "",
    program: Annotated[
        list[str] | None,
        typer.Option(
            envvar="DHIS2CFG_PROGRAM",
            help="With --from: a program, by code or UID; repeatable.",
            metavar="CODE",
        ),
    ] = None,
    dataset: Annotated[
        list[str] | None,
        typer.Option(
            envvar="DHIS2CFG_DATASET",
            help="With --from: a data set, by code or UID; repeatable.",
            metavar="CODE",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", envvar="DHIS2CFG_ALL", help="With --from: all that a package may hold.")
    ] = False,
    environment: Environment = "",
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt",
            envvar="DHIS2CFG_ADOPT",
            help="With --from: what is taken over is ours from now on; proves an empty plan.",
        ),
    ] = False,
    mend: Annotated[
        bool,
        typer.Option(
            "--mend/--no-mend", envvar="DHIS2CFG_MEND", help="Mend what servers refuse, or show it and stop."
        ),
    ] = True,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", envvar="DHIS2CFG_DRY_RUN", help="Say what would be taken over.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", envvar="DHIS2CFG_REPLACE", help="Take the place of the package that stands there."
        ),
    ] = False,
) -> int:
    """Make a package of a file or of a server; exit 3 where the source cannot be read."""
    from dhis2cfg.cli.work.importing import ImportRequest, import_command

    request = ImportRequest(
        file=file,
        out=out,
        source=source,
        programs=tuple(program or ()),
        data_sets=tuple(dataset or ()),
        everything=everything,
        environment=environment,
        adopt=adopt,
        mend=mend,
        dry_run=dry_run,
        replace=replace,
    )
    return import_command(context.obj, request)
