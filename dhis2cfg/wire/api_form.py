"""Visualizations and maps as their own endpoints take them: axes with their items, in place of stored lists.

`POST` and `PUT /api/visualizations` and `/api/maps` build the stored lists from `columns`, `rows` and
`filters`, whose items are named by id, and lose what is sent in the stored form (facts §18.2, §19.1).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

AXES = {"columns": "columnDimensions", "rows": "rowDimensions", "filters": "filterDimensions"}
"""Axis in API form → the stored list of its dimensions."""

UNIT_WORDS = {
    "userOrganisationUnit": "USER_ORGUNIT",
    "userOrganisationUnitChildren": "USER_ORGUNIT_CHILDREN",
    "userOrganisationUnitGrandChildren": "USER_ORGUNIT_GRANDCHILDREN",
}
"""Stored truth → the word for it among the items of `ou`."""

_BY_MEMBERS = {
    "categoryDimensions": ("category", "categoryOptions"),
    "categoryOptionGroupSetDimensions": ("categoryOptionGroupSet", "categoryOptionGroups"),
    "dataElementGroupSetDimensions": ("dataElementGroupSet", "dataElementGroups"),
    "organisationUnitGroupSetDimensions": ("organisationUnitGroupSet", "organisationUnitGroups"),
}
"""Stored list → what names its dimension, and what holds its items."""

_BY_FILTER = {
    "attributeDimensions": "attribute",
    "dataElementDimensions": "dataElement",
    "programIndicatorDimensions": "programIndicator",
}
"""Stored list → what names its dimension, which has a filter in place of items."""

_STORED = frozenset(
    {
        *AXES.values(),
        *UNIT_WORDS,
        *_BY_MEMBERS,
        *_BY_FILTER,
        "dataDimensionItems",
        "itemOrganisationUnitGroups",
        "organisationUnitLevels",
        "organisationUnits",
        "periods",
        "rawPeriods",
        "relativePeriods",
    }
)
"""What the own endpoints build themselves; sent as well, it would stand there twice or not at all."""


def in_api_form(type_name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body for the type's own endpoint; of a map each view, of all else the object itself."""
    if type_name != "maps":
        return _with_axes(body)
    views = [_with_units(view, _with_axes(view)) for view in body.get("mapViews") or ()]
    return {**body, "mapViews": views}


def _with_axes(body: Mapping[str, Any]) -> dict[str, Any]:
    axes = {
        axis: [_dimension(body, str(name)) for name in body.get(stored) or ()]
        for axis, stored in AXES.items()
    }
    return {**{name: value for name, value in body.items() if name not in _STORED}, **axes}


def _with_units(view: Mapping[str, Any], formed: Mapping[str, Any]) -> dict[str, Any]:
    """The units of a view are its rows, which no stored list says (facts §18.1)."""
    said = {each["dimension"] for axis in AXES for each in formed[axis]}
    if "ou" in said or not any(True for _ in _units(view)):
        return dict(formed)
    return {**formed, "rows": [*formed["rows"], _dimension(view, "ou")]}


def _dimension(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    items = {"dx": _data_items, "pe": _periods, "ou": _units}.get(name)
    if items is not None:
        return {"dimension": name, "items": [{"id": each} for each in items(body)]}
    return {"dimension": name, **_other(body, name)}


def _other(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A dimension that is an object of its own: its items, or its filter."""
    for stored, (holder, members) in _BY_MEMBERS.items():
        for each in body.get(stored) or ():
            if _uid(each.get(holder)) == name:
                return {"items": [{"id": _uid(one)} for one in each.get(members) or ()]}
    for stored, holder in _BY_FILTER.items():
        for each in body.get(stored) or ():
            if _uid(each.get(holder)) == name:
                kept = ("filter", "legendSet", "program", "programStage")
                return {"items": [], **{key: each[key] for key in kept if each.get(key)}}
    return {"items": []}


def _periods(body: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(each) for each in body.get("rawPeriods") or ())


def _units(body: Mapping[str, Any]) -> Iterator[str]:
    yield from (_uid(each) for each in body.get("organisationUnits") or ())
    yield from (word for stored, word in UNIT_WORDS.items() if body.get(stored))
    yield from (f"LEVEL-{level}" for level in body.get("organisationUnitLevels") or ())
    yield from (f"OU_GROUP-{_uid(each)}" for each in body.get("itemOrganisationUnitGroups") or ())


def _data_items(body: Mapping[str, Any]) -> Iterator[str]:
    for row in body.get("dataDimensionItems") or ():
        for name, told in _ITEMS.items():
            if row.get(name):
                yield told(row[name])


def _pair(first: str, second: str) -> Callable[[Mapping[str, Any]], str]:
    """An item that two objects name, with a dot between them."""

    def told(value: Mapping[str, Any]) -> str:
        return ".".join(filter(None, (_uid(value.get(first)), _uid(value.get(second)))))

    return told


def _rate(value: Mapping[str, Any]) -> str:
    return f"{_uid(value.get('dataSet'))}.{value.get('metric', 'REPORTING_RATE')}"


def _uid(value: Any) -> str:
    return str(value.get("id") or "") if isinstance(value, Mapping) else ""


_ITEMS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "indicator": _uid,
    "dataElement": _uid,
    "programIndicator": _uid,
    "expressionDimensionItem": _uid,
    "dataElementOperand": _pair("dataElement", "categoryOptionCombo"),
    "programDataElement": _pair("program", "dataElement"),
    "programAttribute": _pair("program", "attribute"),
    "reportingRate": _rate,
}
"""What a stored data item holds → how its item is named in API form."""
