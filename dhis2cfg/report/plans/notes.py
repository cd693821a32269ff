"""Sentences beside the changes: what a reader must know first, and what happens along the way."""

import re
from collections.abc import Sequence

from dhis2cfg.model.plan import Plan, StepKind
from dhis2cfg.report.layout import ended, folded
from dhis2cfg.report.plans.blocks import Block, grouped
from dhis2cfg.report.plans.view import FEW, LIST, PlanView

AFTER = (
    "along the way",
    "orphan",
    "forgotten",
    "let go",
    "goes with its parent",
    "no longer managed",
    "allowed",
)
"""How sentences begin that say what becomes of things; all others come before the changes."""
ON_REQUEST = "forgotten"
"""What is told with `--full` only: nothing is done, and nothing stands."""


def first_notes(block: Block, view: PlanView) -> list[str]:
    """What the reader must know of the server or the record before the changes."""
    return _lines([each for each in block.notes if _kind(each) not in AFTER], view)


def last_notes(block: Block, view: PlanView) -> list[str]:
    """What becomes of things beside the changes, and why there is more than one call."""
    told = [each for each in block.notes if _kind(each) in AFTER]
    shown = told if view.full else [each for each in told if _kind(each) != ON_REQUEST]
    return [*_lines(shown, view), *(_calls(block.common, view) if block.has_calls else [])]


def notes_alone(plans: Sequence[Plan], view: PlanView) -> list[str]:
    """What there is to know of targets without changes; equal sentences once."""
    lines: list[str] = []
    for several in grouped([plan for plan in plans if plan.notes], lambda plan: plan.notes):
        shown = [each for each in several[0].notes if view.full or _kind(each) != ON_REQUEST]
        if shown:
            lines += folded(f"{', '.join(plan.target for plan in several)}:", view.width)
            lines += _lines(shown, view)
    return lines


def _kind(note: str) -> str:
    return note.partition(":")[0]


def _lines(notes: Sequence[str], view: PlanView) -> list[str]:
    """Each sentence; of many of a kind the first few and a number."""
    lines: list[str] = []
    for several in grouped(notes, _kind):
        shown = several if view.full or len(several) <= FEW else several[:3]
        for note in shown:
            lines += folded(without_source(note), view.width, 2)
        if len(shown) < len(several):
            more = f"{_kind(several[0])}: {len(several) - len(shown)} more"
            lines += ended(folded(more, view.width, 2), LIST, view.width, 4)
    return lines


def without_source(text: str) -> str:
    """A sentence without the mark of where its fact was found."""
    return re.sub(r"\s*\(facts [^)]*\)", "", text)


def _reason(text: str) -> str:
    """Why there is a second call, DHIS2's own code behind it."""
    return re.sub(r"^(E\d+): (.*)$", r"\2 (\1)", without_source(text))


def _calls(common: Sequence[Plan], view: PlanView) -> list[str]:
    """Why a plan is more than one call."""
    steps = common[0].steps
    to_each = " to each server" if len(common) > 1 else ""
    reasons = "; ".join(dict.fromkeys(_reason(step.reason) for step in steps if step.reason))
    untried = [
        f"call {step.number} can be tried only after call {step.number - 1}"
        for step in steps
        if not step.tried
    ]
    told = "; ".join(part for part in (reasons, *untried) if part)
    word = "calls" if all(step.kind is StepKind.CALL for step in steps) else "steps"
    return folded(f"{len(steps)} {word}{to_each}{': ' if told else ''}{told}.", view.width, 2)
