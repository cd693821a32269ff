"""What stands in a property that was not sent: Java's initial values (oddities.md §2.3)."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue.types import Property, Shape

_LISTS = frozenset(
    {Shape.REFERENCES, Shape.CHILDREN, Shape.VALUES, Shape.TRANSLATIONS, Shape.ATTRIBUTE_VALUES}
)

_VALUES: Mapping[str, Mapping[str, Any]] = {
    "programs": {
        "accessLevel": "OPEN",
        "completeEventsExpiryDays": 0,
        "displayIncidentDate": True,
        "expiryDays": 0,
        "maxTeiCountToReturn": 0,
        "minAttributesRequiredToSearch": 1,
        "openDaysAfterCoEndDate": 0,
    },
    "programStages": {
        "autoGenerateEvent": True,
        "displayGenerateEventBox": True,
        "minDaysFromStart": 0,
        "validationStrategy": "ON_COMPLETE",
    },
    "sqlViews": {"cacheStrategy": "RESPECT_SYSTEM_SETTING"},
    "trackedEntityTypes": {
        "featureType": "NONE",
        "maxTeiCountToReturn": 0,
        "minAttributesRequiredToSearch": 1,
    },
    "trackedEntityAttributes": {"minCharactersToSearch": 0, "pattern": ""},
    "dataElementGroupSets": {"dataDimension": True},
    "validationRules": {"importance": "MEDIUM"},
    "programIndicators": {"analyticsType": "EVENT"},
    "programRuleActions": {
        "programRuleActionEvaluationTime": "ALWAYS",
        "programRuleActionEvaluationEnvironments": ["WEB", "ANDROID"],
    },
    "dataSets": {
        "expiryDays": 0,
        "openFuturePeriods": 0,
        "openPeriodsAfterCoEndDate": 0,
        "timelyDays": 0.0,
    },
    "dataEntryForms": {"format": 0},
    "visualizations": {
        "digitGroupSeparator": "SPACE",
        "displayDensity": "NORMAL",
        "fontSize": "NORMAL",
        "hideEmptyRowItems": "NONE",
        "regressionType": "NONE",
        "icons": [],
        "sortOrder": 0,
        "topLimit": 0,
    },
    "eventReports": {"type": "LINE_LIST"},
    "eventVisualizations": {
        "digitGroupSeparator": "SPACE",
        "hideEmptyRowItems": "NONE",
        "regressionType": "NONE",
        "sortOrder": 0,
        "topLimit": 0,
    },
    "mapView": {"eventPointRadius": 0, "renderingStrategy": "SINGLE"},
    "options": {"sortOrder": 0},
    "constants": {"value": 0.0},
    "expression": {"missingValueStrategy": "SKIP_IF_ALL_VALUES_MISSING"},
}
"""By plural (or singular of an embedded class), by wire name; lists and truths have rules of their own."""

_NULLABLE = frozenset(
    {
        ("dashboardItem", "messages"),
        ("mapView", "followUp"),
        ("mapView", "hidden"),
        ("mapView", "labels"),
        ("programIndicators", "displayInForm"),
        ("programNotificationTemplates", "notifyParentOrganisationUnitOnly"),
        ("programNotificationTemplates", "notifyUsersInHierarchyOnly"),
        ("programTrackedEntityAttribute", "allowFutureDate"),
        ("trackedEntityTypeAttribute", "mandatory"),
    }
)
"""Truths that may be absent; every other one seen comes back as false."""


def initial(kind: str, prop: Property) -> Any:
    """The value of a property that was not sent; None for nothing."""
    table = _VALUES.get(kind, {})
    if prop.name in table:
        value = table[prop.name]
        return list(value) if isinstance(value, list) else _number(prop, value)
    if prop.shape in _LISTS:
        return []
    if prop.shape is Shape.BOOLEAN and (kind, prop.name) not in _NULLABLE:
        return False
    return None


def _number(prop: Property, value: Any) -> Any:
    return float(value) if prop.shape is Shape.NUMBER and isinstance(value, int) else value
