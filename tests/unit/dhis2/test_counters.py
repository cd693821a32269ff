"""Counting stored data: one named request a kind; what cannot be learnt is unknown."""

from typing import Any

import pytest

from dhis2cfg.dhis2.counters import KINDS, TrackerCounter
from dhis2cfg.errors import Unreachable
from dhis2cfg.model.http import Response
from dhis2cfg.model.questions import CountQuestion
from tests.unit.dhis2.fakes import a_session, json_answer

HEAD = "orgUnitMode=ALL&totalPages=true&pageSize=1"
ARGUMENTS = {
    "dataElement": "Element000A",
    "attribute": "Attribute0A",
    "code": "A,B/c:d",
    "program": "Program000A",
    "programStage": "Stage00000A",
    "trackedEntityType": "Person0000A",
}


def a_question(kind: str) -> CountQuestion:
    """A question with all arguments that any kind needs."""
    return CountQuestion(kind=kind, arguments=tuple(ARGUMENTS.items()))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("events-with-value", f"events?{HEAD}&filter=Element000A:!null"),
        ("events-with-option", f"events?{HEAD}&filter=Element000A:eq:A/,B//c/:d"),
        ("events-in-stage", f"events?{HEAD}&program=Program000A&programStage=Stage00000A"),
        ("enrollments-in-program", f"enrollments?{HEAD}&program=Program000A"),
        (
            "tracked-entities-with-attribute",
            f"trackedEntities?{HEAD}&trackedEntityType=Person0000A&filter=Attribute0A:!null",
        ),
        (
            "tracked-entities-with-option",
            f"trackedEntities?{HEAD}&trackedEntityType=Person0000A&filter=Attribute0A:eq:A/,B//c/:d",
        ),
    ],
)
def test_requests(kind: str, path: str) -> None:
    """Each kind asks for one row and the total."""
    session, transport, _ = a_session({f"GET /api/tracker/{path}": json_answer({"pager": {"total": 412}})})
    assert TrackerCounter(session).count(a_question(kind)) == 412
    assert transport.asked == [f"GET /api/tracker/{path}"]


def test_every_kind_is_tested() -> None:
    """The table holds the kinds above and no other."""
    assert len(KINDS) == 6


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        (json_answer({"total": 7, "page": 1}), 7),
        (json_answer({"pager": {"page": 1}}), None),
        (json_answer({"total": True}), None),
        (json_answer([]), None),
        (json_answer({"message": "wants a search attribute"}, 409), None),
        (Unreachable("broke"), None),
    ],
)
def test_totals(answer: Response | Exception, count: int | None) -> None:
    """The total stands beside the rows on 2.41 and in `pager` later; all else is unknown."""
    session, _, _ = a_session({f"GET /api/tracker/events?{HEAD}&filter=Element000A:!null": answer})
    assert TrackerCounter(session).count(a_question("events-with-value")) == count


@pytest.mark.parametrize(
    "question",
    [
        CountQuestion(kind="values-in-data-sets", arguments=()),
        CountQuestion(kind="events-with-value", arguments=()),
    ],
)
def test_unknown_questions(question: CountQuestion) -> None:
    """A kind that nobody can count, or a missing argument, is unknown, and nothing is asked."""
    session, transport, _ = a_session({})
    counter: Any = TrackerCounter(session)
    assert counter.count(question) is None
    assert transport.requests == []
