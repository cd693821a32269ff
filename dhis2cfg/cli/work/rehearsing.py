"""What the embedded server begins with: another server's metadata, asked or from a saved export."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dhis2cfg.catalogue.condense import minor
from dhis2cfg.catalogue.shipped import VERSIONS, for_server, load
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.cli.desk import open_desk
from dhis2cfg.cli.settings import Settings
from dhis2cfg.dhis2.state.keys import NAMESPACE
from dhis2cfg.dhis2.state.store import RECORD
from dhis2cfg.errors import FilesRefused, UsageError
from dhis2cfg.fleet.selection import Selection
from dhis2cfg.sandbox.rehearsal import Brought, NoExport, rehearsal
from dhis2cfg.sandbox.seed import make_instance
from dhis2cfg.sandbox.store.instance import Instance

USUAL = "2.42"
"""The version where nobody says one."""


def instance_for(settings: Settings, *, source: str, dhis2: str, file: Path | None, url: str) -> Instance:
    """The embedded server that was asked for: empty, from its file, or with another server's metadata."""
    if dhis2 and dhis2 not in VERSIONS:
        raise UsageError(
            f"the sandbox does not know DHIS2 {dhis2}", details=(f"it knows {', '.join(VERSIONS)}",)
        )
    if not source:
        return make_instance(dhis2 or USUAL, file, url=url)
    if file is not None and file.exists():
        raise UsageError(
            f"{file} is there already, and --from begins with nothing else",
            following=("name a new file, or leave --from out to go on with this one",),
        )
    brought = _saved(settings, Path(source)) if _is_file(settings, source) else _asked(settings, source)
    version = dhis2 or _version(brought)
    try:
        return rehearsal(version, brought, file=file, url=url)
    except NoExport as error:
        raise FilesRefused(
            f"{source} is no export of metadata: {error}",
            following=("an export is what a server answers to GET /api/metadata",),
        ) from error


def _is_file(settings: Settings, source: str) -> bool:
    return ((settings.folder or Path.cwd()) / source).is_file()


def _saved(settings: Settings, path: Path) -> Brought:
    full = (settings.folder or Path.cwd()) / path
    try:
        with settings.world.opener(full) as stream:
            found = json.loads(stream.read())
    except (OSError, ValueError, RecursionError) as error:
        raise FilesRefused(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(found, Mapping):
        raise FilesRefused(f"{path} is no export of metadata: it is no object")
    return Brought(export=found)


def _asked(settings: Settings, name: str) -> Brought:
    """Everything that a municipality's server exports, with the fields that exports forget (facts §2.3).

    The tool's records come along: with them a plan is what it would be on the server itself.
    """
    desk = open_desk(settings)
    chosen = desk.chosen(Selection(municipalities=(name,)), all_is_default=False)
    if len(chosen) != 1:
        raise UsageError("--from takes one server", following=("name one municipality",))
    with desk.connector().connect(chosen[0].target, planning=True) as connection:
        session = connection.session
        export: dict[str, Any] = session.get("/api/metadata?defaults=INCLUDE")
        catalogue = for_server(str(session.get("/api/system/info")["version"]))
        whole: dict[str, Any] = session.get("/api/metadata?" + "&".join(_whole(catalogue)))
        listed = session.find(f"/api/dataStore/{NAMESPACE}") or ()
        keys = {
            key: session.get(f"/api/dataStore/{NAMESPACE}/{key}") for key in listed if key.startswith(RECORD)
        }
    return Brought(export=export | whole, namespace=NAMESPACE, keys=keys)


def _whole(catalogue: Catalogue) -> list[str]:
    found = []
    for name, kind in catalogue.types.items():
        forgotten = [prop.name for prop in kind.properties.values() if prop.schema_name]
        if forgotten:
            found.append(f"{name}:fields=:owner,{','.join(forgotten)}")
    return found


def _version(brought: Brought) -> str:
    """The version that an export tells, if it is one that the sandbox knows."""
    if not brought.version:
        return USUAL
    load(minor(brought.version))
    return minor(brought.version)
