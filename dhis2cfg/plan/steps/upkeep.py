"""What a server must be told to do after an import: option combinations, levels below moved units."""

from collections.abc import Iterator, Sequence
from typing import Any

from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.plan.steps.bodies import Write, referred
from dhis2cfg.plan.survey import Survey

MAINTENANCE = "maintenance"
COMBOS = "categoryCombos"
COMBINATIONS = "categoryOptionComboUpdate"
LEVELS = "ouPathsUpdate"
REASONS = {
    COMBINATIONS: "an import makes no option combinations (facts §4.4)",
    LEVELS: "the levels below a moved unit are stale until then (facts §19.14)",
}
LISTS = {"categories": "categoryOptions", "categoryCombos": "categories"}
"""Type → the list whose change makes other option combinations."""


def upkeep(known: Survey, writes: Sequence[Write], done: Sequence[Step] = ()) -> Iterator[Step]:
    """The maintenance that these writes need, a step each; not again what was done behind all calls."""
    combos = combined(known, writes)
    is_done = any(each.objects == ((MAINTENANCE, COMBINATIONS),) for each in done)
    if combos and not is_done:
        yield combining(combos)
    if any(_moves(known, each) for each in writes):
        yield _step(LEVELS)


def combining(combos: Sequence[Uid]) -> Step:
    """The server makes the option combinations that are missing; those of `combos` are counted then."""
    return _step(COMBINATIONS, **{COMBOS: list(combos)})


def combined(known: Survey, writes: Sequence[Write]) -> tuple[Uid, ...]:
    """The category combinations of ours that have other option combinations afterwards."""
    changed = {each.uid for each in writes if _combines(known, each)}
    touched = set()
    for ref, body in known.bodies.items():
        uids = {known.uid(ref), *map(Uid, referred(body.get("categories")))}
        if ref.type == COMBOS and uids & changed:
            touched.add(known.uid(ref))
    return tuple(sorted(touched))


def _step(name: str, **more: Any) -> Step:
    return Step(
        number=0,
        kind=StepKind.MAINTENANCE,
        objects=((MAINTENANCE, name),),
        body={MAINTENANCE: [{"id": name, **more}]},
        reason=REASONS[name],
    )


def _combines(known: Survey, write: Write) -> bool:
    """Whether an option combination may be missing, or too many, afterwards."""
    name = LISTS.get(write.type)
    if name is None:
        return False
    if write.is_new:
        return write.type == COMBOS
    return set(referred(write.body.get(name))) != set(referred(known.live[write.key].get(name)))


def _moves(known: Survey, write: Write) -> bool:
    """Whether a unit that stands gets another parent."""
    if write.type != "organisationUnits" or write.is_new:
        return False
    return list(referred(write.body.get("parent"))) != list(referred(known.live[write.key].get("parent")))
