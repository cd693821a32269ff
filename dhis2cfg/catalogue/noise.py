"""What servers add to objects and children, or put there themselves: never ours, whatever a schema says."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue import quirks
from dhis2cfg.catalogue.oddities import SERVER_SET, SORT_ORDER, embedded_class
from dhis2cfg.catalogue.types import MetadataType

OWNED_ALL_THE_SAME = frozenset({("dataApprovalLevels", "level"), ("organisationUnitLevels", "level")})
"""Where a name of `SERVER_SET` is what the object is about."""

CHILD_NOISE = frozenset(
    {
        "access",
        "attributeValues",
        "created",
        "createdBy",
        "displayName",
        "displayShortName",
        "favorite",
        "favorites",
        "href",
        "lastUpdated",
        "lastUpdatedBy",
        "sharing",
        "subscribers",
        "translations",
        "user",
    }
)
"""Returned for every embedded child, schema or not (oddities.md K9)."""

_NOISE_BY_CLASS = frozenset(
    {
        ("dashboardItem", "contentCount"),
        ("dashboardItem", "interpretationCount"),
        ("dashboardItem", "interpretationLikeCount"),
        ("mapView", "displayFormName"),
        ("period", "name"),
        ("programTrackedEntityAttribute", "name"),
        ("programTrackedEntityAttribute", "valueType"),
        ("trackedEntityTypeAttribute", "name"),
        ("trackedEntityTypeAttribute", "valueType"),
    }
)

ID_IS_CONTENT = frozenset({"basemap", "period", "programAttributeItem", "programDataElementItem"})
"""Classes of children whose `id` is what they say, not a UID of their own."""

SECRET = frozenset({("aggregateDataExchanges", "target"), ("eventHooks", "targets"), ("routes", "auth")})
"""What holds passwords and tokens: sent, never read back, never in plan or record (design §3)."""


SENSITIVE = frozenset({"accessToken", "clientSecret", "headers", "password", "queryParams", "token"})
"""Keys inside them that are, or hold, what nobody may read; all other keys may be known."""


def is_servers(owner: str, name: str, fields: Mapping[str, Any]) -> bool:
    """Whether a property is left to the server: read, sent as it is, never compared.

    `fields` are those of the same object; some values are the server's only beside others.
    """
    if name == "id":
        return owner not in ID_IS_CONTENT
    if name in SERVER_SET:
        return (owner, name) not in OWNED_ALL_THE_SAME
    row = embedded_class(owner)
    is_order = row is not None and name == row.order
    return is_order or (owner, name) in SORT_ORDER or quirks.is_replaced(owner, name, fields)


def is_noise(singular: str, name: str) -> bool:
    """Whether a property of an embedded child is what the server adds to every child."""
    return name in CHILD_NOISE or (singular, name) in _NOISE_BY_CLASS


def is_opaque(kind: MetadataType) -> bool:
    """Whether a class is stored as JSON, so that `owner` says nothing of its properties (oddities.md K6)."""
    row = embedded_class(kind.name)
    return (row is not None and row.opaque) or not any(entry.owner for entry in kind.properties.values())
