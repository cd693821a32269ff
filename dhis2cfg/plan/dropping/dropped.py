"""An object that the record holds and the packages ask for no longer."""

from dataclasses import dataclass
from enum import Enum

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Live, Use
from dhis2cfg.model.record import Recorded
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat


class Fate(Enum):
    """What becomes of a dropped object.

    GONE is not there any longer; HIDDEN nobody knows; LET_GO stays and is no longer ours; ORPHAN stays and is
    ours until it is pruned; WITH_PARENT goes when its parent is saved without it, or deleted; DELETED is
    deleted by a step of its own.
    """

    GONE = "gone"
    HIDDEN = "hidden"
    LET_GO = "let go"
    ORPHAN = "orphan"
    WITH_PARENT = "with its parent"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """One of them. `live` None: it is gone already, or it is `hidden`; `flat` is what stands, flattened.

    `why` says why it stays although it is logic, or although orphans are pruned; `follows`: because what it
    stands in stays.
    """

    type: str
    uid: Uid
    recorded: Recorded
    live: Live | None
    flat: Flat
    hidden: bool = False
    fate: Fate = Fate.ORPHAN
    why: str = ""
    follows: bool = False
    users: tuple[Use, ...] = ()

    @property
    def key(self) -> tuple[str, Uid]:
        """Type and UID."""
        return (self.type, self.uid)

    @property
    def is_edited(self) -> bool:
        """Whether a managed field is no longer as we wrote it."""
        return any(
            self.flat.get(path) != value
            for path, value in self.recorded.fields.items()
            if not path.endswith(paths.ORDER)
        )


def is_orphaned(type_name: str) -> bool:
    """Whether an object of this type that the packages drop stays until it is pruned (grammar.md)."""
    return type_name not in oddities.LOGIC | oddities.PARTS
