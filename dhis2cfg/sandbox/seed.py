"""A fresh server: an administrator and the default dimension (facts §4.3, §4.6); made once, then copied."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dhis2cfg.catalogue.shipped import load
from dhis2cfg.sandbox.imports.reading import read_object
from dhis2cfg.sandbox.rights.login import hash_password, hash_token
from dhis2cfg.sandbox.store.database import Database
from dhis2cfg.sandbox.store.instance import Instance
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS
from dhis2cfg.sandbox.world.world import World

SANDBOX_TOKEN = "d2p_dhis2cfgSandboxPublicTokenOfNobodysServer"  # noqa: S105 -- public by design: it opens this server only
"""The fixed public token of every embedded server; it is used on loopback addresses only."""

ADMIN, PASSWORD = "admin", "district"
"""The administrator's name and password, as on every DHIS2 demo server."""

_PEOPLE = frozenset({"users", "userRoles", "apiToken"})
_ADMIN_UID, _ROLE_UID, _TOKEN_UID = "xE7jOejl9FI", "UYXOT4A7JMI", "sandboxTok1"


def make_instance(version: str, file: Path | None = None, *, url: str = "http://sandbox") -> Instance:
    """A server of a version (`2.42`): fresh in memory, or in a file that keeps what was in it."""
    world = _world(version)
    database = Database(file) if file else _prepared(version).copy()
    if database.is_empty():
        _fill(world, database)
    return Instance(world=world, database=database, url=url)


def upgraded(instance: Instance, version: str) -> Instance:
    """Another version over the same database, as after a server's upgrade."""
    return Instance(world=_world(version), database=instance.database, url=instance.url)


def rehearsal(version: str, export: Mapping[str, Any], *, url: str = "http://sandbox") -> Instance:
    """A server that holds the metadata of an export (`/api/metadata`), without people, roles and data."""
    instance = make_instance(version, url=url)
    world = instance.world
    with instance.database.transaction():
        session = Session(world, instance.database)
        for name in world.order:
            rows = export.get(name) if name not in _PEOPLE else None
            for row in rows if isinstance(rows, list) else []:
                session.put(name, _stored(world, name, row))
    return instance


def _stored(world: World, name: str, row: Mapping[str, Any]) -> Body:
    """An exported object as it is stored: lists that are really references of the children are left out."""
    found = read_object(world, name, row)
    kept: Body = {
        prop: value
        for prop, value in found.items()
        if value is not None and world.kind(name).properties[prop].owner and (name, prop) not in world.lists
    }
    for prop in ("createdBy", "lastUpdatedBy"):
        if prop in kept:
            kept[prop] = {"id": _ADMIN_UID}
    if "sharing" in kept:
        kept["sharing"] = kept["sharing"] | {"owner": _ADMIN_UID, "users": {}}
    if name == "userGroups":
        kept["users"] = []
    return kept


@cache
def _world(version: str) -> World:
    return World(catalogue=load(version))


@cache
def _prepared(version: str) -> Database:
    database = Database()
    _fill(_world(version), database)
    return database


def _fill(world: World, database: Database) -> None:
    with database.transaction():
        session = Session(world, database)
        born: Body = {"created": session.now, "lastUpdated": session.now}
        session.put("userRoles", _role(world, session.now))
        times = {"lastLogin": session.now, "passwordLastUpdated": session.now}
        session.put("users", born | times | _admin())
        token = {"id": _TOKEN_UID, "hash": hash_token(SANDBOX_TOKEN), "createdBy": {"id": _ADMIN_UID}}
        session.put("apiToken", born | token)
        owner = "XXXXXSystem" if world.release >= (2, 42) else "system-process"
        for name, body in _dimension(owner).items():
            named = {"id": DEFAULTS[name], "code": "default", "name": "default", "translations": []}
            session.put(name, born | named | body)


def _role(world: World, now: str) -> Body:
    """The role of the installation, which nobody made."""
    return {
        "id": _ROLE_UID,
        "code": "Superuser",
        "name": "Superuser",
        "description": "Superuser",
        "created": now,
        "lastUpdated": now,
        "authorities": _authorities(world),
        "restrictions": [],
        "sharing": {"users": {}, "userGroups": {}},
        "translations": [],
    }


def _authorities(world: World) -> list[str]:
    of_types = {
        name
        for kind in world.catalogue.types.values()
        for listed in (kind.authorities or {}).values()
        for name in listed
    }
    more = {"ALL", "F_METADATA_IMPORT", "F_METADATA_EXPORT", "F_PERFORM_MAINTENANCE", "F_SYSTEM_SETTING"}
    return sorted(of_types | more)


def _admin() -> Body:
    no = dict.fromkeys(("disabled", "externalAuth", "invitation", "selfRegistered"), False)
    none: dict[str, list[Body]] = {
        name: []
        for name in (
            "attributeValues",
            "catDimensionConstraints",
            "cogsDimensionConstraints",
            "dataViewOrganisationUnits",
            "organisationUnits",
            "teiSearchOrganisationUnits",
        )
    }
    return {
        **no,
        **none,
        "id": _ADMIN_UID,
        "code": ADMIN,
        "username": ADMIN,
        "firstName": ADMIN,
        "surname": ADMIN,
        "password": hash_password(PASSWORD),
        "userRoles": [{"id": _ROLE_UID}],
    }


def _dimension(owner: str) -> dict[str, Body]:
    sharing: Body = {"owner": owner, "public": "rw------", "users": {}, "userGroups": {}}
    option, category = {"id": DEFAULTS["categoryOptions"]}, {"id": DEFAULTS["categories"]}
    combo = {"id": DEFAULTS["categoryCombos"]}
    kind = {"dataDimensionType": "DISAGGREGATION", "sharing": sharing}
    return {
        "categoryOptions": {
            "shortName": "default",
            "organisationUnits": [],
            "attributeValues": [],
            "sharing": sharing | {"public": "rwrw----"},
        },
        "categories": kind
        | {
            "shortName": "default",
            "categoryOptions": [option],
            "dataDimension": False,
            "attributeValues": [],
        },
        "categoryCombos": kind | {"categories": [category], "skipTotal": False},
        "categoryOptionCombos": {
            "categoryCombo": combo,
            "categoryOptions": [option],
            "ignoreApproval": False,
            "attributeValues": [],
        },
    }
