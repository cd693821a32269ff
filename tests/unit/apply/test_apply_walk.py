"""Tests of walking steps through the port."""

from collections.abc import Mapping
from typing import Any

import pytest

from dhis2cfg.apply.walk import refused, walk
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import Answers, ImportProblem, ImportReport, Questions, ServerFacts
from dhis2cfg.model.run import Refused, StepOutcome, StepState

FINE = ImportReport(ok=True, stats={"total": 1}, committed=True)
TRIED = ImportReport(ok=True, stats={"total": 1})
NO = ImportReport(ok=False, stats={}, errors=(ImportProblem(type="x", uid="A", code="E1", message="no"),))


class Server:
    """Answers in order, and remembers what it was sent."""

    def __init__(self, tries: list[ImportReport], commits: list[ImportReport]) -> None:
        self.tries, self.commits = tries, commits
        self.sent: list[tuple[str, Any]] = []

    def facts(self) -> ServerFacts:
        """Nobody asks."""
        raise AssertionError

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """Nobody asks."""
        raise AssertionError

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """The next trial."""
        self.sent.append(("try", body))
        return self.tries.pop(0)

    def perform(self, step: Step) -> ImportReport:
        """The next commit."""
        self.sent.append(("commit", step.body))
        return self.commits.pop(0)


class Clock:
    """No time passes."""

    def seconds(self) -> float:
        """Always the same."""
        return 1.0

    def pause(self, seconds: float) -> None:
        """Nobody waits."""


class Stop:
    """Asked to stop after so many looks."""

    def __init__(self, after: int = 99) -> None:
        self.left = after

    def requested(self) -> bool:
        """Whether it is time."""
        self.left -= 1
        return self.left < 0


def a_step(number: int, kind: StepKind = StepKind.CALL) -> Step:
    """A step that writes one object."""
    body = {"dataElements": [{"id": "A"}]}
    return Step(number=number, kind=kind, objects=(("dataElements", "KEY"),), body=body)


def walked(server: Server, steps: int = 2, stop: Stop | None = None) -> list[tuple[int, StepState]]:
    """Numbers and states of the outcomes."""
    several = [a_step(number) for number in range(1, steps + 1)]
    outcomes = walk(several, server, Clock(), stop or Stop(), lambda outcome: outcome)
    return [(each.number, each.state) for each in outcomes]


def test_each_step_is_tried_and_then_sent() -> None:
    """Exactly the same body, twice."""
    server = Server([TRIED, TRIED], [FINE, FINE])
    assert walked(server) == [(1, StepState.DONE), (2, StepState.DONE)]
    assert [what for what, _ in server.sent] == ["try", "commit", "try", "commit"]
    assert all(body == {"dataElements": [{"id": "A"}]} for _, body in server.sent)


def test_after_a_step_that_is_not_done_no_other_begins() -> None:
    """Refused on trial, refused on commit, or without an answer."""
    assert walked(Server([NO], [])) == [(1, StepState.REFUSED)]
    assert walked(Server([TRIED], [NO])) == [(1, StepState.REFUSED)]
    lost = ImportReport(ok=False, stats={}, message="broke", committed=None)
    assert walked(Server([TRIED], [lost])) == [(1, StepState.UNKNOWN)]
    partly = ImportReport(ok=False, stats={"updated": 1}, committed=True)
    assert walked(Server([TRIED], [partly])) == [(1, StepState.PARTLY)]


def test_what_turns_out_to_have_happened_goes_on() -> None:
    """The look decides, not the answer that was lost."""
    lost = ImportReport(ok=False, stats={}, committed=None)
    server = Server([TRIED, TRIED], [lost, FINE])

    def look(outcome: StepOutcome) -> StepOutcome:
        return StepOutcome(number=outcome.number, state=StepState.DONE, stats={})

    outcomes = list(walk([a_step(1), a_step(2)], server, Clock(), Stop(), look))
    assert [each.state for each in outcomes] == [StepState.DONE, StepState.DONE]


def test_stopping() -> None:
    """It is looked at before each step."""
    assert walked(Server([], []), stop=Stop(after=0)) == []
    assert walked(Server([TRIED], [FINE]), stop=Stop(after=1)) == [(1, StepState.DONE)]


@pytest.mark.parametrize("kind", [kind for kind in StepKind if kind is not StepKind.CALL])
def test_what_is_no_call_is_done_without_a_trial(kind: StepKind) -> None:
    """No server can try a deletion, a setting or a sharing."""
    server = Server([], [FINE])
    outcomes = walk([a_step(1, kind)], server, Clock(), Stop(), lambda outcome: outcome)
    assert [each.state for each in outcomes] == [StepState.DONE]
    assert [what for what, _ in server.sent] == ["commit"]


def test_errors_are_told_with_our_names() -> None:
    """An object of the step by its key, any other as the server says; no report: its message or status."""
    other = ImportProblem(type="programs", uid="B", code="E2", message="so", property="name")
    known = ImportProblem(type="", uid="A", code="E1", message="no")
    report = ImportReport(ok=False, stats={}, errors=(known, other))
    assert refused(a_step(1), report) == (
        Refused(type="dataElements", path="KEY", code="E1", message="no"),
        Refused(type="programs", path="B", code="E2", message="so", property="name"),
    )
    (said,) = refused(a_step(1), ImportReport(ok=False, stats={}, message="busy"))
    assert said.message == "busy"
    (silent,) = refused(a_step(1), ImportReport(ok=False, stats={}, http_status=500))
    assert silent.message == "the server answered 500 without a reason"
