"""Which mappings of a file are objects, texts by locale or sharing: told by the catalogue, not by looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import yaml

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.workspace.formatting.nodes import entries


class Role(Enum):
    """What a mapping is."""

    OBJECT = "object"
    LOCALES = "texts by locale"
    SHARING = "sharing"


@dataclass(frozen=True, slots=True)
class Part:
    """One mapping and what it is."""

    node: yaml.MappingNode
    role: Role


def parts(root: yaml.Node | None, catalogue: Catalogue | None) -> Iterator[Part]:
    """Every mapping of a file of objects whose role is known, outer ones first."""
    if catalogue is None or not isinstance(root, yaml.MappingNode):
        return
    for key, value in entries(root):
        if str(key.value) in catalogue.types:
            for each in _inside(value):
                yield from _object(each, str(key.value), catalogue)


def _inside(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    """The mappings in a mapping of objects, or in a list of them."""
    several = [value for _, value in entries(node)] if isinstance(node, yaml.MappingNode) else node.value
    if isinstance(several, list):
        yield from (each for each in several if isinstance(each, yaml.MappingNode))


def _object(node: yaml.MappingNode, type_name: str, catalogue: Catalogue) -> Iterator[Part]:
    yield Part(node, Role.OBJECT)
    for key, value in entries(node):
        if not isinstance(value, yaml.CollectionNode):
            continue
        nested = oddities.nested(type_name, str(key.value))
        prop = catalogue.property(type_name, str(key.value))
        if nested is not None:
            for each in _inside(value):
                yield from _object(each, nested.child, catalogue)
        elif prop is not None and prop.shape is Shape.CHILDREN:
            for each in _inside(value):
                yield from _object(each, prop.target, catalogue)
        elif isinstance(value, yaml.MappingNode) and prop is not None:
            if prop.translation_key:
                yield Part(value, Role.LOCALES)
            elif prop.shape is Shape.SHARING:
                yield Part(value, Role.SHARING)
            elif prop.shape is Shape.CHILD:
                yield from _object(value, prop.target, catalogue)
