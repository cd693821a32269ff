"""What this fleet wrote on a server last time: kept there, in the data store, for every machine to see.

A record's fields are those of `wire.flatten`: paths like `name`, `sharing.public`, `organisationUnits[UID]`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.model.names import Uid

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One object as we wrote it: its key path, its owner, and each managed field with the value written.

    `also` are the other packages that have it: it is dropped only when none of the owners has it any more.
    `found` lists the paths (the empty one is the object itself) that stood there before we asked for them:
    they are let go, never removed. `adopted`: the object keeps a UID that is not ours. `filled` holds what
    the server filled in by itself when we created the object: no municipality's value. `once` holds the
    starting values that were given, which the municipality has kept or changed since.
    """

    path: str
    owner: str
    fields: Mapping[str, Any]
    found: tuple[str, ...] = ()
    adopted: bool = False
    filled: Mapping[str, Any] = field(default_factory=dict)
    once: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """All packages that had it."""
        return (self.owner, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was rolled back last: the run, its package versions, and the digest of their files."""

    run: str
    packages: Mapping[str, str]
    files: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The base of the three-way merge on one server, of one fleet (design §7).

    `objects` is type → UID → what we wrote, `settings` type (`systemSettings`, `dataStore`) → name → what we
    wrote, its fields being `value` and `texts[LOCALE]`; `packages` name → version; `digest` of the package
    files; `allowed` is what the last run was allowed, in words; `undone` what was rolled back since.
    """

    fleet: str
    environment: str
    packages: Mapping[str, str]
    objects: Mapping[str, Mapping[Uid, Recorded]]
    settings: Mapping[str, Mapping[str, Recorded]] = field(default_factory=dict)
    digest: str = ""
    server_version: str = ""
    run: str = ""
    applied: str = ""
    by: str = ""
    tool: str = ""
    allowed: tuple[str, ...] = ()
    undone: Undone | None = None
    format: int = FORMAT

    def get(self, type_name: str, uid: Uid) -> Recorded | None:
        """What we wrote of one object, or of one setting by its name; None where it is not ours."""
        return self.objects.get(type_name, {}).get(uid) or self.settings.get(type_name, {}).get(uid)
