"""`filter=property:operator:value` (facts §2.2, §19.36)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue.types import MetadataType, Shape
from dhis2cfg.sandbox.read.fields import Field
from dhis2cfg.sandbox.read.render import value_of
from dhis2cfg.sandbox.read.view import View
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One condition; `path` from property to property."""

    path: tuple[str, ...]
    operator: str
    value: str


_SIMPLE = frozenset({Shape.TEXT, Shape.NUMBER, Shape.INTEGER, Shape.BOOLEAN, Shape.DATE, Shape.CONSTANT})
"""Shapes that a path ends in."""


def parse_filter(text: str, release: tuple[int, int]) -> Filter:
    """A condition from its text; what cannot be read is refused as the server does."""
    name, _, rest = text.partition(":")
    operator, colon, value = rest.partition(":")
    if not name or not operator:
        raise Trouble(400, f"Invalid filter: {text}", "E1003")
    is_new = operator == "!empty" and release < (2, 42)
    if is_new or (operator not in OPERATORS and operator not in UNARY):
        raise Trouble(400, f"Unknown operator {operator}", "E1003")
    if operator in OPERATORS and not colon:
        raise Trouble(500, "Index 2 out of bounds for length 2")
    return Filter(path=tuple(name.split(".")), operator=operator, value=value)


def matches(view: View, kind: MetadataType, body: Body, condition: Filter) -> bool:
    """Whether an object meets a condition; of a list one member is enough."""
    values = _values(view, kind, body, condition.path)
    if condition.operator in UNARY:
        return UNARY[condition.operator](values)
    positive = condition.operator.removeprefix("!")
    if positive != condition.operator and positive in OPERATORS:
        return not any(OPERATORS[positive](value, condition.value) for value in values)
    return any(OPERATORS[condition.operator](value, condition.value) for value in values)


def _values(view: View, kind: MetadataType, body: Body, path: Sequence[str]) -> list[Any]:
    name, rest = path[0], path[1:]
    prop = kind.properties.get(name)
    if prop is None and name not in {"displayName", "leaf", "name", "children"}:
        return _attribute_values(view, body, name)
    if rest and prop is not None and prop.shape in _SIMPLE:
        text = "Simple type was found before finished parsing path expression, please check your path string."
        raise Trouble(400, text, "E1003")
    value = value_of(view, kind, body, Field(name=name))
    if value is None:
        return []
    if not rest:
        return (
            [len(value)]
            if isinstance(value, list) and prop and prop.shape is not Shape.VALUES
            else _listed(value)
        )
    members = value if isinstance(value, list) else [value]
    found: list[Any] = []
    for member in members:
        found.extend(_member(view, prop.target if prop else "", member, rest))
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _member(view: View, target: str, member: Any, rest: Sequence[str]) -> list[Any]:
    if not isinstance(member, dict):
        return []
    catalogue = view.world.catalogue
    if target in catalogue.types:
        if rest == ("id",):
            return [member.get("id")]
        body = view.session.get(target, str(member.get("id")))
        return [] if body is None else _values(view, catalogue.types[target], body, rest)
    if target in catalogue.embedded:
        return _values(view, catalogue.embedded[target], member, rest)
    found = member.get(rest[0])
    return [] if found is None else _member(view, "", found, rest[1:]) if rest[1:] else [found]


def _attribute_values(view: View, body: Body, name: str) -> list[Any]:
    if view.session.get("attributes", name) is None:
        raise Trouble(400, f"Unknown path property: {name}", "E1003")
    return [row["value"] for row in body.get("attributeValues") or [] if row["attribute"]["id"] == name]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _ordered(value: Any, given: str) -> int:
    try:
        left: Any = float(value)
        right: Any = float(given)
    except (TypeError, ValueError):
        left, right = _text(value), given
    return int(left > right) - int(left < right)


def _is_like(value: Any, pattern: str) -> bool:
    """The database's own comparison: `_` is any sign, `%` any text."""
    signs = {"_": ".", "%": ".*"}
    found = "".join(signs.get(sign) or re.escape(sign) for sign in pattern)
    return re.fullmatch(found, _text(value), re.DOTALL) is not None


def _members(given: str) -> list[str]:
    return [one.strip() for one in given.strip("[]").split(",")]


OPERATORS: Mapping[str, Callable[[Any, str], bool]] = {
    "eq": lambda value, given: (
        _text(value) == given or (isinstance(value, float | int) and _ordered(value, given) == 0)
    ),
    "ieq": lambda value, given: _text(value).lower() == given.lower(),
    "ne": lambda value, given: _text(value) != given,
    "neq": lambda value, given: _text(value) != given,
    "gt": lambda value, given: _ordered(value, given) > 0,
    "ge": lambda value, given: _ordered(value, given) >= 0,
    "gte": lambda value, given: _ordered(value, given) >= 0,
    "lt": lambda value, given: _ordered(value, given) < 0,
    "le": lambda value, given: _ordered(value, given) <= 0,
    "lte": lambda value, given: _ordered(value, given) <= 0,
    "in": lambda value, given: _text(value) in _members(given),
    "!in": lambda value, given: _text(value) not in _members(given),
    "like": lambda value, given: _is_like(value, f"%{given}%"),
    "!like": lambda value, given: not _is_like(value, f"%{given}%"),
    "ilike": lambda value, given: _is_like(_text(value).lower(), f"%{given.lower()}%"),
    "!ilike": lambda value, given: not _is_like(_text(value).lower(), f"%{given.lower()}%"),
    "$like": lambda value, given: _is_like(value, f"{given}%"),
    "$ilike": lambda value, given: _is_like(_text(value).lower(), f"{given.lower()}%"),
    "startsWith": lambda value, given: _text(value).startswith(given),
    "like$": lambda value, given: _is_like(value, f"%{given}"),
    "ilike$": lambda value, given: _is_like(_text(value).lower(), f"%{given.lower()}"),
    "endsWith": lambda value, given: _text(value).endswith(given),
    "token": lambda value, given: all(word in _text(value).lower() for word in given.lower().split()),
}
"""By name: value and given text → whether they fit."""

UNARY: Mapping[str, Callable[[list[Any]], bool]] = {
    "null": lambda values: not values,
    "!null": bool,
    "empty": lambda values: not values or values == [0],
    "!empty": lambda values: bool(values) and values != [0],
}
"""Operators without a value, over everything found."""
