"""Putting back what a run touched: as often as it takes, until all stands as it stood, or nothing helps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dhis2cfg.apply.walk import refused, walk
from dhis2cfg.catalogue import shipped
from dhis2cfg.errors import Unreachable
from dhis2cfg.model.plan import Step
from dhis2cfg.model.run import Refused, StepState
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.pipeline.tasks import Ports
from dhis2cfg.pipeline.undoing.looking import standing
from dhis2cfg.pipeline.undoing.planning import Undoing, undoing
from dhis2cfg.pipeline.undoing.steps_back import upkeep_step

PASSES = 4
"""A legend set in use is deleted at the second try (facts §19.19), an answer may be lost: more is no help."""

BETWEEN_PASSES = 6.0
"""Seconds: what was under way when an answer was lost comes to its end (facts §19.44)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """How putting back went: what is left to be done, nothing where all is well, and what was refused."""

    left: Undoing
    errors: tuple[Refused, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything stands as it stood before the run."""
        return not self.left.steps and not self.errors


@dataclass(slots=True)
class _Trying:
    """What came of the passes so far."""

    refused: int = 0
    errors: tuple[Refused, ...] = ()
    broken: Unreachable | None = field(default=None)


class Never:
    """Nobody stops what puts back."""

    def requested(self) -> bool:
        """No."""
        return False


def looked_at(ports: Ports, snapshot: Snapshot, aftermath: Aftermath | None) -> Undoing:
    """What would be put back, as things stand now."""
    facts = ports.server.facts()
    now = standing(ports.server, snapshot)
    return undoing(shipped.for_server(facts.version), facts, snapshot, aftermath, now)


def put_back(
    ports: Ports,
    snapshot: Snapshot,
    aftermath: Aftermath | None,
    first: Undoing,
    tell: Callable[[str], None],
) -> Laid:
    """Do what is to be done; after each pass all is read again, and what is left is planned anew."""
    trying = _Trying()
    plan = first
    number = 0
    while plan.steps and trying.refused <= 1 and number < PASSES:
        if number:
            ports.clock.pause(BETWEEN_PASSES)
        number += 1
        _pass(ports, plan.steps, trying, tell)
        plan = looked_at(ports, snapshot, aftermath)
    if plan.steps and trying.broken is not None:
        raise trying.broken
    if plan.steps:
        return Laid(left=plan, errors=trying.errors)
    trying.errors = ()
    step = upkeep_step(snapshot.upkeep)
    if step is not None:
        report = ports.server.perform(step)
        trying.errors = () if report.ok else refused(step, report)
    return Laid(left=plan, errors=trying.errors)


def _pass(ports: Ports, steps: Sequence[Step], trying: _Trying, tell: Callable[[str], None]) -> None:
    """Each step, until one is not done; a server that does not answer a trial is asked again in a while."""
    trying.broken = None
    try:
        for outcome in walk(steps, ports.server, ports.clock, Never(), lambda each: each):
            tell(f"laying back, step {outcome.number} of {len(steps)}: {outcome.state.value}")
            trying.errors = outcome.errors
            trying.refused += outcome.state is StepState.REFUSED
    except Unreachable as error:
        trying.broken = error
