"""What some municipalities see of a server that they share with others: `-m` selects what is shown."""

from collections.abc import Mapping
from dataclasses import replace

from dhis2cfg.model.plan import Change, Plan
from dhis2cfg.report.signs import number


def narrowed(plan: Plan, others: Mapping[str, str]) -> Plan:
    """The plan without what only other municipalities ask for, and a note of how much that is.

    `others` are the municipalities that are not meant, each with its file. What the packages ask for
    concerns all, and stays.
    """
    mine = tuple(each for each in plan.changes if not _is_theirs(each, others))
    hidden = len(plan.changes) - len(mine)
    if not hidden:
        return plan
    note = f"not shown: {number(hidden, 'change')} for {', '.join(others)} on the same server"
    return replace(plan, changes=mine, notes=(*plan.notes, note))


def _is_theirs(change: Change, others: Mapping[str, str]) -> bool:
    file = change.place.file if change.place else ""
    return change.package in others or file in others.values()
