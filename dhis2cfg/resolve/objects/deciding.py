"""Whose values count where packages that share an object differ: `shared:` of a municipality or the fleet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dhis2cfg.catalogue.settings.keys import BESIDE
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.resolve.nodes import did_you_mean, entries_of, items_of, text_of, texts_of

EVERYTHING = "*"
"""Whatever packages share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Packages whose values count, by `TYPE/KEY`, by type, or for all; the first wins, the others add."""

    packages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, names: Iterable[Ref]) -> tuple[str, ...]:
        """Whose values count for an object, whichever of these it is called; the narrowest word holds."""
        refs = tuple(names)
        for name in (*map(str, refs), *(ref.type for ref in refs), EVERYTHING):
            if self.packages.get(name):
                return self.packages[name]
        return ()


def read_deciding(
    node: tree.Mapping | None, catalogue: Catalogue, packages: Iterable[str], findings: list[Finding]
) -> Deciding:
    """What `shared:` says; a package or a type that there is not is a finding."""
    known = tuple(packages)
    types = (*catalogue.types, *BESIDE, EVERYTHING) if node else ()
    decided: dict[str, tuple[str, ...]] = {}
    for entry in entries_of(node):
        type_name = entry.key.partition("/")[0]
        if type_name not in types:
            findings.append(
                Finding(
                    rule="unknown-type",
                    message=f"{type_name} is no type of DHIS2",
                    place=entry.key_place,
                    label="wanted: TYPE/KEY, a type, or *",
                    following=did_you_mean(type_name, types) or "write shared: {dataElements/KEY: PACKAGE}",
                )
            )
        decided[entry.key] = tuple(name for name in texts_of(entry.value) if name in known)
        findings.extend(_unknown(item, known) for item in items_of(entry.value) if text_of(item) not in known)
    return Deciding(packages=decided)


def _unknown(node: tree.Node, known: tuple[str, ...]) -> Finding:
    name = text_of(node) or ""
    return Finding(
        rule="unknown-package",
        message=f"package {name} does not exist",
        place=node.place,
        label="no package of this workspace has this name",
        following=did_you_mean(name, known) or f"there is {', '.join(known) or 'none'}",
    )
