"""Types of values, and how the types of elements and attributes are looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from dhis2cfg.expressions.found import Found


class Type(Enum):
    """What a part of an expression is; ANY where nobody can tell, NULL for `null` itself."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    NULL = "null"
    ANY = "any"


Constant = float | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The type of a part, and its value where it is the same always (None: it is not)."""

    type: Type
    constant: Constant = None


class Names(Protocol):
    """Knows the objects that expressions refer to."""

    def type_of(self, found: Found) -> Type | None:
        """The type of what a reference holds; ANY if that is unknown, None where there is no such object."""
        ...


class Anything:
    """Names of which nothing is known."""

    __slots__ = ()

    def type_of(self, found: Found) -> Type | None:  # noqa: ARG002 - the protocol's argument
        """Always ANY."""
        return Type.ANY


_NUMBERS = ("INTEGER", "INTEGER_NEGATIVE", "INTEGER_POSITIVE", "INTEGER_ZERO_OR_POSITIVE", "NUMBER")
_TYPES: Mapping[str, Type] = {
    **dict.fromkeys((*_NUMBERS, "PERCENTAGE", "UNIT_INTERVAL", "NUMERIC"), Type.NUMBER),
    **dict.fromkeys(("BOOLEAN", "TRUE_ONLY"), Type.BOOLEAN),
    **dict.fromkeys(("DATE", "DATETIME", "AGE"), Type.DATE),
}


def type_of_value_type(value_type: str) -> Type:
    """The type that DHIS2's expressions see in a value type (`INTEGER_POSITIVE` …); most are texts."""
    return _TYPES.get(value_type, Type.TEXT)
