"""The whole answer of `plan` and `show`: head, blocks of targets, what could not be planned, the end."""

from collections.abc import Sequence
from dataclasses import replace

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.plan import Plan
from dhis2cfg.report.layout import folded
from dhis2cfg.report.plans.blocks import Block, blocks
from dhis2cfg.report.plans.deviations import deviation_lines
from dhis2cfg.report.plans.ends import end_lines
from dhis2cfg.report.plans.kept import kept_lines, own_count
from dhis2cfg.report.plans.notes import first_notes, last_notes, notes_alone
from dhis2cfg.report.plans.objects import change_lines
from dhis2cfg.report.plans.view import FEW, PlanView, narrower, needs_a_word
from dhis2cfg.report.signs import clean, number, steadied, tamed


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
    lines += end_lines(view, changed)
    return steadied("\n".join(lines).rstrip("\n") + "\n")


def _head(view: PlanView, changed: Sequence[Plan]) -> list[str]:
    packages = " and ".join(f"{name} {version}" for name, version in view.plans[0].packages.items())
    targets = number(len(view.plans), "target")
    if not changed:
        told = f"{packages} → {targets}: no changes ({_compared(view.plans)})."
        own = [own_count(plan) for plan in view.plans if plan.local]
        is_long = view.full or len(own) > FEW
        lines = folded(" ".join([told, *([] if is_long else own)]), view.width)
        lines += kept_lines(view.plans, view) if is_long else []
        return [*lines, *notes_alone(view.plans, view)]
    head = head_line(view)
    signs = "  + create  ~ change  - delete  = adopt  ! needs a word from you"
    told = f"{_compared(view.plans)}{_right(view.plans)}"
    whole = f"{signs}    {told}"
    rest = [whole] if len(whole) <= view.width else [signs, *folded(told, view.width, 2)]
    return [*folded(head, view.width), *rest, ""]


def head_line(view: PlanView) -> str:
    """`covid-no 1.4.0 → 3 targets (prod), commit 4f3a2c1`."""
    packages = " and ".join(f"{name} {version}" for name, version in view.plans[0].packages.items())
    environments = ", ".join(dict.fromkeys(plan.environment for plan in view.plans))
    commit = f", commit {clean(view.commit)}" if view.commit else ""
    return f"{packages} → {number(len(view.plans), 'target')} ({environments}){commit}"


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
    lines = [*folded(block.heading, view.width), *first_notes(block, view)]
    if view.summary:
        return [*lines, *_gist(block, view)]
    lines += change_lines(block.changes, block.common, view)
    lines += [line for each in block.deviations for line in deviation_lines(each, view)]
    if block.missing:
        missing = change_lines(block.missing, block.common, narrower(view))
        lines += ["  but not", *(f"  {line}" for line in missing)]
    return [*lines, *kept_lines(block.plans, view), *last_notes(block, view)]


def _gist(block: Block, view: PlanView) -> list[str]:
    """What needs a word, and how many other changes there are."""
    grave = [each for each in block.changes if needs_a_word(each)]
    quiet = [each for each in block.changes if not needs_a_word(each) and not each.inside]
    beside = "beside them " if grave else ""
    told = [f"  {beside}{number(len(quiet), 'change')} that no word is needed for"] if quiet else []
    return [*change_lines(grave, block.common, view), *told]


def _unchanged(same: Sequence[Plan], view: PlanView) -> list[str]:
    lines = folded(f"{', '.join(plan.target for plan in same)}: no changes", view.width)
    return [*lines, *kept_lines(same, view), *notes_alone(same, view)]


def _failed(name: str, error: Dhis2cfgError, view: PlanView) -> list[str]:
    """A target that cannot be planned: why, and what to do next."""
    lines = folded(f"{clean(name)}: cannot be planned: {clean(error.what)}", view.width)
    following = error.following or (f"try it: dhis2cfg doctor -m {name}",)
    for line in (*error.details, *following):
        lines += folded(clean(line), view.width, 2)
    return lines
