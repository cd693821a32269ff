"""What a person still has to do once a plan is applied: what DHIS2 does only when it is asked (facts §11)."""

from collections.abc import Callable, Mapping

from dhis2cfg.model.plan import Change, Kind, Mark, Plan

ANALYTICS = frozenset(
    {
        "categories",
        "categoryCombos",
        "categoryOptionGroupSets",
        "dataElementGroupSets",
        "dataElements",
        "indicators",
        "organisationUnitGroupSets",
        "programStages",
        "programs",
        "trackedEntityAttributes",
    }
)
"""Types whose new objects and links show in analyses only after the tables were made anew."""


def _asks_for_tables(change: Change) -> bool:
    is_new = change.kind is Kind.CREATE and not change.field
    return change.type in ANALYTICS and (is_new or change.field.startswith("programStageDataElements["))


SENTENCES: Mapping[str, Callable[[Change], bool]] = {
    "run the analytics tables (Data Administration) before the new elements are looked for in analyses": (
        _asks_for_tables
    ),
    "whoever works in the new organisation units logs out and in again": lambda change: (
        change.type == "organisationUnits"
    ),
    "whoever has a role that changed logs in again: the server has ended their sessions": lambda change: (
        change.type == "userRoles" and change.kind is not Kind.CREATE
    ),
    "phones synchronise before they go on: what they hold unsent may no longer fit": lambda change: (
        Mark.DEVICES in change.marks
    ),
}
"""Sentence → which changes ask for it."""


def todo_of(plan: Plan) -> tuple[str, ...]:
    """The sentences that hold for a plan."""
    changes = plan.changes
    return tuple(sentence for sentence, asks in SENTENCES.items() if any(asks(each) for each in changes))
