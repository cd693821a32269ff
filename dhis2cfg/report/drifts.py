"""What somebody changed by hand on the servers, told from what was applied to what stands now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.plan import Change, Kind, Plan, Reason, Risk
from dhis2cfg.report.layout import folded
from dhis2cfg.report.plans.objects import change_lines
from dhis2cfg.report.plans.view import PlanView
from dhis2cfg.report.signs import clean, number, tamed

BY_HAND = (Reason.DRIFT, Reason.CONFLICT)
"""Reasons of a plan behind which stands a hand-made edit."""
TURNED = {Kind.CREATE: Kind.DELETE, Kind.DELETE: Kind.CREATE}
"""What a plan sets back, seen from the side of whoever did it."""


def drift_of(plan: Plan) -> tuple[Change, ...]:
    """The hand-made edits behind a plan, in the direction in which they were made.

    A conflict counts too: there the package has moved on since, and `base` is what was applied.
    """
    return tuple(_turned(each) for each in plan.changes if each.reason in BY_HAND)


def _turned(change: Change) -> Change:
    applied = change.base if change.reason is Reason.CONFLICT else change.after
    return replace(
        change,
        kind=TURNED.get(change.kind, change.kind),
        before=applied,
        after=change.before,
        base=None,
        note="",
        marks=(),
        touched=None,
        risk=Risk.SAFE,
        reason=Reason.DRIFT if change.reason is Reason.DRIFT else Reason.MOVED_ON,
    )


def drift_text(
    plans: Sequence[Plan], failed: Mapping[str, Dhis2cfgError], width: int, *, full: bool = False
) -> str:
    """One paragraph a target: what stands otherwise than it was applied, who saved it last, when."""
    lines: list[str] = []
    for plan in tamed(plans):
        changes = plan.changes
        applied = " and ".join(f"{name} {version}" for name, version in plan.applied.items())
        if not applied:
            lines += folded(f"{plan.target}: nothing was applied yet", width)
        elif not changes:
            lines += folded(f"{plan.target}: as applied ({applied})", width)
        else:
            things = number(len(changes), "thing")
            lines += folded(f"{plan.target}: {things} changed by hand since {applied} was applied", width)
            quiet = [replace(each, reason=Reason.MOVED_ON) for each in changes]
            view = PlanView(plans=(plan,), failed={}, width=width, full=full)
            lines += change_lines(quiet, (replace(plan, changes=tuple(quiet)),), view)
    for name, error in failed.items():
        for line in (f"{name}: not known: {error.what}", *error.details, *error.following):
            lines += folded(clean(line), width, 2 if lines else 0)
    return "\n".join(lines) + "\n"
