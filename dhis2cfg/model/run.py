"""One apply, as it went: run, steps, outcomes. The run stands on the server before its first step does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from dhis2cfg.model.names import Uid

FORMAT = 1


class Phase(Enum):
    """How far a run has come on one target; `running`, `undoing` and `between` want a person (exit 9)."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    BETWEEN = "between"
    UNDOING = "undoing"
    UNDONE = "undone"
    ROLLED_BACK = "rolled back"

    @property
    def is_unfinished(self) -> bool:
        """Whether the server may stand between old and new."""
        return self in (Phase.RUNNING, Phase.UNDOING, Phase.BETWEEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One apply on one target, as kept in the data store: which plan, which step it stands at.

    `id` is four characters that people can read out; times are ISO 8601 by the server's clock. `created` has
    by type the UIDs that the run makes, `gained` what it adds to objects that stand: after a run that died,
    what of them stands is ours. `files` is the digest of the files that it applies; `snapshot` the name of
    its undo point, empty while there is none.
    """

    id: str
    fleet: str
    target: str
    plan: str
    phase: Phase
    steps: int
    done: int
    started: str
    ended: str = ""
    by: str = ""
    message: str = ""
    packages: Mapping[str, str] | None = None
    allowed: tuple[str, ...] = ()
    tool: str = ""
    created: Mapping[str, tuple[Uid, ...]] = field(default_factory=dict)
    gained: Mapping[str, Mapping[Uid, tuple[str, ...]]] = field(default_factory=dict)
    files: str = ""
    snapshot: str = ""
    format: int = FORMAT

    @property
    def is_unfinished(self) -> bool:
        """Whether the server may stand between old and new because of it."""
        return self.phase.is_unfinished


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The finished runs before the last one that a server keeps, newest first."""

    fleet: str
    runs: tuple[Run, ...] = ()
    format: int = FORMAT


class StepState(Enum):
    """What became of one step; `partly`: refused, and some of it stands or may stand all the same."""

    DONE = "done"
    REFUSED = "refused"
    PARTLY = "partly"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """What one step did: the server's own counts, and its errors as (object, code, message) lines."""

    number: int
    state: StepState
    stats: Mapping[str, int]
    errors: tuple["Refused", ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One error of an import report, with our name for the object."""

    type: str
    path: str
    code: str
    message: str
    property: str = ""


class Result(Enum):
    """How one target ended, in the words of the last line of apply."""

    CHANGED = "changed"
    AS_IT_WAS = "as it was"
    REFUSED = "refused"
    UNDONE = "undone"
    ROLLED_BACK = "rolled back"
    BETWEEN = "in between"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What apply did on one target; `exit` is the exit code this target asks for."""

    target: str
    result: Result
    exit: int
    run: str = ""
    changes: int = 0
    steps: tuple[StepOutcome, ...] = ()
    message: str = ""
    details: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    seconds: float = 0.0
    residual: tuple[Any, ...] = ()
    format: int = FORMAT
