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
from dhis2cfg.errors import FilesRefused, UsageError
from dhis2cfg.fleet.selection import Selection
from dhis2cfg.sandbox.rehearsal import NoExport, rehearsal, version_of
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
    export = _saved(settings, Path(source)) if _is_file(settings, source) else _asked(settings, source)
    version = dhis2 or _version(export)
    try:
        return rehearsal(version, export, file=file, url=url)
    except NoExport as error:
        raise FilesRefused(
            f"{source} is no export of metadata: {error}",
            following=("an export is what a server answers to GET /api/metadata",),
        ) from error


def _is_file(settings: Settings, source: str) -> bool:
    return ((settings.folder or Path.cwd()) / source).is_file()


def _saved(settings: Settings, path: Path) -> Mapping[str, Any]:
    full = (settings.folder or Path.cwd()) / path
    try:
        with settings.world.opener(full) as stream:
            found = json.loads(stream.read())
    except (OSError, ValueError, RecursionError) as error:
        raise FilesRefused(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(found, Mapping):
        raise FilesRefused(f"{path} is no export of metadata: it is no object")
    return found


def _asked(settings: Settings, name: str) -> Mapping[str, Any]:
    """Everything that a municipality's server exports, with the fields that exports forget (facts §2.3)."""
    desk = open_desk(settings)
    chosen = desk.chosen(Selection(municipalities=(name,)), all_is_default=False)
    if len(chosen) != 1:
        raise UsageError("--from takes one server", following=("name one municipality",))
    with desk.connector().connect(chosen[0].target, planning=True) as connection:
        get = connection.session.get
        export: dict[str, Any] = get("/api/metadata?defaults=INCLUDE")
        catalogue = for_server(version_of(export) or str(get("/api/system/info")["version"]))
        query = "&".join(_whole(catalogue))
        whole: dict[str, Any] = get(f"/api/metadata?{query}")
        return export | whole


def _whole(catalogue: Catalogue) -> list[str]:
    found = []
    for name, kind in catalogue.types.items():
        forgotten = [prop.name for prop in kind.properties.values() if prop.schema_name]
        if forgotten:
            found.append(f"{name}:fields=:owner,{','.join(forgotten)}")
    return found


def _version(export: Mapping[str, Any]) -> str:
    """The version that an export tells, if it is one that the sandbox knows."""
    told = version_of(export)
    if not told:
        return USUAL
    load(minor(told))
    return minor(told)
