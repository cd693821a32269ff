"""What judging an expression must know beside its text."""

from dataclasses import dataclass

from dhis2cfg.expressions.vocabulary.uses import Use
from dhis2cfg.expressions.vocabulary.values import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`version` is `2.42` or a full `2.42.4`; `are_uids`: names stand as servers have them, not as keys.

    `is_of_enrollment`: the rule has no stage, so that it runs for enrollments too.
    """

    use: Use
    names: Names
    version: str
    are_uids: bool = False
    is_of_enrollment: bool = False
