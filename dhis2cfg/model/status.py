"""Where one target stands: what was applied last, and what differs since."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dhis2cfg.model.run import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`behind` changes that the packages ask for, `by_hand` what somebody changed since; `run`: the last one.

    `undone`: the package versions that were rolled back since.
    """

    packages: Mapping[str, str] = field(default_factory=dict)
    applied: str = ""
    by: str = ""
    run: str = ""
    phase: Phase | None = None
    behind: int = 0
    by_hand: int = 0
    local: int = 0
    undone: Mapping[str, str] = field(default_factory=dict)
