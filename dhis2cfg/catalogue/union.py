"""Several versions read as one, for packages that claim more than one (design §3)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeVar

from dhis2cfg.catalogue.types import Catalogue, MetadataType, Property
from dhis2cfg.errors import UsageError

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A property that is not the same in all versions: `what` names the field of `Property` that differs.

    `values` by version, as text; a version that lacks the property or type says `-`.
    """

    owner: str
    property: str
    what: str
    values: tuple[tuple[str, str], ...]


def unite(catalogues: Sequence[Catalogue]) -> Catalogue:
    """What any of the versions has; required where any requires it, limits as tight as the tightest.

    Where versions disagree about the shape, the newest wins; `differences` reports it.
    """
    if not catalogues:
        raise UsageError("no DHIS2 version is claimed for which a catalogue is here")
    newest_first = tuple(reversed(catalogues))
    return replace(
        newest_first[0],
        version=" ".join(each.version for each in catalogues),
        revision=" ".join(each.revision for each in catalogues),
        types=_merged(newest_first, lambda each: each.types, _type),
        embedded=_merged(newest_first, lambda each: each.embedded, _type),
        digest=" ".join(each.digest for each in catalogues),
    )


def differences(catalogues: Sequence[Catalogue]) -> tuple[Difference, ...]:
    """What a package that claims these versions must know: properties gone or new, other shapes, limits."""
    owners = sorted({name for each in catalogues for name in (*each.types, *each.embedded)})
    return tuple(found for owner in owners for found in _of_owner(catalogues, owner))


def _of_owner(catalogues: Sequence[Catalogue], owner: str) -> Iterable[Difference]:
    kinds = {each.version: each.types.get(owner) or each.embedded.get(owner) for each in catalogues}
    if any(kind is not None and not kind.klass for kind in kinds.values()):
        return
    names = sorted({name for kind in kinds.values() if kind for name in kind.properties})
    for name in names:
        found: dict[str, Property | None] = {
            version: kind.properties.get(name) if kind else None for version, kind in kinds.items()
        }
        yield from _of_property(owner, name, found)


def _of_property(owner: str, name: str, found: Mapping[str, Property | None]) -> Iterable[Difference]:
    if None in found.values():
        values = tuple((version, "there" if entry else "-") for version, entry in found.items())
        yield Difference(owner=owner, property=name, what="there", values=values)
    for what, read in _COMPARED:
        shown = {version: read(entry) for version, entry in found.items() if entry is not None}
        if len(set(shown.values())) > 1:
            values = tuple((version, shown.get(version, "-")) for version in found)
            yield Difference(owner=owner, property=name, what=what, values=values)


_COMPARED: tuple[tuple[str, Callable[[Property], str]], ...] = (
    ("shape", lambda entry: entry.shape.value),
    ("target", lambda entry: entry.target),
    ("required", lambda entry: "yes" if entry.required else "no"),
    ("unique", lambda entry: "yes" if entry.unique else "no"),
    ("written", lambda entry: "yes" if entry.owner and entry.writable else "no"),
    ("length", lambda entry: str(entry.length or "no limit")),
    ("minimum", lambda entry: str("no limit" if entry.minimum is None else entry.minimum)),
    ("maximum", lambda entry: str("no limit" if entry.maximum is None else entry.maximum)),
    ("constants", lambda entry: " ".join(sorted(entry.constants))),
)


def _merged(
    catalogues: Iterable[Catalogue],
    part: Callable[[Catalogue], Mapping[str, _Value]],
    merge: Callable[[_Value, _Value], _Value],
) -> dict[str, _Value]:
    merged: dict[str, _Value] = {}
    for each in catalogues:
        for name, value in part(each).items():
            merged[name] = merge(merged[name], value) if name in merged else value
    return dict(sorted(merged.items()))


def _type(one: MetadataType, other: MetadataType) -> MetadataType:
    properties = dict(one.properties)
    for name, entry in other.properties.items():
        properties[name] = _property(properties[name], entry) if name in properties else entry
    return replace(one, properties=dict(sorted(properties.items())))


def _property(one: Property, other: Property) -> Property:
    return replace(
        one,
        required=one.required or other.required,
        unique=one.unique or other.unique,
        owner=one.owner or other.owner,
        writable=one.writable or other.writable,
        persisted=one.persisted or other.persisted,
        length=_tightest(min, one.length, other.length),
        minimum=_tightest(max, one.minimum, other.minimum),
        maximum=_tightest(min, one.maximum, other.maximum),
        constants=tuple(dict.fromkeys((*one.constants, *other.constants))),
        translation_key=one.translation_key or other.translation_key,
    )


_Limit = TypeVar("_Limit", int, float)


def _tightest(
    choose: Callable[[Iterable[_Limit]], _Limit], one: _Limit | None, other: _Limit | None
) -> _Limit | None:
    known = [limit for limit in (one, other) if limit is not None]
    return reduce(lambda a, b: choose((a, b)), known) if known else None
