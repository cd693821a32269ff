"""The only judge of a property: compared and sent, merged, left to the server, only sent, left alone."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue import noise, oddities, quirks
from dhis2cfg.catalogue.types import Catalogue, MetadataType, Policy, Property, Shape

_MERGED = frozenset(
    {
        Shape.REFERENCES,
        Shape.CHILDREN,
        Shape.VALUES,
        Shape.SHARING,
        Shape.TRANSLATIONS,
        Shape.ATTRIBUTE_VALUES,
    }
)


def policy(catalogue: Catalogue, owner: str, name: str, fields: Mapping[str, Any] | None = None) -> Policy:
    """What becomes of a property of `owner`: a type (plural) or a class of embedded children (singular).

    `fields` is the object as on the wire, where it is at hand: the value type of a rule variable is the
    server's where a data element gives it, and the package's where it is calculated.
    """
    kind = catalogue.types.get(owner) or catalogue.embedded.get(owner)
    entry = kind.properties.get(name) if kind else None
    if kind is None or entry is None:
        return Policy.IGNORED
    if (owner, name) in noise.SECRET:
        return Policy.WRITE_ONLY
    if (catalogue.version, owner, name) in quirks.OWN_NAMES:
        return Policy.SERVER
    if kind.embedded:
        return _of_child(kind, entry)
    if not (entry.owner and entry.writable):
        return Policy.IGNORED
    if noise.is_servers(owner, name, fields or {}):
        return Policy.SERVER
    return _by_shape(entry)


def _of_child(kind: MetadataType, entry: Property) -> Policy:
    """Children carry noise, a reference back to their parent, numbers that only say the order (K6, K9)."""
    row = oddities.embedded_class(kind.name)
    if noise.is_noise(kind.name, entry.name) or (row is not None and entry.name == row.back):
        return Policy.IGNORED
    if noise.is_servers(kind.name, entry.name, {}):
        return Policy.SERVER
    is_stored = entry.owner or noise.is_opaque(kind)
    return _by_shape(entry) if is_stored and entry.writable else Policy.IGNORED


def _by_shape(entry: Property) -> Policy:
    return Policy.MERGED if entry.shape in _MERGED else Policy.OWNED
