"""System settings and entries of the data store (facts §10.5, §18.5)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from dhis2cfg.dhis2.performing.sending import OneRequest

SETTINGS = "systemSettings"
ENTRIES = "dataStore"


def setting_requests(body: Mapping[str, Any]) -> Iterator[OneRequest]:
    """Values that are set go together, all or none; what is taken away, and texts by locale, one by one."""
    settings: Sequence[Mapping[str, Any]] = body.get(SETTINGS, ())
    values = {each["id"]: each["value"] for each in settings if each.get("value") is not None}
    if values:
        yield OneRequest(
            type=SETTINGS, uid=next(iter(values)), method="POST", path=f"/api/{SETTINGS}", body=values
        )
    for each in settings:
        yield from _one_by_one(each)
    for each in body.get(ENTRIES, ()):
        yield _entry(each)


def _one_by_one(each: Mapping[str, Any]) -> Iterator[OneRequest]:
    path = f"/api/{SETTINGS}/{quote(each['id'], safe='')}"
    if "value" in each and each["value"] is None:
        yield OneRequest(type=SETTINGS, uid=each["id"], method="DELETE", path=path, counts="deleted")
    for locale, text in (each.get("texts") or {}).items():
        in_locale = f"{path}?locale={quote(locale, safe='')}"
        if text is None:
            yield OneRequest(type=SETTINGS, uid=each["id"], method="DELETE", path=in_locale, counts="deleted")
        else:
            value = f"{in_locale}&value={quote(text, safe='')}"
            yield OneRequest(type=SETTINGS, uid=each["id"], method="POST", path=value)


def _entry(each: Mapping[str, Any]) -> OneRequest:
    """An entry put in place, made where it is not there; taken away, it may be gone already."""
    path = f"/api/{ENTRIES}/" + "/".join(quote(part, safe="") for part in each["id"].split("/", 1))
    if each.get("value") is None:
        return OneRequest(
            type=ENTRIES, uid=each["id"], method="DELETE", path=path, counts="deleted", gone_is_fine=True
        )
    return OneRequest(type=ENTRIES, uid=each["id"], method="PUT", path=path, body=each["value"])
