"""A plan: every difference between what is asked for and what stands, and the steps that end it.

Plan (one target)
├── changes   Change: one field, member, child or object; before → after, reason, risk, marks, place
├── steps     Step: call | sharing | delete | own | setting | maintenance, in the order they are done
├── local     what is the municipality's own and is kept
├── refusals  what apply would refuse, each with the word that allows it
└── digests   of files, record, catalogue and server: an old plan is recognised as stale
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from enum import Enum
from typing import Any

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.run import Refused

FORMAT = 1


class Kind(Enum):
    """What happens to an object, a field, a member or a child."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    ADOPT = "adopt"
    MOVE = "move"


class Reason(Enum):
    """Which row of the merge table (design §6) made a change."""

    NEW = "new"
    MOVED_ON = "the package moved on"
    DRIFT = "changed by hand"
    TAKEOVER = "takeover"
    CONFLICT = "conflict"
    DROPPED = "no longer in the package"
    DEAD = "its group is gone"


class Risk(Enum):
    """How much a change may hurt, in rising order."""

    SAFE = "safe"
    VISIBLE = "visible"
    ACCESS = "access"
    BREAKING = "breaking"
    DESTRUCTIVE = "destructive"
    IRREVERSIBLE = "irreversible"

    @property
    def rank(self) -> int:
        """The place in the rising order, from 0."""
        return list(Risk).index(self)


class Mark(Enum):
    """What a reviewer must know beside the risk."""

    DEVICES = "devices"


class StepKind(Enum):
    """What one step does on a server, and what stands in its body: type → items, each with an `id`.

    `call`: whole objects, one POST /api/metadata, all or nothing. `sharing`: `{id, sharing}`, one
    PUT …/sharing each, always with `owner` (facts §19.7). `delete`: `{id}`, all of one type in one import.
    `own`: whole objects by the endpoint of their type (facts §18). `setting`: type `systemSettings` or
    `dataStore`, `{id, value}` and `texts` by locale; the id is KEY or NAMESPACE/KEY, a value or text None is
    taken away, one left out stays. `maintenance`: type `maintenance`, `{id}` with the task's path.
    """

    CALL = "call"
    SHARING = "sharing"
    SETTING = "setting"
    DELETE = "delete"
    OWN = "own"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """How many stored data a change touches; `count` None is unknown, and counts as touched."""

    count: int | None
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who saved an object last, and when (server time, ISO without zone); a username, never a name."""

    username: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference and what becomes of it. Its identity is (type, path, field).

    `path` is the key path; `field` is empty for the object itself, a wire name for a field, and
    `collection[key]`, `collection[key].field` or `collection#order` inside lists. `before` and `after` are
    JSON values with keys in place of UIDs where we know the key; `base` is what was last applied, for a
    conflict. `title` and `within` are the names a reader knows: of the object, and of its parents. `uid` is
    what the server calls the object. `inside` marks what is created below a created parent and can be folded.
    `names` are the titles of the keys that stand in `before`, `after` and `base`.
    """

    type: str
    path: str
    field: str
    kind: Kind
    reason: Reason
    risk: Risk
    uid: Uid
    title: str
    within: tuple[str, ...] = ()
    label: str = ""
    before: Any = None
    after: Any = None
    base: Any = None
    marks: tuple[Mark, ...] = ()
    touched: Touched | None = None
    place: Place | None = None
    author: Author | None = None
    package: str = ""
    inside: bool = False
    note: str = ""
    names: Mapping[str, str] = made_by(default_factory=dict)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes a change the same in two plans."""
        return (self.type, self.path, self.field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """Something of the municipality's own that the plan keeps: an object's field, member or child.

    `title` names the thing itself, `object_title` the object that it is part of.
    """

    type: str
    path: str
    field: str
    title: str
    value: Any = None
    object_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A unique value that passes from one object to another: in one call DHIS2 says E5003 (facts §1.4).

    `giver` and `taker` are key paths; `holder` is the UID of the giver, which that error names.
    """

    type: str
    property: str
    value: str
    giver: str
    taker: str
    holder: Uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing a run does on a server; `body` is what is sent, `reason` why it is a step of its own.

    Every body has the shape of `StepKind`: type → items with an `id`, in the same order as `objects`.
    `tried` is False where the call could not be dry-run before an earlier one is done. `objects` lists what
    the step writes as (type, key path). `handed` are the values that this call frees for a later one: E5003
    between the two objects of one of these says nothing against all calls tried as one.
    """

    number: int
    kind: StepKind
    objects: tuple[tuple[str, str], ...]
    body: Mapping[str, Any]
    reason: str = ""
    tried: bool = True
    handed: tuple[HandOver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why apply would refuse; `word` allows it (`breaking`, `takeover` …; empty: nothing does)."""

    word: str
    message: str
    place: Place | None = None
    following: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """SHA-256 in hexadecimal of what a plan was made of."""

    files: str
    record: str
    catalogue: str
    live: str
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan of one target. `group` is equal for plans that differ only in the server they are for.

    `trial` holds what the server's own dry run refused. `compared` counts the objects looked at; `notes` are
    sentences a reader needs (what the server does along the way, what could not be seen). `prune`: orphans
    are deleted too.
    """

    target: str
    environment: str
    url: str
    municipalities: tuple[str, ...]
    fleet: str
    packages: Mapping[str, str]
    applied: Mapping[str, str]
    server_version: str
    compared: int
    changes: tuple[Change, ...]
    steps: tuple[Step, ...]
    local: tuple[Local, ...]
    refusals: tuple[Refusal, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    digests: Digests
    group: str
    trial: tuple[Refused, ...] = ()
    tool: str = ""
    prune: bool = False
    format: int = FORMAT

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done on the server."""
        return not self.changes
