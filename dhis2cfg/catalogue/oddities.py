"""What schemas do not say: which types carry codes, which lists nest, what identifies a child."""

from dataclasses import dataclass

KEY_IS_CODE = frozenset(
    {
        "attributes",
        "categories",
        "categoryCombos",
        "categoryOptionGroupSets",
        "categoryOptionGroups",
        "categoryOptions",
        "constants",
        "dataElementGroupSets",
        "dataElementGroups",
        "dataElements",
        "dataSets",
        "indicatorGroupSets",
        "indicatorGroups",
        "indicatorTypes",
        "indicators",
        "legendSets",
        "optionGroupSets",
        "optionGroups",
        "optionSets",
        "options",
        "organisationUnitGroupSets",
        "organisationUnitGroups",
        "organisationUnits",
        "predictorGroups",
        "predictors",
        "programIndicatorGroups",
        "programNotificationTemplates",
        "programs",
        "relationshipTypes",
        "trackedEntityAttributes",
        "trackedEntityTypes",
        "userGroups",
        "userRoles",
        "validationRuleGroups",
        "validationRules",
    }
)
"""Types whose real objects have codes: the key is the code unless `code:` says otherwise (grammar.md)."""

CLOSED = {
    "users": "people are never created or changed; name existing usernames as members of groups",
    "categoryOptionCombos": "the server makes them from the category combination",
    "apiToken": "tokens belong to people",
    "documents": "documents need a file that is uploaded first",
    "analyticsTableHooks": "they run SQL on the server",
    "pushAnalysis": "it is gone from DHIS2 2.43",
    "expressionDimensionItems": "they belong to the person who saved them",
    "oAuth2Clients": "they hold secrets of the server's own login",
    "oAuth2Authorizations": "they hold secrets of the server's own login",
    "oAuth2AuthorizationConsents": "they hold secrets of the server's own login",
}
"""Types that a package may not hold, each with the reason the finding gives (design §3)."""

PROVEN = frozenset(
    {
        "attributes",
        "categories",
        "categoryCombos",
        "categoryOptionGroupSets",
        "categoryOptionGroups",
        "categoryOptions",
        "dashboards",
        "dataElementGroups",
        "dataElements",
        "dataSets",
        "indicatorGroups",
        "indicatorTypes",
        "indicators",
        "legendSets",
        "optionSets",
        "options",
        "organisationUnits",
        "programIndicatorGroups",
        "programIndicators",
        "programRuleActions",
        "programRuleVariables",
        "programRules",
        "programStageSections",
        "programStages",
        "programs",
        "relationshipTypes",
        "sections",
        "trackedEntityAttributes",
        "trackedEntityTypes",
        "userGroups",
        "userRoles",
        "validationRuleGroups",
        "validationRules",
        "visualizations",
    }
)
"""Types whose round trip real data have shown, on 2.41, 2.42 and 2.43 alike; maps on 2.43 alone."""

_PROVEN_LATER = {"maps": ("2.43",)}

LOGIC = frozenset(
    {
        "dashboards",
        "eventVisualizations",
        "indicators",
        "maps",
        "programIndicators",
        "programNotificationTemplates",
        "programRuleActions",
        "programRuleVariables",
        "programRules",
        "programStageWorkingLists",
        "sections",
        "visualizations",
    }
)
"""Types that hold no data: left out, they are deleted where nobody else uses them (grammar.md)."""


PARTS = frozenset({"programRuleActions", "programSections", "programStageSections"})
"""Owned objects that the server deletes when their parent is saved without them (facts §5.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedList:
    """A list of objects that a package may write inside their parent.

    `back` is the child's reference to its parent (empty: none). `scoped`: the child's key path is
    `PARENT/KEY`. `listed`: the parent's own body lists the children on the wire (else only `back` does).
    `order`: `list` where the parent's list is ordered, `sortOrder` where each child carries a number from
    `first`, empty for a set.
    """

    parent: str
    collection: str
    child: str
    back: str
    scoped: bool
    listed: bool
    order: str = ""
    first: int = 0


def _row(parent: str, collection: str, child: str, back: str, flags: str, order: str = "") -> NestedList:
    """One row; `flags` names what holds of it, `order` may carry the first number (`sortOrder 1`)."""
    kind, _, first = order.partition(" ")
    return NestedList(
        parent=parent,
        collection=collection,
        child=child,
        back=back,
        scoped="scoped" in flags,
        listed="listed" in flags,
        order=kind,
        first=int(first or 0),
    )


NESTED = (
    _row("optionSets", "options", "options", "optionSet", "scoped listed", "list"),
    _row("programs", "programStages", "programStages", "program", "scoped listed", "sortOrder 1"),
    _row("programs", "programSections", "programSections", "program", "scoped listed", "sortOrder"),
    _row(
        "programStages",
        "programStageSections",
        "programStageSections",
        "programStage",
        "scoped listed",
        "sortOrder",
    ),
    _row("programRules", "programRuleActions", "programRuleActions", "programRule", "scoped listed"),
    _row("dataSets", "sections", "sections", "dataSet", "scoped", "sortOrder"),
    _row("programs", "programRules", "programRules", "program", "scoped"),
    _row("programs", "programRuleVariables", "programRuleVariables", "program", "scoped"),
    _row("programs", "programIndicators", "programIndicators", "program", ""),
    _row("programs", "notificationTemplates", "programNotificationTemplates", "", "listed"),
    _row("programStages", "notificationTemplates", "programNotificationTemplates", "", "listed"),
)
"""The lists that nest (grammar.md, Children); the parent owns the first five and the two of templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedClass:
    """A class of embedded children: what identifies one inside its parent, and how order is kept.

    `natural_key` names wire properties (a reference counts by its UID); empty: the child's `id`. `order` is
    the numbering property (numbers from `first`), `list` for the list's own order, empty for a set. `back` is
    the reference to the parent that the server adds. `opaque` children keep every key but noise (oddities.md
    K6). `has_id`: whether the server gives these children an id. `by_id`: people edit the natural key (the
    range of a legend), so a child is followed by its id, and the key only finds the id at a first meeting.
    """

    singular: str
    natural_key: tuple[str, ...]
    order: str = ""
    first: int = 0
    back: str = ""
    opaque: bool = False
    has_id: bool = True
    by_id: bool = False


EMBEDDED = (
    EmbeddedClass(
        singular="programStageDataElement",
        natural_key=("dataElement",),
        order="sortOrder",
        first=1,
        back="programStage",
    ),
    EmbeddedClass(
        singular="programTrackedEntityAttribute",
        natural_key=("trackedEntityAttribute",),
        order="sortOrder",
        first=1,
        back="program",
    ),
    EmbeddedClass(
        singular="trackedEntityTypeAttribute",
        natural_key=("trackedEntityAttribute",),
        order="list",
        back="trackedEntityType",
    ),
    EmbeddedClass(
        singular="dataSetElement", natural_key=("dataElement",), order="", back="dataSet", has_id=False
    ),
    EmbeddedClass(singular="legend", natural_key=("startValue", "endValue"), by_id=True),
    EmbeddedClass(
        singular="analyticsPeriodBoundary",
        natural_key=("analyticsPeriodBoundaryType", "boundaryTarget", "offsetPeriodType", "offsetPeriods"),
        by_id=True,
    ),
    EmbeddedClass(
        singular="dataElementOperand", natural_key=("dataElement", "categoryOptionCombo"), has_id=False
    ),
    EmbeddedClass(singular="dataInputPeriod", natural_key=("period",), has_id=False),
    EmbeddedClass(singular="attributeValueFilter", natural_key=("attribute",), has_id=False),
    EmbeddedClass(singular="eventDataFilter", natural_key=("dataItem",), has_id=False),
    EmbeddedClass(singular="dashboardItem", natural_key=(), order="list"),
    EmbeddedClass(singular="mapView", natural_key=(), order="list", opaque=True),
)
"""Embedded children and their natural keys (oddities.md §3: no natural key failed on 5,700 real children)."""

MUNICIPAL_LISTS = frozenset(
    {("programs", "organisationUnits"), ("dataSets", "organisationUnits"), ("userGroups", "users")}
)
"""Lists that a municipality's file fills in (`assign`, `members`); elsewhere a package writes them itself."""

SERVER_SET = frozenset(
    {
        "created",
        "createdBy",
        "favorites",
        "lastLogin",
        "lastUpdated",
        "lastUpdatedBy",
        "level",
        "path",
        "subscribers",
        "user",
        "version",
    }
)
"""Owner in every schema and yet the server's (oddities.md K2): read, sent back as it is, never compared."""

SORT_ORDER = frozenset(
    {(row.child, "sortOrder") for row in NESTED if row.order == "sortOrder"} | {("options", "sortOrder")}
)
"""Numbers that only say the order of a list: sent anew where the sequence changes, never compared (§3)."""


_NESTED = {(row.parent, row.collection): row for row in NESTED}
_PARENT_LISTS = {each.child: tuple(row for row in NESTED if row.child == each.child) for each in NESTED}
_EMBEDDED = {row.singular: row for row in EMBEDDED}


def nested(parent: str, collection: str) -> NestedList | None:
    """The row of a nested list, or None."""
    return _NESTED.get((parent, collection))


def parent_lists(child: str) -> tuple[NestedList, ...]:
    """The rows whose children are of this type."""
    return _PARENT_LISTS.get(child, ())


def is_scoped(type_name: str) -> bool:
    """Whether keys of this type are unique only inside a parent, so that a path is `PARENT/KEY`."""
    return any(row.scoped for row in parent_lists(type_name))


def is_proven(type_name: str, version: str) -> bool:
    """Whether real data or a live test has shown that what is written comes back (design §3)."""
    return type_name in PROVEN or version in _PROVEN_LATER.get(type_name, ())


def embedded_class(singular: str) -> EmbeddedClass | None:
    """The row of an embedded class, or None."""
    return _EMBEDDED.get(singular)
