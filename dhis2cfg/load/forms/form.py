"""The forms a value can be asked to have; the walker of `typing` lays them over a tree.

    Form = Leaf | Record | Table | Listing | Either | Anything | OfType | ByType | Parameter

Catalogue types come by name (`OfType`), so that forms stay small and may refer to each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias, Union

from dhis2cfg.catalogue.types import Shape

Form: TypeAlias = Union[
    "Leaf", "Record", "Table", "Listing", "Either", "Anything", "OfType", "ByType", "Parameter"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One scalar of a type."""

    shape: Shape = Shape.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a name that is known may not be written: rule, sentence, what next."""

    rule: str
    message: str
    following: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A mapping with known names; `other` is the form of all other ones, None: they are findings.

    `what` names the thing in messages (`dataElements`). `refused` are names that only look right, `required`
    those that cannot be left out.
    """

    what: str
    fields: Mapping[str, Form]
    other: Form | None = None
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A mapping of any key to values of one form; `locales`: the keys are languages.

    `filled`: a key with nothing behind it is an object without properties, not null.
    """

    value: Form
    filled: bool = False
    locales: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of values of one form."""

    item: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """The form goes by what is written; `takes` says it in a message, None is not allowed."""

    takes: str
    scalar: Form | None = None
    mapping: Form | None = None
    sequence: Form | None = None


@dataclass(frozen=True, slots=True)
class Anything:
    """JSON that nothing describes further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfType:
    """An object of a type (plural), or an embedded child of a class (singular)."""

    name: str


class Role(Enum):
    """What stands behind a type's name in a mapping by type."""

    OBJECTS = "type → key → object"
    DEFAULTS = "type → properties"
    PATCHES = "type/path → properties"
    TEXTS = "type → path → property → text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByType:
    """A mapping whose keys are, or begin with, the names of types."""

    role: Role


@dataclass(frozen=True, slots=True)
class Parameter:
    """A JSON Schema of a parameter: its `type` is the type of its default and of what it lists."""


def cut(text: str) -> str:
    """A text of a file as messages quote it: at most 60 characters."""
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


_QUOTED = 60

TEXT = Leaf()
TEXTS = Listing(item=TEXT)
ANYTHING = Anything()
INTEGER = Leaf(shape=Shape.INTEGER)
NUMBER = Leaf(shape=Shape.NUMBER)
BOOLEAN = Leaf(shape=Shape.BOOLEAN)
DATE = Leaf(shape=Shape.DATE)
TEXT_OR_TEXTS = Either(takes="a text or a list of texts", scalar=TEXT, sequence=TEXTS)
LOCALIZED = Either(
    takes="a text, or one text per locale", scalar=TEXT, mapping=Table(value=TEXT, locales=True)
)
REFERENCE = Either(
    takes="a key, or {id: UID}",
    scalar=TEXT,
    mapping=Record(what="a reference", fields={"id": TEXT}),
)
ACCESS = Either(
    takes="an access string",
    scalar=TEXT,
    mapping=Record(what="an access", fields={"access": TEXT}),
)
SHARING = Either(
    takes="a profile's name, or {public: …, userGroups: …}",
    scalar=TEXT,
    mapping=Record(
        what="a sharing",
        fields={"public": TEXT, "userGroups": Table(value=ACCESS), "users": Table(value=ACCESS)},
    ),
)
TURN_VALUE = Either(takes="a text, or one text per name", scalar=TEXT, mapping=Table(value=TEXT))
"""A named value of a turn; the columns `name.nb` and `name.en` of a table are two texts of `name`."""
TURNS = Either(
    takes="turns: a list, or a mapping of keys to named values",
    mapping=Table(
        value=Either(takes="named values", scalar=TEXT, mapping=Table(value=TURN_VALUE)),
        filled=True,
    ),
    sequence=Listing(item=Either(takes="a turn", scalar=TEXT, mapping=Table(value=TURN_VALUE))),
)
FOR_EACH = Table(value=TURNS)
