"""What /api/metadata loses or refuses although it is right goes by its type's own endpoint (facts §18).

Such objects are a step between two calls: behind all that they refer to, before all that refers to what of
them is new (a dashboard).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from dhis2cfg.catalogue import quirks
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.plan.steps.bodies import Key, Write, referred
from dhis2cfg.plan.steps.cut import cut
from dhis2cfg.plan.survey import Survey


def cut_by_roads(known: Survey, writes: Sequence[Write]) -> tuple[Step, ...]:
    """The calls, and between them the step for what goes by another road."""
    own = {each.key: reason for each in writes if (reason := other_road(each, known.given.catalogue))}
    if not own:
        return cut(known, writes)
    new = {each.uid for each in writes if each.key in own and each.is_new}
    rest = [each for each in writes if each.key not in own]
    behind = waiting(rest, {str(uid) for uid in new})
    return (
        *cut(known, [each for each in rest if each.key not in behind]),
        _step([each for each in writes if each.key in own], own.values()),
        *cut(known, [each for each in rest if each.key in behind]),
    )


def other_road(write: Write, catalogue: Catalogue) -> str:
    """Why an object cannot go through /api/metadata as it is to be; empty where it can."""
    for name in write.body:
        row = quirks.other_road(write.type, name, catalogue.version)
        if row is not None and _is_lost(write.body[name], row.loses):
            return row.reason
    return ""


def _is_lost(value: Any, loses: frozenset[quirks.Lost]) -> bool:
    """Whether a list holds what the import loses: items or programs of a view, a period that is a date."""
    for each in value or ():
        periods = each.get("rawPeriods") or () if isinstance(each, dict) else (each,)
        if quirks.Lost.DATES in loses and any(map(_is_date, periods)):
            return True
        if isinstance(each, dict) and any(each.get(name) for lost in loses for name in _HELD.get(lost, ())):
            return True
    return False


_HELD = {
    quirks.Lost.ITEMS: ("dataDimensionItems",),
    quirks.Lost.TRACKED: ("program", "programStage", "trackedEntityType"),
}
"""What of a view makes it lost: on 2.42 an import of a view with a program is a bare 409 of the database."""


def _is_date(period: object) -> bool:
    return str(period)[:1].isdigit()


def waiting(writes: Iterable[Write], new: set[str]) -> set[Key]:
    """What refers to something new that comes with the step, and what refers to that in turn."""
    behind: set[Key] = set()
    absent = set(new)
    grown = True
    while grown:
        more = {each.key for each in writes if each.key not in behind and absent & set(referred(each.body))}
        behind |= more
        absent |= {str(each.uid) for each in writes if each.key in more and each.is_new}
        grown = bool(more)
    return behind


def _step(writes: Sequence[Write], reasons: Iterable[str]) -> Step:
    body: dict[str, list[Any]] = {}
    for each in sorted(writes, key=lambda write: write.type):
        body.setdefault(each.type, []).append(each.body)
    return Step(
        number=0,
        kind=StepKind.OWN,
        objects=tuple((each.type, each.path) for each in sorted(writes, key=lambda write: write.type)),
        body=body,
        reason="; ".join(sorted(set(reasons))),
        tried=False,
    )
