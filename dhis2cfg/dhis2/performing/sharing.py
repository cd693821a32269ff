"""Sharing by its own endpoint, which keeps the owner that it is given and opens what it is given none for."""

from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.dhis2.performing.sending import OneRequest
from dhis2cfg.errors import Dhis2cfgError


def sharing_requests(body: Mapping[str, Any]) -> Iterator[OneRequest]:
    """One PUT an object. Without an owner a private object is everybody's (facts §19.7), so none is sent."""
    for type_name, items in body.items():
        for each in items:
            sharing = each["sharing"]
            if not sharing.get("owner") or not sharing.get("public"):
                raise Dhis2cfgError(
                    f"the sharing of {type_name} {each['id']} would be sent without owner or public access",
                    details=("this is a mistake in dhis2cfg; it was not sent",),
                )
    for type_name, items in body.items():
        for each in items:
            yield OneRequest(
                type=type_name,
                uid=each["id"],
                method="PUT",
                path=f"/api/{type_name}/{each['id']}/sharing",
                body=each["sharing"],
            )
