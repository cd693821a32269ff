"""Captures of `/api/schemas` in, the small stable JSON of `schemas/catalogue` out (facts §3).

What is kept: the importable types (`metadata && persisted`), the classes of their embedded children, of each
the properties that are stored or written. No host name, no link, no order by chance: the same capture gives
the same bytes. What DHIS2 says wrongly or not at all is no matter here; `build` lays the tables over it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from dhis2cfg.errors import UsageError

FORMAT = 1
_FLAGS = ("ordered", "owner", "persisted", "required", "unique", "writable")
_TYPE_FLAGS = {
    "shareable": "shareable",
    "dataShareable": "data shareable",
    "translatable": "translatable",
    "defaultPrivate": "default private",
}
_TEXTS = frozenset({"COLOR", "EMAIL", "IDENTIFIER", "PASSWORD", "PHONENUMBER", "TEXT", "URL", "USERNAME"})
_NUMBERS = frozenset({"INTEGER", "NUMBER"})
_NO_LIMIT = 2147483647
_OWN_FORMS = frozenset({"AttributeValue", "AttributeValues", "Sharing", "Translation"})
_WIRE_NAMES = {
    ("programRuleAction", "evaluationTime"): "programRuleActionEvaluationTime",
    ("programRuleAction", "evaluationEnvironments"): "programRuleActionEvaluationEnvironments",
}
"""The one class whose JSON keys are not its schema's names (facts §2.3)."""

_Schema = Mapping[str, Any]


def condense(captures: Sequence[Mapping[str, Any]], version: str) -> dict[str, Any]:
    """One or more captures of the same server version (`2.42.5.2`), united and condensed."""
    if not captures:
        raise UsageError("a catalogue needs at least one capture of /api/schemas")
    return reduce(merge, (_condense(capture, version) for capture in captures))


def merge(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Two condensed captures as one: what either knows is known, a property of two types names both."""
    if one["version"] != other["version"]:
        raise UsageError(f"captures of {one['version']} and of {other['version']} do not make one catalogue")
    return {
        "format": FORMAT,
        "version": one["version"],
        "revisions": sorted({*one["revisions"], *other["revisions"]}),
        "types": _merge_types(one["types"], other["types"]),
        "embedded": _merge_types(one["embedded"], other["embedded"]),
    }


def to_text(condensed: Mapping[str, Any]) -> str:
    """The file as it stands in git: a line a property, everything sorted, a line break at the end."""
    lines = ["{"]
    for part in ("embedded", "types"):
        lines.append(f'"{part}": {{')
        lines.extend(_type_lines(condensed[part]))
        lines.append("},")
    lines.append(f'"format": {condensed["format"]},')
    lines.append(f'"revisions": {_compact(condensed["revisions"])},')
    lines.append(f'"version": {_compact(condensed["version"])}')
    return "\n".join([*lines, "}"]) + "\n"


def digest(condensed: Mapping[str, Any]) -> str:
    """SHA-256 over names and types alone: whether a patch release differs from what is shipped."""
    names = [
        [part, name, wire, found["type"], found.get("target", "")]
        for part in ("embedded", "types")
        for name, kind in sorted(condensed[part].items())
        for wire, found in sorted(kind["properties"].items())
    ]
    return hashlib.sha256(_compact(names).encode()).hexdigest()


def _condense(capture: Mapping[str, Any], version: str) -> dict[str, Any]:
    schemas = capture.get("schemas")
    if not isinstance(schemas, list) or not schemas:
        raise UsageError('a capture of /api/schemas begins with {"schemas": [; this one does not')
    by_klass = {schema["klass"]: schema for schema in schemas}
    importable = [schema for schema in schemas if _is_importable(schema)]
    return {
        "format": FORMAT,
        "version": minor(version),
        "revisions": [version],
        "types": {schema["plural"]: _type(schema, by_klass) for schema in importable},
        "embedded": {
            schema["singular"]: _type(schema, by_klass) for schema in _reached(importable, by_klass)
        },
    }


def minor(version: str) -> str:
    """`2.42` of `2.42.5.2-SNAPSHOT`; anything else is refused."""
    found = re.match(r"(\d+\.\d+)(?:[.-]|$)", version)
    if found is None:
        raise UsageError(f"{version!r} is no version of DHIS2")
    return found[1]


def _is_importable(schema: _Schema) -> bool:
    return bool(schema["metadata"] and schema["persisted"])


def _reached(importable: Iterable[_Schema], by_klass: Mapping[str, _Schema]) -> list[_Schema]:
    """The classes of embedded children: what importable types, or such children again, hold by value."""
    found: dict[str, _Schema] = {}
    waiting = list(importable)
    while waiting:
        schema = waiting.pop()
        for entry in schema["properties"]:
            child = by_klass.get(_klass(entry))
            if child is None or not _is_kept(schema, entry) or not _is_embedded(entry, child):
                continue
            if child["klass"] not in found:
                found[child["klass"]] = child
                waiting.append(child)
    return list(found.values())


def _is_embedded(entry: _Schema, child: _Schema) -> bool:
    if _is_importable(child) or _simple(child["klass"]) in _OWN_FORMS:
        return False
    kind = entry["itemPropertyType"] if entry["collection"] else entry["propertyType"]
    return bool(child["embeddedObject"]) or kind == "COMPLEX"


def _is_kept(schema: _Schema, entry: _Schema) -> bool:
    """Written or stored; of classes that are stored as JSON all that is writable (oddities K6)."""
    return bool(entry["owner"] or entry["persisted"] or (not schema["persisted"] and entry["writable"]))


def _type(schema: _Schema, by_klass: Mapping[str, _Schema]) -> dict[str, Any]:
    flags = sorted(name for key, name in _TYPE_FLAGS.items() if schema.get(key))
    authorities = {row["type"]: sorted(row["authorities"]) for row in schema["authorities"]}
    properties: dict[str, Any] = {}
    for entry in schema["properties"]:
        if _is_kept(schema, entry):
            name = entry["collectionName"] if entry["collection"] else entry["name"]
            wire = _WIRE_NAMES.get((schema["singular"], name), name)
            properties[wire] = _property(entry, by_klass) | ({"name": name} if wire != name else {})
    return {
        "singular": schema["singular"],
        "klass": schema["klass"],
        "display": schema["displayName"],
        "order": schema["order"],
        "is": flags,
        "authorities": authorities,
        "properties": properties,
    }


def _property(entry: _Schema, by_klass: Mapping[str, _Schema]) -> dict[str, Any]:
    kind = "COLLECTION" if entry["collection"] else entry["propertyType"]
    item = entry["itemPropertyType"] if entry["collection"] else ""
    found: dict[str, Any] = {"type": f"{kind} {item}".strip(), "is": [f for f in _FLAGS if entry.get(f)]}
    if kind in {"COMPLEX", "REFERENCE"} or item in {"COMPLEX", "CONSTANT", "REFERENCE"}:
        found["target"] = _target(_klass(entry), by_klass)
    found |= _limits(kind, entry)
    if entry.get("constants"):
        found["constants"] = list(entry["constants"])
    if entry.get("translatable"):
        found["translation"] = entry.get("translationKey", "")
    return found


def _limits(kind: str, entry: _Schema) -> dict[str, Any]:
    lowest, highest = entry.get("min"), entry.get("max")
    found: dict[str, Any] = {}
    if kind in _TEXTS:
        lengths = [n for n in (entry.get("length"), highest) if n is not None and n < _NO_LIMIT]
        found["length"] = int(min(lengths)) if lengths else None
        found["min"] = int(lowest) if lowest and 0 < lowest < _NO_LIMIT else None
    elif kind in _NUMBERS:
        found["min"] = lowest if lowest is not None and abs(lowest) < _NO_LIMIT else None
        found["max"] = highest if highest is not None and abs(highest) < _NO_LIMIT else None
    return {name: value for name, value in found.items() if value is not None}


def _klass(entry: _Schema) -> str:
    return str(entry.get("itemKlass", "") if entry["collection"] else entry["klass"])


def _target(klass: str, by_klass: Mapping[str, _Schema]) -> str:
    """The plural of an importable type, the singular of another schema, else the class in camel case."""
    schema = by_klass.get(klass)
    if schema is not None:
        return str(schema["plural"] if _is_importable(schema) else schema["singular"])
    name = _simple(klass)
    return name[:1].lower() + name[1:]


def _simple(klass: str) -> str:
    return klass.rpartition(".")[2].rpartition("$")[2]


def _merge_types(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(one)
    for name, kind in other.items():
        merged[name] = kind if name not in one else _merge_type(one[name], kind)
    return merged


def _merge_type(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    properties = dict(one["properties"])
    for name, entry in other["properties"].items():
        properties[name] = entry if name not in properties else _merge_property(properties[name], entry)
    return {**one, "is": sorted({*one["is"], *other["is"]}), "properties": properties}


def _merge_property(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**other, **one}
    merged["type"] = " | ".join(sorted({*one["type"].split(" | "), *other["type"].split(" | ")}))
    merged["is"] = sorted({*one["is"], *other["is"]})
    constants = [*one.get("constants", ()), *other.get("constants", ())]
    if constants:
        merged["constants"] = list(dict.fromkeys(constants))
    return merged


def _type_lines(types: Mapping[str, Mapping[str, Any]]) -> list[str]:
    lines: list[str] = []
    for position, (name, kind) in enumerate(sorted(types.items()), start=1):
        head = ", ".join(
            f'"{key}": {_compact(value)}' for key, value in sorted(kind.items()) if key != "properties"
        )
        lines.append(f'"{name}": {{{head}, "properties": {{')
        rows = [f'  "{wire}": {_compact(entry)}' for wire, entry in sorted(kind["properties"].items())]
        lines.append(",\n".join(rows))
        lines.append("}}," if position < len(types) else "}}")
    return lines


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
