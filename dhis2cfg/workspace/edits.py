"""Single values put into YAML files of the user's, everything around them left as it was written."""

import json

import yaml

from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Atom
from dhis2cfg.workspace.formatting.nodes import composed, entries
from dhis2cfg.workspace.scalars import spelled


def with_value(text: str, place: Place, old: Atom, new: Atom) -> str | None:
    """The file with another value at a place; None where the old one does not stand there as it is."""
    lines = text.splitlines(keepends=True)
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    begin, end = place.column - 1, place.column - 1 + place.length
    if not _says(line[begin:end], old):
        return None
    lines[place.line - 1] = f"{line[:begin]}{spelled(new)}{line[end:]}"
    return "".join(lines)


def _says(written: str, value: Atom) -> bool:
    """Whether these characters are this value: as a text, for its type is the catalogue's business."""
    try:
        read = yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 - a loader that makes nothing but texts
    except yaml.YAMLError:
        return False
    wanted = json.dumps(value) if isinstance(value, bool) else value
    return isinstance(read, str) and value is not None and read == str(wanted)


def with_patch(text: str, key: str, field: str, value: str, *, alone: str = "") -> str | None:
    """A municipality's file with `field: value` in its patch of `TYPE/KEY`; None where it has no room.

    `value` is YAML; what stands there of this field already is replaced. `alone`: the environment of the one
    server that it is meant for; empty, it is meant for all of the municipality's.
    """
    root = _top(text)
    servers = _value(root, "servers") if root else None
    place = (_value(servers, alone) if isinstance(servers, yaml.MappingNode) else None) if alone else root
    if not isinstance(place, yaml.MappingNode):
        return None
    patches = _value(place, "patches")
    fresh = f"{json.dumps(key, ensure_ascii=False)}: {{{field}: {value}}}"
    if patches is None and place is not root:
        return _first(text, place, f"patches: {{{fresh}}}")
    if patches is None:
        return _behind(text, f"patches:\n  {fresh}\n")
    if not isinstance(patches, yaml.MappingNode):
        return None
    patch = _value(patches, key)
    if patch is None:
        return _first(text, patches, fresh)
    if not isinstance(patch, yaml.MappingNode):
        return None
    before = _value(patch, field)
    if before is None:
        return _first(text, patch, f"{field}: {value}")
    old = text[before.start_mark.index : before.end_mark.index]
    if "\n" in old:
        return None
    return f"{text[: before.start_mark.index]}{value}{text[before.end_mark.index :]}"


def with_package(text: str, name: str) -> str | None:
    """A municipality's file that uses one package more; None where it has no room, the same where it does."""
    root = _top(text)
    if root is None:
        return None
    packages = _value(root, "packages")
    if packages is None:
        return _behind(text, f"packages: {{{name}: {{}}}}\n")
    if not isinstance(packages, yaml.MappingNode):
        return None
    return text if _value(packages, name) is not None else _first(text, packages, f"{name}: {{}}")


def _top(text: str) -> yaml.MappingNode | None:
    """What stands at the top of a file, where it is written as a block."""
    root = composed(text)
    return root if isinstance(root, yaml.MappingNode) and not root.flow_style else None


def _value(node: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in entries(node) if key.value == name), None)


def _behind(text: str, lines: str) -> str:
    """The file with more lines at its end."""
    return f"{text}{'' if text.endswith(chr(10)) else chr(10)}{lines}"


def _first(text: str, node: yaml.MappingNode, entry: str) -> str:
    """The entry before all others of a mapping, in the mapping's own style."""
    at = node.start_mark.index
    if node.flow_style:
        comma = ", " if node.value else ""
        return f"{text[: at + 1]}{entry}{comma}{text[at + 1 :]}"
    return f"{text[:at]}{entry}\n{' ' * node.start_mark.column}{text[at:]}"
