"""All files of a package as one tree: mappings merge over files, what is written twice is a finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from dhis2cfg.catalogue.oddities import embedded_class, nested
from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.places import Place

Twice: TypeAlias = list[tuple[str, Place, Place]]
"""What is written twice: the word, the second place, the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What the keys of a mapping are: `types`, `objects` of a type, `properties` of one, or anything else."""

    kind: str
    type: str = ""
    ordered: bool = False


@dataclass(slots=True, kw_only=True)
class Merger:
    """The merge of one package's files; what an object says twice is gathered, and told once an object."""

    catalogue: Catalogue
    findings: list[Finding]

    def merge(self, roots: Iterable[tree.Mapping]) -> tree.Mapping:
        """One mapping of type → key → object."""
        merged = tree.Mapping(entries=(), place=Place(file=""))
        for root in roots:
            merged = self._mappings(merged, root, Level(kind="types"), [])
        return merged

    def _mappings(self, one: tree.Mapping, two: tree.Mapping, level: Level, twice: Twice) -> tree.Mapping:
        entries = {entry.key: entry for entry in one.entries}
        added = [entry for entry in two.entries if entry.key not in entries]
        if level.ordered and entries and added and one.place.file != two.place.file:
            self.findings.append(_order_over_files(one, added[0]))
        for entry in two.entries:
            before = entries.get(entry.key)
            entries[entry.key] = self._entries(before, entry, level, twice) if before else entry
        return tree.Mapping(entries=tuple(entries.values()), place=one.place if one.entries else two.place)

    def _entries(self, one: tree.Entry, two: tree.Entry, level: Level, twice: Twice) -> tree.Entry:
        below, before = self._below(level, two.key), len(self.findings)
        told: Twice = [] if level.kind == "objects" else twice
        if isinstance(one.value, tree.Mapping) and isinstance(two.value, tree.Mapping):
            value: tree.Node = self._mappings(one.value, two.value, below, told)
        else:
            told.append((two.key, two.key_place, one.key_place))
            value = one.value
        if level.kind == "objects" and told:
            del self.findings[before:]
            self.findings.append(_defined_twice(level.type, one, two, told))
        return tree.Entry(key=one.key, key_place=one.key_place, value=value)

    def _below(self, level: Level, key: str) -> Level:
        """What the mapping under a key holds."""
        if level.kind == "types":
            return Level(kind="objects", type=key)
        if level.kind == "objects":
            return Level(kind="properties", type=level.type)
        row = nested(level.type, key) if level.kind == "properties" else None
        if row:
            return Level(kind="objects", type=row.child, ordered=bool(row.order))
        prop = self.catalogue.property(level.type, key) if level.kind == "properties" else None
        embedded = embedded_class(prop.target) if prop and prop.shape is Shape.CHILDREN else None
        return Level(kind="other", ordered=bool(embedded and embedded.order))


def _defined_twice(type_name: str, one: tree.Entry, two: tree.Entry, twice: Twice) -> Finding:
    """One finding an object, however many of its properties are written twice."""
    name, place, before = twice[0]
    more = f" and {len(twice) - 1} more" if len(twice) > 1 else ""
    whole = name == two.key and place == two.key_place
    what = "" if whole else f": {name}{more}"
    return Finding(
        rule="duplicate-key",
        message=f"{type_name}/{one.key} is written twice{what}",
        place=place,
        label="written before, and only one can hold",
        following="keep one of the two, or give the second another key",
        related=(Related(message="first written here", place=before),),
    )


def _order_over_files(one: tree.Mapping, added: tree.Entry) -> Finding:
    return Finding(
        rule="order-over-files",
        message=f"the order of {added.key} is not known: its list stands in two files",
        place=added.key_place,
        label="before or after those of the other file?",
        following="write the list in one file, or list the keys in the parent and the members at the top",
        related=(Related(message="the other part", place=one.place),),
    )
