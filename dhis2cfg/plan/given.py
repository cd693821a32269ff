"""What planning is given before anything is asked of the server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Reference, Uid
from dhis2cfg.model.questions import Answers, ServerFacts
from dhis2cfg.model.record import Record
from dhis2cfg.model.state import State
from dhis2cfg.plan.matching.references import references


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What planning is given: what is asked for, what we wrote last, what the server is, what it accepts.

    `thresholds` are the municipality's limits of what one apply may do (`max_delete` …). `foreign` tells of
    what other fleets wrote here whose it is, by type and UID. `prune`: whether orphans are to be deleted.
    `surveyed` remembers the last survey with the answers it was made from, and `read` all that the state
    refers to, so that what asked for them is not worked out again.
    """

    state: State
    record: Record | None
    facts: ServerFacts
    catalogue: Catalogue
    fleet: str
    environment: str
    thresholds: Mapping[str, int] = field(default_factory=dict)
    foreign: Mapping[tuple[str, Uid], str] = field(default_factory=dict)
    prune: bool = False
    surveyed: list[tuple[Answers, Any]] = field(default_factory=list, compare=False, repr=False)
    read: list[frozenset[Reference]] = field(default_factory=list, compare=False, repr=False)

    @property
    def named(self) -> frozenset[Reference]:
        """Everything that the state refers to."""
        if not self.read:
            self.read.append(frozenset(references(self.state)))
        return self.read[0]
