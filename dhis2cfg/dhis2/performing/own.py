"""Whole objects by the endpoint of their type: what an import loses or refuses (facts §18, §19.1)."""

from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.dhis2.performing.sending import OneRequest, sent_in_turn
from dhis2cfg.dhis2.performing.standing import standing
from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.session import Session
from dhis2cfg.model.questions import ImportReport
from dhis2cfg.wire.api_form import in_api_form


def by_own_endpoint(session: Session, reader: Reader, body: Mapping[str, Any]) -> ImportReport:
    """Each object made, or put in place of the one that stands."""
    return sent_in_turn(session, _requests(body, standing(reader, body)))


def _requests(body: Mapping[str, Any], there: Mapping[str, frozenset[str]]) -> Iterator[OneRequest]:
    for type_name, items in body.items():
        for each in items:
            road = _replacing if each["id"] in there[type_name] else _making
            yield from road(type_name, in_api_form(type_name, each))


def _making(type_name: str, each: Mapping[str, Any]) -> Iterator[OneRequest]:
    """A POST, which drops translations (facts §10.1): they follow by their own endpoint."""
    path = f"/api/{type_name}"
    yield OneRequest(type=type_name, uid=each["id"], method="POST", path=path, body=each, counts="created")
    if each.get("translations"):
        yield OneRequest(
            type=type_name,
            uid=each["id"],
            method="PUT",
            path=f"{path}/{each['id']}/translations",
            body={"translations": each["translations"]},
        )


def _replacing(type_name: str, each: Mapping[str, Any]) -> Iterator[OneRequest]:
    """A PUT; views of a map keep their ids only where the map was empty just before (facts §18.3)."""
    path = f"/api/{type_name}/{each['id']}"
    if each.get("mapViews"):
        empty = {**each, "mapViews": []}
        yield OneRequest(type=type_name, uid=each["id"], method="PUT", path=path, body=empty)
    yield OneRequest(type=type_name, uid=each["id"], method="PUT", path=path, body=each)
