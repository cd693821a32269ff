"""Plans as a reviewer reads them: equal ones once, by object, in domain words, risk first (design §8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.plan import Change, Kind, Mark, Plan, Reason, Risk
from dhis2cfg.report.signs import clean, number, shown
from dhis2cfg.report.words import one, several

SIGNS = {Kind.CREATE: "+", Kind.UPDATE: "~", Kind.DELETE: "-", Kind.ADOPT: "=", Kind.MOVE: "~"}
NEEDS_A_WORD = (Risk.ACCESS, Risk.BREAKING, Risk.DESTRUCTIVE, Risk.IRREVERSIBLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """What is to be shown: plans in order, targets without one, and how much of it."""

    plans: tuple[Plan, ...]
    failed: Mapping[str, Dhis2cfgError]
    width: int
    full: bool = False
    commit: str = ""
    saved: str = ""


def plans_text(view: PlanView) -> str:
    """The whole answer of `plan` and `show`."""
    lines: list[str] = []
    changed = [plan for plan in view.plans if not plan.is_empty]
    if view.plans:
        lines.append(_head(view))
    if changed:
        lines += ["  + create  ~ change  - delete  = adopt  ! needs a word from you", ""]
    for group in groups(changed):
        lines += [*_group(group, view), ""]
    for name, error in view.failed.items():
        lines += [
            f"{name}: cannot be planned: {clean(error.what)}",
            *(f"  {clean(x)}" for x in error.details),
        ]
        lines += [*(f"  {clean(x)}" for x in error.following), ""]
    same = [plan.target for plan in view.plans if plan.is_empty]
    if same and changed:
        lines += [f"{', '.join(same)}: no changes", ""]
    lines += _foot(view, changed)
    return "\n".join(lines) + "\n"


def _head(view: PlanView) -> str:
    first = view.plans[0]
    packages = " and ".join(f"{name} {version}" for name, version in first.packages.items())
    targets = number(len(view.plans), "target")
    compared = sum(plan.compared for plan in view.plans)
    commit = f", commit {view.commit}" if view.commit else ""
    if all(plan.is_empty for plan in view.plans):
        own = [f"{p.target} has {number(len(p.local), 'thing')} of its own." for p in view.plans if p.local]
        return " ".join(
            [f"{packages} → {targets}: no changes ({number(compared, 'object')} compared).", *own]
        )
    return f"{packages} → {targets} ({first.environment}){commit}    {number(compared, 'object')} compared"


def groups(plans: Sequence[Plan]) -> list[list[Plan]]:
    """Plans that differ in their server only stand together, in the order of their first."""
    together: dict[str, list[Plan]] = {}
    for plan in plans:
        together.setdefault(plan.group, []).append(plan)
    return list(together.values())


def _group(group: Sequence[Plan], view: PlanView) -> list[str]:
    names = ", ".join(plan.target for plan in group)
    lines = [names + (": same plan" if len(group) > 1 else "")]
    first = group[0]
    common = [change for change in first.changes if all(_has(plan, change) for plan in group[1:])]
    lines += _changes(common, view)
    for plan in group:
        apart = [change for change in plan.changes if change not in common and not _in(change, common)]
        if apart and len(group) > 1:
            lines += [f"  only {plan.target}:", *(f"  {line}" for line in _changes(apart, view))]
        elif apart:
            lines += _changes(apart, view)
        lines += _local(plan, view)
    lines += [f"  {clean(note)}" for note in first.notes]
    lines += _calls(first)
    return lines


def _has(plan: Plan, change: Change) -> bool:
    return _in(change, plan.changes)


def _in(change: Change, changes: Iterable[Change]) -> bool:
    return any(
        each.identity == change.identity and (each.before, each.after) == (change.before, change.after)
        for each in changes
    )


def _changes(changes: Sequence[Change], view: PlanView) -> list[str]:
    lines: list[str] = []
    created = [each for each in changes if not each.field and each.kind is Kind.CREATE]
    lines += _created(created, view)
    rest = [each for each in changes if each.field or each.kind is not Kind.CREATE]
    by_object: dict[tuple[str, str], list[Change]] = {}
    for each in sorted(rest, key=lambda change: -change.risk.rank):
        by_object.setdefault((each.type, each.path), []).append(each)
    for several_changes in by_object.values():
        lines += _object(several_changes, view)
    return lines


def _created(created: Sequence[Change], view: PlanView) -> list[str]:
    """New objects; what is new below a new parent folds to one line, unless all is wanted."""
    if view.full or len(created) <= FEW:
        return [_new(each) for each in created]
    tops = [each for each in created if each.type in ("programs", "dataSets")]
    others = [each for each in created if each not in tops]
    counts: dict[str, int] = {}
    for each in others:
        counts[each.type] = counts.get(each.type, 0) + 1
    folded = ", ".join(several(type_name, count) for type_name, count in counts.items())
    lines = [_new(each) for each in tops]
    return [*lines, f"  + {folded}    --full lists them"] if folded else lines


FEW = 12
"""As many new objects as are listed one by one."""


def _new(each: Change) -> str:
    within = f" in {' · '.join(map(clean, each.within))}" if each.within else ""
    mark = "    phones: sync first" if Mark.DEVICES in each.marks else ""
    note = f"    {each.note}" if each.note else ""
    return f"  + {one(each.type)} {clean(each.title)} · {each.path}{within}{mark}{note}"


def _object(changes: Sequence[Change], view: PlanView) -> list[str]:
    first = changes[0]
    needs = any(needs_a_word(each) for each in changes)
    sign = "!" if needs else " "
    reasons = {each.reason for each in changes} - {Reason.MOVED_ON, Reason.NEW}
    why = f"    {', '.join(sorted(_why(reason) for reason in reasons))}" if reasons else ""
    within = f" in {' · '.join(map(clean, first.within))}" if first.within else ""
    head = f"{sign} ~ {one(first.type)} {clean(first.title)} · {first.path}{within}{why}"
    if first.kind is Kind.ADOPT and not first.field:
        head = f"{sign} = {one(first.type)} {clean(first.title)} · {first.path}    {first.note}"
    return [head, *(line for each in changes if each.field for line in _field(each, view))]


def needs_a_word(change: Change) -> bool:
    """Whether apply refuses a change until it is allowed."""
    return change.risk in NEEDS_A_WORD or change.reason in (Reason.TAKEOVER, Reason.CONFLICT)


def _why(reason: Reason) -> str:
    return {Reason.DRIFT: "set back", Reason.DROPPED: "no longer in the package"}.get(
        reason, reason.name.lower().replace("_", " ")
    )


def _field(change: Change, view: PlanView) -> list[str]:
    notes = [] if change.risk in (Risk.SAFE, Risk.VISIBLE) else [change.risk.value]
    notes += ["phones: sync first"] if Mark.DEVICES in change.marks else []
    if change.author is not None:
        notes.append(f"last saved by {clean(change.author.username)} {_when(change.author.at)}")
    if change.place is not None:
        notes.append(str(change.place))
    told = _told(change)
    aside = "    ".join(notes)
    line = f"        {told}    {aside}".rstrip()
    lines = [line] if len(line) <= view.width else [f"        {told}", f"          {aside}"]
    if change.reason is Reason.CONFLICT:
        lines.append(f"          last applied {shown(change.base)}, take the package's: --allow conflict")
    return lines


def _told(change: Change) -> str:
    label = clean(change.label or change.field)
    if change.kind is Kind.MOVE:
        return f"{label}: {shown(change.after)}"
    if change.after is True and change.before is None:
        return f"+ {label}"
    if change.before is True and change.after is None:
        return f"- {label}"
    return f"{label} {shown(change.before)} → {shown(change.after)}"


def _when(at: str) -> str:
    return at[:16].replace("T", " ")


def _local(plan: Plan, view: PlanView) -> list[str]:
    if not plan.local:
        return []
    if not view.full and len(plan.local) > FEW:
        return [f"  kept as {plan.target}'s own: {number(len(plan.local), 'thing')}    --full lists them"]
    return [
        f"  kept as {plan.target}'s own:",
        *(f"    {one(each.type)} {each.path}: {clean(each.title)}" for each in plan.local),
    ]


def _calls(plan: Plan) -> list[str]:
    if len(plan.steps) < 2:  # noqa: PLR2004 - one call needs no explanation
        return []
    lines = [f"  {len(plan.steps)} calls:"]
    for step in plan.steps:
        tried = "" if step.tried else "; can be tried only after the call before it"
        lines.append(
            f"    call {step.number}: {number(len(step.objects), 'object')}"
            + (f", because {step.reason}" if step.reason else "")
            + tried
        )
    return lines


def _foot(view: PlanView, changed: Sequence[Plan]) -> list[str]:
    if not changed:
        return []
    counts = [_counts(plan.changes) for plan in changed]
    total = f"{number(len(changed), 'target')} to change"
    lines = [f"{total} · " + "; ".join(dict.fromkeys(counts))]
    refusals = [(plan.target, each) for plan in view.plans for each in plan.refusals]
    words = dict.fromkeys(each.word for _, each in refusals if each.word)
    for target, each in refusals:
        if not each.word:
            lines.append(f"{target}: refused: {clean(each.message)}")
            lines += [f"  {clean(each.following)}"] if each.following else []
    for plan in changed:
        lines += [
            f"{plan.target}: the server refuses {each.type}/{each.path}: {each.code} {clean(each.message)}"
            for each in plan.trial
        ]
    allow = "".join(f" --allow {word}" for word in words)
    if allow:
        lines.append(f"As it stands apply refuses it:{allow} is missing.")
    file = view.saved or "plan.json"
    keep = "" if view.saved else f"Keep it: dhis2cfg plan --all --out {file}    "
    lines.append(f"{keep}Apply it: dhis2cfg apply {file}{allow}")
    return lines


def _counts(changes: Sequence[Change]) -> str:
    creates = sum(1 for each in changes if not each.field and each.kind is Kind.CREATE)
    deletes = sum(1 for each in changes if not each.field and each.kind is Kind.DELETE)
    fields = len(changes) - creates - deletes
    parts = [number(creates, "create"), number(fields, "change"), number(deletes, "delete")]
    risks = [
        f"{n} {risk.value}" for risk in NEEDS_A_WORD if (n := sum(each.risk is risk for each in changes))
    ]
    marks = sum(Mark.DEVICES in each.marks for each in changes)
    return ", ".join(parts + risks + ([number(marks, "mark") + " for phones"] if marks else []))
