"""Spellings of older versions → those of today: charts, tables, periods, sharing (packages facts B5)."""

import re
from typing import Any

from dhis2cfg.interchange.bundle import Body, items, uid_of

OLD_TYPES = {"charts": "visualizations", "reportTables": "visualizations"}
"""Types that are another type today."""

ITEMS = {"chart": "visualization", "reportTable": "visualization"}
"""References of a dashboard's item to them."""

_AXES = {"series": "columnDimensions", "category": "rowDimensions"}
_STEP = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])")


def modern(name: str, body: Body) -> tuple[str, Body]:
    """An object under the type and in the spelling of today."""
    if name in OLD_TYPES:
        body = _visualization(name, body)
        name = OLD_TYPES[name]
    if name == "dashboards":
        body["dashboardItems"] = [_item(each) for each in items(body.get("dashboardItems"))]
    if name in ("visualizations", "eventVisualizations"):
        _periods(body)
    if name == "maps":
        for view in items(body.get("mapViews")):
            _periods(view)
    return name, body


def _visualization(name: str, body: Body) -> Body:
    """A chart or a table as a visualization: its type, and what lies on which axis."""
    for old, new in _AXES.items():
        dimension = body.pop(old, None) if isinstance(body.get(old), str) else None
        if dimension:
            body.setdefault(new, [dimension])
    if name == "reportTables":
        body.setdefault("type", "PIVOT_TABLE")
    return body


def _item(item: Body) -> Body:
    """An item of a dashboard that shows a chart or a table."""
    for old, new in ITEMS.items():
        if uid_of(item.get(old)):
            item.setdefault(new, item.pop(old))
    return item


def _periods(body: Body) -> None:
    """Truths of relative periods, or a list of fixed ones → the list that is stored (oddities.md K11)."""
    chosen = body.pop("relativePeriods", None)
    fixed = body.pop("periods", None)
    if body.get("rawPeriods"):
        return
    raw = [uid_of(each) for each in items(fixed)]
    raw += [stored_period(name) for name, is_meant in _truths(chosen) if is_meant is True]
    if raw:
        body["rawPeriods"] = raw


def _truths(chosen: Any) -> list[tuple[str, Any]]:
    return list(chosen.items()) if isinstance(chosen, dict) else []


def stored_period(name: str) -> str:
    """`LAST_12_MONTHS` of `last12Months`; `thisDay` is TODAY."""
    return "TODAY" if name == "thisDay" else _STEP.sub("_", name).upper()
