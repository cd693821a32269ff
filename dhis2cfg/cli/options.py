"""The options that several commands share, spelled once."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dhis2cfg.fleet.selection import Selection

Municipalities = Annotated[
    list[str] | None,
    typer.Option(
        "-m",
        "--municipality",
        envvar="DHIS2CFG_MUNICIPALITY",
        help="Name, number or glob of a municipality; repeatable.",
        metavar="NAME",
    ),
]
Everything = Annotated[bool, typer.Option("--all", envvar="DHIS2CFG_ALL", help="All municipalities.")]
Exclude = Annotated[
    list[str] | None,
    typer.Option(envvar="DHIS2CFG_EXCLUDE", help="Leave this one out; repeatable.", metavar="NAME"),
]
Wave = Annotated[str, typer.Option(envvar="DHIS2CFG_WAVE", help="The municipalities of a wave.", metavar="N")]
Environment = Annotated[
    str, typer.Option("--env", envvar="DHIS2CFG_ENV", help="The environment: test, prod …", metavar="NAME")
]
Server = Annotated[
    str,
    typer.Option(
        envvar="DHIS2CFG_SERVER", help="One server by its URL, without a fleet file.", metavar="URL"
    ),
]
Who = Annotated[
    bool, typer.Option("--who", envvar="DHIS2CFG_WHO", help="Tell the names of persons in Markdown too.")
]
Summary = Annotated[bool, typer.Option("--summary", envvar="DHIS2CFG_SUMMARY", help="Counts and risks only.")]
Locale = Annotated[
    str,
    typer.Option(
        envvar="DHIS2CFG_LOCALE", help="Names in this language (else the package's own).", metavar="LOCALE"
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", envvar="DHIS2CFG_YES", help="No question.")]
Report = Annotated[
    list[str] | None,
    typer.Option(
        envvar="DHIS2CFG_REPORT", help="A further report: FORMAT=PATH; repeatable.", metavar="FORMAT=PATH"
    ),
]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        envvar="DHIS2CFG_ALLOW",
        help="Allow a risk: access, breaking, destructive, irreversible, takeover, conflict; repeatable.",
        metavar="WORD",
    ),
]
Claim = Annotated[
    str,
    typer.Option(
        "--claim-record",
        envvar="DHIS2CFG_CLAIM_RECORD",
        help="Take a record of this fleet's name as ours although it was written from elsewhere.",
        metavar="FLEET",
    ),
]
Prune = Annotated[
    bool,
    typer.Option(
        "--prune",
        envvar="DHIS2CFG_PRUNE",
        help="Delete what the packages dropped, where neither data nor others hold it.",
    ),
]
Renew = Annotated[
    bool,
    typer.Option(
        "--renew-secrets",
        envvar="DHIS2CFG_RENEW_SECRETS",
        help="Send all secrets of the packages again, as they are now.",
    ),
]
MaxDelete = Annotated[
    int | None,
    typer.Option(envvar="DHIS2CFG_MAX_DELETE", help="How many things may go, this once.", metavar="N", min=0),
]
Out = Annotated[
    Path | None,
    typer.Option(envvar="DHIS2CFG_OUT", help="Save the plan, to be applied later.", metavar="FILE"),
]


def selection_of(
    municipality: list[str] | None,
    exclude: list[str] | None,
    wave: str,
    environment: str,
    *,
    everything: bool,
) -> "Selection":
    """What the options of a command say of which targets are meant; imported late, as `--help` needs none."""
    from dhis2cfg.fleet.selection import Selection

    return Selection(
        municipalities=tuple(municipality or ()),
        everything=everything,
        exclude=tuple(exclude or ()),
        wave=wave,
        environment=environment,
    )


class Format(Enum):
    """Formats of every report."""

    TEXT = "text"
    JSON = "json"


class PlanFormat(Enum):
    """Formats of a plan; `markdown` is for a pull request, `notes` for those who use what is configured."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    NOTES = "notes"


class SavedFormat(Enum):
    """Formats of a saved plan, which does not say who uses what."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class DiffFormat(Enum):
    """Formats of a diff; `notes` are for those who only use what is configured."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    NOTES = "notes"


class FindingsFormat(Enum):
    """Formats of findings."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"
