"""The less travelled ways of a run: lost answers of every kind of step, and laying back that cannot be."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dhis2cfg.errors import Locked, Unreachable
from dhis2cfg.model.http import Request, Response
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import ImportReport
from dhis2cfg.model.run import Result
from dhis2cfg.pipeline.tasks import Ports
from tests.chaos.planting import OtherServer, OtherStore, server
from tests.chaos.stage import KARI, RUN, Ends, Killed, Stage, Wire, born_now, everything, kept, told_of
from tests.chaos.test_safety_rules import COMMIT, at, lost, refused

Deed = Callable[[Wire, Request], Response]


def unanswered(wire: Wire, request: Request) -> Response:
    """The server does it, and nobody hears of it."""
    wire.onwards(request)
    raise Unreachable("the connection broke")


@pytest.mark.parametrize(
    "what", ["/api/optionSets/", "importStrategy=DELETE", "/api/systemSettings", "/api/dataStore/tracing"]
)
def test_a_lost_answer_of_a_step_that_says_what_shall_stand(stage: Stage, ends: Ends, what: str) -> None:
    """It is done once more, which changes nothing, and the run goes on."""
    wire = stage.wire()

    def deed(wire: Wire, request: Request) -> Response:
        if what in request.path and request.method != "GET":
            wire.deed = None
            return unanswered(wire, request)
        return wire.onwards(request)

    wire.deed = deed
    outcome = stage.apply(wire, RUN, ends.shown)
    assert outcome.result is Result.CHANGED, outcome
    assert born_now(everything(wire)) == ends.new


def test_a_lock_that_was_lost_lays_nothing_back(stage: Stage, ends: Ends) -> None:
    """Somebody else is at work by now: what stands between is said, and nothing more is written."""
    wire = stage.wire()

    class Taken(OtherStore):
        """Loses the lock after the first step."""

        def write_run(self, run: Any) -> None:
            """The second time it is somebody else's."""
            if run.done:
                raise Locked("the lock was taken over by another run")
            super().write_run(run)

    def plant(ports: Ports) -> Ports:
        return replace(ports, store=Taken(ports.store))

    outcome = replace(stage, plant=plant).apply(wire, RUN, ends.shown)
    assert outcome.result is Result.BETWEEN
    assert "nothing was laid back, as the lock is somebody else's now" in outcome.details
    wire.late = 16
    assert stage.rollback(wire, RUN).result is Result.ROLLED_BACK
    assert everything(wire) == ends.old


def test_somebody_who_edits_while_a_run_breaks(stage: Stage, ends: Ends) -> None:
    """A field that the run wrote and that is another one by now: nothing is laid back over it."""
    wire = stage.wire()

    def edited(wire: Wire, request: Request) -> Response:
        (found,) = wire.call("GET", "/api/optionSets?fields=:owner")["optionSets"]
        wire.call("PUT", f"/api/optionSets/{found['id']}", {**found, "name": "Outcome"}, by=KARI)
        return refused(wire, request)

    wire.deed = at(2, COMMIT, edited)
    outcome = stage.apply(wire, RUN, ends.shown)
    assert outcome.result is Result.BETWEEN, outcome
    assert "nothing was laid back:" in outcome.details
    assert any("name was edited since: “Result” → “Outcome”" in each for each in outcome.details)
    wire.deed = None
    assert stage.rollback(wire, RUN).result is Result.REFUSED


def test_ctrl_c_while_laying_back(stage: Stage, ends: Ends) -> None:
    """It stays between, and says so; the rollback goes on where it was."""
    wire = stage.wire()

    def pressed(wire: Wire, request: Request) -> Response:
        if COMMIT in request.path and wire.count > refusals[0]:
            raise KeyboardInterrupt
        return wire.onwards(request)

    refusals = [0]

    def no(wire: Wire, request: Request) -> Response:
        refusals[0] = wire.count
        wire.deed = pressed
        return refused(wire, request)

    wire.deed = at(2, COMMIT, no)
    outcome = stage.apply(wire, RUN, ends.shown)
    assert outcome.result is Result.BETWEEN
    assert "laying back was stopped" in outcome.details
    wire.deed = None
    assert stage.rollback(wire, RUN).result is Result.ROLLED_BACK
    assert everything(wire) == ends.old


def test_a_first_run_that_was_stopped_and_then_refused_leaves_an_empty_record(
    stage: Stage, ends: Ends
) -> None:
    """Its record went with it: what there was before the first attempt was none."""
    wire = stage.wire()
    wire.deed = at(1, COMMIT, lost)
    with pytest.raises(Killed):
        stage.apply(wire, RUN, ends.shown)
    wire.deed, wire.late = None, 16
    record = kept(wire, "record-example")
    wire.call("PUT", "/api/dataStore/dhis2cfg/record-example", {**record, "applied": "another moment"})
    shown = stage.planned(wire)
    wire.deed = at(1, COMMIT, refused)
    assert stage.apply(wire, "NEXT", shown).result is Result.UNDONE
    wire.deed = None
    assert told_of(kept(wire, "record-example")) == ends.old_record
    assert everything(wire) == ends.old


class Refuses(OtherServer):
    """Refuses every step of one kind."""

    kind = StepKind.SHARING

    def perform(self, step: Step) -> ImportReport:
        """No, or as the server does."""
        if step.kind is self.kind:
            return ImportReport(ok=False, stats={}, message="no", committed=False)
        return self.inner.perform(step)


def test_what_cannot_be_put_back_is_named(stage: Stage, ends: Ends) -> None:
    """An owner that nobody may set any more: between, with what does not stand as before."""
    wire = stage.wire()
    outcome = replace(stage, plant=server(Refuses)).apply(wire, RUN, ends.shown)
    assert outcome.result is Result.BETWEEN
    assert any("no" in each for each in outcome.details)
    assert stage.rollback(wire, RUN).result is Result.ROLLED_BACK
    assert everything(wire) == ends.old


def test_a_run_whose_undo_point_is_gone_is_finished_all_the_same(stage: Stage, ends: Ends) -> None:
    """Forward needs no undo point."""
    wire = stage.wire()
    wire.deed = at(1, COMMIT, lost)
    with pytest.raises(Killed):
        stage.apply(wire, RUN, ends.shown)
    wire.deed, wire.late = None, 16
    wire.call("DELETE", f"/api/dataStore/dhis2cfg/snapshot-example-{RUN}-1")
    assert stage.resume(wire, RUN).result is Result.CHANGED


def test_a_stopped_run_records_the_settings_that_stand(stage: Stage, ends: Ends) -> None:
    """Written before the stop: ours; to come: not yet."""
    wire = stage.wire()

    class Stops:
        """Asked to stop once the settings were written."""

        def requested(self) -> bool:
            """Whether the first step is done."""
            return bool(
                wire.call("GET", "/api/systemSettings/applicationTitle")["applicationTitle"] != "DHIS 2"
            )

    def plant(ports: Ports) -> Ports:
        return replace(ports, stop=Stops())

    assert replace(stage, plant=plant).apply(wire, RUN, ends.shown).result is Result.BETWEEN
    record = kept(wire, "record-example")
    assert set(record["settings"]["systemSettings"]) == {"applicationTitle"}
    assert not record["settings"].get("dataStore")
    assert stage.resume(wire, RUN).result is Result.CHANGED
    assert told_of(kept(wire, "record-example")) == ends.new_record


def test_a_run_that_was_lost_after_its_last_step_and_its_undo_point_too(stage: Stage, ends: Ends) -> None:
    """Everything stands: the run is finished without a write of metadata."""
    wire = stage.wire()
    wire.deed = _lost_at_the_record
    with pytest.raises(Killed):
        stage.apply(wire, RUN, ends.shown)
    wire.deed, wire.late = None, 16
    wire.call("DELETE", f"/api/dataStore/dhis2cfg/snapshot-example-{RUN}-1")
    assert stage.resume(wire, RUN).result is Result.AS_IT_WAS
    assert kept(wire, "run-example")["phase"] == "done"


def _lost_at_the_record(wire: Wire, request: Request) -> Response:
    if request.method == "PUT" and "/record-example" in request.path:
        raise Killed
    return wire.onwards(request)
