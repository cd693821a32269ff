"""Access strings and what imports and endpoints make of sharing (facts §7, §17.5, §19.7 to §19.10)."""

import re
from typing import Any

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.rights.people import Person
from dhis2cfg.sandbox.store.session import Body

PRIVATE = "--------"
PUBLIC = "rw------"
_ACCESS = re.compile(r"[r-][w-][r-][w-]----")
_READ, _WRITE, _DATA_READ, _DATA_WRITE = range(4)


def is_access(text: object) -> bool:
    """Whether a text is an access string."""
    return isinstance(text, str) and _ACCESS.fullmatch(text) is not None


def has_data_bits(text: str) -> bool:
    """Whether an access string gives access to data."""
    return text[2:4] != "--"


def _allows(person: Person, sharing: Body, bit: int) -> bool:
    sign = "rw"[bit % 2]
    entries = [entry for uid, entry in sharing.get("users", {}).items() if uid == person.uid]
    entries += [entry for uid, entry in sharing.get("userGroups", {}).items() if uid in person.groups]
    strings = [sharing.get("public") or "", *(str(entry.get("access") or "") for entry in entries)]
    return any(text[bit : bit + 1] == sign for text in strings)


def _is_open(person: Person, kind: MetadataType, body: Body, bit: int) -> bool:
    sharing = body.get("sharing") or {}
    if person.is_superuser or not kind.shareable:
        return True
    owner = sharing.get("owner")
    return owner is None or owner == person.uid or _allows(person, sharing, bit)


def can_read(person: Person, kind: MetadataType, body: Body) -> bool:
    """Whether somebody sees an object."""
    return _is_open(person, kind, body, _READ)


def can_write(person: Person, kind: MetadataType, body: Body) -> bool:
    """Whether sharing lets somebody change an object; his authorities are another question."""
    return _is_open(person, kind, body, _WRITE)


def can_read_data(person: Person, kind: MetadataType, body: Body) -> bool:
    """Whether somebody sees data of an object."""
    return _is_open(person, kind, body, _DATA_READ)


def can_write_data(person: Person, kind: MetadataType, body: Body) -> bool:
    """Whether somebody enters data of an object."""
    return _is_open(person, kind, body, _DATA_WRITE)


def create_authorities(kind: MetadataType) -> tuple[frozenset[str], frozenset[str]]:
    """The authorities to create public and private objects of a type; empty where none is asked."""
    table = kind.authorities or {}
    both = frozenset(table.get("CREATE", ()))
    return both | set(table.get("CREATE_PUBLIC", ())), both | set(table.get("CREATE_PRIVATE", ()))


def can_make_public(person: Person, kind: MetadataType) -> bool:
    """Whether somebody may create public objects of a type."""
    public, _ = create_authorities(kind)
    return not public or person.may(*public)


def can_create(person: Person, kind: MetadataType) -> bool:
    """Whether somebody may create objects of a type at all."""
    public, private = create_authorities(kind)
    return not (public | private) or person.may(*public, *private)


def can_update(person: Person, kind: MetadataType, body: Body) -> bool:
    """Whether authorities and sharing let somebody change an object."""
    table = kind.authorities or {}
    wanted = frozenset(table.get("UPDATE", ()))
    allowed = person.may(*wanted) if wanted else can_create(person, kind)
    return allowed and can_write(person, kind, body)


def can_delete(person: Person, kind: MetadataType, body: Body) -> bool:
    """Whether authorities and sharing let somebody delete an object."""
    wanted = frozenset((kind.authorities or {}).get("DELETE", ()))
    allowed = person.may(*wanted) if wanted else can_create(person, kind)
    return allowed and can_write(person, kind, body)


def initial(person: Person, kind: MetadataType) -> Body:
    """What stands where nothing was said of sharing: open, unless the type or the person says private."""
    closed = kind.default_private or not can_make_public(person, kind)
    return {"owner": person.uid, "public": PRIVATE if closed else PUBLIC, "users": {}, "userGroups": {}}


def read_sharing(value: Any) -> Body | None:
    """A sharing block as sent, entries keyed by id; None where it counts as left out (no `public`)."""
    if not isinstance(value, dict) or not value.get("public"):
        return None
    found: Body = {"public": value["public"], "users": {}, "userGroups": {}}
    if value.get("owner"):
        found["owner"] = value["owner"]
    for part in ("users", "userGroups"):
        entries = value.get(part) or {}
        found[part] = {
            str(entry.get("id") or uid): {"id": entry.get("id") or uid, "access": entry.get("access")}
            for uid, entry in entries.items()
        }
    return found


def access(person: Person, kind: MetadataType, body: Body) -> dict[str, Any]:
    """The computed `access` of an object."""
    update = can_update(person, kind, body)
    found: dict[str, Any] = {
        "manage": update,
        "write": update,
        "read": can_read(person, kind, body),
        "update": update,
        "delete": can_delete(person, kind, body),
    }
    if kind.data_shareable:
        found["data"] = {
            "read": can_read_data(person, kind, body),
            "write": can_write_data(person, kind, body),
        }
    return found
