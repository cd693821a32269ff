"""What the server adds to an embedded child when it writes one whole (oddities.md K6, K9, K10)."""

from collections.abc import Callable, Mapping

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.read.axes import axis, units_axis
from dhis2cfg.sandbox.read.view import View
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.world.children import EXTRA, ITEM_CONTENT, is_identifiable
from dhis2cfg.sandbox.world.periods import relative_periods

ADDED = (
    "access",
    "attributeValues",
    "columns",
    "contentCount",
    "created",
    "displayName",
    "displayShortName",
    "favorite",
    "favorites",
    "filters",
    "href",
    "interpretationCount",
    "interpretationLikeCount",
    "interpretations",
    "lastUpdated",
    "metaData",
    "name",
    "parentGraphMap",
    "relativePeriods",
    "rows",
    "sharing",
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
        return {}
    block: Body = {"users": {}, "userGroups": {}}
    access = sharing.access(view.person, kind, body)
    if view.world.release == (2, 42):
        block["external"] = False
        access["externalize"] = view.person.is_superuser
    found: Body = {
        "access": access,
        "attributeValues": [],
        "favorite": False,
        "favorites": [],
        "sharing": block,
        "translations": body.get("translations", []),
    }
    own = _OWN.get(kind.singular)
    return found | (own(view, body, parent) if own else {})


def _attribute(view: View, body: Body, parent: Body) -> Body:
    uid = (body.get("trackedEntityAttribute") or {}).get("id") or ""
    attribute = view.session.get("trackedEntityAttributes", uid) or {}
    name = f"{parent.get('name')} {attribute.get('name')}"
    return {"name": name, "displayName": name, "displayShortName": name, "valueType": attribute.get("valueType")}


def _item(view: View, body: Body, _parent: Body) -> Body:
    kind = next((shown for name, shown in ITEM_CONTENT.items() if body.get(name)), None)
    lists = [body.get(name) or [] for name in ("users", "reports", "resources")]
    return {
        "type": kind,
        "interpretationCount": 0,
        "interpretationLikeCount": 0,
        "contentCount": max(len(rows) for rows in lists) or (1 if kind else 0),
        "href": f"{view.url}/api/dashboardItems/{body['id']}",
    }


def _map_view(view: View, body: Body, _parent: Body) -> Body:
    return {
        "columns": axis(view, body, "columns"),
        "filters": axis(view, body, "filters"),
        "rows": units_axis(view, body),
        "relativePeriods": relative_periods(body.get("rawPeriods") or []),
        "interpretations": [],
        "metaData": {},
        "parentGraphMap": {},
        "subscribed": False,
    }


_OWN: Mapping[str, Callable[[View, Body, Body], Body]] = {
    "dashboardItem": _item,
    "mapView": _map_view,
    "programTrackedEntityAttribute": _attribute,
    "trackedEntityTypeAttribute": _attribute,
}
"""By singular of the class."""
