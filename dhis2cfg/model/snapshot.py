"""What a run may have to lay back: everything it changes, deletes, cascades or orphans, as it stood before.

Snapshot    before the first write: objects as they stood, what the run sends, and the record
Aftermath   after the last one: the same objects as they were read back
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Live
from dhis2cfg.model.record import Record

FORMAT = 1

Objects = Mapping[str, Mapping[Uid, Live | None]]
"""Type → UID → the object as the server tells it, None where it is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The undo point of one run, kept on the server. Settings stand among objects as `StepKind` spells them.

    `name` is the run's, with a number from its second attempt on. `sent` is the final form of what the run
    writes, None of what it deletes; `gone` is what the server deletes along. `names` are key paths, `upkeep`
    what the server is asked to put in order. `account` is the UID of who ran it: whoever else saved an object
    since edited it.
    """

    name: str
    fleet: str
    account: Uid
    server_version: str
    taken: str
    before: Objects
    sent: Objects
    record: Record | None = None
    gone: Mapping[str, tuple[Uid, ...]] = field(default_factory=dict)
    upkeep: tuple[str, ...] = ()
    names: Mapping[str, Mapping[Uid, str]] = field(default_factory=dict)
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What stood once a run was done: the base of what is undone later, so that edits since survive."""

    name: str
    fleet: str
    after: Objects = field(default_factory=dict)
    format: int = FORMAT
