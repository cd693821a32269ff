"""Sets in one order: a server gives the same sets in other orders from read to read (facts §18, reading).

Without it two plans of one state would not be the same bytes, and a plan that was shown would look stale.
"""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue.types import Catalogue, Property, Shape
from dhis2cfg.wire.canonical import canonical

_SETS = frozenset({Shape.REFERENCES, Shape.VALUES, Shape.CHILDREN})
_PAIRS = frozenset({Shape.TRANSLATIONS, Shape.ATTRIBUTE_VALUES})


def settled(catalogue: Catalogue, type_name: str, wire: Mapping[str, Any]) -> dict[str, Any]:
    """The object with every list that the catalogue does not call ordered sorted, children's lists too."""
    return {
        name: _property(catalogue, prop, value) if (prop := catalogue.property(type_name, name)) else value
        for name, value in wire.items()
    }


def _property(catalogue: Catalogue, prop: Property, value: Any) -> Any:
    if prop.shape is Shape.CHILD and isinstance(value, Mapping):
        return settled(catalogue, prop.target, value)
    if not isinstance(value, list):
        return value
    if prop.shape is Shape.CHILDREN:
        value = [settled(catalogue, prop.target, each) for each in value]
    is_set = prop.shape in _PAIRS or (prop.shape in _SETS and not prop.ordered)
    return sorted(value, key=_rank) if is_set else value


def _rank(member: Any) -> tuple[str, bytes]:
    """By id where there is one: what else a member carries may change while it stays the same one."""
    uid = member.get("id") if isinstance(member, Mapping) else None
    return (str(uid or ""), canonical(member))
