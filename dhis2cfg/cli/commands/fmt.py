"""`dhis2cfg fmt`: files in one order and with one kind of quotes; comments stay."""

from typing import Annotated

import typer


def fmt(
    context: typer.Context,
    *,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE …]", help="These files or folders; else all.")
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", envvar="DHIS2CFG_CHECK", help="Write nothing; exit 2 where a file would change."
        ),
    ] = False,
) -> int:
    """Write the YAML files of the workspace in one order and with quotes where another reader needs them."""
    from dhis2cfg.cli.work.formatting import fmt_command

    return fmt_command(context.obj, files or (), check=check)
