"""`dhis2cfg rename A B`: a key, a package or a municipality under another name, wherever it is named."""

from typing import Annotated

import typer


def rename(
    context: typer.Context,
    *,
    old: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="A key, TYPE/KEY/PATH, a package or a municipality (packages/A, municipalities/A).",
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="B", help="The new key or name.")],
    follow: Annotated[
        bool,
        typer.Option(
            "--follow",
            envvar="DHIS2CFG_FOLLOW",
            help="Let the code on servers (a variable's name) follow the key.",
        ),
    ] = False,
) -> int:
    """Rename in all files, expressions, translations, tests and locks; UIDs stay, servers see no change."""
    from dhis2cfg.cli.work.renaming import rename_command

    return rename_command(context.obj, old, new, follow=follow)
