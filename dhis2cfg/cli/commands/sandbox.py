"""`dhis2cfg sandbox`: a small DHIS2 on this machine, for demos, tests and rehearsals."""

from pathlib import Path
from typing import Annotated

import typer


def sandbox(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(envvar="DHIS2CFG_PORT", help="The port on 127.0.0.1.")] = 8081,
    dhis2: Annotated[
        str, typer.Option(envvar="DHIS2CFG_DHIS2", help="Which DHIS2 it answers as: 2.41, 2.42, 2.43.")
    ] = "2.42",
    file: Annotated[
        Path | None,
        typer.Option(envvar="DHIS2CFG_SANDBOX_FILE", help="Keep its data in this file; else in memory only."),
    ] = None,
) -> None:
    """Run the embedded server until stopped. It is not DHIS2 and says so in every answer."""
    del context
    from dhis2cfg.catalogue.shipped import VERSIONS
    from dhis2cfg.errors import UsageError
    from dhis2cfg.sandbox.serve import serve

    if dhis2 not in VERSIONS:
        raise UsageError(
            f"the sandbox does not know DHIS2 {dhis2}", details=(f"it knows {', '.join(VERSIONS)}",)
        )
    serve(port=port, version=dhis2, file=file)
