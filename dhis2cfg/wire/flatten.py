"""The normaliser: one object as a flat mapping of field path → canonical value.

Desired and live objects go through the same function, so what it leaves out can be neither compared nor
written. Empty is one thing: null, "", [] and {} all read as None. Numbers, dates, blanks in attribute values
and the order of sets are canonical (facts §4.5, oddities.md §2.1).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.noise import is_noise
from dhis2cfg.catalogue.types import SCALARS, Catalogue, Property, Shape
from dhis2cfg.wire import paths
from dhis2cfg.wire.judging import Judge

Flat: TypeAlias = dict[str, Any]
Number: TypeAlias = Callable[[str, str], float | None]
"""The `sortOrder` of (type, UID) as it stands on the server; None where it is not known."""

_NOISE = frozenset(
    {
        "access",
        "attributeValues",
        "created",
        "createdBy",
        "displayName",
        "displayShortName",
        "externalAccess",
        "favorite",
        "favorites",
        "href",
        "lastUpdated",
        "lastUpdatedBy",
        "publicAccess",
        "sharing",
        "subscribed",
        "subscribers",
        "translations",
        "user",
    }
)
"""What servers add to embedded children, whatever their class (oddities.md K9)."""

_BLANKS = re.compile(r" {2,}")
_MIDNIGHT = re.compile(r"T00:00:00(\.0+)?$")


_SCALARS = tuple(SCALARS)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def flatten(
    catalogue: Catalogue,
    type_name: str,
    wire: Mapping[str, Any],
    number: Number | None = None,
    judge: Judge | None = None,
    like: Mapping[str, Any] = _NOTHING,
) -> Flat:
    """Every owned or merged field of one object; what the object does not carry has no path.

    `judge` is handed in where many objects are flattened, so that each property is judged once. `like` holds
    sequences by their paths: where the server's equal numbers say nothing, they are followed.
    """
    judge = judge or Judge(catalogue)
    orders = _Orders(number=number, like=like)
    flat: Flat = {"": True}
    for name, value in wire.items():
        found = judge.ours(type_name, name, wire)
        if found is not None:
            flat.update(_property(judge, type_name, found, value, orders))
    return flat


@dataclass(frozen=True, slots=True, kw_only=True)
class _Orders:
    """What is known of sequences beside the object itself."""

    number: Number | None
    like: Mapping[str, Any]

    def of(self, collection: str) -> Sequence[str]:
        """The sequence that ties follow."""
        return tuple(self.like.get(paths.order(collection), ()))


_PLAIN = _Orders(number=None, like=_NOTHING)


def _property(
    judge: Judge, type_name: str, prop: Property, value: Any, orders: _Orders
) -> Iterable[tuple[str, Any]]:
    name = prop.name
    if prop.shape in _SCALARS:
        return ((name, atom(prop.shape, value)),)
    match prop.shape:
        case Shape.REFERENCE:
            return [(name, uid_of(value))]
        case Shape.REFERENCES:
            return _references(type_name, prop, value or [], orders)
        case Shape.VALUES:
            return _values(prop, value or [])
        case Shape.CHILD:
            return _child(judge, prop, value)
        case Shape.CHILDREN:
            return _children(judge, prop, value or [], orders.of(name))
        case Shape.SHARING:
            kind = judge.catalogue.types[type_name]
            return _sharing(value or {}, has_data=kind.data_shareable)
        case Shape.TRANSLATIONS:
            texts = ((f"{each['property']},{each['locale']}", each.get("value")) for each in value or [])
            return [(paths.member(name, key), text) for key, text in texts if text]
        case Shape.ATTRIBUTE_VALUES:
            texts = ((each["attribute"]["id"], _blanks(each.get("value"))) for each in value or [])
            return [(paths.member(name, key), text) for key, text in texts if text]
        case _:
            return [(name, opaque(value))]


def _blanks(value: Any) -> str:
    """An attribute's value as the server keeps it: runs of blanks are one (facts §4.5)."""
    return _BLANKS.sub(" ", str(value or ""))


def _references(
    type_name: str, prop: Property, value: Iterable[Any], orders: _Orders
) -> Iterator[tuple[str, Any]]:
    uids = [uid for uid in map(uid_of, value) if uid]
    row = oddities.nested(type_name, prop.name)
    for uid in uids:
        yield paths.member(prop.name, uid), True
    if row is not None and row.order == "sortOrder":
        yield paths.order(prop.name), by_number(row.child, uids, orders.number, orders.of(prop.name))
    elif prop.ordered:
        yield paths.order(prop.name), tuple(uids)


def by_number(
    child: str, uids: Sequence[str], number: Number | None, like: Sequence[str] = ()
) -> tuple[str, ...]:
    """UIDs by the children's `sortOrder`; unknown numbers count by position, ties follow `like`."""
    known = [None if number is None else number(child, uid) for uid in uids]
    ranks = [position if rank is None else rank for position, rank in enumerate(known)]
    order = sorted(range(len(uids)), key=ranks.__getitem__)
    return _ties(tuple(uids[index] for index in order), [ranks[index] for index in order], like)


def _ties(keys: tuple[str, ...], ranks: Sequence[float], like: Sequence[str]) -> tuple[str, ...]:
    """Neighbours of equal rank in the order of `like`; who is not in it keeps the place."""
    tied_ranks = [rank for rank, count in Counter(ranks).items() if count > 1]
    wanted = {key: index for index, key in enumerate(like if tied_ranks else ())}
    result = list(keys)
    for rank in tied_ranks:
        places = [index for index, key in enumerate(keys) if ranks[index] == rank and key in wanted]
        tied = sorted((keys[index] for index in places), key=wanted.__getitem__)
        for index, key in zip(places, tied, strict=True):
            result[index] = key
    return tuple(result)


def _values(prop: Property, value: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    if prop.ordered:
        yield prop.name, list(value) or None
        return
    for each in value:
        yield paths.member(prop.name, str(each)), True


def _child(judge: Judge, prop: Property, value: Any) -> Iterator[tuple[str, Any]]:
    for path, inner in _embedded(judge, prop.target, value or {}).items():
        yield paths.inside(prop.name, path), inner


def _children(
    judge: Judge, prop: Property, value: Iterable[Any], like: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    row = oddities.embedded_class(prop.target)
    if row is None:
        yield prop.name, [_opaque_child(prop.target, each) for each in value] or None
        return
    children = in_order(row, list(value))
    keys = tuple(child_key(row, child) for child in children)
    for key, child in zip(keys, children, strict=True):
        path = paths.member(prop.name, key)
        yield path, True
        for field, inner in _embedded(judge, prop.target, child).items():
            yield paths.inside(path, field), inner
    if row.order:
        ranks = [child.get(row.order, position) for position, child in enumerate(children)]
        yield paths.order(prop.name), _ties(keys, ranks, like)


def _opaque_child(singular: str, child: Any) -> Any:
    """A child without a key of its own, as a value, less what servers add to every child of its class."""
    if isinstance(child, Mapping):
        child = {name: inner for name, inner in child.items() if not is_noise(singular, name)}
    return opaque(child)


def in_order(row: oddities.EmbeddedClass, children: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Embedded children in the order that their class keeps (their number first, then their position)."""
    if row.order in ("", "list"):
        return children
    numbered = list(enumerate(children))
    numbered.sort(key=lambda pair: (pair[1].get(row.order, pair[0]), pair[0]))
    return [child for _, child in numbered]


def child_key(row: oddities.EmbeddedClass, child: Mapping[str, Any]) -> str:
    """What identifies an embedded child inside its parent: its id, or the natural key of its class."""
    if row.by_id or not row.natural_key:
        return str(child.get("id", ""))
    return natural_key(row, child)


def natural_key(row: oddities.EmbeddedClass, child: Mapping[str, Any]) -> str:
    """What a child says of itself that no other in its parent says."""
    parts = []
    for name in row.natural_key:
        value = child.get(name)
        part = uid_of(value) if isinstance(value, Mapping) else canonical_number(value)
        parts.append("" if part is None else str(part))
    return ",".join(parts).rstrip(",")


def _embedded(judge: Judge, singular: str, value: Mapping[str, Any]) -> Flat:
    row = oddities.embedded_class(singular)
    hidden = ("id", row.back, row.order) if row else ("id",)
    flat: Flat = {}
    for name, inner in value.items():
        if name in hidden or name in _NOISE or is_noise(singular, name):
            continue
        found = judge.ours(singular, name, value)
        if found is not None:
            flat.update(_property(judge, singular, found, inner, _PLAIN))
        elif row is not None and row.opaque and judge.catalogue.property(singular, name) is None:
            flat[name] = opaque(inner)
    return flat


def _sharing(value: Mapping[str, Any], *, has_data: bool) -> Iterator[tuple[str, Any]]:
    """Who may do what; data bits of a type that has no data mean nothing, whoever wrote them."""
    if "public" in value:
        yield "sharing.public", _access(value["public"], has_data=has_data)
    for part in ("userGroups", "users"):
        for uid, entry in (value.get(part) or {}).items():
            yield f"sharing.{paths.member(part, uid)}", _access(entry["access"], has_data=has_data)


def _access(access: Any, *, has_data: bool) -> Any:
    """An access string, without data bits where there is no data."""
    return access if has_data or not isinstance(access, str) else f"{access[:2]}--{access[4:]}"


def uid_of(value: Any) -> str | None:
    """The UID that a reference on the wire names, or None."""
    if isinstance(value, Mapping):
        found = value.get("id")
        return str(found) if found else None
    return str(value) if value else None


def atom(shape: Shape, value: Any) -> Any:
    """One scalar in canonical form: 65.0 is 65, midnight is no time, an empty text is None."""
    if value is None or value == "":
        return None
    match shape:
        case Shape.NUMBER | Shape.INTEGER:
            return canonical_number(value)
        case Shape.DATE:
            return _MIDNIGHT.sub("", str(value))
        case _:
            return value


def canonical_number(value: Any) -> Any:
    """A number without a needless fraction; anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def opaque(value: Any) -> Any:
    """JSON that no schema describes: noise and empties left out, numbers canonical."""
    if isinstance(value, Mapping):
        kept = {name: opaque(inner) for name, inner in value.items() if name not in _NOISE}
        return {name: inner for name, inner in sorted(kept.items()) if inner is not None} or None
    if isinstance(value, list | tuple):
        return [opaque(inner) for inner in value] or None
    return None if value == "" else canonical_number(value)
