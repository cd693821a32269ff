"""How things are called: UIDs, references by key path, references to what stands outside all packages."""

from dataclasses import dataclass, field
from typing import NewType, TypeAlias

from dhis2cfg.model.places import Place

Uid = NewType("Uid", str)
"""Eleven characters, the first a letter (facts §4.1)."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """An object of a package: its type (DHIS2's plural, `dataElements`), its key path (`PROGRAM/STAGE`)."""

    type: str
    path: str

    @property
    def key(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def parent_path(self) -> str:
        """The path without its last part; empty for a key that stands alone."""
        return self.path.rpartition("/")[0]

    def __str__(self) -> str:
        return f"{self.type}/{self.path}"


@dataclass(frozen=True, slots=True, order=True)
class Foreign:
    """An object outside all packages, named by its UID; it must exist on the server."""

    type: str
    uid: Uid

    def __str__(self) -> str:
        return f"{self.type}/id:{self.uid}"


@dataclass(frozen=True, slots=True, order=True)
class Username:
    """An existing user of the server; users are never created."""

    name: str

    def __str__(self) -> str:
        return f"users/{self.name}"


@dataclass(frozen=True, slots=True, order=True)
class ServerDefault:
    """The server's own `default` object of a category type (facts §4.3); its UID is read per server."""

    type: str

    def __str__(self) -> str:
        return f"{self.type}/default"


COMBINATIONS = "categoryOptionCombos"
"""DHIS2's plural of option combinations, which every server makes for itself (facts §4.4)."""


@dataclass(frozen=True, slots=True, order=True)
class Combination:
    """A category option combination by its category options, sorted: the server makes it (facts §4.4).

    `element` is the data element whose combinations are meant; None where any category combination of these
    options is. Its UID is read per server. `place` is where it is written.
    """

    options: tuple[Ref | Foreign, ...]
    element: Ref | Foreign | None = None
    place: Place | None = field(default=None, compare=False, repr=False)

    @property
    def type(self) -> str:
        """DHIS2's plural."""
        return COMBINATIONS

    @property
    def key(self) -> str:
        """As it is written: `(KVINNE,U10)`."""
        return (
            f"({','.join(each.path if isinstance(each, Ref) else f'id:{each.uid}' for each in self.options)})"
        )

    def __str__(self) -> str:
        return f"{self.type}/{self.key}"


Reference: TypeAlias = Ref | Foreign | Username | ServerDefault | Combination
