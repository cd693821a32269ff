"""Names of persons are left out of what is shown, unless they are asked for; small numbers are not told."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.model.diff import Diff, Item
from dhis2cfg.model.plan import Change, Local, Plan, Touched
from dhis2cfg.report.plans.fields import parsed

SOMEBODY = "a user"
PEOPLE = frozenset({"users"})
SMALL = 5
"""Numbers of people or of what is registered of them are told from here on."""
_HELD = re.compile(rf"\b[1-{SMALL - 1}] (?=[^,;:]+ hold it\b)")


def without_people(diff: Diff) -> Diff:
    """The diff with `a user` in place of every username."""

    def one(items: Iterable[Item]) -> tuple[Item, ...]:
        return tuple(replace(item, change=anonymous(item.change)) for item in items)

    packages = tuple(replace(each, items=one(each.items)) for each in diff.packages)
    return replace(diff, packages=packages, settings=one(diff.settings))


def without_authors(plan: Plan) -> Plan:
    """The plan with nobody's name in its changes and in what is kept."""
    return replace(
        plan,
        changes=tuple(map(anonymous, plan.changes)),
        local=tuple(_local(each) for each in plan.local),
        notes=tuple(each for each in plan.notes if not each.startswith("seen as ")),
    )


def without_small_numbers(plan: Plan) -> Plan:
    """The plan whose sentences tell no small number of what is registered."""
    notes = (_HELD.sub(f"< {SMALL} ", each) for each in plan.notes)
    return replace(plan, notes=tuple(notes))


def anonymous(change: Change) -> Change:
    """A change without the names of persons."""
    change = replace(
        change,
        author=None,
        before=_without_users(change.type, change.before),
        after=_without_users(change.type, change.after),
    )
    hidden = _hidden(change.type, change.field)
    if hidden is None:
        return change
    return replace(change, field=hidden(change.field), label=hidden(change.label))


def _without_users(type_name: str, value: Any) -> Any:
    """A whole object without the fields that name a person."""
    if not isinstance(value, Mapping):
        return value
    return {path: each for path, each in value.items() if _hidden(type_name, path) is None}


def _local(local: Local) -> Local:
    hidden = _hidden(local.type, local.field)
    return local if hidden is None else replace(local, field=hidden(local.field), title=hidden(local.title))


def _hidden(type_name: str, field: str) -> Callable[[str], str] | None:
    """How the name of a person is taken out of texts about a field; None where there is none in it."""
    if type_name == "municipalities" and field.startswith("members."):
        name = field.rpartition(".")[2]
        return lambda text: re.sub(rf"(^member |\.){re.escape(name)}(?= of |$)", rf"\1{SOMEBODY}", text)
    path = parsed(field)
    inner = parsed(path.rest) if path.property == "sharing" and path.rest else path
    if inner.property in PEOPLE and inner.key:
        key = inner.key
        return lambda text: text.replace(key, SOMEBODY)
    return None


def few(touched: Touched) -> str:
    """A number of what is registered, as a pull request may tell it."""
    if touched.count is None:
        return "unknown"
    return f"< {SMALL}" if touched.count < SMALL else str(touched.count)
