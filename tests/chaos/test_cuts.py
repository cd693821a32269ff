"""Cut everywhere: whatever request the machine is lost at, another one finishes the run or undoes it."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from dhis2cfg.model.http import Request, Response
from tests.chaos.stage import (
    RUN,
    Ends,
    Killed,
    Stage,
    Wire,
    born_now,
    everything,
    is_free,
    kept,
    told_of,
)

SEED = 20261125
BEFORE, AFTER = "before", "after"
RESUME, ROLLBACK = "resume", "rollback"
MINUTES = 16
"""After which the lock of a lost machine has ended by the server's clock."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """The machine is lost at one request, before or after the server has done it; then another goes on."""

    request: int
    when: str
    then: str


def sampled(requests: int) -> Iterator[Cut]:
    """Every third request, the rest by a fixed seed."""
    chosen = Random(SEED)  # noqa: S311 - a sample that is the same each time
    for number in range(1, requests + 1, 3):
        yield Cut(request=number, when=chosen.choice([BEFORE, AFTER]), then=chosen.choice([RESUME, ROLLBACK]))


def every(requests: int) -> Iterator[Cut]:
    """Every request, both before and after, and both ways on."""
    for number in range(1, requests + 1):
        for when in (BEFORE, AFTER):
            for then in (RESUME, ROLLBACK):
                yield Cut(request=number, when=when, then=then)


def lost_at(cut: Cut) -> Any:
    """What sits between the program and the server."""

    def deed(wire: Wire, request: Request) -> Response:
        if wire.count < cut.request:
            return wire.onwards(request)
        if wire.count == cut.request and cut.when == AFTER:
            wire.onwards(request)
        raise Killed

    return deed


def survives(stage: Stage, ends: Ends, cut: Cut) -> None:
    """Lose the machine, go on from another one, and look at everything."""
    wire = stage.wire()
    wire.deed = lost_at(cut)
    with pytest.raises(Killed):
        stage.apply(wire, RUN, ends.shown)
    assert wire.count >= cut.request
    wire.deed, wire.late = None, MINUTES
    run = kept(wire, "run-example")
    if run["id"] != RUN:
        assert everything(wire) == ends.old, cut
        assert told_of(kept(wire, "record-example")) == ends.old_record
        return
    outcome = (stage.resume if cut.then == RESUME else stage.rollback)(wire, RUN)
    assert outcome.exit == 0, (cut, outcome)
    is_new = cut.then == RESUME
    found = everything(wire)
    assert (born_now(found) == ends.new) if is_new else (found == ends.old), cut
    record = kept(wire, "record-example")
    assert told_of(record) == (ends.new_record if is_new else ends.old_record), cut
    assert kept(wire, "run-example")["phase"] == ("done" if is_new else "rolled back"), cut
    assert is_free(wire), cut
    plan = stage.planned(wire)
    assert plan.is_empty is is_new, cut
    if not is_new:
        assert {each.identity for each in plan.changes} == {each.identity for each in ends.shown.changes}


def test_every_third_request(stage: Stage, ends: Ends) -> None:
    """The server ends in the new or the old state, the record tells the truth, the lock is free."""
    cuts = list(sampled(ends.requests))
    for cut in cuts:
        survives(stage, ends, cut)
    sys.stdout.write(
        f"\ncuts: {ends.requests} requests, every third of them cut: {len(cuts)} cuts survived\n"
    )
    assert len(cuts) == -(-ends.requests // 3)


@pytest.mark.chaos
def test_every_request(stage: Stage, ends: Ends) -> None:
    """The same at each request, before and after, with both ways on."""
    cuts = list(every(ends.requests))
    for cut in cuts:
        survives(stage, ends, cut)
    sys.stdout.write(
        f"\ncuts: {ends.requests} requests, each cut before and after, {len(cuts) // 4} requests survived\n"
    )
    assert len(cuts) // 4 == ends.requests
