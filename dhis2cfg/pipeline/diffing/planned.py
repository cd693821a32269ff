"""Plans as a diff: what changes of each package for those who use it, wherever it is applied."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dhis2cfg.model.diff import Affected, Diff, Item, PackageDiff
from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Change, Plan
from dhis2cfg.model.state import State
from dhis2cfg.pipeline.diffing.affected import Audience


def as_diff(plans: Sequence[Plan], states: Mapping[str, State], locale: str = "") -> Diff:
    """What plans change, once for all targets; `states` is what each of them asks for, by target."""
    audiences = {plan.target: Audience(states[plan.target], locale) for plan in plans}
    names = dict.fromkeys(name for plan in plans for name in plan.packages)
    return Diff(
        before="",
        after="",
        packages=tuple(_package(name, plans, states, audiences, locale) for name in names),
        settings=(),
        files=0,
        compared=max((plan.compared for plan in plans), default=0),
    )


def _package(
    name: str,
    plans: Sequence[Plan],
    states: Mapping[str, State],
    audiences: Mapping[str, Audience],
    locale: str,
) -> PackageDiff:
    """One package: each of its changes once, for all who see it on any target."""
    items: dict[tuple[Any, ...], Item] = {}
    having = [plan for plan in plans if name in plan.packages]
    for plan in having:
        for change in plan.changes:
            if change.package == name:
                seen = audiences[plan.target].of(Ref(change.type, change.path))
                key = _likeness(change)
                items[key] = _seen_by(items.get(key, Item(change=change, affected=Affected())), seen)
    used = next(each for each in states[having[0].target].packages if each.name == name)
    return PackageDiff(
        name=name,
        title=used.title,
        before=having[0].applied.get(name, ""),
        after=used.version,
        locale=locale or used.locale,
        municipalities=tuple(dict.fromkeys(one for plan in having for one in plan.municipalities)),
        items=tuple(items.values()),
    )


def _likeness(change: Change) -> tuple[Any, ...]:
    return (*change.identity, repr(change.before), repr(change.after))


def _seen_by(item: Item, seen: Affected) -> Item:
    """A change for some groups more."""
    groups = tuple(dict.fromkeys((*(item.affected.groups or ()), *(seen.groups or ()))))
    return replace(item, affected=replace(item.affected, groups=groups or None))
