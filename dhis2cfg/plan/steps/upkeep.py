"""What a server must be told to do after an import: option combinations, levels below moved units."""

from collections.abc import Iterator, Sequence

from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.plan.steps.bodies import Write, referred
from dhis2cfg.plan.survey import Survey

MAINTENANCE = "maintenance"
COMBINATIONS = "categoryOptionComboUpdate"
LEVELS = "ouPathsUpdate"
REASONS = {
    COMBINATIONS: "an import makes no option combinations (facts §4.4)",
    LEVELS: "the levels below a moved unit are stale until then (facts §19.14)",
}
LISTS = {"categories": "categoryOptions", "categoryCombos": "categories"}
"""Type → the list whose change makes other option combinations."""


def upkeep(known: Survey, writes: Sequence[Write]) -> Iterator[Step]:
    """The maintenance that these writes need, a step each."""
    wanted = {
        COMBINATIONS: any(_combines(known, each) for each in writes),
        LEVELS: any(_moves(known, each) for each in writes),
    }
    for name, is_wanted in wanted.items():
        if is_wanted:
            yield Step(
                number=0,
                kind=StepKind.MAINTENANCE,
                objects=((MAINTENANCE, name),),
                body={MAINTENANCE: [{"id": name}]},
                reason=REASONS[name],
            )


def _combines(known: Survey, write: Write) -> bool:
    """Whether an option combination may be missing, or too many, afterwards."""
    name = LISTS.get(write.type)
    if name is None:
        return False
    if write.is_new:
        return write.type == "categoryCombos"
    return set(referred(write.body.get(name))) != set(referred(known.live[write.key].get(name)))


def _moves(known: Survey, write: Write) -> bool:
    """Whether a unit that stands gets another parent."""
    if write.type != "organisationUnits" or write.is_new:
        return False
    return list(referred(write.body.get("parent"))) != list(referred(known.live[write.key].get("parent")))
