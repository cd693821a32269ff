"""`dhis2cfg unlock`: take the lock from a run that is dead."""

import typer

from dhis2cfg.cli.options import (
    Environment,
    Everything,
    Exclude,
    Municipalities,
    Server,
    Wave,
    Yes,
    selection_of,
)


def unlock(
    context: typer.Context,
    *,
    municipality: Municipalities = None,
    everything: Everything = False,
    exclude: Exclude = None,
    wave: Wave = "",
    environment: Environment = "",
    server: Server = "",
    yes: Yes = False,
) -> int:
    """Say who holds the lock of each chosen server, ask, and take it from them.

    A run that still lives sees that before its next write, and stops; it may then stand between old and new.
    """
    from dhis2cfg.cli.work.unlocking import unlock_command

    selection = selection_of(municipality, exclude, wave, environment, everything=everything)
    return unlock_command(context.obj, selection, server, yes=yes)
