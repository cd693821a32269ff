"""What a failure says: one sentence what, one where, one what next."""

import traceback

from dhis2cfg.cli.settings import write_err
from dhis2cfg.errors import Dhis2cfgError, Exit


def failed(error: Dhis2cfgError | None, *, debug: bool) -> int:
    """Print an error on stderr; None is an interruption. Gives the exit code."""
    if error is None:
        write_err("Stopped.\n")
        return Exit.INTERRUPTED
    write_err(error_text(error))
    if debug:
        write_err("".join(traceback.format_exception(error)))
    return error.exit


def error_text(error: Dhis2cfgError) -> str:
    """An error as examples.md §8 shows it."""
    lines = [f"error: {error.what}", *(f"  {line}" for line in (*error.details, *error.following))]
    return "\n".join(lines) + "\n"
