"""What municipalities' files allow until a date (`allow:`), taken off what apply would refuse."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.fleet import Allowance
from dhis2cfg.model.plan import Refusal
from dhis2cfg.pipeline.tasks import Planned
from dhis2cfg.wire.canonical import digest

DATE = len("2026-12-01")


def with_allowances(planned: Planned, allowances: Sequence[Allowance]) -> Planned:
    """The plan without the refusals that a dated permission covers, by the server's date; it says so."""
    today = planned.server_time[:DATE]
    valid = [each for each in allowances if is_dated(each) and each.until >= today]
    left: list[Refusal] = []
    used: list[Allowance] = []
    for refusal in planned.plan.refusals:
        covering = [each for each in valid if each.kind == refusal.word]
        rest = tuple(change for change in refusal.changes if not any(covers(a, change) for a in covering))
        used += [a for a in covering if any(covers(a, change) for change in refusal.changes)]
        if rest or not refusal.changes:
            left.append(refusal if rest == refusal.changes else _lessened(planned, refusal, rest))
    told = tuple(dict.fromkeys(words(each) for each in used))
    notes = [f"allowed: {each}" for each in told]
    notes += [
        f"counts for nothing, as it has no date until: {words(each)}"
        for each in allowances
        if not is_dated(each)
    ]
    if not notes:
        return planned
    plan = replace(
        planned.plan,
        refusals=tuple(left),
        notes=(*planned.plan.notes, *notes),
        group=digest([planned.plan.group, notes]),
    )
    return replace(planned, plan=plan, allowed=told)


def is_dated(allowance: Allowance) -> bool:
    """Whether a permission ends on a day; one without an end is none."""
    try:
        return date.fromisoformat(allowance.until).isoformat() == allowance.until
    except ValueError:
        return False


def covers(allowance: Allowance, change: tuple[str, str, str]) -> bool:
    """Whether a permission is for the object of a change, or for one that the object stands in."""
    type_name, path, _ = change
    on_type, _, on_path = allowance.on.partition("/")
    if type_name == on_type:
        return path == on_path
    return path.startswith(f"{on_path}/") and type_name in _inside(on_type)


def _inside(type_name: str) -> set[str]:
    """The types whose objects stand inside one of this type, at any depth."""
    inside: set[str] = set()
    waiting = [type_name]
    while waiting:
        outer = waiting.pop()
        children = {row.child for row in oddities.NESTED if row.parent == outer} - inside
        inside |= children
        waiting += children
    return inside


def _lessened(planned: Planned, refusal: Refusal, rest: tuple[tuple[str, str, str], ...]) -> Refusal:
    """A refusal with the changes that are left of it."""
    place = next((each.place for each in planned.plan.changes if each.identity == rest[0]), refusal.place)
    count = "1 change" if len(rest) == 1 else f"{len(rest)} changes"
    message = f"--allow {refusal.word} is missing ({count})"
    return replace(refusal, message=message, place=place, changes=rest)


def words(allowance: Allowance) -> str:
    """A permission as plan, run and record print it."""
    until = f" until {allowance.until}" if allowance.until else ""
    why = f": {allowance.why}" if allowance.why else ""
    place = f"{allowance.place.file}:{allowance.place.line}"
    return f"{allowance.kind} on {allowance.on}{until}{why} ({place})"
