"""The door: the commands, the options before them, and where errors become messages and codes."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import click
import typer

from dhis2cfg import __version__
from dhis2cfg.cli.commands import (
    apply,
    demo,
    doctor,
    explain,
    init,
    lock,
    plan,
    sandbox,
    schema,
    show,
    status,
    validate,
)
from dhis2cfg.cli.failure import failed
from dhis2cfg.cli.settings import LogFormat, Settings
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
    context.obj = Settings(folder=folder, quiet=quiet, verbose=verbose, debug=debug, log_format=log_format)


app.command(name="init")(init.init)
app.command(name="validate")(validate.validate)
app.command(name="explain")(explain.explain)
app.command(name="lock")(lock.lock)
app.command(name="plan")(plan.plan)
app.command(name="show")(show.show)
app.command(name="apply")(apply.apply)
app.command(name="status")(status.status)
app.command(name="doctor")(doctor.doctor)
app.add_typer(schema.commands, name="schema")
app.command(name="sandbox")(sandbox.sandbox)
app.command(name="demo")(demo.demo)


def run(arguments: Sequence[str]) -> int:
    """One command; its exit code."""
    debug = "--debug" in arguments
    try:
        result = typer.main.get_command(app).main(
            args=list(arguments), prog_name="dhis2cfg", standalone_mode=False
        )
    except Dhis2cfgError as error:
        return failed(error, debug=debug)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return Exit.FINE
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except (KeyboardInterrupt, click.Abort):
        return failed(None, debug=debug)
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.FAILED
    return int(result or 0)


def main() -> None:
    """The script entry."""
    sys.exit(run(sys.argv[1:]))
