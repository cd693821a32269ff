"""One changed field of one object: what it was, what it will be, what a reviewer must know beside it."""

from collections.abc import Sequence
from typing import Any

from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Change, Kind, Mark, Plan, Reason, Risk
from dhis2cfg.report.layout import beside, ended, folded
from dhis2cfg.report.plans.view import PlanView
from dhis2cfg.report.sentences.formulas import is_expression
from dhis2cfg.report.sentences.spans import as_text
from dhis2cfg.report.sentences.values import is_long_text, told_values
from dhis2cfg.report.signs import contrasted, listed, moment, number
from dhis2cfg.report.words import one, spaced
from dhis2cfg.wire import paths

FIELD = 8
"""The column in which fields begin."""
NAMED = frozenset({"authorities", "organisationUnits", "users"})
"""Lists whose members do not say by their name what they are."""


def parsed(field: str) -> paths.Parsed:
    """A field path taken apart; one that is no path (in a file of somebody's) is a property of that name."""
    try:
        return paths.parse(field)
    except ValueError:
        return paths.Parsed(property=field, key=None, is_order=False, rest="")


def label(change: Change) -> str:
    """What a field is called: `form name`, `Eksponeringssted: compulsory`, `order of stages`."""
    field = parsed(change.field)
    told = change.label or change.field
    if field.is_order:
        return f"order of {spaced(field.property)}"
    if field.key is None:
        return spaced(told)
    if field.rest and told.endswith(f": {field.rest}"):
        return told.removesuffix(field.rest) + spaced(field.rest)
    word = f"{one(field.property)} " if field.property in NAMED and not field.rest else ""
    return word + told.removeprefix("id:")


def field_lines(change: Change, common: Sequence[Plan], view: PlanView, prefix: str = "") -> list[str]:
    """One change of one field; `prefix` names the object where several share a heading."""
    if change.reason is Reason.CONFLICT:
        return _conflict(change, common, view, prefix)
    name = prefix + label(change)
    if is_expression(change) or is_long_text(change):
        lines = beside(f"{'':<{FIELD}}{name}", notes_of(change), place_of(change), view.width)
        lines += folded(as_text(told_values(change)), view.width, FIELD + 4, 0)
        return lines + _asides(change, common, view)
    room = max(view.width - FIELD - len(name) - 8, 30)
    before, after = contrasted([change.before, change.after], min(room // 2, 60))
    told = _told(change, name, before, after)
    notes, place = notes_of(change), place_of(change)
    if FIELD + len(told) > view.width and told.endswith(f" {before} → {after}"):
        lines = beside(f"{'':<{FIELD}}{name}", notes, place, view.width)
        lines += folded(f"{before} →", view.width, FIELD + 4)
        lines += folded(after, view.width, FIELD + 4)
    else:
        lines = beside(f"{'':<{FIELD}}{told}", notes, place, view.width)
    return lines + _asides(change, common, view)


def _asides(change: Change, common: Sequence[Plan], view: PlanView) -> list[str]:
    """Who saved it last, and what is registered in it."""
    told = (*_who(change, common), *_touched(change))
    return [line for text in told for line in folded(text, view.width, FIELD + 2)]


def _told(change: Change, name: str, before: str, after: str) -> str:
    if change.kind is Kind.MOVE:
        return f"{name}: {after}"
    if change.after is True and change.before is None:
        return f"+ {name}"
    if change.before is True and change.after is None:
        return f"- {name}"
    return f"{name} {before} → {after}"


def notes_of(change: Change) -> list[str]:
    """Risk, and what phones must do first."""
    notes = [] if change.risk in (Risk.SAFE, Risk.VISIBLE) else [change.risk.value]
    notes += ["takeover"] if change.reason is Reason.TAKEOVER else []
    notes += ["no longer in the package"] if change.reason is Reason.DROPPED and change.field else []
    notes += [change.reason.value] if change.reason is Reason.DEAD else []
    return [*notes, *(["phones: sync first"] if Mark.DEVICES in change.marks else [])]


def place_of(change: Change) -> str:
    """Where it is written, inside its package; the column is for editors, not for readers."""
    return told_place(change.place, change.package) if change.place else ""


def told_place(place: Place, package: str) -> str:
    """File and line of a place, the package's own folder left out."""
    turn = f" ({place.turn})" if place.turn else ""
    return f"{place.file.removeprefix(f'packages/{package}/')}:{place.line}{turn}"


def authors_of(change: Change, common: Sequence[Plan]) -> list[str]:
    """Who saved it last, and when, on each of the targets that a block speaks for."""
    found: dict[str, list[str]] = {}
    for plan in common:
        for each in plan.changes:
            if each.identity == change.identity and each.author is not None:
                who = f"{each.author.username} {moment(each.author.at)}"
                found.setdefault(who, []).append(plan.target)
    if len(found) == 1:
        return list(found)
    return [f"{who} ({listed(targets)})" for who, targets in found.items()]


def _who(change: Change, common: Sequence[Plan]) -> list[str]:
    authors = authors_of(change, common) if change.author is not None else []
    return [f"last saved by {listed(authors)}"] if authors else []


def _touched(change: Change) -> list[str]:
    if change.touched is None:
        return []
    count, what = change.touched.count, change.touched.what or "stored values"
    if count is None:
        return [f"how many {what} it touches could not be learnt, and counts as touched"]
    return [f"touches {number(count, what if ' and ' in what else one(what), what)}"]


def told_of_whole(
    changes: Sequence[Change], common: Sequence[Plan], view: PlanView, indent: int
) -> list[str]:
    """Below the name of an object that goes: who edited it since, and how many data hang on it."""
    whole = [each for each in changes if each.kind is Kind.DELETE and not each.field]
    lines = [line for each in whole for line in (*_who(each, common), *_touched(each))]
    return [part for line in lines for part in folded(line, view.width, indent)]


def _conflict(change: Change, common: Sequence[Plan], view: PlanView, prefix: str) -> list[str]:
    """What was written last, what the package wants, what stands: three lines, and the two ways out."""
    room = 2 * view.width
    name = prefix + label(change)
    saved = listed(authors_of(change, common))
    rows: list[tuple[str, Any, str]] = [
        ("last applied", change.base, ""),
        ("the package", change.after, place_of(change)),
        ("the server", change.before, f"last saved by {saved}" if saved else ""),
    ]
    there = contrasted([value for _, value, _ in rows if value is not None], room)
    told = ["not there" if value is None else there.pop(0) for _, value, _ in rows]
    lines = [" " * FIELD + name]
    at = FIELD + 4 + len("last applied  ")
    for (words, _, aside), value in zip(rows, told, strict=True):
        first, *more = folded(value, view.width, at, 0)
        lines += [f"{'':<{FIELD + 4}}{words}{first[FIELD + 4 + len(words) :]}", *more]
        lines = ended(lines, aside, view.width, at) if aside else lines
    keep = f"municipalities/{common[0].municipalities[0]}.yaml" if len(common) == 1 else "its municipality"
    ways = f"take the package's: --allow conflict     keep the server's: write it into {keep} (patches)"
    return [*lines, *folded(ways, view.width, FIELD + 4)]
