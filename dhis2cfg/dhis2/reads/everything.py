"""All metadata of a server that a package may hold, type by type; what may not be read is named."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue.oddities import CLOSED
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.reads.queries import Selection
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import ServerRefused
from dhis2cfg.model.names import COMBINATIONS

THE_SERVERS_OWN = frozenset({"jobConfigurations", "organisationUnitLevels", "organisationUnits", "users"})
"""Types that a server has of its own, or its municipality: units, their levels, jobs."""

NAMED = frozenset({COMBINATIONS})
"""What no package holds and expressions name."""

EVERYTHING = "ALL"
"""The authority of the role that the installation made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """Type → objects, and the types that the account may not read."""

    objects: dict[str, list[dict[str, Any]]]
    unread: tuple[str, ...]


def everything(session: Session, catalogue: Catalogue, tell: Callable[[str], None]) -> Everything:
    """Whole types, one after another, with the fields that `:owner` forgets (facts §2.3)."""
    reader = Reader(session, catalogue)
    objects: dict[str, list[dict[str, Any]]] = {}
    unread = []
    names = [name for name, kind in catalogue.types.items() if _is_read(name, is_metadata=kind.metadata)]
    for number, name in enumerate(names, 1):
        forgotten = [each.name for each in catalogue.types[name].properties.values() if each.schema_name]
        fields = ",".join([":owner", *sorted(forgotten)])
        selection = Selection(type=name, path="", values=(), fields=fields)
        try:
            rows = reader.select([selection], skip_sharing=False).get(name, [])
        except ServerRefused:
            unread.append(name)
            continue
        if rows:
            tell(f"{number} of {len(names)}: {len(rows)} {name}")
            objects[name] = [each for each in rows if EVERYTHING not in (each.get("authorities") or ())]
    return Everything(objects=objects, unread=tuple(unread))


def _is_read(name: str, *, is_metadata: bool) -> bool:
    is_open = name not in CLOSED or name in NAMED
    return is_metadata and is_open and name not in THE_SERVERS_OWN
