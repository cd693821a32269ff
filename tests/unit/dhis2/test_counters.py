"""Counting stored data: one named request a kind; what cannot be learnt is unknown."""

from collections.abc import Mapping
from typing import Any

import pytest

from dhis2cfg.dhis2.counters import KINDS, TrackerCounter
from dhis2cfg.errors import Unreachable
from dhis2cfg.model.http import Response
from dhis2cfg.model.questions import CountQuestion
from tests.unit.dhis2.fakes import Answer, a_session, json_answer, page

HEAD = "orgUnitMode=ALL&totalPages=true&pageSize=1"
ARGUMENTS = {
    "dataElement": "Element000A",
    "attribute": "Attribute0A",
    "code": "A,B/c:d",
    "orgUnit": "Unit00000A",
    "programStage": "Stage00000A",
    "program": "Program000A",
    "trackedEntityType": "Person0000A",
}
ENTITIES = f"trackedEntities?{HEAD}"


def a_question(kind: str, *names: str) -> CountQuestion:
    """A question with these arguments."""
    return CountQuestion(kind=kind, arguments=tuple((name, ARGUMENTS[name]) for name in names))


def count(
    answers: Mapping[str, Answer | list[Answer]], question: CountQuestion, *, sees_all: bool = True
) -> Any:
    """The count, and what was asked."""
    session, transport, _ = a_session({f"GET /api/{path}": answer for path, answer in answers.items()})
    got = TrackerCounter(session, sees_all=lambda: sees_all).counts([question])[question]
    return got, [asked.removeprefix("GET /api/") for asked in transport.asked]


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (a_question("events-with-value", "dataElement"), f"events?{HEAD}&filter=Element000A"),
        (
            a_question("events-with-option", "dataElement", "code"),
            f"events?{HEAD}&filter=Element000A:in:A/,B//c/:d",
        ),
        (
            a_question("events-in-stage", "program", "programStage"),
            f"events?{HEAD}&programStage=Stage00000A&program=Program000A",
        ),
        (a_question("events-in-program", "program"), f"events?{HEAD}&program=Program000A"),
        (
            a_question("events-in-unit", "orgUnit"),
            f"events?{HEAD.replace('=ALL', '=SELECTED')}&orgUnit=Unit00000A",
        ),
        (
            a_question("tracked-entities-in-unit", "orgUnit", "trackedEntityType"),
            f"{ENTITIES.replace('=ALL', '=SELECTED')}&orgUnit=Unit00000A&trackedEntityType=Person0000A",
        ),
        (a_question("enrollments-in-program", "program"), f"enrollments?{HEAD}&program=Program000A"),
        (
            a_question("tracked-entities-with-attribute", "attribute", "trackedEntityType"),
            f"{ENTITIES}&filter=Attribute0A&trackedEntityType=Person0000A",
        ),
        (
            a_question("tracked-entities-with-option", "attribute", "code", "trackedEntityType"),
            f"{ENTITIES}&filter=Attribute0A:in:A/,B//c/:d&trackedEntityType=Person0000A",
        ),
        (
            a_question("tracked-entities-of-type", "trackedEntityType"),
            f"{ENTITIES}&trackedEntityType=Person0000A",
        ),
    ],
)
def test_requests(question: CountQuestion, path: str) -> None:
    """Each kind asks for one row and the total."""
    assert count({f"tracker/{path}": json_answer({"pager": {"total": 412}})}, question) == (
        412,
        [f"tracker/{path}"],
    )


def test_every_kind_is_tested() -> None:
    """The table holds the kinds above and no other."""
    assert len(KINDS) == 10


def test_where_all_at_once_is_refused_the_parts_are_added_up() -> None:
    """2.43 counts the events of one program only: so all programs are asked, one after another."""
    path = f"tracker/events?{HEAD}&filter=Element000A"
    answers: dict[str, Answer | list[Answer]] = {
        path: page(400),
        "programs?filter=programStages:gt:0&fields=id&paging=false": json_answer(
            {"programs": [{"id": "P1"}, {"id": "P2"}]}
        ),
        f"{path}&program=P1": json_answer({"pager": {"total": 5}}),
        f"{path}&program=P2": json_answer({"pager": {"total": 7}}),
    }
    question = a_question("events-with-value", "dataElement")
    assert count(answers, question)[0] == 12
    assert count({**answers, f"{path}&program=P2": json_answer({})}, question)[0] is None
    assert count({**answers, f"{path}&program=P2": json_answer({}, 409)}, question)[0] is None


@pytest.mark.parametrize(
    ("answer", "total"),
    [
        (json_answer({"total": 7, "page": 1}), 7),
        (json_answer({"pager": {"page": 1}}), None),
        (json_answer({"total": True}), None),
        (json_answer([]), None),
        (json_answer({"message": "no"}, 409), None),
        (Unreachable("broke"), None),
    ],
)
def test_totals(answer: Response | Exception, total: int | None) -> None:
    """The total stands beside the rows on 2.41 and in `pager` later; all else is unknown."""
    question = a_question("enrollments-in-program", "program")
    assert count({f"tracker/enrollments?{HEAD}&program=Program000A": answer}, question)[0] == total


@pytest.mark.parametrize(
    "question",
    [
        CountQuestion(kind="values-in-data-sets", arguments=()),
        CountQuestion(kind="events-with-value", arguments=()),
        CountQuestion(kind="events-with-option", arguments=(("dataElement", "E"), ("code", "a;b"))),
    ],
)
def test_unknown_questions(question: CountQuestion) -> None:
    """A kind that nobody counts, a missing argument, a code that `in` would cut: unknown, and not asked."""
    assert count({}, question) == (None, [])


def test_an_account_that_does_not_see_all() -> None:
    """An account that may not see everything counts nothing: its number would be too low."""
    question = a_question("enrollments-in-program", "program")
    assert count({}, question, sees_all=False) == (None, [])


@pytest.mark.parametrize(
    ("summary", "number"),
    [
        (json_answer({"objectCounts": {"trackedEntity": 0, "event": 7}}), 0),
        (json_answer({"objectCounts": {"trackedEntity": 3}}), None),
        (json_answer({"objectCounts": {}}), None),
        (json_answer({"objectCounts": []}), None),
        (json_answer([]), None),
        (Unreachable("gone"), None),
    ],
)
def test_a_type_that_cannot_be_counted_by_itself(summary: Answer, number: int | None) -> None:
    """With search attributes DHIS2 refuses the question; where it holds none at all, that is known."""
    question = a_question("tracked-entities-of-type", "trackedEntityType")
    answers: dict[str, Answer | list[Answer]] = {
        f"tracker/{ENTITIES}&trackedEntityType=Person0000A": json_answer({"message": "E1003"}, 409),
        "dataSummary": summary,
    }
    assert count(answers, question)[0] == number


def test_aggregate_values_are_known_where_there_is_none() -> None:
    """No request counts those of one element; of a server without any value it is known."""
    question = CountQuestion(kind="data-values", arguments=(("dataElement", "E"),))
    assert count({"dataSummary": json_answer({"objectCounts": {"dataValue": 0}})}, question)[0] == 0
    assert count({"dataSummary": json_answer({"objectCounts": {"dataValue": 1}})}, question)[0] is None


def test_the_whole_server_is_counted_once_a_round() -> None:
    """However many elements are asked for; the next round asks anew, for data may have come in."""
    questions = [CountQuestion(kind="data-values", arguments=(("dataElement", uid),)) for uid in "ABC"]
    session, transport, _ = a_session(
        {"GET /api/dataSummary": json_answer({"objectCounts": {"dataValue": 0}})}
    )
    counter = TrackerCounter(session, sees_all=lambda: True)
    assert counter.counts(questions) == dict.fromkeys(questions, 0)
    assert transport.asked == ["GET /api/dataSummary"]
    counter.counts(questions)
    assert len(transport.asked) == 2
