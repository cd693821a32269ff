"""What two states of a workspace differ in, as a reviewer reads it: changes, and for whom each of them is.

Diff
├── packages  PackageDiff: versions, and an Item for each change of what the package configures
└── settings  Items of the fleet and of municipalities (types `fleet`, `municipalities`, `packages`)
"""

from dataclasses import dataclass

from dhis2cfg.model.plan import Change

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Who a change is for: user groups by name, and how many municipalities; None where nobody knows.

    `stands_in` names the programs, stages and data sets in which the changed thing is used.
    """

    groups: tuple[str, ...] | None = None
    municipalities: int | None = None
    stands_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change, and for whom it is."""

    change: Change
    affected: Affected


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDiff:
    """One package before and after: versions (empty where it is not there), language, who uses it."""

    name: str
    title: str
    before: str
    after: str
    locale: str
    municipalities: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Everything that differs. `before` and `after` say what was compared: revisions or folders.

    `files` counts the files that differ, `errors` what is wrong in them: what is told is then not all.
    """

    before: str
    after: str
    packages: tuple[PackageDiff, ...]
    settings: tuple[Item, ...]
    files: int
    compared: int
    errors: int = 0
    format: int = FORMAT

    @property
    def items(self) -> tuple[Item, ...]:
        """Every change of all packages, then those of fleet and municipalities."""
        return (*(item for each in self.packages for item in each.items), *self.settings)
