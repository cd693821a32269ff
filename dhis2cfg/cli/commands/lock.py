"""`dhis2cfg lock`: UIDs for what has none yet; a UID that stands is never changed."""

from typing import Annotated

import typer


def lock(
    context: typer.Context,
    *,
    check: Annotated[
        bool,
        typer.Option("--check", envvar="DHIS2CFG_CHECK", help="Write nothing; exit 3 where a lock is stale."),
    ] = False,
) -> int:
    """Write every uids.lock of the workspace."""
    from dhis2cfg.cli.desk import open_desk
    from dhis2cfg.cli.work.locking import lock_command

    return lock_command(open_desk(context.obj), check=check)
