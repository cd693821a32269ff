"""What is to be shown of a diff, and how much of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from dhis2cfg.model.diff import Diff

MARKDOWN = 60_000
"""Characters of a comment on a pull request: GitHub takes 65,536, and something stands around it."""


class Detail(Enum):
    """How much is told."""

    SUMMARY = "summary"
    USUAL = "usual"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffView:
    """A diff and its frame: `command` shows it again, `lines` is how the files themselves differ."""

    diff: Diff
    detail: Detail = Detail.USUAL
    width: int = 100
    command: str = ""
    lines: Sequence[str] = ()
    limit: int = MARKDOWN

    @property
    def full(self) -> bool:
        """Whether nothing is folded."""
        return self.detail is Detail.FULL
