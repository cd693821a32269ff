"""Which objects of a step stand on the server now."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.reads.queries import Selection


def standing(reader: Reader, body: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """By type, the ids of those that are there; read without sharing, which may be broken (facts §17.1)."""
    selections = [
        Selection(type=name, path="id", values=tuple(each["id"] for each in items), fields="id")
        for name, items in body.items()
        if items
    ]
    got = reader.select(selections, skip_sharing=True)
    return {name: frozenset(each["id"] for each in got.get(name, ())) for name in body}
