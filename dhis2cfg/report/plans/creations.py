"""New objects: one by one while they are few, folded to counts beyond; what a new rule does."""

from collections.abc import Mapping, Sequence
from typing import Any

from dhis2cfg.catalogue.settings.keys import BESIDE
from dhis2cfg.model.plan import Change
from dhis2cfg.report.layout import beside, folded
from dhis2cfg.report.plans.fields import FIELD, notes_of, parsed, place_of
from dhis2cfg.report.plans.view import PlanView
from dhis2cfg.report.signs import listed, number, shortened, shown
from dhis2cfg.report.words import ACTS, one, plural, several

HOLDERS = ("programs", "dataSets")
"""Types whose creation brings a whole tree, told in one line."""
ORDER = ("programStages", "programRules", "sections")
"""What is counted first, after which the fields of stages are told."""
FIELDS = ("programStageDataElements", "programTrackedEntityAttributes", "dataSetElements")
TARGETS = (
    "dataElement",
    "trackedEntityAttribute",
    "programStageSection",
    "programStage",
    "option",
    "optionGroup",
    "content",
)
"""What an action acts on: the first of these that it names."""
PARTS = {"options": "optionSets", "programRuleActions": "programRules"}
"""Types that are counted in brackets behind what they belong to."""
MOST_DEEDS = 3
"""As many things that a rule does as are said one by one."""


def counted(created: Sequence[Change]) -> str:
    """`4 stages, 96 fields, 42 rules (60 actions), 19 option sets (788 options)`."""
    counts: dict[str, int] = {}
    types = {each.type for each in created}
    inner: dict[str, str] = {}
    for each in created:
        holder = PARTS.get(each.type)
        if holder in types and holder is not None:
            amount = sum(other.type == each.type for other in created)
            inner.setdefault(one(holder), f" ({several(each.type, amount)})")
        else:
            counts[one(each.type)] = counts.get(one(each.type), 0) + 1
    return ", ".join(
        number(count, word, plural(word)) + inner.get(word, "") for word, count in counts.items()
    )


def contents(top: Change, below: Sequence[Change]) -> str:
    """`4 stages, 84 fields, 28 rules (40 actions)`: what an object that comes or goes holds."""
    fields = sum(_fields(each) for each in (top, *below))
    inner = sorted(below, key=lambda each: ORDER.index(each.type) if each.type in ORDER else len(ORDER))
    told = counted(inner).split(", ") if inner else []
    told[1:1] = [number(fields, "field")] if fields else []
    return ", ".join(told)


def holder_line(top: Change, below: Sequence[Change], view: PlanView) -> list[str]:
    """A new program or data set with everything below it in one line."""
    told = contents(top, below)
    head = f"+ {one(top.type)} {top.title} · {top.path}"
    text = f"{head}: {told}" if told else head
    note = f" ({top.note})" if top.note else ""
    return folded(text + note, view.width, 2, 4)


def _fields(each: Change) -> int:
    """How many fields for people to fill in an object brings."""
    holds = each.before if isinstance(each.before, Mapping) else each.after
    if not isinstance(holds, Mapping):
        return 0
    places = [parsed(path) for path in holds]
    return sum(place.property in FIELDS and place.key is not None and not place.rest for place in places)


def new_lines(each: Change, parts: Sequence[Change], titles: Mapping[str, str], view: PlanView) -> list[str]:
    """One new object, with its key where it stands alone, and what it does where that can be said shortly."""
    indent = 4 if each.within else 2
    key = "" if each.within or each.type in BESIDE else f" · {each.path}"
    below = f" in {each.within[-1]}" if len(each.within) > 1 else ""
    title = each.title
    if each.type == "programRuleActions":
        title = " ".join(part for part in _acting(each, titles) if part)
    notes = list(dict.fromkeys(note for part in (each, *parts) for note in notes_of(part)))
    notes += [each.note] if each.note else []
    text = f"{'':<{indent}}+ {one(each.type)} {title}{key}{below}"
    lines = beside(text, notes, place_of(each), view.width)
    told = _does(each, parts, titles, view)
    return [*lines, *(folded(told, view.width, FIELD) if told else [])]


def deeds_of(each: Change, parts: Sequence[Change], titles: Mapping[str, str]) -> tuple[str, str]:
    """What a rule or an action does, and on which condition; empty where that cannot be said."""
    told = each.before if isinstance(each.before, Mapping) else each.after
    if not isinstance(told, Mapping):
        return "", ""
    if each.type == "programRuleActions":
        return " ".join(part for part in _acting(each, titles) if part), ""
    return listed(_deeds(parts, titles)), str(told.get("condition") or "")


def _does(each: Change, parts: Sequence[Change], titles: Mapping[str, str], view: PlanView) -> str:
    """What a new rule does and when; of another object how many parts it brings."""
    if not isinstance(each.after, Mapping):
        return ""
    if each.type != "programRules":
        return counted(parts)
    deeds = _deeds(parts, titles)
    if len(deeds) > MOST_DEEDS and not view.full:
        deeds = [*deeds[:MOST_DEEDS], f"{len(deeds) - MOST_DEEDS} more"]
    when = str(each.after.get("condition") or "")
    when = when if view.full else shortened(when, view.width)
    return " ".join(part for part in (listed(deeds), "when" if when else "", when) if part)


def _deeds(parts: Sequence[Change], titles: Mapping[str, str]) -> list[str]:
    """`hides A and B`, `warns at C "text"`: what is done to several things alike is said once."""
    told: dict[tuple[str, str], list[str]] = {}
    for part in parts:
        deed, on, text = _acting(part, titles)
        told.setdefault((deed, text), []).append(on)
    return [" ".join(part for part in (deed, listed(on), text) if part) for (deed, text), on in told.items()]


def _acting(action: Change, titles: Mapping[str, str]) -> tuple[str, str, str]:
    """What an action does, on what, and with which text."""
    told = action.before if isinstance(action.before, Mapping) else action.after
    fields: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    titles = {**titles, **action.names}
    deed = ACTS.get(str(fields.get("programRuleActionType")), "")
    on = next((str(fields[name]) for name in TARGETS if fields.get(name)), "")
    content = fields.get("content")
    if not deed:
        return "", action.title, ""
    return deed, titles.get(on) or on, shown(content, 40) if content and on != content else ""


def titles_of(changes: Sequence[Change]) -> dict[str, str]:
    """Names by key path, of every object and every member that the changes speak of."""
    titles = {each.path: each.title for each in changes if each.title}
    for each in changes:
        field = parsed(each.field)
        if field.key is not None and not field.rest:
            titles.setdefault(field.key, each.label or field.key)
    return titles
