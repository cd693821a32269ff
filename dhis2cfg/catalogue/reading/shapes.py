"""A property of a condensed catalogue → `Property`: its shape on the wire, its limits, the corrections."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue.reading import corrections
from dhis2cfg.catalogue.reading.small_schemas import SMALL_SCHEMAS
from dhis2cfg.catalogue.types import SCALARS, Property, Shape

_SCALAR = {
    "BOOLEAN": Shape.BOOLEAN,
    "COLOR": Shape.TEXT,
    "CONSTANT": Shape.CONSTANT,
    "DATE": Shape.DATE,
    "EMAIL": Shape.TEXT,
    "GEOLOCATION": Shape.TEXT,
    "IDENTIFIER": Shape.TEXT,
    "INTEGER": Shape.INTEGER,
    "NUMBER": Shape.NUMBER,
    "PASSWORD": Shape.TEXT,
    "PHONENUMBER": Shape.TEXT,
    "TEXT": Shape.TEXT,
    "URL": Shape.TEXT,
    "USERNAME": Shape.TEXT,
}
_OWN_FORMS = {
    "sharing": Shape.SHARING,
    "translations": Shape.TRANSLATIONS,
    "attributeValues": Shape.ATTRIBUTE_VALUES,
}
_SHORT = {
    "t": Shape.TEXT,
    "n": Shape.NUMBER,
    "i": Shape.INTEGER,
    "b": Shape.BOOLEAN,
    "d": Shape.DATE,
    "o": Shape.OPAQUE,
}
_SHORT_TARGET = {">": Shape.REFERENCE, "*": Shape.REFERENCES, "=": Shape.CHILD, "+": Shape.CHILDREN}


def read_property(
    owner: str, name: str, entry: Mapping[str, Any], *, types: frozenset[str], embedded: frozenset[str]
) -> Property:
    """One property of the type `owner` (a plural, or the singular of an embedded class)."""
    shape, item = _shape(name, entry, types, embedded)
    flags = frozenset(entry["is"])
    is_text = shape is Shape.TEXT
    has_target = shape in {Shape.REFERENCE, Shape.REFERENCES, Shape.CHILD, Shape.CHILDREN}
    return Property(
        name=name,
        shape=shape,
        target=corrections.target(entry["target"])
        if has_target
        else corrections.BARE_UIDS.get((owner, name), ""),
        item=item,
        ordered="ordered" in flags,
        required="required" in flags and not corrections.is_filled_in(owner, name, entry),
        unique="unique" in flags and shape in SCALARS,
        owner="owner" in flags,
        writable="writable" in flags,
        persisted="persisted" in flags,
        length=entry.get("length") if is_text else None,
        minimum=entry.get("min"),
        maximum=entry.get("max"),
        constants=_constants(entry, shape, item),
        translation_key="" if owner in embedded else corrections.translation_key(owner, name, entry, shape),
        schema_name=entry.get("name", ""),
    )


def small_property(owner: str, name: str, short: str) -> Property:
    """One property of a class of `small_schemas`."""
    kind, target = short[0], short[1:]
    if kind in "[{":
        pointed = corrections.BARE_UIDS.get((owner, name), "")
        ordered = kind == "["
        return Property(name=name, shape=Shape.VALUES, item=_SHORT[target], target=pointed, ordered=ordered)
    shape = _SHORT_TARGET.get(kind)
    if shape is None:
        return Property(name=name, shape=_SHORT[kind], target=corrections.BARE_UIDS.get((owner, name), ""))
    return Property(name=name, shape=shape, target=target, ordered=shape is Shape.CHILDREN)


def _shape(
    name: str, entry: Mapping[str, Any], types: frozenset[str], embedded: frozenset[str]
) -> tuple[Shape, Shape | None]:
    if name in _OWN_FORMS:
        return _OWN_FORMS[name], None
    kind, _, item = entry["type"].split(" | ")[0].partition(" ")
    target = corrections.target(entry.get("target", ""))
    if kind == "COLLECTION":
        return _collection_shape(item, target, types, embedded)
    if kind in _SCALAR:
        return _SCALAR[kind], None
    if target in corrections.TEXT_CLASSES:
        return Shape.TEXT, None
    if target in types:
        return Shape.REFERENCE, None
    return (Shape.CHILD if target in embedded or target in SMALL_SCHEMAS else Shape.OPAQUE), None


def _collection_shape(
    item: str, target: str, types: frozenset[str], embedded: frozenset[str]
) -> tuple[Shape, Shape | None]:
    if item in _SCALAR:
        return Shape.VALUES, _SCALAR[item]
    if target in types:
        return Shape.REFERENCES, None
    return (Shape.CHILDREN if target in embedded or target in SMALL_SCHEMAS else Shape.OPAQUE), None


def _constants(entry: Mapping[str, Any], shape: Shape, item: Shape | None) -> tuple[str, ...]:
    if Shape.CONSTANT not in {shape, item}:
        return ()
    return tuple(entry.get("constants") or corrections.CONSTANTS.get(entry.get("target", ""), ()))
