"""Spellings of older versions → those of today: charts, tables, periods, sharing (packages facts B5)."""

from dhis2cfg.catalogue.periods import RELATIVE_PERIODS, stored_name
from dhis2cfg.interchange.bundle import Body, items, uid_of

OLD_TYPES = {"charts": "visualizations", "reportTables": "visualizations"}
"""Types that are another type today."""

ITEMS = {"chart": "visualization", "reportTable": "visualization"}
"""References of a dashboard's item to them."""

_AXES = {"series": "columnDimensions", "category": "rowDimensions"}


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
    """A truth for each relative period → the list that is stored (oddities.md K11); fixed ones stay."""
    chosen = body.pop("relativePeriods", None)
    meant = [name for name in RELATIVE_PERIODS if isinstance(chosen, dict) and chosen.get(name) is True]
    if meant and not body.get("rawPeriods"):
        body["rawPeriods"] = [stored_name(name) for name in meant]
