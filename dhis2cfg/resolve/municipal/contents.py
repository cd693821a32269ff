"""What two packages say of one property: whether it is the same, and what both of them say together."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from dhis2cfg.catalogue.oddities import embedded_class, nested
from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.model.state import Attributes, Child, Field, Formula, Once, Sharing, Text, Value

K = TypeVar("K")
V = TypeVar("V")


def content(value: Value) -> Any:
    """A value without where it is written and by what keys its children go."""
    match value:
        case Child(id=uid, fields=fields):
            return uid, tuple((name, content(fields[name].value)) for name in sorted(fields))
        case Once(value=inner):
            return Once, content(inner)
        case tuple():
            return tuple(content(item) for item in value)
        case _:
            return value


def together(one: Field, two: Field, prop: Property | None, type_name: str) -> Field | None:
    """One field that says what both say; None where they contradict each other."""
    match one.value, two.value:
        case Text() as first, Text() as second:
            said = _texts(first, second)
            return one if said == first else None if said is None else replace(one, value=said)
        case _ if _plain(one.value, prop, type_name) == _plain(two.value, prop, type_name):
            return one
        case _:
            return None


def joined(one: Field, two: Field) -> Field:
    """Both with what each adds; of what both say and say otherwise, the first counts."""
    match one.value, two.value:
        case Text() as first, Text() as second if first.locale == second.locale:
            return replace(one, value=replace(first, locales={**second.locales, **first.locales}))
        case Sharing() as first, Sharing() as second:
            groups = {**second.user_groups, **first.user_groups}
            users = {**second.users, **first.users}
            return replace(one, value=replace(first, user_groups=groups, users=users))
        case Attributes() as first, Attributes() as second:
            return replace(one, value=Attributes(values={**second.values, **first.values}))
        case tuple() as first, tuple() as second if not _has_children(first, second):
            members: Any = tuple(dict.fromkeys((*first, *second)))
            return replace(one, value=members, places={**two.places, **one.places})
        case _:
            return one


def _has_children(*several: tuple[Any, ...]) -> bool:
    return any(isinstance(item, Child) for items in several for item in items)


def _texts(one: Text, two: Text) -> Text | None:
    """Translations of both, where the base and every language that both have are the same."""
    if (one.base, one.locale) != (two.base, two.locale) or not _agree(one.locales, two.locales):
        return None
    return replace(one, locales={**two.locales, **one.locales})


def _agree(one: Mapping[str, str | Formula], two: Mapping[str, str | Formula]) -> bool:
    return all(two[locale] == words for locale, words in one.items() if locale in two)


def _plain(value: Value, prop: Property | None, type_name: str) -> Any:
    """The content; of a list whose order says nothing, its members in any order."""
    said = content(value)
    if isinstance(value, tuple) and prop is not None and not _is_ordered(prop, type_name):
        return sorted(map(repr, said))
    return said


def _is_ordered(prop: Property, type_name: str) -> bool:
    """Whether the order of a list means something (rows of `oddities`)."""
    row = nested(type_name, prop.name)
    if row is not None:
        return bool(row.order)
    if prop.shape is Shape.CHILDREN:
        kind = embedded_class(prop.target)
        return kind is None or bool(kind.order)
    return prop.ordered
