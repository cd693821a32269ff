"""Tests of small things around a run: the server's time, the loop of questions, who may try."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Step
from dhis2cfg.model.questions import Account, Answers, CountQuestion, ImportReport, Questions, ServerFacts
from dhis2cfg.model.state import DesiredObject, Field, State
from dhis2cfg.pipeline.course.running import later
from dhis2cfg.pipeline.learning import ROUNDS, learn
from dhis2cfg.pipeline.trial import may_try
from dhis2cfg.plan.given import Given


@pytest.mark.parametrize(
    ("time", "seconds", "after"),
    [
        ("2026-11-25T10:00:00.250", 61.5, "2026-11-25T10:01:01.750"),
        ("2026-11-25T23:59:59.000", 1, "2026-11-26T00:00:00.000"),
        ("2026-11-25T10:00:00.000+01:00", 1, "2026-11-25T10:00:01.000+01:00"),
        ("", 5, ""),
        ("yesterday", 5, "yesterday"),
    ],
)
def test_the_servers_time_some_seconds_on(time: str, seconds: float, after: str) -> None:
    """In its own form; what cannot be read stays as it is."""
    assert later(time, seconds) == after


def an_account(*authorities: str) -> Account:
    """Somebody who may do this."""
    return Account(uid=Uid("aaaaaaaaaaa"), username="x", authorities=frozenset(authorities))


@pytest.mark.parametrize(
    ("authorities", "may"), [(("ALL",), True), (("F_METADATA_IMPORT",), True), (("F_X",), False)]
)
def test_who_may_let_the_server_try(authorities: tuple[str, ...], *, may: bool) -> None:
    """An import, even a rehearsed one, needs its authority."""
    assert may_try(an_account(*authorities)) is may


class Forgetful:
    """A server that answers nothing of what it is asked."""

    def facts(self) -> ServerFacts:
        """Nobody asks."""
        raise AssertionError

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """What was known before."""
        self.asked = getattr(self, "asked", 0) + 1
        assert not questions.is_empty
        return known

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """Nobody tries."""
        raise AssertionError

    def perform(self, step: Step) -> ImportReport:
        """Nobody writes."""
        raise AssertionError

    def counts(self, questions: Iterable[CountQuestion]) -> dict[CountQuestion, int | None]:
        """Nobody counts."""
        raise AssertionError


def test_a_server_that_never_answers_ends_the_questions() -> None:
    """The loop ends after more rounds than any chain of questions has."""
    facts = ServerFacts(
        version="2.42.5",
        revision="",
        time="",
        locales=(),
        database_locale="",
        account=an_account("ALL"),
    )
    given = Given(
        state=_a_state(),
        record=None,
        facts=facts,
        catalogue=shipped.load("2.42"),
        fleet="f",
        environment="prod",
    )
    server = Forgetful()
    with pytest.raises(Dhis2cfgError, match="planning could not learn enough of the server"):
        learn(given, server, server)
    assert server.asked == ROUNDS


def _a_state() -> State:
    """One object that planning wants to know of."""
    ref, place = Ref("constants", "C"), Place(file="a.yaml")
    fields = {"name": Field(value="C", place=place)}
    made = DesiredObject(ref=ref, owner="p", place=place, fields=fields, uid=Uid("aaaaaaaaaaa"))
    return State(municipality="", packages=(), objects={ref: made})
