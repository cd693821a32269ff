"""Typed tree and JSON Schema → findings: one library says whether, the other why, the words are ours.

The schemas see what `typed` has left in the tree, so a mistake that it has said is not said again. Patterns
(keys, UIDs, access strings, versions) are said by later stages, which know the values behind tags too.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from dhis2cfg.load.forms.form import cut
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.tree import Entry, Mapping, Node, Scalar, Sequence, Tagged

Schema: TypeAlias = dict[str, Any]

_SIMPLE = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cause:
    """One broken rule of a schema: its keyword, what it wants, the schema around it, the value, where."""

    keyword: str
    wanted: Any
    schema: Schema
    value: Any
    path: tuple[str | int, ...]
    is_about_key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """What a cause points at: the name it goes by, and the node."""

    name: str
    node: Node


class Checker:
    """One schema, made ready once and asked for every document."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._is_valid = jsonschema_rs.validator_for(schema).is_valid

    def findings(self, root: Mapping) -> tuple[Finding, ...]:
        """What a document breaks, one finding a cause, the deepest cause of each."""
        instance = as_json(root)
        if self._is_valid(instance):
            return ()
        causes = (_deepest(error) for error in Draft202012Validator(self._schema).iter_errors(instance))
        told = (cause for cause in causes if cause.keyword != "pattern")
        return tuple(finding for cause in told for finding in _explained(cause, root))


def as_json(node: Node) -> Any:
    """A tree as the schemas see it: a tag is a mapping with the tag as its only key."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Tagged):
        return {node.tag: as_json(node.value)}
    if isinstance(node, Sequence):
        return [as_json(item) for item in node.items]
    return {entry.key: as_json(entry.value) for entry in node.entries}


def _deepest(error: ValidationError) -> _Cause:
    """The cause that lies deepest in the document, through alternatives."""
    while error.context:
        error = max(error.context, key=lambda cause: len(cause.absolute_path))
    schema: Any = error.schema
    return _Cause(
        keyword=str(error.validator),
        wanted=error.validator_value,
        schema=schema,
        value=error.instance,
        path=tuple(error.absolute_path),
        is_about_key="propertyNames" in error.absolute_schema_path,
    )


def _explained(cause: _Cause, root: Mapping) -> Iterator[Finding]:
    spot = _spot(root, cause.path)
    if cause.is_about_key:
        yield _bad_key(cause, spot)
    elif cause.keyword == "additionalProperties":
        yield from _unknown(cause, spot)
    else:
        rule, message, following = _words(cause, cut(spot.name))
        yield Finding(rule=rule, message=message, place=spot.node.place, following=following)


def _spot(root: Mapping, path: Iterable[str | int]) -> _Spot:
    """The node at a path, and the last key on the way to it."""
    spot = _Spot(name="this file", node=root)
    for step in path:
        spot = _below(spot, step)
    return spot


def _below(spot: _Spot, step: str | int) -> _Spot:
    node = spot.node
    if isinstance(node, Sequence):
        return _Spot(name=f"an item of {spot.name}", node=node.items[int(step)])
    if isinstance(node, Mapping):
        return _Spot(name=str(step), node=node.get(str(step)) or node)
    return _Spot(name=spot.name, node=node.value if isinstance(node, Tagged) else node)


def _entries(spot: _Spot) -> tuple[Entry, ...]:
    return spot.node.entries if isinstance(spot.node, Mapping) else ()


def _bad_key(cause: _Cause, spot: _Spot) -> Finding:
    key = str(cause.value)
    place = next((entry.key_place for entry in _entries(spot) if entry.key == key), spot.node.place)
    if cause.keyword == "enum":
        near = get_close_matches(key, [str(value) for value in cause.wanted], n=1)
        following = f"did you mean {near[0]}?" if near else "types are named as in DHIS2's API, in the plural"
        message = f"{cut(key)} is no type that a package may hold"
        return Finding(rule="unknown-type", message=message, place=place, following=following)
    message, following = f"{cut(key)} cannot be a key here", _described(cause)
    return Finding(rule="wrong-form", message=message, place=place, following=following)


def _unknown(cause: _Cause, spot: _Spot) -> Iterator[Finding]:
    known = [*cause.schema.get("properties", {})]
    patterns = [*cause.schema.get("patternProperties", {})]
    for entry in _entries(spot):
        if entry.key in known or any(re.search(pattern, entry.key) for pattern in patterns):
            continue
        near = get_close_matches(entry.key, known, n=1)
        following = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known[:12])}"
        message = f"{cut(entry.key)} is no property of {cut(spot.name)}"
        yield Finding(rule="unknown-property", message=message, place=entry.key_place, following=following)


def _words(cause: _Cause, name: str) -> tuple[str, str, str]:
    """Rule, message and what next for a value."""
    value = _shown(cause.value)
    match cause.keyword:
        case "enum":
            allowed = ", ".join(str(one) for one in cause.wanted if one is not None)
            return "not-one-of", f"{name} cannot be {value}", f"write one of {allowed}"
        case "minimum" | "maximum":
            bound = "at least" if cause.keyword == "minimum" else "at most"
            return "out-of-range", f"{name} cannot be {value}", f"write {bound} {cause.wanted}"
        case "type":
            types = [cause.wanted] if isinstance(cause.wanted, str) else cause.wanted
            takes = " or ".join(_SIMPLE[kind] for kind in types if kind in _SIMPLE)
            return "wrong-form", f"{name} takes {takes}, not {value}", "write it in that form"
        case _:
            return "wrong-form", f"{name} cannot be {value}", _described(cause)


def _described(cause: _Cause) -> str:
    return str(cause.schema.get("description", "see docs/grammar.md for its form"))


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "nothing" if value is None else cut(json.dumps(value, ensure_ascii=False))
