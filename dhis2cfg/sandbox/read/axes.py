"""Columns, rows and filters of what shows data, made from the stored dimension lists (facts §18, §19.1)."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.sandbox.read.view import View
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.world.analytical import AXES, ITEM_TYPES, UNIT_KEYWORDS


def axis(view: View, body: Body, name: str) -> list[Body]:
    """One axis in API form; exports leave it empty."""
    if view.is_export:
        return []
    return [dimension(body, str(one)) for one in body.get(AXES[name]) or []]


def units_axis(view: View, body: Body) -> list[Body]:
    """The rows of a map view are always its units."""
    return [] if view.is_export else [dimension(body, "ou")]


def dimension(body: Body, name: str) -> Body:
    """One dimension with its items."""
    return {"id": name, "dimension": name, "items": _items(body, name)}


def _items(body: Mapping[str, Any], name: str) -> list[Body]:
    if name == "dx":
        return [
            {"id": row[kind]["id"]}
            for row in body.get("dataDimensionItems") or []
            for kind in ITEM_TYPES
            if isinstance(row.get(kind), dict) and "id" in row[kind]
        ]
    if name == "pe":
        return [{"id": one} for one in body.get("rawPeriods") or []]
    if name == "ou":
        found = [{"id": row["id"]} for row in body.get("organisationUnits") or []]
        found += [{"id": word} for word, prop in UNIT_KEYWORDS.items() if body.get(prop)]
        return found + [{"id": f"LEVEL-{level}"} for level in body.get("organisationUnitLevels") or []]
    return []
