"""The last lines of a plan: how much, what is refused and by which word it is allowed, how to go on."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from dhis2cfg.model.plan import Change, Kind, Mark, Plan, Reason, Refusal, Risk
from dhis2cfg.report.layout import folded
from dhis2cfg.report.plans.blocks import grouped
from dhis2cfg.report.plans.fields import told_place
from dhis2cfg.report.plans.view import NEEDS_A_WORD, PlanView
from dhis2cfg.report.signs import listed, number

Test: TypeAlias = Callable[[Change], bool]


def end_lines(view: PlanView, changed: Sequence[Plan]) -> list[str]:
    """Counts, refusals, what the server's dry run says, and the next command."""
    stopped = [*_refused(view), *_tried(view, changed), *_warned(view)]
    if not changed:
        return stopped
    lines = [*_sum(view, changed), *stopped]
    words = list(dict.fromkeys(each.word for plan in view.plans for each in plan.refusals if each.word))
    flags = [_flag(word) for word in words]
    allow = "".join(f" {flag}" for flag in flags)
    if words:
        told = listed(flags)
        is_missing = "is missing" if len(words) == 1 else "are missing"
        lines += folded(f"As it stands apply refuses it: {told} {is_missing}.", view.width)
    blocked = [plan for plan in changed if plan.trial or any(not each.word for each in plan.refusals)]
    if not view.commands or len(blocked) == len(changed):
        return lines
    file = view.saved or "plan.json"
    apply = f"Apply it: dhis2cfg apply {file}{allow}"
    if view.saved:
        return [*lines, apply]
    keep = f"Keep it: dhis2cfg plan {view.selection} --out {file}"
    whole = f"{keep}    {apply}"
    return [*lines, whole] if len(whole) <= view.width else [*lines, keep, apply]


def _flag(word: str) -> str:
    """How a word is said on the command line."""
    return "--again" if word == "again" else f"--allow {word}"


def _sum(view: PlanView, changed: Sequence[Plan]) -> list[str]:
    """How much changes on how many targets; one number where all agree, else from which to which."""
    each = "each " if len(changed) > 1 else ""
    told = [f"{number(len(changed), 'target')} to change"]
    told.append(each + ", ".join(_amount(changed, *kind, names=False) for kind in KINDS))
    every = [change for plan in changed for change in plan.changes]
    for kinds in (RARE, MARKS):
        there = [kind for kind in kinds if any(map(kind[1], every))]
        told += [", ".join(_amount(changed, *kind, names=True) for kind in there)] if there else []
    return folded(" · ".join(told), view.width)


def question(changed: Sequence[Plan]) -> str:
    """What is asked before anything is written: how much, on how many targets, and what is dangerous."""
    every = [change for plan in changed for change in plan.changes]
    counts = [(word, sum(map(test, every))) for word, test in RARE if word != "adoption"]
    told = [number(len(changed), "target"), number(len(every), "change")]
    told += [_number(count, word) for word, count in counts if count]
    return f"{', '.join(told)}. Go on? Type {len(changed)}: "


def _whole(kind: Kind) -> Test:
    return lambda each: each.kind is kind and not each.field


def _is_change(each: Change) -> bool:
    return bool(each.field) or each.kind in (Kind.UPDATE, Kind.MOVE)


def _at_risk(risk: Risk) -> Test:
    return lambda each: each.risk is risk


def _because(reason: Reason) -> Test:
    return lambda each: each.reason is reason


KINDS: tuple[tuple[str, Test], ...] = (
    ("create", _whole(Kind.CREATE)),
    ("change", _is_change),
    ("delete", _whole(Kind.DELETE)),
)
RARE: tuple[tuple[str, Test], ...] = (
    ("adoption", _whole(Kind.ADOPT)),
    *((risk.value, _at_risk(risk)) for risk in NEEDS_A_WORD),
    ("takeover", _because(Reason.TAKEOVER)),
    ("conflict", _because(Reason.CONFLICT)),
)
MARKS: tuple[tuple[str, Test], ...] = (("mark for phones", lambda each: Mark.DEVICES in each.marks),)
"""What is counted only where there is some of it."""


def _amount(changed: Sequence[Plan], word: str, test: Test, *, names: bool) -> str:
    """`7 changes`, `7 to 8 changes`, or with names `1 conflict (oslo)`."""
    counts = {plan.target: sum(map(test, plan.changes)) for plan in changed}
    least, most = min(counts.values()), max(counts.values())
    told = _number(most, word)
    if least == most:
        return told
    few = 3
    some = [name for name, count in counts.items() if count]
    if names and least == 0 and len(some) <= few and len({counts[name] for name in some}) == 1:
        return f"{told} ({listed(some)})"
    return f"{least} to {told}"


def _number(count: int, word: str) -> str:
    if word in {risk.value for risk in NEEDS_A_WORD}:
        return f"{count} {word}"
    return number(count, word, word.replace("mark ", "marks ") if " " in word else "")


def _refused(view: PlanView) -> list[str]:
    """What no word allows, and what says more than that its word is missing: once, with the targets."""
    found = [(plan, each) for plan in view.plans for each in plan.refusals if not _only_a_word(each)]
    lines: list[str] = []
    for group in grouped(found, lambda pair: (pair[1].message, pair[1].following, pair[1].place)):
        refusal = group[0][1]
        targets = ", ".join(plan.target for plan, _ in group)
        lines += folded(f"{targets}: refused: {refusal.message}", view.width)
        if refusal.place is not None:
            lines.append(f"  {told_place(refusal.place, '')}")
        following = refusal.following or "nothing is written to it before that is mended"
        lines += folded(f"next: {following}", view.width, 2)
    return lines


def _only_a_word(refusal: Refusal) -> bool:
    """Whether the line that counts the missing words says all of it."""
    return refusal.message.startswith("--allow ")


def _warned(view: PlanView) -> list[str]:
    """What was found in files and does not stop a plan, once."""
    found = dict.fromkeys(each for plan in view.plans for each in plan.findings)
    lines: list[str] = []
    for each in found:
        lines += folded(f"{each.severity.value}[{each.rule}] {each.message}", view.width)
        lines.append(f"  {told_place(each.place, '')}")
        lines += folded(each.following, view.width, 2) if each.following else []
    return lines


def _tried(view: PlanView, changed: Sequence[Plan]) -> list[str]:
    """What the server's own dry run says against a plan."""
    found = [(plan, each) for plan in changed for each in plan.trial]
    lines: list[str] = []
    for group in grouped(found, lambda pair: pair[1]):
        error = group[0][1]
        targets = ", ".join(plan.target for plan, _ in group)
        told = f"{targets}: the server's dry run refuses {error.type}/{error.path}: {error.code}"
        lines += folded(f"{told} {error.message}", view.width)
    if lines:
        lines.append("  next: mend it in the files, or on the server, and plan again")
    return lines
