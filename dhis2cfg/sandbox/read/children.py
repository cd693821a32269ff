"""What the server adds to an embedded child when it writes one whole (oddities.md K6, K9, K10)."""

from collections.abc import Callable, Mapping

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.read.axes import axis, units_axis
from dhis2cfg.sandbox.read.view import View
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.world.analytical import ITEM_TYPES
from dhis2cfg.sandbox.world.children import EXTRA, ITEM_CONTENT, is_identifiable
from dhis2cfg.sandbox.world.periods import relative_periods

ADDED = (
    "access",
    "aggregationType",
    "attributeValues",
    "columns",
    "contentCount",
    "created",
    "dimensionItem",
    "dimensionItemType",
    "displayDescription",
    "displayFormName",
    "displayName",
    "displayShortName",
    "displayText",
    "favorite",
    "favorites",
    "filters",
    "href",
    "id",
    "interpretationCount",
    "interpretationLikeCount",
    "interpretations",
    "lastUpdated",
    "legendSets",
    "metaData",
    "name",
    "parentGraphMap",
    "relativePeriods",
    "rows",
    "sharing",
    "shortName",
    "subscribed",
    "translations",
    "type",
    "valueType",
    *EXTRA["mapView"],
)
"""Every name that may be added; those that a class has not are left out."""


def added(view: View, kind: MetadataType, body: Body, parent: Body) -> Body:
    """The keys that are nowhere stored."""
    if not is_identifiable(kind):
        own = _OWN.get(kind.singular)
        return own(view, body, parent) if own else {}
    block: Body = {"users": {}, "userGroups": {}}
    access = sharing.access(view.person, kind, body)
    if view.world.release == (2, 42):
        block["external"] = False
        access["externalize"] = view.person.is_superuser
    found: Body = {
        "access": None if view.skip_sharing else access,
        "translations": body.get("translations", []),
    }
    if kind.singular != "dashboardItem" or view.world.release < (2, 43):
        found |= {"attributeValues": [], "sharing": block}
        if kind.singular != "legend" or view.world.release < (2, 43):
            found |= {"favorite": False, "favorites": []}
    own = _OWN.get(kind.singular)
    return found | (own(view, body, parent) if own else {})


def _attribute(view: View, body: Body, parent: Body) -> Body:
    uid = (body.get("trackedEntityAttribute") or {}).get("id") or ""
    attribute = view.session.get("trackedEntityAttributes", uid) or {}
    name = f"{parent.get('name')} {attribute.get('name')}"
    short = f"{parent.get('shortName') or 'null'} {attribute.get('shortName')}"
    return {
        "name": name,
        "displayName": name,
        "displayShortName": short,
        "valueType": attribute.get("valueType"),
    }


def _item(view: View, body: Body, _parent: Body) -> Body:
    kind = next((shown for name, shown in ITEM_CONTENT.items() if body.get(name)), None)
    lists = [body.get(name) or [] for name in ("users", "reports", "resources")]
    is_new = view.world.release >= (2, 43)
    found: Body = {
        "type": kind,
        "interpretationCount": 0,
        "interpretationLikeCount": 0,
        "contentCount": max(len(rows) for rows in lists) or (1 if kind else 0),
        "displayText": body.get("text") if is_new else None,
    }
    if is_new or not view.is_export:
        found["href"] = f"{'' if is_new else view.url + '/api'}/dashboardItems/{body['id']}"
    return found


def _map_view(view: View, body: Body, _parent: Body) -> Body:
    name = body.get("name") if view.world.release >= (2, 42) else _first_item(view, body)
    has_href = view.world.release >= (2, 43) and not view.is_export
    return {
        "name": name,
        "displayName": name,
        "displayFormName": name,
        "columns": axis(view, body, "columns"),
        "filters": axis(view, body, "filters"),
        "rows": units_axis(view, body),
        "relativePeriods": relative_periods(body.get("rawPeriods") or []),
        "interpretations": [],
        "metaData": _unit_names(view, body) if view.world.release >= (2, 42) else None,
        "href": f"{view.url}/api/mapViews/{body['id']}" if has_href else None,
        "parentGraphMap": _units_above(view, body) if view.world.release >= (2, 43) else {},
        "subscribed": False,
    }


def _first_item(view: View, body: Body) -> str:
    """On 2.41 a view is called as the first thing it shows, else by its UID (facts §18.2)."""
    shown = (
        view.session.get(type_name, (row.get(prop) or {}).get("id") or "")
        for row in body.get("dataDimensionItems") or []
        for prop, (type_name, _) in ITEM_TYPES.items()
    )
    return next((str(one.get("name")) for one in shown if one is not None), str(body.get("id")))


def _operand(view: View, body: Body, _parent: Body) -> Body:
    element_uid = (body.get("dataElement") or {}).get("id") or ""
    combo_uid = (body.get("categoryOptionCombo") or {}).get("id") or ""
    element = view.session.get("dataElements", element_uid) or {}
    combo = view.session.get("categoryOptionCombos", combo_uid) or {}
    suffix = "" if combo.get("name") in {None, "default"} else f" {combo['name']}"
    name, short = f"{element.get('name')}{suffix}", f"{element.get('shortName')}{suffix}"
    return {
        "id": element_uid,
        "name": name,
        "shortName": short,
        "displayName": name,
        "displayFormName": name,
        "displayShortName": short,
        "aggregationType": element.get("aggregationType"),
        "dimensionItem": f"{element_uid}.{combo_uid}" if combo_uid else element_uid,
        "dimensionItemType": "DATA_ELEMENT_OPERAND",
        "legendSets": element.get("legendSets", []),
        "created": view.session.now,
        "lastUpdated": view.session.now,
        "href": f"{view.url}/api/dataElementOperands/{element_uid}",
    }


def _period(view: View, body: Body, _parent: Body) -> Body:
    return {"name": body.get("id") if view.world.release < (2, 43) else None}


def _units_above(view: View, body: Body) -> Body:
    """What is above each unit of a view, joined by `/`."""
    found: Body = {}
    for row in body.get("organisationUnits") or []:
        unit = view.session.get("organisationUnits", row["id"]) or {}
        found[row["id"]] = "/".join(str(unit.get("path") or "").split("/")[1:-1])
    return found


def _unit_names(view: View, body: Body) -> Body:
    """The units of a view by UID."""
    found: Body = {}
    for row in body.get("organisationUnits") or []:
        unit = view.session.get("organisationUnits", row["id"]) or {}
        found[row["id"]] = {"uid": row["id"], "code": unit.get("code"), "name": unit.get("name")}
    return found


def _legend(_view: View, body: Body, _parent: Body) -> Body:
    return {"displayName": body.get("name")}


def _expression(_view: View, body: Body, _parent: Body) -> Body:
    return {"displayDescription": body.get("description")}


_OWN: Mapping[str, Callable[[View, Body, Body], Body]] = {
    "dashboardItem": _item,
    "dataElementOperand": _operand,
    "expression": _expression,
    "legend": _legend,
    "mapView": _map_view,
    "period": _period,
    "programTrackedEntityAttribute": _attribute,
    "trackedEntityTypeAttribute": _attribute,
}
"""By singular of the class."""
