"""A fresh server: an administrator and the default dimension (facts §4.3, §4.6); made once, then copied."""

from functools import cache
from pathlib import Path

from dhis2cfg.catalogue.shipped import load
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

SUPERUSER = "Superuser"
"""The role of the installation, by name."""

SHORT = 50
"""As many characters as a short name may have."""

ADMIN_UID, ROLE_UID, _TOKEN_UID = "xE7jOejl9FI", "UYXOT4A7JMI", "sandboxTok1"


def make_instance(version: str, file: Path | None = None, *, url: str = "http://sandbox") -> Instance:
    """A server of a version (`2.42`): fresh in memory, or in a file that keeps what was in it."""
    world = world_of(version)
    database = Database(file) if file else _prepared(version).copy()
    if database.is_empty():
        _fill(world, database)
    return Instance(world=world, database=database, url=url)


def upgraded(instance: Instance, version: str) -> Instance:
    """Another version over the same database, as after an upgrade: what it requires anew is filled in."""
    world = world_of(version)
    if "shortName" in world.catalogue.types["trackedEntityTypes"].properties:
        _short_names(Session(world, instance.database), "trackedEntityTypes")
    return Instance(world=world, database=instance.database, url=instance.url)


def _short_names(session: Session, type_name: str) -> None:
    """Objects without a short name get their name as one, cut and unique, as DHIS2's migration does."""
    with session.database.transaction():
        taken: set[str] = set()
        for body in list(session.every(type_name)):
            short, at = str(body.get("shortName") or body["name"])[:SHORT], 1
            while short in taken:
                at += 1
                short = f"{short[: SHORT - len(str(at))]}{at}"
            taken.add(short)
            session.put(type_name, {**body, "shortName": short})


@cache
def world_of(version: str) -> World:
    """What is known of a version, read once."""
    return World(catalogue=load(version))


@cache
def _prepared(version: str) -> Database:
    database = Database()
    _fill(world_of(version), database)
    return database


def _fill(world: World, database: Database) -> None:
    with database.transaction():
        session = Session(world, database)
        born: Body = {"created": session.now, "lastUpdated": session.now}
        session.put("userRoles", _role(world, session.now))
        times = {"lastLogin": session.now, "passwordLastUpdated": session.now}
        session.put("users", born | times | _admin())
        token = {"id": _TOKEN_UID, "hash": hash_token(SANDBOX_TOKEN), "createdBy": {"id": ADMIN_UID}}
        session.put("apiToken", born | token)
        owner = "XXXXXSystem" if world.release >= (2, 42) else "system-process"
        for name, body in _dimension(owner).items():
            named = {"id": DEFAULTS[name], "code": "default", "name": "default", "translations": []}
            session.put(name, born | named | body)


def _role(world: World, now: str) -> Body:
    """The role of the installation, which nobody made."""
    return {
        "id": ROLE_UID,
        "code": SUPERUSER,
        "name": SUPERUSER,
        "description": SUPERUSER,
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
        "id": ADMIN_UID,
        "code": ADMIN,
        "username": ADMIN,
        "firstName": ADMIN,
        "surname": ADMIN,
        "password": hash_password(PASSWORD),
        "userRoles": [{"id": ROLE_UID}],
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
