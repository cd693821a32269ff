"""How many stored data a change touches, one named request a kind.

Measured on 2.41, 2.42 and 2.43: a filter that is a UID alone means "has a value" (2.41 refuses `!null`), and
`in` compares codes (on 2.41 `eq` compares the *names* of options, finding none). 2.43 counts events of one
program only, so there they are added up; tracked entities want their type everywhere.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.questions import CountQuestion

Query = Mapping[str, str]

SUMMED = {
    "data-values": "dataValue",
    "enrollments": "enrollment",
    "events": "event",
    "trackedEntities": "trackedEntity",
}
"""What `/api/dataSummary` calls what is counted; the same on 2.41, 2.42 and 2.43.

Types with search attributes cannot be counted otherwise, nor can aggregate values of an element.
"""

_ALL = {"orgUnitMode": "ALL", "totalPages": "true", "pageSize": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A request: what is counted, what narrows it beyond its scope, and how all scopes are listed."""

    collection: str
    narrow: Callable[[Query], Query]
    scope: str
    scopes: str
    condition: str = ""


def _filter(argument: str) -> Callable[[Query], Query]:
    """Those with a value of the element or attribute, or with the value `code` where it is given."""

    def narrow(given: Query) -> Query:
        code = given.get("code")
        return {"filter": given[argument] + (f":in:{_escaped(code)}" if code is not None else "")}

    return narrow


def _escaped(value: str) -> str:
    """A value inside a tracker filter, where `/` guards its signs; nothing guards the `;` of `in`."""
    if ";" in value:
        raise ValueError(value)
    return value.replace("/", "//").replace(",", "/,").replace(":", "/:")


def _events(narrow: Callable[[Query], Query]) -> Kind:
    return Kind(
        collection="events",
        narrow=narrow,
        scope="program",
        scopes="programs",
        condition="filter=programStages:gt:0&",
    )


def _entities(narrow: Callable[[Query], Query]) -> Kind:
    return Kind(
        collection="trackedEntities", narrow=narrow, scope="trackedEntityType", scopes="trackedEntityTypes"
    )


def _nothing(_given: Query) -> Query:
    return {}


def _in_unit(given: Query) -> Query:
    """Those of one organisation unit, not of what lies below it."""
    return {"orgUnit": given["orgUnit"], "orgUnitMode": "SELECTED"}


KINDS: Mapping[str, Kind] = {
    "events-with-value": _events(_filter("dataElement")),
    "events-with-option": _events(_filter("dataElement")),
    "events-in-stage": _events(lambda given: {"programStage": given["programStage"]}),
    "events-in-program": _events(_nothing),
    "events-in-unit": _events(_in_unit),
    "enrollments-in-program": Kind(
        collection="enrollments",
        narrow=_nothing,
        scope="program",
        scopes="programs",
        condition="filter=programType:eq:WITH_REGISTRATION&",
    ),
    "tracked-entities-with-attribute": _entities(_filter("attribute")),
    "tracked-entities-with-option": _entities(_filter("attribute")),
    "tracked-entities-in-unit": _entities(_in_unit),
    "tracked-entities-of-type": _entities(_nothing),
}
"""What a `CountQuestion.kind` may be.

Arguments: `dataElement`, `attribute`, `orgUnit`, `code`, `programStage`; the scope (`program`,
`trackedEntityType`) where it is known, else all are added up.
"""


class TrackerCounter:
    """Counts by asking for one row and the total; what cannot be learnt is None, and counts as touched.

    `sees_all` says whether the account may see everything: the count of one that may not would be too low.
    """

    def __init__(self, session: Session, *, sees_all: Callable[[], bool]) -> None:
        self._session = session
        self._sees_all = sees_all

    def counts(self, questions: Iterable[CountQuestion]) -> dict[CountQuestion, int | None]:
        """The number for each of one round of questions, or None where it could not be learnt."""
        summary = _Summary(self._session)
        return {each: self._count(each, summary) for each in questions}

    def _count(self, question: CountQuestion, summary: "_Summary") -> int | None:
        kind = KINDS.get(question.kind)
        if kind is None:
            return summary.none_at_all(question.kind)
        given = dict(question.arguments)
        try:
            if not self._sees_all():
                return None
            query = kind.narrow(given)
            return self._total(kind, query, given.get(kind.scope))
        except (KeyError, ValueError):
            return None
        except Dhis2cfgError:
            return summary.none_at_all(kind.collection)

    def _total(self, kind: Kind, query: Query, scope: str | None) -> int | None:
        """The total of one scope; of all at once where the server counts so, else of one after another."""
        if scope is not None:
            return self._ask(kind, {**query, kind.scope: scope})
        with suppress(Dhis2cfgError):
            return self._ask(kind, query)
        total = 0
        answer = self._session.get(f"/api/{kind.scopes}?{kind.condition}fields=id&paging=false")
        for each in answer[kind.scopes]:
            part = self._ask(kind, {**query, kind.scope: each["id"]})
            if part is None:
                return None
            total += part
        return total

    def _ask(self, kind: Kind, query: Query) -> int | None:
        return _total_in(self._session.get(f"/api/tracker/{kind.collection}?{urlencode({**_ALL, **query})}"))


class _Summary:
    """`/api/dataSummary`, which counts the whole server: asked once a round, and only where it is needed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._counts: Mapping[str, Any] | None = None

    def none_at_all(self, what: str) -> int | None:
        """0 where the server holds none of a kind at all: for some kinds the one count there is."""
        if what not in SUMMED:
            return None
        if self._counts is None:
            self._counts = self._asked()
        return 0 if self._counts.get(SUMMED[what]) == 0 else None

    def _asked(self) -> Mapping[str, Any]:
        with suppress(Dhis2cfgError):
            summary = self._session.get("/api/dataSummary")
            counts = summary.get("objectCounts") if isinstance(summary, dict) else None
            if isinstance(counts, dict):
                return counts
        return {}


def _total_in(answer: Any) -> int | None:
    """The total, beside the rows on 2.41, in `pager` from 2.42 on."""
    if not isinstance(answer, dict):
        return None
    pager = answer.get("pager")
    total = (pager if isinstance(pager, dict) else answer).get("total")
    return total if isinstance(total, int) and not isinstance(total, bool) else None
