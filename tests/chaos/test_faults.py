"""Everything that can come instead of an answer, at any request: whatever is said of the run is true."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

from dhis2cfg.errors import Dhis2cfgError, Exit
from dhis2cfg.model.run import Outcome, Result
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.faults import Fault, FaultKind, FaultyApp
from tests.chaos.stage import (
    RUN,
    Ends,
    Stage,
    Wire,
    born_now,
    everything,
    is_expiring,
    is_free,
    kept,
    told_of,
)
from tests.e2e.house import URL

SEED = 20261126
SAMPLE = 16
"""As many as `make test` takes of all."""

FOR_GOOD = 100_000
"""Times: from that request on, until another machine goes on."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One fault at one request, once or for good."""

    kind: FaultKind
    request: int
    does_work: bool
    times: int

    def spoil(self, wire: Wire) -> None:
        """Put it in front of the server."""
        fault = Fault(kind=self.kind, nth=self.request, times=self.times, does_work=self.does_work)
        wire.inner = SandboxTransport(FaultyApp(make_app(wire.instance), [fault]), URL)


def every(requests: int) -> Iterator[Trouble]:
    """Every fault at every request, with and without the work done; for good where nothing comes any more.

    A body too large is turned away before anybody reads it: there is no such answer to work that was done.
    """
    for kind in FaultKind:
        for request in range(1, requests + 1):
            for does_work in (False,) if kind is FaultKind.TOO_LARGE else (False, True):
                yield Trouble(kind=kind, request=request, does_work=does_work, times=1)
            if kind is FaultKind.CUT:
                yield Trouble(kind=kind, request=request, does_work=False, times=FOR_GOOD)


def told_truly(stage: Stage, ends: Ends, trouble: Trouble) -> None:
    """Apply through it; what was said must be how the server stands; what stands between is mended."""
    wire = stage.wire()
    trouble.spoil(wire)
    outcome = _applied(stage, ends, wire)
    wire.inner, wire.late = SandboxTransport(make_app(wire.instance), URL), 16
    if outcome is not None and outcome.result is Result.BETWEEN:
        outcome = (stage.resume if trouble.request % 2 else stage.rollback)(wire, RUN)
        assert outcome.exit == 0, (trouble, outcome)
    is_new = outcome is not None and outcome.result in (Result.CHANGED, Result.AS_IT_WAS)
    found = everything(wire)
    assert (born_now(found) == ends.new) if is_new else (found == ends.old), (trouble, outcome)
    record = told_of(kept(wire, "record-example"))
    assert record == (ends.new_record if is_new else ends.old_record), (trouble, outcome)
    run = kept(wire, "run-example")
    assert run["phase"] not in ("between", "undoing"), (trouble, outcome)
    if run["phase"] == "running":
        assert stage.resume(wire, RUN).exit == 0, trouble
        assert born_now(everything(wire)) == ends.new, trouble
    assert is_free(wire) or is_expiring(wire), trouble


def _applied(stage: Stage, ends: Ends, wire: Wire) -> Outcome | None:
    """What came of it; None where it ended before anything was written, with an error."""
    try:
        return stage.apply(wire, RUN, ends.shown)
    except Dhis2cfgError as error:
        return None if error.exit != Exit.BETWEEN else pytest.fail(str(error))


def test_a_sample_of_faults(stage: Stage, ends: Ends) -> None:
    """Some of all faults, the same each time."""
    troubles = Random(SEED).sample(list(every(ends.requests)), SAMPLE)  # noqa: S311 - not for secrets
    for trouble in troubles:
        told_truly(stage, ends, trouble)
    sys.stdout.write(f"\nfaults: {len(troubles)} of {len(list(every(ends.requests)))} survived\n")


@pytest.mark.chaos
@pytest.mark.parametrize("kind", list(FaultKind), ids=lambda kind: str(kind.value))
def test_every_fault(stage: Stage, ends: Ends, kind: FaultKind) -> None:
    """Each fault at each request."""
    troubles = [each for each in every(ends.requests) if each.kind is kind]
    for trouble in troubles:
        told_truly(stage, ends, trouble)
    sys.stdout.write(f"\nfaults: {kind.value}: {len(troubles)} of {len(troubles)} survived\n")
