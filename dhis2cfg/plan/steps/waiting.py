"""What waits until the server has made option combinations: it goes behind their upkeep."""

from collections.abc import Sequence
from dataclasses import replace

from dhis2cfg.model.plan import Step
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.steps.own_roads import cut_by_roads, waiting
from dhis2cfg.plan.steps.upkeep import combined, combining
from dhis2cfg.plan.survey import Survey
from dhis2cfg.wire.combinations import wanted_in

REASON = "what names an option combination goes once the server has made it (facts §4.4)"


def cut_by_combinations(known: Survey, writes: Sequence[Write]) -> tuple[Step, ...]:
    """The calls; where something names combinations that are not there, upkeep stands between them."""
    marked = {each.key for each in writes if any(wanted_in(each.body))}
    if not marked:
        return cut_by_roads(known, writes)
    absent = {str(each.uid) for each in writes if each.key in marked and each.is_new}
    rest = [each for each in writes if each.key not in marked]
    late = marked | waiting(rest, absent)
    return (
        *cut_by_roads(known, [each for each in writes if each.key not in late]),
        combining(combined(known, writes)),
        *map(_later, cut_by_roads(known, [each for each in writes if each.key in late])),
    )


def _later(step: Step) -> Step:
    """It can be tried only when its time has come."""
    return replace(step, tried=False, reason=step.reason or REASON)
