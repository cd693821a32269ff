"""What visualizations and maps have in common: axes, data items, words for units and periods."""

import re

ANALYTICAL = frozenset({"visualizations", "eventVisualizations", "maps"})
"""The types that show data."""

AXES = {"columns": "columnDimensions", "rows": "rowDimensions", "filters": "filterDimensions"}
"""API form → stored list."""

ITEM_TYPES = {
    "indicator": ("indicators", "INDICATOR"),
    "dataElement": ("dataElements", "DATA_ELEMENT"),
    "programIndicator": ("programIndicators", "PROGRAM_INDICATOR"),
}
"""Reference of a data item → its type, and how the item says so."""

OBJECTS = {
    "dataElements": ("dataElementDimensions", "dataElement"),
    "trackedEntityAttributes": ("attributeDimensions", "attribute"),
    "programIndicators": ("programIndicatorDimensions", "programIndicator"),
}
"""Type of an object that is an axis itself → stored list, and what of its rows names the object."""

UNIT_KEYWORDS = {
    "USER_ORGUNIT": "userOrganisationUnit",
    "USER_ORGUNIT_CHILDREN": "userOrganisationUnitChildren",
    "USER_ORGUNIT_GRANDCHILDREN": "userOrganisationUnitGrandChildren",
}
"""Word among the items of `ou` → stored truth."""

RELATIVE = re.compile(r"[A-Z]+[A-Z0-9_]*")
"""A relative period; a fixed one begins with a digit."""
