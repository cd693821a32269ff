"""Where `/api/schemas` says something else than the server does; each row its evidence."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue.types import Shape

TEXT_CLASSES = frozenset({"periodType"})
"""Classes that are a plain text on the wire (`Monthly`)."""

CHILD_IN_ALL_VERSIONS = {"mapViews": "mapView"}
"""Importable in 2.43 alone, an embedded child before; a child in all (oddities.md K8)."""

BARE_UIDS = {
    ("attributeValueFilter", "attribute"): "trackedEntityAttributes",
    ("entityQueryCriteria", "programStage"): "programStages",
    ("eventDataFilter", "dataItem"): "dataElements",
    ("eventFilters", "program"): "programs",
    ("programRuleActions", "templateUid"): "programNotificationTemplates",
    ("trackerDataView", "attributes"): "trackedEntityAttributes",
    ("trackerDataView", "dataElements"): "dataElements",
}
"""Texts that are the UID of another object (facts §14, §19.31): references in a package, bare on the wire."""

CONSTANTS = {
    "deliveryChannel": ("SMS", "EMAIL", "HTTP"),
    "programRuleActionEvaluationEnvironment": ("WEB", "ANDROID"),
    "queryOperator": ("EQ", "GT", "GE", "LT", "LE", "LIKE", "IN", "SW", "EW"),
}
"""Collections of constants whose constants no schema lists (oddities.md K16)."""

_FILLED_BY_TYPE = frozenset(
    {
        ("dataApprovalLevels", "level"),
        ("jobConfigurations", "jobStatus"),
        ("jobConfigurations", "lastExecutedStatus"),
        ("programRuleActions", "programRuleActionEvaluationTime"),
        ("programRuleVariables", "valueType"),
        ("programStages", "minDaysFromStart"),
        ("routes", "headers"),
    }
)
_FILLED_EVERYWHERE = frozenset({"created", "id", "lastUpdated", "sortOrder", "version"})
_CATEGORY_TYPES = frozenset({"categories", "categoryCombos", "categoryOptionCombos", "categoryOptions"})

_TRANSLATED_ALL_THE_SAME = {
    ("programRules", "description"): "DESCRIPTION",
    ("relationshipTypes", "description"): "DESCRIPTION",
}
_PINNED_KEYS = {"SHORTNAME": "SHORT_NAME"}


def target(name: str) -> str:
    """What a property points at: `mapViews` is the embedded `mapView` in every version."""
    return CHILD_IN_ALL_VERSIONS.get(name, name)


def is_filled_in(owner: str, name: str, entry: Mapping[str, Any]) -> bool:
    """Whether a required property may be left out, for the server fills it in (oddities.md K14, grammar.md).

    Truths and lists have a value of their own in the server; category references become its `default`.
    """
    return (
        name in _FILLED_EVERYWHERE
        or (owner, name) in _FILLED_BY_TYPE
        or entry["type"] == "BOOLEAN"
        or entry["type"].startswith("COLLECTION")
        or (
            entry["type"] == "REFERENCE"
            and entry["target"] in _CATEGORY_TYPES
            and owner != "categoryDimension"
        )
    )


def translation_key(owner: str, name: str, entry: Mapping[str, Any], shape: Shape) -> str:
    """The property name of a translation (`SHORT_NAME`), empty where there is none.

    2.43 says `SHORTNAME` for category options, and keeps `SHORT_NAME` as sent (oddities.md K13); sides of
    validation rules are called translatable and have no key; the descriptions of two types are translated
    although they are not called so (K12).
    """
    extra = _TRANSLATED_ALL_THE_SAME.get((owner, name))
    if extra is not None:
        return extra
    key = str(entry.get("translation", ""))
    return _PINNED_KEYS.get(key, key) if shape is Shape.TEXT else ""
