"""`dhis2cfg init DIR`: a workspace that validates, and a municipality that points to the sandbox."""

from pathlib import Path
from typing import Annotated

import typer


def init(
    context: typer.Context,
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; it must be new or empty.")
    ],
) -> int:
    """Make a small workspace to begin with."""
    from dhis2cfg.cli.settings import write_out
    from dhis2cfg.cli.work.beginning import begin_workspace
    from dhis2cfg.errors import Exit

    write_out(begin_workspace(context.obj, folder))
    return Exit.FINE
