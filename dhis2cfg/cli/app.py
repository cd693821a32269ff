"""The door: the commands, the options before them, and where errors become messages and codes."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dhis2cfg import __version__
from dhis2cfg.cli.commands import (
    apply,
    demo,
    describe,
    diff,
    docs,
    doctor,
    drift,
    explain,
    export,
    fmt,
    history,
    imports,
    init,
    later,
    lock,
    plan,
    rename,
    rollback,
    sandbox,
    schema,
    show,
    status,
    unlock,
    validate,
)
from dhis2cfg.cli.failure import broken_pipe, failed, misread, point_to_recovery, stopped, unforeseen
from dhis2cfg.cli.settings import Door, LogFormat, Settings
from dhis2cfg.cli.world import World
from dhis2cfg.errors import Dhis2cfgError, Exit

app = typer.Typer(
    name="dhis2cfg",
    help="Configuration as code for DHIS2: one package, many municipalities, nothing lost.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if value:
        typer.echo(f"dhis2cfg {__version__}")
        raise typer.Exit


@app.callback()
def begin(
    context: typer.Context,
    *,
    folder: Annotated[
        Path | None,
        typer.Option(
            "-C", "--directory", envvar="DHIS2CFG_DIRECTORY", help="Work in this folder.", metavar="DIR"
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", envvar="DHIS2CFG_QUIET", help="No progress on stderr.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", envvar="DHIS2CFG_VERBOSE", help="Say more on stderr.")
    ] = False,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug", envvar="DHIS2CFG_DEBUG", help="Chain of causes and HTTP, secrets left out, on stderr."
        ),
    ] = False,
    log_format: Annotated[
        LogFormat, typer.Option(envvar="DHIS2CFG_LOG_FORMAT", help="How lines on stderr look.")
    ] = LogFormat.TEXT,
    version: Annotated[
        bool,
        typer.Option("--version", help="The version, and nothing else.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Configuration as code for DHIS2: one package, many municipalities, nothing lost."""
    del version
    door: Door = context.obj
    context.obj = door.settings = Settings(
        folder=folder, quiet=quiet, verbose=verbose, debug=debug, log_format=log_format, world=door.world
    )


app.command(name="init")(init.init)
app.command(name="validate")(validate.validate)
app.command(name="explain")(explain.explain)
app.command(name="describe")(describe.describe)
app.command(name="fmt")(fmt.fmt)
app.command(name="rename")(rename.rename)
app.command(name="lock")(lock.lock)
app.command(name="import")(imports.import_)
app.command(name="export")(export.export)
app.command(name="docs")(docs.docs)
app.command(name="diff")(diff.diff)
app.command(name="plan")(plan.plan)
app.command(name="show")(show.show)
app.command(name="apply")(apply.apply)
app.command(name="rollback")(rollback.rollback)
app.command(name="status")(status.status)
app.command(name="drift")(drift.drift)
app.command(name="history")(history.history)
app.command(name="unlock")(unlock.unlock)
app.command(name="doctor")(doctor.doctor)
app.add_typer(schema.commands, name="schema")
app.command(name="sandbox")(sandbox.sandbox)
app.command(name="demo")(demo.demo)
for _later in later.LATER:
    app.command(
        name=_later,
        hidden=True,
        context_settings={
            "allow_extra_args": True,
            "ignore_unknown_options": True,
            "help_option_names": [],
        },
    )(later.refuse)


FORESEEN: type[Exception] = next(
    each for each in typer.BadParameter.__mro__ if each.__name__ == "ClickException"
)
"""What Typer raises for a command line that it cannot read; it brings its own Click, or uses the real one."""


def run(arguments: Sequence[str], world: World | None = None) -> int:
    """One command; its exit code. `world` stands in for what lies outside: servers, clock, disk, terminal."""
    code = _run(arguments, world)
    point_to_recovery(code)
    return code


def _run(arguments: Sequence[str], world: World | None) -> int:
    door = Door(world=world or World())
    try:
        result = typer.main.get_command(app).main(
            args=list(arguments), prog_name="dhis2cfg", standalone_mode=False, obj=door
        )
    except Dhis2cfgError as error:
        return failed(error, door.settings)
    except FORESEEN as error:
        return misread(error)
    except (KeyboardInterrupt, typer.Abort):
        return stopped()
    except SystemExit as error:  # Typer's answer to a pipe that nobody reads any more
        return broken_pipe(error)
    except Exception as error:  # noqa: BLE001 - the boundary: a mistake of ours is a sentence too
        return unforeseen(error, door.settings)
    return stopped() if result == Exit.INTERRUPTED else int(result or Exit.FINE)


def main() -> None:
    """The script entry."""
    sys.exit(run(sys.argv[1:]))
