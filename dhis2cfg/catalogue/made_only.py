"""What a server takes once and never again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeOnly:
    """An object that a server takes once and never again while `property` says something."""

    type: str
    property: str
    versions: tuple[str, ...]
    reason: str


MADE_ONLY = (
    MadeOnly(
        type="programRuleActions",
        property="templateUid",
        versions=("2.42", "2.43"),
        reason="saving an action that sends a notification ends in 409 (TransientPropertyValueException)",
    ),
)
"""Neither /api/metadata nor PUT nor PATCH changes these; each row has its live test."""
