"""JSON Patch as DHIS2 understands it: add, replace, remove, remove-by-id (facts §10.1, §19.25)."""

import copy
from typing import Any

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.world.world import World

_OPERATIONS = frozenset({"add", "replace", "remove", "remove-by-id"})


def patched(world: World, kind: MetadataType, body: Body, operations: Any) -> Body:
    """A copy of the object with the operations done."""
    if not isinstance(operations, list):
        raise Trouble(400 if world.release >= (2, 43) else 500, "Invalid JSON patch")
    found = copy.deepcopy(body)
    for operation in operations:
        _apply(world, kind, found, operation)
    return found


def _apply(world: World, kind: MetadataType, body: Body, operation: Body) -> None:
    name = operation.get("op")
    if name not in _OPERATIONS:
        raise Trouble(400 if world.release >= (2, 43) else 500, f"Could not resolve type id '{name}'")
    path = [
        part.replace("~1", "/").replace("~0", "~") for part in str(operation.get("path", "")).split("/")[1:]
    ]
    if not path or path[0] not in kind.properties:
        raise Trouble(400, f"Invalid path {operation.get('path')}")
    if name == "remove-by-id":
        members = body.get(path[0]) or []
        body[path[0]] = [member for member in members if member.get("id") != operation.get("id")]
        return
    holder: Any = body
    for part in path[:-1]:
        holder = _step(holder, part)
    _write(holder, path[-1], str(name), operation.get("value"))


def _step(holder: Any, part: str) -> Any:
    if isinstance(holder, list):
        return holder[int(part)]
    return holder.setdefault(part, {})


def _write(holder: Any, part: str, name: str, value: Any) -> None:
    if isinstance(holder, list):
        if part == "-":
            holder.append(value)
        elif name == "remove":
            holder.pop(int(part))
        elif name == "add":
            holder.insert(int(part), value)
        else:
            holder[int(part)] = value
    elif name == "remove":
        holder.pop(part, None)
    else:
        holder[part] = value
