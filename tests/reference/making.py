"""The pages under docs/reference, made from the program: `python -m tests.reference.making` writes them."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from dhis2cfg.catalogue import shipped
from dhis2cfg.cli.app import app
from dhis2cfg.errors import Exit

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
MEANINGS: Mapping[Exit, tuple[str, str]] = {
    Exit.FINE: ("fine", "nothing"),
    Exit.FAILED: (
        "an error, or an apply that failed and was laid back",
        "the message says what to do",
    ),
    Exit.CHANGES: (
        "changes are present: `plan`, `status`, `drift` with `--exit-code`, `fmt --check`",
        "look at them, apply or write them",
    ),
    Exit.FILES: (
        "problems in the files",
        "`dhis2cfg validate`, and `dhis2cfg explain RULE`",
    ),
    Exit.UNSAFE: (
        "refused as unsafe, or not supported",
        "the message names the risk and the flag that would allow it",
    ),
    Exit.MIXED: ("several targets, and no common end", "the table at the end says how each of them ended"),
    Exit.STALE: ("the plan is stale: files or server changed since", "plan again"),
    Exit.LOCKED: ("somebody else is at it", "wait, `--lock-timeout 5m`, or `dhis2cfg unlock` if nobody is"),
    Exit.UNREACHABLE: ("the server cannot be reached, or refuses the account", "`dhis2cfg doctor`"),
    Exit.BETWEEN: ("a server stands between old and new", "now: `docs/recover.md`"),
    Exit.USAGE: ("the command line cannot be meant like this", "`dhis2cfg COMMAND --help`"),
    Exit.INTERRUPTED: ("stopped by hand", "`dhis2cfg status` says where the server stands"),
}
"""What each code means, and what to do about it."""
_MADE = "<!-- Made from the program: python -m tests.reference.making -->\n\n"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "README.md": _index(),
        "commands.md": "".join(_commands()),
        "exit-codes.md": "".join(_exit_codes()),
        "schemas.md": "".join(_schemas()),
    }


def _index() -> str:
    return (
        f"# Reference\n\n{_MADE}"
        "- [Commands](commands.md): arguments, options and their variables\n"
        "- [Exit codes](exit-codes.md): what they mean, and what to do\n"
        "- [Findings](../rules/README.md): every rule, with a wrong and a right example\n"
        "- [JSON Schemas](schemas.md): of files that people write, and of what the program prints\n"
    )


def _commands() -> Iterator[str]:
    yield f"# Commands\n\n{_MADE}"
    yield (
        "A flag beats its variable, a variable beats the file. The options that all commands share stand "
        "before the command.\n\n"
    )
    group: Any = typer.main.get_command(app)
    yield from _table(_rows(group), "## dhis2cfg\n\n", group.help)
    for name, command in sorted(_leaves(group, "dhis2cfg")):
        yield from _table(_rows(command), f"## {name}\n\n", command.help, _usage(name, command))


def _leaves(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The commands that people see, those of groups too."""
    for key, command in group.commands.items():
        if command.hidden:
            continue
        if hasattr(command, "commands"):
            yield from _leaves(command, f"{name} {key}")
        else:
            yield f"{name} {key}", command


def _usage(name: str, command: Any) -> str:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    words = [_word(each) for each in arguments]
    return f"```\n{' '.join((name, *words, '[OPTIONS]'))}\n```\n\n"


def _word(argument: Any) -> str:
    word = (argument.metavar or argument.name).upper().strip("[]")
    many = "…" if argument.nargs != 1 else ""
    return f"{word}{many}" if argument.required else f"[{word}{many}]"


def _rows(command: Any) -> Iterator[tuple[str, str, str]]:
    """Arguments and options: how they are written, their variable, what they mean."""
    for each in command.params:
        if each.hidden or each.name == "help":
            continue
        if each.param_type_name == "argument":
            yield f"`{_word(each)}`", "", each.help or ""
            continue
        flags = ", ".join(f"`{flag}`" for flag in (*each.opts, *each.secondary_opts))
        value = "" if each.is_flag else f" `{(each.metavar or each.name).upper()}`"
        yield f"{flags}{value}", f"`{each.envvar}`" if each.envvar else "", _meaning(each)


def _meaning(option: Any) -> str:
    """The help of an option, with its default where it is a word."""
    default = getattr(option.default, "value", option.default)
    shown = isinstance(default, str | int) and not isinstance(default, bool) and default not in ("", 0)
    return f"{option.help or ''}{f' Default: `{default}`.' if shown else ''}".strip()


def _table(rows: Iterator[tuple[str, str, str]], head: str, said: str, usage: str = "") -> Iterator[str]:
    yield f"{head}{' '.join(said.split())}\n\n{usage}"
    cells = [tuple(cell.replace("|", "\\|") for cell in row) for row in rows]
    if cells:
        yield "| | variable | |\n|---|---|---|\n"
        yield from (f"| {one} | {two} | {three} |\n" for one, two, three in cells)
        yield "\n"


def _exit_codes() -> Iterator[str]:
    yield f"# Exit codes\n\n{_MADE}"
    yield "The code never depends on the format of the output.\n\n"
    yield "| code | means | what to do |\n|---|---|---|\n"
    yield from (f"| {int(each)} | {MEANINGS[each][0]} | {MEANINGS[each][1]} |\n" for each in Exit)
    yield (
        "\nOver several targets: 9 if any server stands between, else 130 if stopped, else the code that all "
        "have in common, else 5.\n"
    )


def _schemas() -> Iterator[str]:
    yield f"# JSON Schemas\n\n{_MADE}"
    yield "`dhis2cfg schema write DIR` writes them all; `dhis2cfg init` lays those of editors beside.\n"
    for path in sorted(shipped.folder().glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        yield f"\n## [{path.name}](../../schemas/{path.name})\n\n{schema['title']}"
        yield f": {schema['description']}\n" if "description" in schema else "\n"
        if not path.name.startswith("metadata"):
            yield from _properties(schema)


def _properties(schema: Mapping[str, Any]) -> Iterator[str]:
    yield "\n| property | |\n|---|---|\n"
    for name, each in schema["properties"].items():
        must = "must be there" if name in schema.get("required", ()) else ""
        said = each.get("description", "").replace("|", "\\|").replace("\n", " ")
        yield f"| `{name}` | {'; '.join(word for word in (must, said) if word)} |\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for _name, _text in pages().items():
        (FOLDER / _name).write_text(_text, encoding="utf-8")
    sys.stdout.write(f"wrote {len(pages())} pages\n")
