"""What identifies an embedded child: the reference it is keyed by, or a key made of its content."""

from collections.abc import Iterator, Mapping

from dhis2cfg.catalogue.oddities import embedded_class
from dhis2cfg.catalogue.types import MetadataType, Property, Shape
from dhis2cfg.model.names import Foreign, Ref
from dhis2cfg.model.state import Field


def natural_reference(kind: MetadataType) -> Property | None:
    """The one reference that a child of this class is known by (a stage element's data element)."""
    row = embedded_class(kind.name)
    if row is None or len(row.natural_key) != 1:
        return None
    prop = kind.properties.get(row.natural_key[0])
    return prop if prop is not None and prop.shape is Shape.REFERENCE else None


def child_key(kind: MetadataType, fields: Mapping[str, Field]) -> str:
    """A key for a child that was written without one: its natural key, else its type and what it shows."""
    row = embedded_class(kind.name)
    names = row.natural_key if row and row.natural_key else ("type", "dataDimensionItemType", "name")
    words = [*_words(fields, names)] or [*_references(fields)]
    if not (row and row.natural_key):
        words += [word for word in _references(fields) if word not in words]
    return "_".join(words) or kind.name


def _words(fields: Mapping[str, Field], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = fields[name].value if name in fields else None
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield f"{value:g}" if isinstance(value, float) else str(value)


def _references(fields: Mapping[str, Field]) -> Iterator[str]:
    """The keys of all objects that a child refers to."""
    for each in fields.values():
        for value in each.value if isinstance(each.value, tuple) else (each.value,):
            if isinstance(value, Ref):
                yield value.key
            elif isinstance(value, Foreign):
                yield value.uid
