"""What is a municipality's own and is kept: one short sentence, or the whole list."""

from collections.abc import Iterable, Sequence

from dhis2cfg.model.plan import Local, Plan
from dhis2cfg.report.layout import folded
from dhis2cfg.report.plans.blocks import grouped
from dhis2cfg.report.plans.fields import parsed
from dhis2cfg.report.plans.view import FEW, LIST, PlanView
from dhis2cfg.report.signs import listed, number, shown
from dhis2cfg.report.words import one, several

PUBLIC = "public access"


def kept_lines(plans: Sequence[Plan], view: PlanView) -> list[str]:
    """Of the targets of a block: equal ones in one sentence."""
    owners = [plan for plan in plans if plan.local]
    if view.full:
        return [line for plan in owners for line in _list(plan, view)]
    groups = grouped(owners, lambda plan: sentence(plan.local))
    if len(groups) > FEW:
        count = number(sum(len(plan.local) for plan in owners), "thing")
        return [f"  kept as their own: {count} on {len(owners)} targets    {LIST}"]
    lines: list[str] = []
    for group in groups:
        whose = f"{group[0].target}'s own" if len(group) == 1 else "their own"
        by = f" by {listed([plan.target for plan in group])}" if len(group) > 1 else ""
        lines += folded(f"kept as {whose}{by}: {sentence(group[0].local)}", view.width, 2)
    return lines


def sentence(local: Iterable[Local]) -> str:
    """`2 options of Eksponeringssted, 15 organisation units of the program`."""
    groups = grouped(local, lambda each: (each.type, each.path, what(each)))
    told = [_counted(group) for group in groups]
    if len(told) > FEW:
        rest = sum(len(group) for group in groups[FEW:])
        told = [*told[:FEW], f"{rest} more things ({LIST})"]
    return ", ".join(told)


def what(local: Local) -> str:
    """What kind of thing it is, as a name of DHIS2."""
    field = parsed(local.field)
    if field.property == "sharing":
        return {"userGroups": "sharing entries", "users": "sharing entries"}.get(
            parsed(field.rest).property, PUBLIC
        )
    return field.property


def _counted(group: Sequence[Local]) -> str:
    first = group[0]
    if not first.field:
        return f"{one(first.type)} {_of(first)}"
    if what(first) == PUBLIC:
        return f"{PUBLIC} of {_of(first)}"
    return f"{several(what(first), len(group))} of {_of(first)}"


def _of(local: Local) -> str:
    return local.object_title or local.path


def _list(plan: Plan, view: PlanView) -> list[str]:
    lines = [f"  kept as {plan.target}'s own:"]
    for each in plan.local:
        value = "" if each.value is None or each.value is True else f" {shown(each.value, 40)}"
        lines += folded(_named(each) + (f":{value}" if value else ""), view.width, 4)
    return lines


def _named(each: Local) -> str:
    """One thing by its name and that of the object it is part of."""
    whole = f"{one(each.type)} {_of(each)}"
    if not each.field:
        return whole
    word = "" if parsed(each.field).property == "sharing" else f"{one(what(each))} "
    return f"{word}{each.title} of {whole}"


def own_count(plan: Plan) -> str:
    """How many things of its own a target has, as a sentence."""
    return f"{plan.target} has {number(len(plan.local), 'thing')} of its own."
