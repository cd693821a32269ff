"""A condensed catalogue (the JSON of `schemas/catalogue`) → `Catalogue`, with the tables laid over it."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue import condense
from dhis2cfg.catalogue.reading import corrections
from dhis2cfg.catalogue.reading.shapes import read_property, small_property
from dhis2cfg.catalogue.reading.small_schemas import SMALL_SCHEMAS
from dhis2cfg.catalogue.types import Catalogue, MetadataType, Property

NO_ORDER = 2147483647
"""The commit order of types that come last, and of embedded classes, which have none."""


def build(condensed: Mapping[str, Any]) -> Catalogue:
    """The catalogue that a condensed capture describes."""
    types = dict(condensed["types"])
    embedded = dict(condensed["embedded"])
    for plural, singular in corrections.CHILD_IN_ALL_VERSIONS.items():
        if plural in types:
            embedded[singular] = types.pop(plural)
    names, classes = frozenset(types), frozenset(embedded)
    children = {name: _small_type(name) for name in SMALL_SCHEMAS if name not in embedded} | {
        name: _type(name, kind, names, classes, embedded=True) for name, kind in embedded.items()
    }
    return Catalogue(
        version=condensed["version"],
        revision=", ".join(condensed["revisions"]),
        types={name: _type(name, kind, names, classes, embedded=False) for name, kind in types.items()},
        embedded=dict(sorted(children.items())),
        digest=condense.digest(condensed),
    )


def _type(
    name: str, kind: Mapping[str, Any], types: frozenset[str], classes: frozenset[str], *, embedded: bool
) -> MetadataType:
    flags = kind["is"]
    return MetadataType(
        name=name,
        singular=kind["singular"],
        klass=kind["klass"],
        order=kind["order"],
        properties={
            wire: read_property(name, wire, entry, types=types, embedded=classes)
            for wire, entry in kind["properties"].items()
        },
        metadata=not embedded,
        embedded=embedded,
        shareable="shareable" in flags,
        data_shareable="data shareable" in flags,
        translatable="translatable" in flags,
        default_private="default private" in flags,
        display=kind["display"],
        authorities={row: tuple(names) for row, names in kind["authorities"].items()},
    )


def _small_type(name: str) -> MetadataType:
    properties: dict[str, Property] = {
        wire: small_property(name, wire, short) for wire, short in SMALL_SCHEMAS[name].items()
    }
    return MetadataType(
        name=name,
        singular=name,
        klass="",
        order=NO_ORDER,
        properties=properties,
        metadata=False,
        embedded=True,
    )
