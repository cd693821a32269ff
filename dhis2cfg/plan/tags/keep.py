"""`!keep`: what was managed is let go of, and stays as it is."""

from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.model.record import Recorded
from dhis2cfg.model.state import Child, DesiredObject, Keep
from dhis2cfg.plan.tags.once import stem_of
from dhis2cfg.wire import paths
from dhis2cfg.wire.bind import Body
from dhis2cfg.wire.flatten import child_key


def kept_lists(each: DesiredObject) -> frozenset[str]:
    """The properties that an object lets go of whole."""
    return frozenset(name for name, field in each.fields.items() if isinstance(field.value, Keep))


def released(catalogue: Catalogue, each: DesiredObject, body: Body, recorded: Recorded) -> frozenset[str]:
    """The recorded paths that are let go of."""
    names = kept_lists(each)
    keys = {
        prop.translation_key
        for name in names
        if (prop := catalogue.property(each.ref.type, name)) is not None and prop.translation_key
    }
    inner = set(_in_children(catalogue, each, body))
    return frozenset(path for path in recorded.fields if path and _is_released(path, names, keys, inner))


def _is_released(path: str, names: frozenset[str], keys: set[str], inner: set[str]) -> bool:
    parsed = paths.parse(path)
    if parsed.property in names or stem_of(path) in inner:
        return True
    return parsed.property == "translations" and (parsed.key or "").partition(",")[0] in keys


def _in_children(catalogue: Catalogue, each: DesiredObject, body: Mapping[str, Any]) -> Iterator[str]:
    """Fields of children that are let go of, as paths."""
    for name, field in each.fields.items():
        prop = catalogue.property(each.ref.type, name)
        if prop is None or prop.shape is not Shape.CHILDREN or not isinstance(field.value, tuple):
            continue
        row = oddities.embedded_class(prop.target)
        for told, child in zip(body[name], field.value, strict=True):
            if row is not None and isinstance(child, Child):
                for inner in child.fields:
                    if isinstance(child.fields[inner].value, Keep):
                        yield paths.inside(paths.member(name, child_key(row, told)), inner)
