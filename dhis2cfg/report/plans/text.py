"""The whole answer of `plan` and `show`: head, blocks of targets, what could not be planned, the end."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.plan import Plan
from dhis2cfg.report.layout import folded
from dhis2cfg.report.plans.blocks import Block, blocks
from dhis2cfg.report.plans.deviations import deviation_lines
from dhis2cfg.report.plans.ends import end_lines
from dhis2cfg.report.plans.kept import kept_lines, own_count
from dhis2cfg.report.plans.objects import change_lines
from dhis2cfg.report.plans.view import FEW, PlanView, narrower
from dhis2cfg.report.signs import clean, number, tamed


def plans_text(view: PlanView) -> str:
    """Everything a reviewer reads, as lines that fit the view's width."""
    view = replace(view, plans=tamed(view.plans))
    changed = [plan for plan in view.plans if not plan.is_empty]
    same = [plan for plan in view.plans if plan.is_empty]
    lines = _head(view, changed) if view.plans else []
    for block in blocks(changed, all_names=view.full):
        lines += [*_block(block, view), ""]
    if same and changed:
        lines += [*_unchanged(same, view), ""]
    for name, error in view.failed.items():
        lines += [*_failed(name, error, view), ""]
    if changed:
        lines += end_lines(view, changed)
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(view: PlanView, changed: Sequence[Plan]) -> list[str]:
    packages = " and ".join(f"{name} {version}" for name, version in view.plans[0].packages.items())
    targets = number(len(view.plans), "target")
    if not changed:
        told = f"{packages} → {targets}: no changes ({_compared(view.plans)})."
        own = [own_count(plan) for plan in view.plans if plan.local]
        if view.full or len(own) > FEW:
            lines = folded(told, view.width)
            return lines + kept_lines(view.plans, view)
        return folded(" ".join([told, *own]), view.width)
    environments = ", ".join(dict.fromkeys(plan.environment for plan in view.plans))
    commit = f", commit {clean(view.commit)}" if view.commit else ""
    head = f"{packages} → {targets} ({environments}){commit}"
    signs = "  + create  ~ change  - delete  = adopt  ! needs a word from you"
    told = f"{_compared(view.plans)}{_right(view.plans)}"
    whole = f"{signs}    {told}"
    rest = [whole] if len(whole) <= view.width else [signs, *folded(told, view.width, 2)]
    return [*folded(head, view.width), *rest, ""]


def _compared(plans: Sequence[Plan]) -> str:
    each = " on each" if len(plans) > 1 else ""
    return f"{_range([plan.compared for plan in plans], 'object')} compared{each}"


def _right(plans: Sequence[Plan]) -> str:
    """How many of the objects stand as they should."""
    wrong = [len({(each.type, each.path) for each in plan.changes}) for plan in plans]
    left = [max(plan.compared - count, 0) for plan, count in zip(plans, wrong, strict=True)]
    return f", {_range(left)} as they should be" if any(left) else ""


def _range(counts: Sequence[int], word: str = "") -> str:
    least, most = min(counts), max(counts)
    told = number(most, word) if word else str(most)
    return told if least == most else f"{least} to {told}"


def _block(block: Block, view: PlanView) -> list[str]:
    lines = folded(block.heading, view.width)
    lines += change_lines(block.changes, block.common, view)
    lines += [line for each in block.deviations for line in deviation_lines(each, view)]
    if block.missing:
        lines += [
            "  but not",
            *(f"  {line}" for line in change_lines(block.missing, block.common, narrower(view))),
        ]
    lines += kept_lines(block.plans, view)
    for note in block.notes:
        lines += folded(_without_source(note), view.width, 2)
    return [*lines, *(_calls(block, view) if block.has_calls else [])]


def _without_source(text: str) -> str:
    """A sentence without the mark of where its fact was found."""
    return re.sub(r"\s*\(facts [^)]*\)", "", text)


def _reason(text: str) -> str:
    """Why there is a second call, DHIS2's own code behind it."""
    return re.sub(r"^(E\d+): (.*)$", r"\2 (\1)", _without_source(text))


def _calls(block: Block, view: PlanView) -> list[str]:
    """Why a plan is more than one call."""
    steps = block.common[0].steps
    to_each = " to each server" if len(block.common) > 1 else ""
    reasons = "; ".join(dict.fromkeys(_reason(step.reason) for step in steps if step.reason))
    untried = [
        f"call {step.number} can be tried only after call {step.number - 1}"
        for step in steps
        if not step.tried
    ]
    told = "; ".join(part for part in (reasons, *untried) if part)
    return folded(f"{len(steps)} calls{to_each}{': ' if told else ''}{told}.", view.width, 2)


def _unchanged(same: Sequence[Plan], view: PlanView) -> list[str]:
    lines = folded(f"{', '.join(plan.target for plan in same)}: no changes", view.width)
    return lines + kept_lines(same, view)


def _failed(name: str, error: Dhis2cfgError, view: PlanView) -> list[str]:
    """A target that cannot be planned: why, and what to do next."""
    lines = folded(f"{clean(name)}: cannot be planned: {clean(error.what)}", view.width)
    following = error.following or (f"try it: dhis2cfg doctor -m {name}",)
    for line in (*error.details, *following):
        lines += folded(clean(line), view.width, 2)
    return lines
