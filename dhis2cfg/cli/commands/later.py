"""Commands of the design that are not built yet: each is known, and refused by name."""

import typer

from dhis2cfg.errors import NotSupported

LATER = ("test",)


def refuse(context: typer.Context) -> None:
    """Say that this command is not there yet; whatever stands behind it is not looked at."""
    raise NotSupported(f"dhis2cfg {context.info_name}", following=("dhis2cfg --help    lists what is there",))
