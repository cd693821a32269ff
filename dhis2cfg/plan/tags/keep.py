"""`!keep`: what was managed is let go of, and stays as it is."""

from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue
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
    inner = set(_in_children(catalogue, each, body))
    if not names and not inner:
        return frozenset()
    keys = {
        prop.translation_key
        for name in names
        if (prop := catalogue.property(each.ref.type, name)) is not None and prop.translation_key
    }
    return frozenset(path for path in recorded.fields if path and _is_released(path, names, keys, inner))


def _is_released(path: str, names: frozenset[str], keys: set[str], inner: set[str]) -> bool:
    parsed = paths.parse(path)
    if parsed.property in names or stem_of(path) in inner:
        return True
    return parsed.property == "translations" and (parsed.key or "").partition(",")[0] in keys


def _in_children(catalogue: Catalogue, each: DesiredObject, body: Mapping[str, Any]) -> Iterator[str]:
    """Fields of children that are let go of, as paths."""
    for name, field in each.fields.items():
        if isinstance(field.value, tuple) and any(map(_lets_go, field.value)):
            prop = catalogue.property(each.ref.type, name)
            row = oddities.embedded_class(prop.target) if prop else None
            keys = [child_key(row, told) for told in body[name]] if row else []
            yield from (
                paths.inside(paths.member(name, key), inner)
                for key, child in zip(keys, field.value, strict=False)
                if isinstance(child, Child)
                for inner, written in child.fields.items()
                if isinstance(written.value, Keep)
            )


def _lets_go(item: object) -> bool:
    """Whether an item of a list is a child that lets go of one of its fields."""
    return isinstance(item, Child) and any(isinstance(each.value, Keep) for each in item.fields.values())
