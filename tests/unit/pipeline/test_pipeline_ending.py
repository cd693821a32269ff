"""Tests of how a run ends: what is said of an error that the server gave."""

from types import SimpleNamespace
from typing import Any

import pytest

from dhis2cfg.model.run import Refused, Result, StepOutcome, StepState
from dhis2cfg.pipeline.course import ending
from tests.unit.report.building import a_change, a_place, a_plan, a_step


def test_a_refused_object_is_told_with_its_place_in_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below what the server said stands where the object is written, if the plan changes it."""
    plan = a_plan(
        a_change("dataElements", "E", "name", place=a_place("packages/covid-no/elements.yaml", 7, 3)),
        steps=(a_step(1), a_step(2)),
    )
    errors = tuple(
        Refused(type="dataElements", path=path, code="E4000", message="Missing required property")
        for path in ("E", "F")
    )
    course: Any = SimpleNamespace(
        planned=SimpleNamespace(plan=plan, run=None),
        run=SimpleNamespace(id="k3f9", done=1, steps=2),
        broken=None,
        stopped=False,
        outcomes=[StepOutcome(number=2, state=StepState.REFUSED, stats={}, errors=errors)],
        write=lambda phase, message: None,
        seconds=1.0,
    )
    monkeypatch.setattr(ending, "not_laid_back", lambda course: ())
    outcome = ending.ended(course)
    assert (outcome.result, outcome.message) == (
        Result.UNDONE,
        "call 2 of 2 refused; laid back, read back: as it was before",
    )
    assert outcome.details == (
        "dataElements/E E4000 Missing required property",
        "packages/covid-no/elements.yaml:7:3",
        "dataElements/F E4000 Missing required property",
    )
