"""How many stored data a change touches, one named request a kind (facts §17.11)."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.questions import CountQuestion

_ALL = {"orgUnitMode": "ALL", "totalPages": "true", "pageSize": "1"}

Query = Mapping[str, str]


def _events_with_value(given: Query) -> tuple[str, Query]:
    return "events", {"filter": f"{given['dataElement']}:!null"}


def _events_with_option(given: Query) -> tuple[str, Query]:
    return "events", {"filter": f"{given['dataElement']}:eq:{_escaped(given['code'])}"}


def _events_in_stage(given: Query) -> tuple[str, Query]:
    return "events", {"program": given["program"], "programStage": given["programStage"]}


def _enrollments_in_program(given: Query) -> tuple[str, Query]:
    return "enrollments", {"program": given["program"]}


def _tracked_entities_with_attribute(given: Query) -> tuple[str, Query]:
    return "trackedEntities", {
        "trackedEntityType": given["trackedEntityType"],
        "filter": f"{given['attribute']}:!null",
    }


def _tracked_entities_with_option(given: Query) -> tuple[str, Query]:
    return "trackedEntities", {
        "trackedEntityType": given["trackedEntityType"],
        "filter": f"{given['attribute']}:eq:{_escaped(given['code'])}",
    }


KINDS: Mapping[str, Callable[[Query], tuple[str, Query]]] = {
    "events-with-value": _events_with_value,
    "events-with-option": _events_with_option,
    "events-in-stage": _events_in_stage,
    "enrollments-in-program": _enrollments_in_program,
    "tracked-entities-with-attribute": _tracked_entities_with_attribute,
    "tracked-entities-with-option": _tracked_entities_with_option,
}
"""What a `CountQuestion.kind` may be, with the arguments that it needs; any other count is unknown."""


def _escaped(value: str) -> str:
    """A value inside a tracker filter, where `/` guards its signs."""
    return value.replace("/", "//").replace(",", "/,").replace(":", "/:")


class TrackerCounter:
    """Counts by asking for one row and the total; what cannot be learnt is None, and counts as touched."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, question: CountQuestion) -> int | None:
        """The number, or None where it could not be learnt."""
        kind = KINDS.get(question.kind)
        if kind is None:
            return None
        try:
            collection, query = kind(dict(question.arguments))
            answer = self._session.get(f"/api/tracker/{collection}?{urlencode({**_ALL, **query})}")
        except (KeyError, Dhis2cfgError):
            return None
        return _total(answer)


def _total(answer: Any) -> int | None:
    """The total, beside the rows on 2.41, in `pager` from 2.42 on."""
    if not isinstance(answer, dict):
        return None
    pager = answer.get("pager")
    total = (pager if isinstance(pager, dict) else answer).get("total")
    return total if isinstance(total, int) and not isinstance(total, bool) else None
