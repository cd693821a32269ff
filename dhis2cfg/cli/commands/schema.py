"""`dhis2cfg schema`: what a DHIS2 version accepts, read from a server; schemas for editors."""

from pathlib import Path
from typing import Annotated

import typer

from dhis2cfg.cli.options import Municipalities, Server

commands = typer.Typer(
    help="What a DHIS2 version accepts: pull a catalogue, write JSON Schemas.", no_args_is_help=True
)


@commands.command(name="pull")
def pull(
    context: typer.Context,
    *,
    municipality: Municipalities = None,
    server: Server = "",
    saved: Annotated[
        list[Path] | None,
        typer.Option("--from", envvar="DHIS2CFG_FROM", help="A saved answer of /api/schemas; repeatable."),
    ] = None,
    version: Annotated[
        str, typer.Option(envvar="DHIS2CFG_VERSION", help="The version of a saved answer.", metavar="2.XX.X")
    ] = "",
    merge: Annotated[
        bool, typer.Option("--merge", envvar="DHIS2CFG_MERGE", help="Unite with the catalogue that stands.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(envvar="DHIS2CFG_OUT", help="Where to write it; else stdout.", metavar="FILE"),
    ] = None,
) -> int:
    """Condense /api/schemas of a server, or saved answers, into a catalogue."""
    from dhis2cfg.cli.work.pulling import PullRequest, pull_command

    request = PullRequest(
        municipality=tuple(municipality or ()),
        server=server,
        saved=tuple(saved or ()),
        version=version,
        merge=merge,
        out=out,
    )
    return pull_command(context.obj, request)


@commands.command(name="write")
def write(
    context: typer.Context,
    *,
    folder: Annotated[Path, typer.Argument(help="The folder to write the JSON Schemas to.")] = Path(
        "schemas"
    ),
) -> int:
    """Write the JSON Schemas: of the files, for editors, and of the documents that the program writes."""
    from dhis2cfg.catalogue.json_schemas.writing import generated
    from dhis2cfg.cli.desk import saver
    from dhis2cfg.cli.settings import write_out
    from dhis2cfg.errors import Exit
    from dhis2cfg.report.documents import schemas

    save = saver(context.obj)
    for name, text in (*generated(), *schemas.generated()):
        save(folder / name, text)
        write_out(f"wrote {folder / name}\n")
    return Exit.FINE
