"""Each safety rule holds, and a program without it would be seen (docs/safety-rules.md).

The product has no switch for any of them. Each check runs twice: with the true ports it passes, with a port
that breaks the rule it fails.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.dhis2.connect import connect
from dhis2cfg.dhis2.credentials import Credentials, origin_of
from dhis2cfg.errors import Dhis2cfgError, Locked, StalePlan
from dhis2cfg.model.http import Request, Response
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.run import Result
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN
from tests.chaos import planting
from tests.chaos.planting import Plant, server, store
from tests.chaos.stage import RUN, Ends, Killed, Stage, Wire, everything, kept, ports_of
from tests.e2e.house import FakeClock
from tests.e2e.spoilers import refusal

PAGE = Path(__file__).resolve().parents[2] / "docs" / "safety-rules.md"
COMMIT, TRY = "importMode=COMMIT", "importMode=VALIDATE"
MOVED = "Moved on"


def at(nth: int, what: str, deed: Callable[[Wire, Request], Response]) -> Callable[[Wire, Request], Response]:
    """The deed at the nth request of a kind."""
    seen = 0

    def between(wire: Wire, request: Request) -> Response:
        nonlocal seen
        seen += what in request.path
        return deed(wire, request) if seen == nth and what in request.path else wire.onwards(request)

    return between


def refused(wire: Wire, request: Request) -> Response:
    """The server says no, and does nothing."""
    del wire, request
    return refusal()


def lost(wire: Wire, request: Request) -> Response:
    """The server does it, and the machine is gone."""
    wire.onwards(request)
    raise Killed


def done(stage: Stage, ends: Ends) -> Wire:
    """A server on which the release was applied."""
    wire = stage.wire()
    assert stage.apply(wire, RUN, ends.shown).result is Result.CHANGED
    return wire


def undo_point(stage: Stage, ends: Ends) -> None:
    """A run that is lost in the middle can be rolled back."""
    wire = stage.wire()
    wire.deed = at(1, COMMIT, lost)
    with pytest.raises(Killed):
        stage.apply(wire, RUN, ends.shown)
    wire.deed, wire.late = None, 16
    assert stage.rollback(wire, RUN).result is Result.ROLLED_BACK
    assert everything(wire) == ends.old


def whole_closure(stage: Stage, ends: Ends) -> None:
    """What a deletion took along stands again after a rollback."""
    wire = done(stage, ends)
    assert stage.rollback(wire, RUN).result is Result.ROLLED_BACK
    assert everything(wire) == ends.old


def edits_survive(stage: Stage, ends: Ends) -> None:
    """What somebody edited since is not written over."""
    wire = done(stage, ends)
    (found,) = wire.call("GET", "/api/optionSets?fields=:owner")["optionSets"]
    wire.call("PUT", f"/api/optionSets/{found['id']}?mergeMode=REPLACE", {**found, "name": "Outcome"})
    assert stage.rollback(wire, RUN).result is Result.REFUSED


def newest_first(stage: Stage, ends: Ends) -> None:
    """A run is not rolled back under a later one."""
    wire = done(stage, ends)
    with pytest.raises(Dhis2cfgError, match="came after OLDR"):
        stage.rollback(wire, "OLDR")


def run_before_step(stage: Stage, ends: Ends) -> None:
    """A machine that is lost in a call has told before that it was at work."""
    wire = stage.wire()
    wire.deed = at(1, COMMIT, lost)
    with pytest.raises(Killed):
        stage.apply(wire, RUN, ends.shown)
    assert kept(wire, "run-example")["id"] == RUN


def one_at_a_time(stage: Stage, ends: Ends) -> None:
    """Who comes while another is at work is kept out."""
    wire = stage.wire()
    with ExitStack() as held:
        ports = held.enter_context(ports_of(wire))
        held.enter_context(ports.store.lock("apply ELSE", wait_seconds=0))
        with pytest.raises(Locked):
            stage.apply(wire, RUN, ends.shown)


def no_excuse(stage: Stage, ends: Ends) -> None:
    """A plan that the server's dry run refuses leaves nothing behind, not even a run."""
    wire = stage.wire()
    wire.deed = at(1, TRY, refused)
    assert stage.apply(wire, RUN, ends.shown).result is Result.REFUSED
    assert kept(wire, "run-example")["id"] == "OLDR"


def reads_are_counted(stage: Stage, ends: Ends) -> None:
    """After an apply nothing is to be done: what stands is seen."""
    wire = done(replace(stage, plant=lambda ports: ports), ends)
    assert stage.planned(wire).is_empty


def imports_once(stage: Stage, ends: Ends) -> None:
    """Each call is sent once."""
    wire = stage.wire()
    sent: list[str] = []

    def listen(wire: Wire, request: Request) -> Response:
        sent.append(request.path)
        return wire.onwards(request)

    wire.deed = listen
    stage.apply(wire, RUN, ends.shown)
    calls = [path for path in sent if COMMIT in path and "importStrategy=CREATE_AND_UPDATE" in path]
    assert len(calls) == 2


def read_back(stage: Stage, ends: Ends) -> None:
    """A server that stores something else than it was sent is found out."""
    wire = stage.wire()

    def altered(wire: Wire, request: Request) -> Response:
        return wire.onwards(replace(request, body=request.body.replace(b'"Result"', b'"Rezult"')))

    wire.deed = at(1, COMMIT, altered)
    assert stage.apply(wire, RUN, ends.shown).result is Result.UNDONE


def data_stop_it(stage: Stage, ends: Ends) -> None:
    """What holds data by now is not deleted again."""
    wire = done(stage, ends)

    def one_event(wire: Wire, request: Request) -> Response:
        answer = wire.onwards(request)
        if "/api/tracker/events" not in request.path:
            return answer
        body = b'{"pager": {"page": 1, "pageSize": 1, "total": 1}, "events": []}'
        return replace(answer, status=200, headers={"content-type": "application/json"}, body=body)

    wire.deed = one_event
    assert stage.rollback(wire, RUN).result is Result.REFUSED


def what_was_shown(stage: Stage, ends: Ends) -> None:
    """A server that moved on since the plan was shown is not written to."""
    wire = stage.wire()
    asked = "/api/dataElements?fields=:owner&filter=code:eq:EX_TEST_RESULT"
    (found,) = wire.call("GET", asked)["dataElements"]
    wire.call("PUT", f"/api/dataElements/{found['id']}?mergeMode=REPLACE", {**found, "name": MOVED})
    with pytest.raises(StalePlan):
        stage.apply(wire, RUN, ends.shown)


def owner_goes_along(stage: Stage, ends: Ends) -> None:
    """Sharing is never put without an owner, which would open a private object to everybody."""
    wire = stage.wire()
    (step,) = [each for each in ends.shown.steps if each.kind is StepKind.SHARING]
    (item,) = step.body["optionSets"]
    bare = {name: value for name, value in item["sharing"].items() if name != "owner"}
    with ports_of(wire) as ports, pytest.raises(Dhis2cfgError, match="without owner"):
        stage.plant(ports).server.perform(replace(step, body={"optionSets": [{**item, "sharing": bare}]}))


class Forgets(planting.OtherServer):
    """Sees the server as it was when the plan was shown."""

    def answer(self, questions: Any, known: Any) -> Any:
        """What somebody edited since is not seen."""
        got = self.inner.answer(questions, known)
        objects = {name: dict(several) for name, several in got.objects.items()}
        for uid, each in objects.get("dataElements", {}).items():
            if each is not None and each.get("name") == MOVED:
                objects["dataElements"][uid] = {**each, "name": "Result of the test"}
        return replace(got, objects=objects)


class Owns(planting.OtherServer):
    """Sends sharing as it comes."""

    def perform(self, step: Step) -> Any:
        """Past the rule, with somebody's owner."""
        items = {
            name: [each | {"sharing": each["sharing"] | {"owner": "x"}} for each in several]
            for name, several in step.body.items()
        }
        return self.inner.perform(replace(step, body=items))


def counts_nothing(ports: Any) -> Any:
    """Ports that find no data."""
    return replace(ports, counter=planting.CountsNothing())


Check = Callable[[Stage, Ends], None]
RULES: Mapping[str, tuple[Check, Plant]] = {
    "undo-point": (undo_point, store(planting.WithoutSnapshot)),
    "whole-closure": (whole_closure, store(planting.WithoutClosure)),
    "edits-survive": (edits_survive, store(planting.WithoutAftermath)),
    "newest-first": (newest_first, store(planting.AnyRun)),
    "run-before-step": (run_before_step, store(planting.WithoutRun)),
    "one-at-a-time": (one_at_a_time, store(planting.Unlocked)),
    "no-excuse": (no_excuse, server(planting.ExcusesAll)),
    "reads-are-counted": (reads_are_counted, server(planting.BelievesShortLists)),
    "imports-once": (imports_once, server(planting.RepeatsImports)),
    "read-back": (read_back, server(planting.RemembersReads)),
    "data-stop-it": (data_stop_it, counts_nothing),
    "what-was-shown": (what_was_shown, server(Forgets)),
    "owner-goes-along": (owner_goes_along, server(Owns)),
}
"""Rule → what must hold, and the port that breaks it."""


@pytest.mark.parametrize("rule", RULES)
def test_safety_rule(stage: Stage, ends: Ends, rule: str) -> None:
    """It holds; and the program that breaks it is caught."""
    check, plant = RULES[rule]
    check(stage, ends)
    with pytest.raises((AssertionError, Dhis2cfgError, pytest.fail.Exception)):
        check(replace(stage, plant=plant), ends)


def test_planning_cannot_write_with_any_connection_of_its_own(stage: Stage, ends: Ends) -> None:
    """The transport refuses it, whoever asks; one that is not for planning would send it."""
    wire = stage.wire()
    (step,) = [each for each in ends.shown.steps if each.kind is StepKind.DELETE]
    target = stage.task.target
    credentials = Credentials(origin=origin_of(target.url), source="a test", token=SANDBOX_TOKEN)
    with (
        connect(target, credentials, planning=True, clock=FakeClock(), transport=wire) as connection,
        pytest.raises(Dhis2cfgError, match="planning tried to send POST"),
    ):
        connection.server.perform(step)
    with connect(target, credentials, planning=False, clock=FakeClock(), transport=wire) as connection:
        assert connection.server.perform(step).committed


def test_the_page_lists_exactly_these_rules() -> None:
    """Rule by rule, with the name of its test; every test that the page names is there."""
    text = PAGE.read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)(?:\[([\w-]+)\])?`", text)
    assert [rule for _, _, rule in named if rule] == list(RULES)
    for file, test, _ in named:
        source = (PAGE.parents[1] / file).read_text(encoding="utf-8")
        assert f"def {test}(" in source, (file, test)
