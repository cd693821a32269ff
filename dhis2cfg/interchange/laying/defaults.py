"""What all objects of a type say alike, said once in `package.yaml`."""

from collections.abc import Mapping

from dhis2cfg.catalogue.types import Catalogue, MetadataType, Shape
from dhis2cfg.interchange.keys import Keys
from dhis2cfg.model.names import Uid
from dhis2cfg.model.pages import Yaml

FEWEST = 3
"""From how many objects on it is worth a line."""

_LIFTED = frozenset({Shape.BOOLEAN, Shape.CONSTANT, Shape.SHARING})
"""Kinds of property that are a choice among few; a text or a number is the object's own."""

_OWN = frozenset(
    {"programRuleActionType", "programRuleVariableSourceType", "programType", "type", "valueType"}
)
"""Choices that say what an object is, so that it says them itself."""

SHARE = 0.6
"""Which part of them must say the same."""


def lift(packed: Mapping[Uid, dict[str, Yaml]], keys: Keys, catalogue: Catalogue) -> dict[str, Yaml]:
    """Type → property → value, taken out of the objects.

    Only what every object of the type says may be lifted, for a default would fill in the others.
    """
    types: dict[str, list[dict[str, Yaml]]] = {}
    for uid, fields in packed.items():
        types.setdefault(keys.refs[uid].type, []).append(fields)
    lifted: dict[str, Yaml] = {}
    for name, objects in sorted(types.items()):
        shared = dict(_shared(objects, catalogue.types[name])) if len(objects) >= FEWEST else {}
        for each in objects:
            for prop, value in shared.items():
                if _same(each[prop], value):
                    del each[prop]
        if shared:
            lifted[name] = shared
    return lifted


def _shared(objects: list[dict[str, Yaml]], kind: MetadataType) -> list[tuple[str, Yaml]]:
    everywhere = set.intersection(*(set(each) for each in objects))
    found: list[tuple[str, Yaml]] = []
    for prop in sorted(name for name in everywhere - _OWN if kind.properties[name].shape in _LIFTED):
        values = [each[prop] for each in objects]
        plain = [value for value in values if isinstance(value, bool | int | float | str)]
        common = max(
            sorted(set(plain), key=str),
            key=lambda value: sum(_same(each, value) for each in plain),
            default=None,
        )
        if common is not None and sum(_same(each, common) for each in plain) >= SHARE * len(objects):
            found.append((prop, common))
    return found


def _same(one: Yaml, other: Yaml) -> bool:
    """Equal, and of one type: `True` is not 1."""
    return type(one) is type(other) and one == other
