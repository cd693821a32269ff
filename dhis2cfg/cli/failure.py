"""What a failure says: one sentence what, one where, one what next."""

import os
import sys
import traceback

from dhis2cfg.cli.settings import Settings, width, write_err
from dhis2cfg.errors import Dhis2cfgError, Exit
from dhis2cfg.report.failures import failure_text

SECRET = ("DHIS2CFG_TOKEN", "DHIS2CFG_PASSWORD")
"""How the names of variables begin that hold credentials."""


def failed(error: Dhis2cfgError, settings: Settings) -> int:
    """Print an error on stderr, with the chain of its causes where `--debug` asks for it; its exit code."""
    write_err(error_text(error))
    _causes(error, settings)
    return error.exit


def unforeseen(error: Exception, settings: Settings) -> int:
    """A mistake of ours, or a machine that is out of something: a sentence, never a traceback unasked."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    mistake = Dhis2cfgError(
        f"this is a mistake in dhis2cfg: {masked(what, settings)}",
        following=("the same with --debug says where it happened; please report it",),
    )
    write_err(error_text(mistake))
    _causes(error, settings)
    return Exit.FAILED


def misread(error: Exception) -> int:
    """A command line that cannot be read; Click's own code would read as "changes"."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "dhis2cfg"
    if type(error).__name__ == "NoArgsIsHelpError":
        write_err(f"{context.get_help() if context else error}\n")
        return Exit.USAGE
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    wrong = Dhis2cfgError(said.rstrip(".").replace("\n", " "), following=(f"{command} --help",))
    write_err(error_text(wrong))
    return Exit.USAGE


RECOVERY = frozenset(
    {
        Exit.FAILED,
        Exit.UNSAFE,
        Exit.MIXED,
        Exit.STALE,
        Exit.LOCKED,
        Exit.UNREACHABLE,
        Exit.BETWEEN,
    }
)
"""Codes that docs/recover.md has a paragraph for."""


def point_to_recovery(code: int) -> None:
    """The line below a message that says where it is explained what to do."""
    if code in RECOVERY:
        write_err(f"What to do on exit {code}: docs/recover.md#exit-{code}\n")


def stopped() -> int:
    """Somebody pressed Ctrl-C where nothing was under way on a server."""
    write_err("Stopped.\n")
    return Exit.INTERRUPTED


def broken_pipe(error: SystemExit) -> int:
    """Nobody reads our output any more; nothing can be said."""
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the end
    return error.code if isinstance(error.code, int) else Exit.FAILED


def error_text(error: Dhis2cfgError) -> str:
    """An error as a person reads it, in the width of the output."""
    return failure_text(error, width())


def masked(text: str, settings: Settings) -> str:
    """The text without the credentials that were used, and without what the variables for them hold."""
    from dhis2cfg.dhis2.guards import Secrets

    held = {value for name, value in settings.world.environ.items() if name.startswith(SECRET)}
    return Secrets(settings.secrets | held).mask(text)


def _causes(error: Exception, settings: Settings) -> None:
    if settings.debug:
        chain = "".join(traceback.format_exception(error))
        write_err(masked(chain, settings))
