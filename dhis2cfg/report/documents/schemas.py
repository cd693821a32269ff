"""The JSON Schemas of what the program prints and keeps, made from the dataclasses that hold it.

They follow `wire.canonical.to_json`: what is empty and has a default is left out, so it is not required.
"""

import dataclasses
import inspect
import types
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from dhis2cfg.catalogue.json_schemas.writing import to_text
from dhis2cfg.model.description import Description
from dhis2cfg.model.diff import Diff
from dhis2cfg.model.plan import Change
from dhis2cfg.model.record import Record
from dhis2cfg.model.run import Run, Runs
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.report.documents.printing import (
    DoctorDocument,
    DriftDocument,
    FindingDocument,
    HistoryDocument,
    OutcomeDocument,
    PlanDocument,
    StatusDocument,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: tuple[tuple[str, type], ...] = (
    ("aftermath", Aftermath),
    ("change", Change),
    ("description", Description),
    ("diff", Diff),
    ("doctor", DoctorDocument),
    ("drift", DriftDocument),
    ("finding", FindingDocument),
    ("history", HistoryDocument),
    ("outcome", OutcomeDocument),
    ("plan", PlanDocument),
    ("record", Record),
    ("run", Run),
    ("runs", Runs),
    ("snapshot", Snapshot),
    ("status", StatusDocument),
)
"""Each document by the name of its schema."""
ATOMS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def generated() -> Iterator[tuple[str, str]]:
    """The name of every schema file and its text, as it is committed in `schemas/`."""
    for name, described in DOCUMENTS:
        yield f"{name}.schema.json", to_text(schema_of(described))


def schema_of(described: type) -> dict[str, Any]:
    """The schema of one dataclass, with all that it is made of in `$defs`."""
    definitions: dict[str, Any] = {}
    whole = _dataclass(described, definitions)
    ordered = dict(sorted(definitions.items()))
    return {"$schema": DIALECT, "title": described.__name__, **whole, "$defs": ordered}


def _dataclass(described: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(described)
    properties = {}
    required = []
    for each in dataclasses.fields(described):
        hint = hints[each.name]
        is_form = each.name == "format"
        properties[each.name] = {"const": each.default} if is_form else _schema(hint, definitions)
        if not (_has_default(each) and _may_be_empty(hint)):
            required.append(each.name)
    return {
        "description": _description(described),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _description(described: type) -> str:
    """The first paragraph of the docstring."""
    return " ".join((inspect.getdoc(described) or "").partition("\n\n")[0].split())


def _has_default(each: "dataclasses.Field[Any]") -> bool:
    return each.default is not dataclasses.MISSING or each.default_factory is not dataclasses.MISSING


def _may_be_empty(hint: Any) -> bool:
    """Whether a value of this type is left out where it is empty: numbers, truths and enums never are."""
    return not (isinstance(hint, type) and issubclass(hint, (int, float, Enum)))


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return {}
    if hasattr(hint, "__supertype__"):
        return _schema(hint.__supertype__, definitions)
    if origin in (Union, types.UnionType):
        return _united([_schema(each, definitions) for each in arguments])
    if hint is types.NoneType:
        return {"type": "null"}
    if origin is tuple:
        return _tuple(arguments, definitions)
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if hint in ATOMS:
        return {"type": ATOMS[hint]}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}
        definitions[hint.__name__] = _enum(hint) if issubclass(hint, Enum) else _dataclass(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _united(options: list[dict[str, Any]]) -> dict[str, Any]:
    """One of several types; plain ones as a list of names."""
    if all(list(each) == ["type"] for each in options):
        return {"type": [each["type"] for each in options]}
    return {"anyOf": options}


def _tuple(arguments: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if arguments[-1] is Ellipsis:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    count = len(arguments)
    return {
        "type": "array",
        "prefixItems": [_schema(each, definitions) for each in arguments],
        "items": False,
        "minItems": count,
        "maxItems": count,
    }


def _enum(hint: type[Enum]) -> dict[str, Any]:
    return {"description": _description(hint), "enum": [each.value for each in hint]}
