"""Desired state: what the packages and the municipality ask for, by key path and without a UID of any server.

State
└── DesiredObject  (type, key path, owner, place, pinned or locked UID)
    └── Field      (value, place, origin)
        └── Value = Atom | Text | Formula | Reference | tuple of References | tuple of Children
                  | Child | Sharing | Attributes | Once | Keep | Secret | Opaque
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias, Union

from dhis2cfg.model.names import Ref, Reference, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Atom


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A translatable text: the base text, its locale, and the other locales' texts (base left out)."""

    base: Union[str, "Formula", None]
    locale: str
    locales: Mapping[str, Union[str, "Formula"]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A text with references in it (an expression, a message template, an HTML form).

    Texts and references take turns in `parts`; each reference is written as its bare UID when it is bound, or
    as the variable's name where DHIS2 wants names, which then is plain text here.
    """

    parts: tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """An embedded child (stage element, legend, dashboard item): its key inside the parent, and its fields.

    `key` is what identifies it in files and output; `id` is the pinned UID, used when it is first made.
    `unread` names the properties that are written and could not be read; findings say why.
    """

    key: str
    fields: Mapping[str, "Field"]
    place: Place
    id: Uid | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Who may do what: `public` and entries of groups and users, each an access string of 8 characters.

    `public` is None where only entries were written.
    """

    public: str | None
    user_groups: Mapping[Reference, str] = field(default_factory=dict)
    users: Mapping[Reference, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """Metadata attribute values by attribute; always text."""

    values: Mapping[Reference, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A starting value: written when the field is first ours, then the municipality's."""

    value: "Value"


@dataclass(frozen=True, slots=True)
class Keep:
    """A field that was managed and is let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A value that stands outside all files, named; write-only."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opaque:
    """A JSON value of a class that no schema describes further (style, layout); may hold a `Secret`."""

    json: Any


Value: TypeAlias = (
    Atom
    | Text
    | Formula
    | Reference
    | tuple[Reference, ...]
    | tuple[Child, ...]
    | tuple[Atom, ...]
    | tuple[str | Formula, ...]
    | Child
    | Sharing
    | Attributes
    | Once
    | Keep
    | Secret
    | Opaque
)


class Origin(Enum):
    """Where a value comes from, for `explain` and for messages."""

    WRITTEN = "written"
    DEFAULT = "default of the package"
    FOLLOWS = "follows the name"
    DERIVED = "follows from the key or the place"
    MUNICIPALITY = "the municipality's"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One managed property: its value and where it was written. None is managed and empty.

    `places` tells of members of a list where each is written, when several files fill in the list.
    """

    value: Value
    place: Place
    origin: Origin = Origin.WRITTEN
    places: Mapping[Reference, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredObject:
    """One object that the packages ask for. `fields` are keyed by DHIS2's wire names, in a stable order.

    `owner` is the package's name, or the municipality's for what only it asks for; `also` are the other
    packages that have it. `uid` is the pinned or locked UID; None where matching alone can tell (an adopted
    organisation unit). `adopt` says by which properties an existing object is found, of which then nothing is
    managed; `must_stand` that it is never made; `complete` that what is not written is managed as empty;
    `unread` names the properties that are written and could not be read.
    """

    ref: Ref
    owner: str
    place: Place
    fields: Mapping[str, Field]
    uid: Uid | None = None
    pinned: bool = False
    complete: bool = False
    adopt: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    must_stand: bool = False

    @property
    def owners(self) -> tuple[str, ...]:
        """All packages that have it."""
        return (self.owner, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredSetting:
    """What packages ask for beside metadata: a system setting, or an entry of the server's data store.

    `ref` is `systemSettings/KEY` or `dataStore/NAMESPACE/KEY`. `value` is JSON, None only where it could not
    be read or is let go. `texts` are those of other locales (settings that are translatable). `once`: a
    starting value, then the municipality's; `keep`: it was managed and is let go.
    """

    ref: Ref
    owner: str
    place: Place
    value: Any = None
    texts: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = Origin.WRITTEN
    once: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageUse:
    """One package as a municipality uses it: name, version, base locale and the digest of its files.

    `dhis2` are the versions that it claims (`>=2.41,<2.44`); `was` its former names, under which records know
    it still.
    """

    name: str
    version: str
    locale: str
    digest: str
    title: str = ""
    dhis2: str = ""
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything that is asked of a target: by one municipality, or by all that share its server."""

    municipality: str
    packages: tuple[PackageUse, ...]
    objects: Mapping[Ref, DesiredObject]
    settings: Mapping[Ref, DesiredSetting] = field(default_factory=dict)
