"""`dhis2cfg docs`: a package's data dictionary, and who may do what."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer


class DocsFormat(Enum):
    """Formats of the book."""

    MARKDOWN = "markdown"
    HTML = "html"


def docs(
    context: typer.Context,
    package: Annotated[str, typer.Argument(help="The package's name.")],
    *,
    output: Annotated[
        DocsFormat, typer.Option("--format", envvar="DHIS2CFG_FORMAT", help="Markdown, or one HTML page.")
    ] = DocsFormat.MARKDOWN,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            envvar="DHIS2CFG_OUT",
            help="Write both, NAME.md and NAME.html, into a folder.",
            metavar="DIR",
        ),
    ] = None,
) -> int:
    """Write what a package asks people for, which rules act on it, and who may do what, line by line."""
    from dhis2cfg.cli.work.documenting import docs_command

    return docs_command(context.obj, package, output.value, out)
