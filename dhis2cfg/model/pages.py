"""Files that are to be written: YAML as plain values, everything else as text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias, Union

Yaml: TypeAlias = Union["dict[str, Yaml]", "list[Yaml]", "Behind", str, int, float, bool, None]
"""A value of a YAML file; the order of a mapping is the order in which it is written."""


FIRST = ("for_each", "id", "code", "program", "name", "shortName", "formName", "description")
"""What names an object, in the order in which it is written; all else comes behind it."""


def rank(name: str) -> int:
    """The place of a property among those that name an object."""
    return FIRST.index(name) if name in FIRST else len(FIRST)


def in_order(fields: Iterable[tuple[str, Yaml]]) -> dict[str, Yaml]:
    """Properties with those that name an object in front, all others as they came."""
    return dict(sorted(fields, key=lambda pair: rank(pair[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A text behind one of our tags: `!raw "…"`, `!csv FILE`, `!file FILE`."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlPage:
    """One YAML file of a folder: its path in it, lines of comment at its top, its content."""

    file: str
    content: dict[str, Yaml]
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """One file that is written as it is: a table, a form, a lock."""

    file: str
    text: str


Page: TypeAlias = YamlPage | TextPage
