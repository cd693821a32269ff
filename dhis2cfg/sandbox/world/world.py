"""A catalogue with what the server needs beside it: order of work, parents' lists, who points at whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dhis2cfg.catalogue.oddities import NESTED, NestedList
from dhis2cfg.catalogue.types import Catalogue, MetadataType, Property, Shape

AUTHORS = frozenset({"createdBy", "lastUpdatedBy", "user"})
"""References to people that the server writes itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A place of a type that can hold a reference: a property, or the property of an embedded child."""

    type_name: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One reference that an object holds: from where, to which type and UID."""

    path: tuple[str, ...]
    target: str
    uid: str


@dataclass(frozen=True, kw_only=True)
class World:
    """One version of DHIS2 as the embedded server sees it."""

    catalogue: Catalogue

    @cached_property
    def release(self) -> tuple[int, int]:
        """`(2, 42)`."""
        major, minor = self.catalogue.version.split(".")[:2]
        return int(major), int(minor)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The importable types as the server writes them: by schema order, then by name."""
        types = self.catalogue.types
        return tuple(sorted(types, key=lambda name: (types[name].order, name)))

    @cached_property
    def lists(self) -> Mapping[tuple[str, str], NestedList]:
        """(parent type, collection) → the row of a list that is really the child's reference (facts §5.3)."""
        return {(row.parent, row.collection): row for row in NESTED if row.listed and row.back}

    @cached_property
    def backs(self) -> Mapping[str, NestedList]:
        """Child type → the row of the list its parent shows it in."""
        return {row.child: row for row in self.lists.values()}

    @cached_property
    def singulars(self) -> Mapping[str, str]:
        """Singular → plural of importable types."""
        return {kind.singular: name for name, kind in self.catalogue.types.items()}

    def kind(self, name: str) -> MetadataType:
        """An importable type by its plural or an embedded class by its singular."""
        return self.catalogue.types.get(name) or self.catalogue.embedded[name]

    def pointers(self, target: str) -> tuple[Pointer, ...]:
        """Every place where objects of `target` can be referred to, written by owners."""
        return self._pointers.get(target, ())

    @cached_property
    def _pointers(self) -> Mapping[str, tuple[Pointer, ...]]:
        found: dict[str, list[Pointer]] = {}
        for name in self.order:
            for path, target in self._places(name, ()):
                found.setdefault(target, []).append(Pointer(type_name=name, path=path))
        return {target: tuple(places) for target, places in found.items()}

    def _places(self, name: str, seen: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        for prop in self.kind(name).properties.values():
            if not prop.owner or prop.name in AUTHORS or prop.target in seen:
                continue
            if prop.shape in {Shape.REFERENCE, Shape.REFERENCES}:
                yield (prop.name,), prop.target
            elif prop.shape in {Shape.CHILD, Shape.CHILDREN} and prop.target in self.catalogue.embedded:
                for path, target in self._places(prop.target, (*seen, name)):
                    yield (prop.name, *path), target

    def references(self, name: str, body: Mapping[str, Any]) -> Iterator[Reference]:
        """The references that an object (or a child) holds, those of its embedded children included."""
        for prop in self.kind(name).properties.values():
            value = body.get(prop.name)
            if not value or not prop.owner or prop.name in AUTHORS:
                continue
            yield from self._held(prop, value)

    def _held(self, prop: Property, value: Any) -> Iterator[Reference]:
        if prop.shape is Shape.REFERENCE:
            yield Reference(path=(prop.name,), target=prop.target, uid=value["id"])
        elif prop.shape is Shape.REFERENCES:
            for member in value:
                yield Reference(path=(prop.name,), target=prop.target, uid=member["id"])
        elif prop.shape in {Shape.CHILD, Shape.CHILDREN} and prop.target in self.catalogue.embedded:
            for child in value if prop.shape is Shape.CHILDREN else (value,):
                for found in self.references(prop.target, child):
                    yield Reference(path=(prop.name, *found.path), target=found.target, uid=found.uid)
