"""New objects of several targets that get other values on one of them."""

from collections.abc import Iterator

from dhis2cfg.report.layout import folded
from dhis2cfg.report.plans.blocks import Deviation
from dhis2cfg.report.plans.fields import parsed
from dhis2cfg.report.plans.view import PlanView
from dhis2cfg.report.signs import contrasted
from dhis2cfg.report.words import one, plural, several, spaced

FEW = 3
"""As many members as are named."""
VALUED = frozenset({"translations", "attributeValues"})
"""Lists whose entries have values, and are told as fields."""


def deviation_lines(each: Deviation, view: PlanView) -> list[str]:
    """The object, and each value that is another one here, beside the one that most targets get."""
    change = each.change
    told = [*_values(each), *_members(each)]
    below = f" in {change.within[-1]}" if len(change.within) > 1 else ""
    head = f"{one(change.type)} {change.title or change.path}{below}:"
    if len(told) == 1:
        return folded(f"{head} {told[0]}", view.width, 4, 4)
    lines = folded(head, view.width, 4)
    for text in told:
        lines += folded(text, view.width, 8)
    return lines


def _values(each: Deviation) -> Iterator[str]:
    """Fields; a translation that repeats the base text, and the order of members that differ, go without."""
    texts = [here for path, here, _ in each.fields if parsed(path).property != "translations"]
    lists = {parsed(path).property for path, *_ in each.fields if _is_member(path)}
    for path, here, elsewhere in each.fields:
        field = parsed(path)
        repeats = field.property == "translations" and here in texts
        if not (_is_member(path) or repeats or (field.is_order and field.property in lists)):
            mine, others = contrasted([here, elsewhere], 60)
            yield f"{_name(path)} {mine}, elsewhere {others}"


def _is_member(path: str) -> bool:
    field = parsed(path)
    return (
        field.key is not None and not field.rest and field.property not in ("translations", "attributeValues")
    )


def _members(each: Deviation) -> Iterator[str]:
    """`+ organisation units a, b`, or how many."""
    found: dict[tuple[str, str], list[str]] = {}
    for path, here, _ in each.fields:
        field = parsed(path)
        if _is_member(path):
            found.setdefault(("-" if here is None else "+", field.property), []).append(field.key or "")
    for (sign, name), keys in found.items():
        word = one(name) if len(keys) == 1 else plural(one(name))
        yield f"{sign} {word} {', '.join(keys)}" if len(keys) <= FEW else f"{sign} {several(name, len(keys))}"


def _name(path: str) -> str:
    """What a field is called: `form name (en)`, `order of stages`, `color of style`."""
    field = parsed(path)
    if field.is_order:
        return f"order of {spaced(field.property)}"
    if field.property == "translations":
        name, _, locale = (field.key or "").partition(",")
        return f"{name.removeprefix('id:').lower().replace('_', ' ')} ({locale})"
    key = f" {field.key}" if field.key else ""
    rest = f" {spaced(field.rest)}" if field.rest else ""
    return f"{spaced(field.property)}{key}{rest}"
