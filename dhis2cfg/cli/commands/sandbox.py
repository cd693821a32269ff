"""`dhis2cfg sandbox`: a small DHIS2 on this machine, for demos, tests and rehearsals."""

from pathlib import Path
from typing import Annotated

import typer


def sandbox(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(envvar="DHIS2CFG_PORT", help="The port on 127.0.0.1.")] = 8081,
    dhis2: Annotated[
        str,
        typer.Option(
            envvar="DHIS2CFG_DHIS2",
            help="Which DHIS2 it answers as: 2.41, 2.42, 2.43; left out, that of --from, else 2.42.",
        ),
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option(envvar="DHIS2CFG_SANDBOX_FILE", help="Keep its data in this file; else in memory only."),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            envvar="DHIS2CFG_SANDBOX_FROM",
            metavar="MUNICIPALITY|FILE",
            help="Begin with the metadata of this municipality's server, or of a saved export; "
            "without people and data.",
        ),
    ] = "",
) -> None:
    """Run the embedded server until stopped. It is not DHIS2 and says so in every answer."""
    from dhis2cfg.cli.work.rehearsing import instance_for
    from dhis2cfg.sandbox.serve import address, serve

    url = address(port)
    instance = instance_for(context.obj, source=source, dhis2=dhis2, file=file, url=url)
    serve(instance, port=port, file=file, source=source)
