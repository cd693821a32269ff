"""A problem in the user's files, as a value: rule, place, what is wrong, what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from dhis2cfg.model.places import Place


class Severity(Enum):
    """How much a finding weighs: errors stop plan and apply, warnings and notes are shown."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A second place that belongs to a finding ("first defined here")."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem: `rule` is its kebab-case name, `message` the sentence, `label` stands under the caret.

    `following` says what to do next and may be empty only where the message already says it.
    """

    rule: str
    message: str
    place: Place
    severity: Severity = Severity.ERROR
    label: str = ""
    following: str = ""
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """Files in order of name, lines downwards, and one order for what shares a place."""
        place = self.place
        return (place.file, place.line, place.column, place.turn, self.rule, self.message)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repetition, sorted by file and line."""
    return tuple(sorted(set(findings), key=lambda finding: finding.sort_key))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings stops plan and apply."""
    return any(finding.severity is Severity.ERROR for finding in findings)
