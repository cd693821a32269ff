"""Which child of ours is which child on the server, for classes that are followed by their id.

The natural key alone would send one id twice after somebody edited a range by hand (oddities.md §3). So the
id decides: the one we made or pinned where it stands; else the id under which the record has a child of this
natural key; else the id of a child of this natural key on the server.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.oddities import EmbeddedClass
from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import natural_key

Child = Mapping[str, Any]


def with_live_ids(
    catalogue: Catalogue,
    type_name: str,
    body: Mapping[str, Any],
    live: Mapping[str, Any],
    recorded: Mapping[str, Any],
) -> dict[str, Any]:
    """The body of one object, its children under the ids that they have on the server."""
    aligned = dict(body)
    for name, row in _followed(catalogue, type_name, body):
        aligned[name] = _aligned(row, name, body[name], live.get(name) or (), recorded)
    return aligned


def _followed(
    catalogue: Catalogue, type_name: str, body: Mapping[str, Any]
) -> Iterator[tuple[str, EmbeddedClass]]:
    for name in body:
        prop = catalogue.property(type_name, name)
        row = oddities.embedded_class(prop.target) if prop and prop.shape is Shape.CHILDREN else None
        if row is not None and row.by_id:
            yield name, row


def _aligned(
    row: EmbeddedClass,
    collection: str,
    ours: Sequence[Child],
    live: Sequence[Child],
    recorded: Mapping[str, Any],
) -> list[dict[str, Any]]:
    standing = {str(each["id"]): natural_key(row, each) for each in live}
    free = {uid: key for uid, key in standing.items() if uid not in {each["id"] for each in ours}}
    last = {
        uid: natural_key(row, _as_recorded(row, f"{paths.member(collection, uid)}.", recorded))
        for uid in free
        if paths.member(collection, uid) in recorded
    }
    aligned = []
    for each in ours:
        wanted = natural_key(row, each)
        uid = each["id"]
        if uid not in standing:
            found = [known for keys in (last, free) for known, key in keys.items() if key == wanted]
            uid = next((known for known in found if known in free), uid)
            free.pop(uid, None)
        aligned.append({**each, "id": uid})
    return aligned


def _as_recorded(row: EmbeddedClass, inside: str, recorded: Mapping[str, Any]) -> dict[str, Any]:
    return {name: recorded.get(inside + name) for name in row.natural_key}
