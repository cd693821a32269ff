"""What is common to several targets, once, and what differs, apart (design §8).

Plans of one family (the same packages over the same ones applied last) are told against one base: the plan
that most of them have, else what all of them hold. Targets that differ from it alike share a block.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from dhis2cfg.model.plan import Change, Kind, Plan

T = TypeVar("T")
Key = tuple[Any, ...]
Fields = tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A new object that is made on several targets, and here with other values: (field, value, elsewhere)."""

    change: Change
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands below one heading: `common` are the targets it speaks for, `plans` those that end with it.

    `missing` is what the base holds and these targets do not.
    """

    heading: str
    common: tuple[Plan, ...]
    plans: tuple[Plan, ...]
    changes: tuple[Change, ...]
    missing: tuple[Change, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    notes: tuple[str, ...] = ()
    has_calls: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    """What a family is told against; `usual` are the values that most of its plans give new objects."""

    changes: Mapping[Key, Change]
    notes: tuple[str, ...]
    calls: Key
    usual: Mapping[Key, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    """How one plan differs from the base."""

    changes: tuple[Change, ...]
    missing: tuple[Change, ...]
    deviations: tuple[Deviation, ...]
    notes: tuple[str, ...]
    calls: Key

    @property
    def key(self) -> str:
        """Equal for plans that may stand below one heading; empty where the plan is the base."""
        told = [likeness(each) for each in (*self.changes, *self.missing)]
        apart = [(each.change.identity, each.fields) for each in self.deviations]
        parts = (told, apart, self.notes, self.calls)
        return repr(parts) if any(parts) else ""


def blocks(plans: Sequence[Plan], *, all_names: bool) -> list[Block]:
    """All plans in blocks, families in the order of their first target."""
    families = grouped(plans, lambda plan: (tuple(plan.packages.items()), tuple(plan.applied.items())))
    several = len(families) > 1
    return [each for family in families for each in _family(family, from_where=several, all_names=all_names)]


def grouped(values: Iterable[T], key: Any) -> list[list[T]]:
    """Values of the same key together, in the order of their first."""
    together: dict[Any, list[T]] = {}
    for each in values:
        together.setdefault(key(each), []).append(each)
    return list(together.values())


def likeness(change: Change) -> Key:
    """What two changes have in common when they are shown as one; of a new object not its values."""
    told: Key = (*change.identity, change.kind, change.reason, change.risk, change.marks, change.note)
    if is_creation(change):
        return told
    return (*told, *(_value(each) for each in (change.before, change.after, change.base)))


def is_creation(change: Change) -> bool:
    """Whether a change makes a whole object."""
    return change.kind is Kind.CREATE and not change.field


def _value(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _family(plans: Sequence[Plan], *, from_where: bool, all_names: bool) -> list[Block]:
    base = _base(plans)
    rests = {plan.target: _rest(plan, base) for plan in plans}
    alike = tuple(plan for plan in plans if not rests[plan.target].key)
    others = grouped([plan for plan in plans if rests[plan.target].key], lambda plan: rests[plan.target].key)
    origin = [_origin(plans[0])] if from_where else []
    result = []
    if base.changes:
        words = ["same plan"] if len(alike) > 1 else [] if alike else [f"common to all {len(plans)}"]
        result.append(
            Block(
                heading=_heading(alike or plans, [*words, *origin], all_names=all_names),
                common=alike or tuple(plans),
                plans=alike,
                changes=tuple(base.changes.values()),
                notes=base.notes,
                has_calls=bool(base.calls),
            )
        )
    for group in others:
        rest = rests[group[0].target]
        result.append(_other(group, rest, ["the same, and"] if base.changes else origin, all_names=all_names))
    return result


def _other(group: Sequence[Plan], rest: _Rest, words: Sequence[str], *, all_names: bool) -> Block:
    only_less = rest.missing and not (rest.changes or rest.deviations)
    told = [word.replace("and", "but") for word in words] if only_less else words
    return Block(
        heading=_heading(group, told, all_names=all_names),
        common=tuple(group),
        plans=tuple(group),
        changes=rest.changes,
        missing=rest.missing,
        deviations=rest.deviations,
        notes=rest.notes,
        has_calls=bool(rest.calls),
    )


def _base(plans: Sequence[Plan]) -> _Base:
    """The plan that more than half of a family have, else what every plan of it holds."""
    same = max(grouped(plans, _whole), key=len)
    chosen = same if len(same) * 2 > len(plans) else plans
    first = chosen[0]
    keys = set[Key].intersection(*({likeness(each) for each in plan.changes} for plan in chosen))
    notes = set[str].intersection(*(set(plan.notes) for plan in chosen))
    changes = {likeness(each): each for each in first.changes if likeness(each) in keys}
    return _Base(
        changes=changes,
        notes=tuple(each for each in first.notes if each in notes),
        calls=calls(first) if len({calls(plan) for plan in chosen}) == 1 and changes else (),
        usual=_usual(plans, changes),
    )


def _whole(plan: Plan) -> str:
    return repr(([(likeness(each), _value(each.after)) for each in plan.changes], plan.notes, calls(plan)))


def _rest(plan: Plan, base: _Base) -> _Rest:
    own = {likeness(each): each for each in plan.changes}
    changes = tuple(each for key, each in own.items() if key not in base.changes)
    told = {each.identity for each in changes}
    return _Rest(
        changes=changes,
        missing=tuple(
            each for key, each in base.changes.items() if key not in own and each.identity not in told
        ),
        deviations=tuple(_deviations(plan, base.usual)),
        notes=tuple(each for each in plan.notes if each not in base.notes),
        calls=() if calls(plan) == base.calls else calls(plan),
    )


def _origin(plan: Plan) -> str:
    """From where the plans of a family go on."""
    applied = " and ".join(f"{name} {version}" for name, version in plan.applied.items())
    return f"{applied} is applied" if applied else "for the first time"


def _heading(plans: Sequence[Plan], words: Sequence[str], *, all_names: bool) -> str:
    told = _names(plans, all_names=all_names)
    return f"{told}: {', '.join(words)}" if words else told


def _names(plans: Sequence[Plan], *, all_names: bool, most: int = 8) -> str:
    names = [_name(plan, all_names=all_names, most=most) for plan in plans]
    if all_names or len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 2])} and {len(names) - most + 2} more"


def _name(plan: Plan, *, all_names: bool, most: int) -> str:
    """A target, and who shares it."""
    sharing = plan.municipalities
    if len(sharing) < 2:  # noqa: PLR2004 - one alone gives the target its name
        return plan.target
    more = f" and {len(sharing) - most + 2} more" if len(sharing) > most and not all_names else ""
    return f"{plan.target} ({', '.join(sharing[: most - 2] if more else sharing)}{more})"


def calls(plan: Plan) -> Key:
    """Why a plan has the calls it has; empty where one is enough."""
    return tuple((step.reason, step.tried) for step in plan.steps) if len(plan.steps) > 1 else ()


def _usual(plans: Sequence[Plan], shared: Mapping[Key, Change]) -> Mapping[Key, Mapping[str, Any]]:
    """Of new objects whose values differ: for each field that differs, what most targets get."""
    several = grouped(
        [
            each
            for plan in plans
            for each in plan.changes
            if is_creation(each) and likeness(each) in shared and isinstance(each.after, Mapping)
        ],
        lambda each: each.identity,
    )
    found = {}
    for changes in several:
        first = changes[0].after
        if any(each.after != first for each in changes[1:]):
            paths = dict.fromkeys(path for each in changes for path in each.after)
            most = {path: _most([each.after.get(path) for each in changes]) for path in paths}
            found[changes[0].identity] = most
    return found


def _most(values: Sequence[Any]) -> Any:
    """The commonest value; of equally common ones absence, else the first."""
    counts = Counter(_value(each) for each in values)
    return max(values, key=lambda each: (counts[_value(each)], each is None))


def _deviations(plan: Plan, usual: Mapping[Key, Mapping[str, Any]]) -> Iterable[Deviation]:
    for each in plan.changes:
        most = usual.get(each.identity)
        if most is None or not is_creation(each):
            continue
        fields = tuple(
            (path, each.after.get(path), value)
            for path, value in most.items()
            if _value(each.after.get(path)) != _value(value)
        )
        if fields:
            yield Deviation(change=each, fields=fields)
