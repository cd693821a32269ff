"""`/api/schemas`: the catalogue of a version as DHIS2 tells it; an object held against it (facts §3)."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from dhis2cfg.catalogue.shipped import folder
from dhis2cfg.sandbox.checks.bundle import Parameters
from dhis2cfg.sandbox.checks.values import check_values
from dhis2cfg.sandbox.imports.reading import Unreadable
from dhis2cfg.sandbox.imports.run import read_bundle
from dhis2cfg.sandbox.read.fields import parse_fields
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble

_TYPE_FLAGS = {
    "shareable": "shareable",
    "dataShareable": "data shareable",
    "translatable": "translatable",
    "defaultPrivate": "default private",
}
_FLAGS = ("ordered", "owner", "persisted", "required", "unique", "writable")


def schemas(call: Call) -> Answer:
    """All of them, one, or one against which a sent object is held."""
    found = _schemas(call.session.world.catalogue.version)
    if len(call.parts) == 1:
        rows = [_picked(call, row) for row in found.values()]
        return Answer(body={"schemas": rows})
    schema = found.get(call.parts[1].removesuffix(".json"))
    if schema is None:
        raise Trouble(404, f"Type {call.parts[1]} does not exist.", "E1005")
    return _judged(call, schema) if call.method == "POST" else Answer(body=_picked(call, schema))


def _picked(call: Call, row: Body) -> Body:
    names = {field.name for field in parse_fields(",".join(call.every("fields")))}
    return {name: value for name, value in row.items() if name in names} if names - {"*", ":all"} else row


def _judged(call: Call, schema: Body) -> Answer:
    """Lengths, ranges and what is required; neither references nor uniqueness."""
    plural = str(schema["plural"])
    if plural not in call.session.world.catalogue.types:
        raise Trouble(501, f"The dhis2cfg sandbox does not judge single objects of {schema['singular']}")
    try:
        bundle = read_bundle(call.session, call.person, {plural: [call.json()]}, Parameters())
    except Unreadable as error:
        raise Trouble(error.status(call.session.world.release), str(error)) from error
    found = [check_values(bundle, part) for part in bundle.parts.values()]
    problems = [one.to_json() for items in found for _, several in items for one in several]
    report = {"errorReports": problems, "responseType": "ErrorReports"}
    return message(400 if problems else 200, None, response=report)


@cache
def _schemas(version: str) -> Mapping[str, Body]:
    """Singular → schema, importable types first; what condenses to the shipped catalogue again."""
    text = (folder() / "catalogue" / f"{version}.json").read_text(encoding="utf-8")
    condensed = json.loads(text)
    klasses = {name: kind["klass"] for name, kind in condensed["embedded"].items()}
    klasses |= {name: kind["klass"] for name, kind in condensed["types"].items()}
    held = _held(condensed)
    found: dict[str, Body] = {}
    for name, kind in condensed["types"].items():
        found[kind["singular"]] = _schema(name, kind, klasses, importable=True, held=False)
    for name, kind in condensed["embedded"].items():
        found[name] = _schema(f"{name}s", kind, klasses, importable=False, held=name in held)
    return found


def _held(condensed: Mapping[str, Any]) -> set[str]:
    """The classes that others hold by value though their property says REFERENCE."""
    return {
        entry["target"]
        for part in ("types", "embedded")
        for kind in condensed[part].values()
        for entry in kind["properties"].values()
        if "REFERENCE" in entry["type"] and entry["target"] in condensed["embedded"]
    }


def _schema(
    plural: str, kind: Mapping[str, Any], klasses: Mapping[str, str], *, importable: bool, held: bool
) -> Body:
    entries = kind["properties"]
    is_stored = all({"owner", "persisted"} & set(entry["is"]) for entry in entries.values())
    flags = {key: word in kind["is"] for key, word in _TYPE_FLAGS.items()}
    return {
        "klass": kind["klass"],
        "name": kind["singular"],
        "singular": kind["singular"],
        "plural": plural,
        "displayName": kind["display"],
        "collectionName": plural,
        "relativeApiEndpoint": f"/{plural}" if importable else None,
        "metadata": importable,
        "persisted": importable or is_stored,
        "identifiableObject": "id" in entries,
        "nameableObject": "shortName" in entries,
        "embeddedObject": held,
        "order": kind["order"],
        **flags,
        "authorities": [{"type": name, "authorities": names} for name, names in kind["authorities"].items()],
        "properties": [_property(wire, entry, klasses) for wire, entry in entries.items()],
    }


def _property(wire: str, entry: Mapping[str, Any], klasses: Mapping[str, str]) -> Body:
    kind, _, item = entry["type"].partition(" ")
    name, is_list = entry.get("name", wire), kind == "COLLECTION"
    found: Body = {
        "name": name,
        "fieldName": name,
        "propertyType": kind,
        "collection": is_list,
        **{flag: flag in entry["is"] for flag in _FLAGS},
        "readable": True,
        "simple": kind not in {"COLLECTION", "COMPLEX", "REFERENCE"},
        "translatable": "translation" in entry,
    }
    klass = _klass(entry, item or kind, klasses)
    if is_list:
        found |= {"collectionName": name, "itemPropertyType": item, "itemKlass": klass, "klass": _SET}
    else:
        found["klass"] = klass
    optional = {
        "length": entry.get("length"),
        "min": entry.get("min"),
        "max": entry.get("max"),
        "constants": entry.get("constants"),
        "translationKey": entry.get("translation") or None,
    }
    return found | {key: value for key, value in optional.items() if value is not None}


_SET = "java.util.Collection"
_JAVA = {"BOOLEAN": "java.lang.Boolean", "DATE": "java.util.Date", "INTEGER": "java.lang.Integer"}


def _klass(entry: Mapping[str, Any], kind: str, klasses: Mapping[str, str]) -> str:
    """The class that a property points at, or holds; of one without schema only its simple name is known."""
    target = str(entry.get("target", ""))
    if not target:
        return _JAVA.get(kind, "java.lang.String")
    return klasses.get(target) or f"org.hisp.dhis.{target[:1].upper()}{target[1:]}"
