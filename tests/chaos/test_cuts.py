"""Cut everywhere: whatever request the machine is lost at, another one finishes the run or undoes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from dhis2cfg.model.http import Request, Response
from dhis2cfg.model.plan import Plan
from tests.chaos.stage import Killed, Stage, Wire, everything, is_free, kept, told_of

SEED = 20261125
RUN = "CUTS"
BEFORE, AFTER = "before", "after"
RESUME, ROLLBACK = "resume", "rollback"
MINUTES = 16
"""After which the lock of a lost machine has ended by the server's clock."""


@dataclass(frozen=True, kw_only=True)
class Ends:
    """The old and the new state of the server, and what the record says of each; `requests` of a whole run."""

    shown: Plan
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    old_record: Any
    new_record: Any
    requests: int


@pytest.fixture(scope="session")
def ends(stage: Stage) -> Ends:
    """What an apply that nobody disturbs begins and ends with."""
    wire = stage.wire()
    old, old_record = everything(wire), told_of(kept(wire, "record-example"))
    shown = stage.planned(wire)
    kinds = [step.kind.value for step in shown.steps]
    assert kinds == ["setting", "call", "call", "sharing", "delete", "setting"]
    outcome = stage.apply(wire, RUN, shown)
    assert outcome.exit == 0, outcome
    return Ends(
        shown=shown,
        old=old,
        new=born_now(everything(wire)),
        old_record=old_record,
        new_record=told_of(kept(wire, "record-example")),
        requests=wire.count,
    )


def born_now(state: Any) -> Any:
    """A state in which objects were made at another moment."""
    if isinstance(state, dict):
        return {key: born_now(inner) for key, inner in state.items() if key != "created"}
    return [born_now(each) for each in state] if isinstance(state, list) else state


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
    print(f"\ncuts: {ends.requests} requests, every third of them cut: {len(cuts)} cuts survived")
    assert len(cuts) == -(-ends.requests // 3)


@pytest.mark.chaos
def test_every_request(stage: Stage, ends: Ends) -> None:
    """The same at each request, before and after, with both ways on."""
    cuts = list(every(ends.requests))
    for cut in cuts:
        survives(stage, ends, cut)
    print(f"\ncuts: {ends.requests} requests, each cut before and after, {len(cuts) // 4} requests survived")
    assert len(cuts) // 4 == ends.requests
