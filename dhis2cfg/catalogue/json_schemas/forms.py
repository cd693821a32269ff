"""The definitions that all types share: one value of each shape, strict or as an editor sees it."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
LOCALE = "^[a-z]{2,3}(?:[_@-][A-Za-z0-9]+)*$"
TAG = "^!(?:var|tpl|once|keep|secret|raw)$"
_WHOLE: Schema = {"!once": {}, "!keep": {}}
_TAGS: Schema = {"!var": {}, "!tpl": {}, **_WHOLE, "!secret": {}, "!raw": {}}
"""The tags that may stand for a whole mapping or list, and those that may stand for one value."""
_WORD = r"(?:[A-Za-z0-9_-]|\{\{[^{}]+\}\})"
KEY = rf"^(?:[A-Za-z0-9_]|\{{\{{[^{{}}]+\}}\}}){_WORD}*$"
UID = "^[A-Za-z][A-Za-z0-9]{10}$"
ACCESS = "^(?:[r-][w-]){2}----$"


def ref(name: str) -> Schema:
    """A reference to a shared definition."""
    return {"$ref": f"#/$defs/{name}"}


def tagged(schema: Mapping[str, Any], *, editor: bool) -> Schema:
    """The schema with null, and a tag in place of the value: an object of one tag, or the text behind it."""
    kinds = schema["type"]
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    if editor:
        return {**schema, "type": [*kinds, *(kind for kind in ("string", "null") if kind not in kinds)]}
    if "object" in kinds:
        properties = {**(_TAGS if "string" in kinds else _WHOLE), **schema.get("properties", {})}
        return {**schema, "type": [*kinds, "null"], "properties": properties}
    tags = _WHOLE if "array" in kinds else _TAGS
    return {**schema, "type": [*kinds, "null", "object"], "properties": tags, "additionalProperties": False}


_SHARING: dict[str, Schema] = {
    "sharing": {
        "type": ["string", "object"],
        "properties": {
            "public": ref("access"),
            "userGroups": ref("accesses"),
            "users": ref("accesses"),
        },
        "additionalProperties": False,
    },
    "access": {"type": ["string"]},
    "accesses": {
        "type": ["object"],
        "additionalProperties": {
            "type": ["string", "object"],
            "properties": {"access": ref("access")},
            "additionalProperties": False,
        },
    },
}
"""Who may do what: a profile's name, or public, groups and users with their access strings."""


def shared(*, editor: bool) -> dict[str, Schema]:
    """The definitions by name; `text`, `number` … are also the names of shapes."""
    any_text = ["string", "number", "boolean"] if editor else ["string"]
    key_names = {"propertyNames": {"pattern": f"{KEY}|{TAG}"}}
    plain: dict[str, Schema] = {
        "text": {"type": any_text},
        "date": {"type": ["string"]},
        "constant": {"type": ["string"]},
        "boolean": {"type": ["boolean"]},
        "integer": {"type": ["integer"]},
        "number": {"type": ["number"]},
        "reference": {
            "type": [*any_text, "object"],
            "properties": {"id": {"type": "string", "pattern": UID}},
            "additionalProperties": False,
        },
        "references": {"type": ["array"], "items": ref("reference")},
        "texts": {
            "type": [*any_text, "object"],
            "patternProperties": {LOCALE: ref("text")},
            "additionalProperties": False,
        },
        **_SHARING,
        "attributeValues": {"type": ["object"], "additionalProperties": ref("text")},
        "for_each": {
            "type": ["object"],
            "additionalProperties": {"type": ["array", "object", *(["string"] if editor else [])]},
        },
    }
    definitions = {name: tagged(schema, editor=editor) for name, schema in plain.items()}
    definitions["keys"] = key_names["propertyNames"]
    definitions["opaque"] = {}
    return definitions


def mapping_of(child: Schema, *, editor: bool) -> Schema:
    """Objects by key; a key with nothing behind it is an object of which nothing is said."""
    return tagged(
        {"type": ["object"], "propertyNames": ref("keys"), "additionalProperties": child}, editor=editor
    )


def children_of(child: Schema, *, editor: bool) -> Schema:
    """Children as a mapping by key, or as a list in order, of keys or of children."""
    item = {"if": {"type": "object"}, "then": child, "else": {"type": ["string", "number"]}}
    return tagged({"type": ["object", "array"], "additionalProperties": child, "items": item}, editor=editor)
