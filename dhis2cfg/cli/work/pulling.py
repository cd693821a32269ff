"""From `/api/schemas`, asked or saved, to a catalogue."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dhis2cfg.catalogue import condense
from dhis2cfg.catalogue.shipped import folder
from dhis2cfg.cli.desk import open_desk, saver
from dhis2cfg.cli.settings import Settings, write_out
from dhis2cfg.errors import Exit, FilesRefused, UsageError
from dhis2cfg.fleet.selection import Selection
from dhis2cfg.load import read_text
from dhis2cfg.model.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """What `schema pull` was asked for."""

    municipality: tuple[str, ...] = ()
    server: str = ""
    saved: tuple[Path, ...] = ()
    version: str = ""
    merge: bool = False
    out: Path | None = None


def pull_command(settings: Settings, request: PullRequest) -> int:
    """Condense what a server or saved files say; write it, or print it."""
    captures, version = _saved(settings, request) if request.saved else _asked(settings, request)
    standing = request.out or folder() / "catalogue" / f"{condense.minor(version)}.json"
    before = _json(standing, settings) if request.merge and standing.exists() else None
    condensed = _condensed(captures, version, before)
    text = condense.to_text(condensed)
    if request.out is None:
        write_out(text)
        return Exit.FINE
    saver(settings)(request.out, text)
    write_out(f"wrote {request.out}: {len(condensed['types'])} types of DHIS2 {version}\n")
    return Exit.FINE


def _condensed(captures: list[Any], version: str, before: Any) -> Any:
    """What the captures, and a catalogue from before, come to; what is shaped otherwise is refused."""
    try:
        condensed = condense.condense(captures, version)
        return condensed if before is None else condense.merge(before, condensed)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise FilesRefused(
            f"this is not what DHIS2 says at /api/schemas: {type(error).__name__} {error}"
        ) from error


def _saved(settings: Settings, request: PullRequest) -> tuple[list[Any], str]:
    if not request.version:
        raise UsageError("a saved answer does not say its version", following=("add --version 2.42.5",))
    return [_json(path, settings) for path in request.saved], request.version


def _json(path: Path, settings: Settings) -> Any:
    text = read_text(path, str(path), opener=settings.world.opener)
    if isinstance(text, Finding):
        raise FilesRefused(text.message)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FilesRefused(f"{path} is no JSON: {error}") from error


def _asked(settings: Settings, request: PullRequest) -> tuple[list[Any], str]:
    desk = open_desk(settings, request.server)
    selection = Selection(municipalities=request.municipality)
    chosen = desk.chosen(selection, all_is_default=False)
    if len(chosen) != 1:
        raise UsageError("schema pull asks one server", following=("choose one with -m or --server",))
    with desk.connector().connect(chosen[0].target, planning=True) as connection:
        version = connection.session.get("/api/system/info")["version"]
        return [connection.session.get("/api/schemas")], str(version)
