"""Embedded children beside their schemas: what mapViews hold that no schema names (oddities.md K7 to K9)."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue.types import MetadataType

_FALSE = (
    "colSubTotals colTotals completedOnly cumulativeValues hideSubtitle hideTitle skipRounding "
    "hideEmptyRows showHierarchy hideLegend noSpaceBetweenColumns percentStackedValues showData "
    "rowTotals rowSubTotals showDimensionLabels "
)
_EMPTY = "dataElementGroupSetDimensions programIndicatorDimensions itemOrganisationUnitGroups subscribers "

EXTRA: Mapping[str, Mapping[str, Any]] = {
    "mapView": dict.fromkeys(_FALSE.split(), False)
    | {name: [] for name in _EMPTY.split()}
    | {"hideEmptyRowItems": "NONE", "regressionType": "NONE", "digitGroupSeparator": "SPACE"}
    | {"parentLevel": 0, "sortOrder": 0, "topLimit": 0}
}
"""By singular: stored properties that the catalogue does not have, with their initial values."""


def has_initial_values(kind: MetadataType) -> bool:
    """Whether what was not sent comes back all the same; classes stored as JSON keep what they are given."""
    return bool(kind.klass) or kind.singular in EXTRA


def is_identifiable(kind: MetadataType) -> bool:
    """Whether children of a class are objects of their own: they carry times, rights and sharing."""
    return "created" in kind.properties or kind.singular in {"mapView", "dataElementOperand"}


ITEM_CONTENT = {
    "visualization": "VISUALIZATION",
    "eventVisualization": "EVENT_VISUALIZATION",
    "eventChart": "EVENT_CHART",
    "eventReport": "EVENT_REPORT",
    "map": "MAP",
    "users": "USERS",
    "reports": "REPORTS",
    "resources": "RESOURCES",
    "text": "TEXT",
    "messages": "MESSAGES",
    "appKey": "APP",
}
"""What a dashboard's item shows → the type it then has."""
