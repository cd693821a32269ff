"""Values as JSON, always the same bytes for the same value, so that digests and files can be compared."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any


def to_json(value: Any) -> Any:
    """A value of `model` as plain JSON: dataclasses and mappings as objects, enums by value, `65.0` as `65`.

    Fields that are None or empty by default, and are, are left out, so that a later field changes no digest.
    """
    match value:
        case None | bool() | str() | int():
            return value
        case float():
            return int(value) if value.is_integer() else value
        case Enum():
            return value.value
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case tuple() | list():
            return [to_json(item) for item in value]
        case set() | frozenset():
            return sorted(to_json(item) for item in value)
        case _ if dataclasses.is_dataclass(value):
            return _fields(value)
        case _:
            message = f"no JSON for {type(value).__name__}"
            raise TypeError(message)


def _fields(value: Any) -> dict[str, Any]:
    shown = {}
    for each in dataclasses.fields(value):
        item = getattr(value, each.name)
        if not (item is None or item in _EMPTIES) or item != _default(each):
            shown[each.name] = to_json(item)
    return shown


_EMPTIES: tuple[Any, ...] = ("", (), {}, frozenset())


def _default(field: dataclasses.Field[Any]) -> Any:
    """What a field is where nobody says; a required one has none."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def canonical(value: Any) -> bytes:
    """Canonical JSON: keys sorted, no blanks, UTF-8, numbers in their shortest form."""
    return json.dumps(to_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def pretty(value: Any) -> str:
    """The same for people: indented, keys sorted, a line break at the end."""
    return json.dumps(to_json(value), sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()
