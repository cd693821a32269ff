"""Sharing as newer versions want it: one block, groups that are here, data bits where a type has data."""

import re
from typing import Any

from dhis2cfg.catalogue.types import Catalogue, MetadataType
from dhis2cfg.interchange.bundle import Body, Bundle, items, uid_of
from dhis2cfg.model.names import Uid

ACCESS = re.compile(r"[r-][w-][r-][w-]----")
NOBODY = "--------"


def mend_sharing(bundle: Bundle, catalogue: Catalogue) -> None:
    """Every shareable object with the one sharing block that it means."""
    for type_name, uid, body in bundle.all():
        kind = catalogue.types[type_name]
        if kind.shareable:
            _mend(bundle, kind, uid, body)


def _mend(bundle: Bundle, kind: MetadataType, uid: Uid, body: Body) -> None:
    legacy = body.get("publicAccess")
    groups = items(body.get("userGroupAccesses"))
    block = body.get("sharing")
    if not isinstance(block, dict):
        body.pop("sharing", None)
        if not isinstance(legacy, str) and not groups:
            return
        listed = {uid_of(each): each for each in groups if uid_of(each)}
        block = {"public": legacy, "userGroups": listed, "users": {}}
        bundle.mended("mend-legacy-sharing", kind.name, uid, "publicAccess and its lists became sharing")
    public = block.get("public")
    if public is None:
        public = legacy if isinstance(legacy, str) else NOBODY
        bundle.mended("mend-legacy-sharing", kind.name, uid, f"public access was empty, and became {public}")
    body["sharing"] = {
        "public": _access(bundle, kind, uid, public),
        "userGroups": _entries(bundle, kind, uid, block.get("userGroups")),
    }


def _entries(bundle: Bundle, kind: MetadataType, uid: Uid, entries: Any) -> dict[str, str]:
    """Access by group; groups that are not here cannot be created, and would be refused."""
    kept: dict[str, str] = {}
    for group, entry in sorted(entries.items()) if isinstance(entries, dict) else ():
        if not bundle.has("userGroups", group) and group not in bundle.foreign:
            bundle.mended("mend-stray-sharing", kind.name, uid, f"user group {group} is not here; left out")
            continue
        access = entry.get("access") if isinstance(entry, dict) else entry
        kept[group] = _access(bundle, kind, uid, access)
    return kept


def _access(bundle: Bundle, kind: MetadataType, uid: Uid, access: Any) -> str:
    """An access string that the type can have."""
    if not isinstance(access, str) or not ACCESS.fullmatch(access):
        bundle.mended("mend-legacy-sharing", kind.name, uid, f"{access!r} is no access; became {NOBODY}")
        return NOBODY
    if kind.data_shareable or access[2:4] == "--":
        return access
    bundle.mended("mend-data-sharing", kind.name, uid, f"{access} shares data, and the type has none")
    return f"{access[:2]}--{access[4:]}"
