"""A server that holds another one's metadata, for a try before the real thing: no people, no data."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.sandbox.imports.reading import Unreadable, read_object
from dhis2cfg.sandbox.rights.sharing import PRIVATE
from dhis2cfg.sandbox.routes import data_store
from dhis2cfg.sandbox.seed import ADMIN_UID, ROLE_UID, SUPERUSER, make_instance
from dhis2cfg.sandbox.store.instance import Instance
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS
from dhis2cfg.sandbox.world.world import World

_LEFT_OUT = frozenset({"users", "apiToken", "jobConfigurations"})
_PERSONAL = frozenset({"favorites", "subscribers", "contactPerson", "email", "phoneNumber"})
_OF_ROLE = ("userRoles", SUPERUSER, ROLE_UID)
_AUTHORS = ("createdBy", "lastUpdatedBy")


class NoExport(Exception):
    """What was given is no answer of `/api/metadata`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What is taken over: an export (`/api/metadata`), and keys of one namespace of the data store."""

    export: Mapping[str, Any]
    namespace: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The server's version that the export tells; empty where it tells none."""
        system = self.export.get("system")
        return str(system.get("version") or "") if isinstance(system, Mapping) else ""


def rehearsal(
    version: str, brought: Brought, *, file: Path | None = None, url: str = "http://sandbox"
) -> Instance:
    """A server with the objects of an export, as they are; people stay behind, keys are closed.

    Its default dimension is the embedded server's own, whatever UIDs the other one has (facts §4.3).
    """
    export = brought.export
    instance = make_instance(version, file, url=url)
    world = instance.world
    if not any(isinstance(export.get(name), list) for name in world.order):
        raise NoExport("it holds no list of any type of metadata")
    known = _with_our_own(export)
    with instance.database.transaction():
        session = Session(world, instance.database)
        for name in world.order:
            for body in _bodies(world, name, known.get(name)):
                session.put(name, body)
        for key, value in brought.keys.items():
            place = (brought.namespace, key)
            session.put(data_store.TYPE, data_store.new_entry(session, ADMIN_UID, place, value, PRIVATE))
    return instance


def _bodies(world: World, name: str, rows: Any) -> Iterator[Body]:
    if name in _LEFT_OUT or not isinstance(rows, list):
        return
    for row in rows:
        if not isinstance(row, Mapping) or not isinstance(row.get("id"), str):
            raise NoExport(f"{name} holds something without an id")
        if row["id"] == ROLE_UID:
            continue
        try:
            yield _stored(world, name, row)
        except Unreadable as error:
            raise NoExport(f"{name} {row['id']}: {error}") from error


def _with_our_own(export: Mapping[str, Any]) -> Mapping[str, Any]:
    """The UIDs of what every server has from its first day are those of this one."""
    text = json.dumps(export)
    for name, shown, uid in [*((name, "default", uid) for name, uid in DEFAULTS.items()), _OF_ROLE]:
        for row in export.get(name) or ():
            if isinstance(row, Mapping) and row.get("name") == shown and isinstance(row.get("id"), str):
                text = text.replace(f'"{row["id"]}"', f'"{uid}"')
    found: Mapping[str, Any] = json.loads(text)
    return found


def _stored(world: World, name: str, row: Mapping[str, Any]) -> Body:
    """An exported object as it is stored: lists that are really references of the children are left out."""
    kind = world.kind(name)
    kept: Body = {
        prop: value
        for prop, value in read_object(world, name, row).items()
        if value is not None and _is_kept(kind.properties[prop]) and (name, prop) not in world.lists
    }
    kept |= {prop: {"id": ADMIN_UID} for prop in _AUTHORS if prop in kept}
    if "sharing" in kept:
        kept["sharing"] = kept["sharing"] | {"owner": ADMIN_UID, "users": {}}
    return kept | ({"users": []} if name == "userGroups" else {})


def _is_kept(prop: Property) -> bool:
    """What is stored of an object, but for references to people and what is told of them."""
    names_people = prop.target == "users" and prop.shape in {Shape.REFERENCE, Shape.REFERENCES}
    if names_people or prop.name in _PERSONAL:
        return prop.name in _AUTHORS
    return prop.owner
