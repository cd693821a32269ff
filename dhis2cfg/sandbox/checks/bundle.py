"""What an import works on: sent objects by type, what stands there, the parameters of the call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.rights.people import Person
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.world.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters of an import; a value that DHIS2 does not know is its default (facts §1.1).

    `keeps_items`: the own endpoint of maps stores data items (facts §18.2).
    """

    is_validate: bool = False
    strategy: str = "CREATE_AND_UPDATE"
    is_atomic: bool = True
    identifier: str = "UID"
    report: str = "ERRORS"
    skip_sharing: bool = False
    skip_translation: bool = False
    skip_validation: bool = False
    keeps_items: bool = False


@dataclass(slots=True, kw_only=True)
class Item:
    """One sent object: its place in the list, its values, what stood there before."""

    index: int
    uid: str
    body: Body
    before: Body | None
    removed: bool = False

    @property
    def display(self) -> str:
        """The name by which reports call it, else its UID."""
        return str(self.body.get("name") or self.uid)


@dataclass(slots=True, kw_only=True)
class Part:
    """The objects of one type."""

    type_name: str
    kind: MetadataType
    items: list[Item] = field(default_factory=list)

    @property
    def alive(self) -> list[Item]:
        """What no check removed."""
        return [item for item in self.items if not item.removed]

    def label(self, item: Item) -> str:
        """`name [UID] (Class)`, the way reports write an object."""
        return label(self.kind, item.body.get("name"), item.uid)


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The whole call."""

    session: Session
    person: Person
    parameters: Parameters
    parts: Mapping[str, Part]

    @property
    def world(self) -> World:
        """The version of the server."""
        return self.session.world

    def sent(self, type_name: str, uid: str) -> Body | None:
        """An object of this call."""
        item = self.index.get(type_name, {}).get(uid)
        return item.body if item else None

    def either(self, type_name: str, uid: str) -> Body | None:
        """An object of this call, else the stored one."""
        return self.sent(type_name, uid) or self.session.get(type_name, uid)

    def knows(self, type_name: str, uid: str) -> bool:
        """Whether a reference to this object is good."""
        return uid in self.index.get(type_name, {}) or self.session.get(type_name, uid) is not None

    @cached_property
    def index(self) -> Mapping[str, Mapping[str, Item]]:
        """The objects of this call by type and UID."""
        return {name: {item.uid: item for item in part.items} for name, part in self.parts.items()}


def label(kind: MetadataType, name: Any, uid: str) -> str:
    """`name [UID] (Class)`; without a name the brackets begin."""
    simple = kind.klass.rpartition(".")[2]
    return f"{name} [{uid}] ({simple})" if name else f"[{uid}] ({simple})"
