"""A package as a book of reference: what is asked for, by which rules, and who may do what.

Dictionary
├── holders   Holder: a program, stage or data set, with Asked fields, part by part
└── rights    Right: who may do what to which object, and the line that says so; roles with their authorities
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dhis2cfg.model.description import Choice, Named
from dhis2cfg.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What a rule does to a field ("HIDEFIELD"), when, with what, and where that is written."""

    does: str
    rule: str
    when: str
    data: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field as it is asked for: its names, what it holds, its options, what rules do to it."""

    field: Named
    label: str
    type: str
    compulsory: bool
    place: Place
    description: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    option_set: str = ""
    options: tuple[Choice, ...] = ()
    doings: tuple[Doing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Fields that stand together: a section, or all that stand in none (an empty title)."""

    title: str
    fields: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A program, a stage of it, or a data set: what it asks for."""

    object: Named
    kind: str
    description: str
    parts: tuple[Part, ...]
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What somebody may do to an object: see or change it, see or enter its data; the line that grants it."""

    who: str
    what: Named
    kind: str
    may: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role and what it allows everywhere."""

    role: Named
    authorities: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """All of it, of one package in its base language; `files` are the texts of those that places name."""

    package: str
    title: str
    version: str
    locale: str
    holders: tuple[Holder, ...]
    rights: tuple[Right, ...]
    roles: tuple[Role, ...]
    files: Mapping[str, str] = field(default_factory=dict)
