"""What servers do to what they are sent, per version; each row says what was seen (facts, oddities.md §2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from dhis2cfg.catalogue.shipped import VERSIONS

_ALIASES = {"nb": ("nb", "no"), "no": ("nb", "no")}
"""Locales of one language that DHIS2 keeps apart: it offers `no` where the world says `nb` (facts §17.7)."""

_OFFERED = (
    "af am ar bi bn ckb cs da de dz en es fa fr gu hi id it km lo mn my nb ne nl no or prs ps pt ro ru rw "
    "si sv sw tet tg uk ur uz vi zh"
)
OFFERED_LOCALES = frozenset(_OFFERED.split())
"""The languages that some screen of DHIS2 can be set to, of interface and database together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What must be sent when an object is made although the package does not say it."""

    type: str
    property: str
    value: Any
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A value that the server replaces: by its own, or by nothing.

    `given` and `values`: only where that property of the same object has one of those values; empty: always.
    """

    type: str
    property: str
    becomes: str
    reason: str
    given: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a call to /api/metadata loses although it answers 200; compared like all else, so it shows."""

    type: str
    path: str
    versions: tuple[str, ...]
    reason: str


class Lost(Enum):
    """What of a value does not survive an import."""

    ITEMS = "data items of a view"
    DATES = "periods that are dates"
    TRACKED = "programs and types of tracked entities that a view shows"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRoad:
    """What /api/metadata loses or refuses although it is right; `endpoint` takes it, as a step of its own.

    `loses`: what a value must hold for that; `reason` is what a plan tells.
    """

    type: str
    property: str
    versions: tuple[str, ...]
    endpoint: str
    loses: frozenset[Lost]
    reason: str


FILLED = (
    Filled(
        type="programStages",
        property="minDaysFromStart",
        value=0,
        reason="required by the schema, and Java has no value for it where it is left out",
    ),
)

FILLED_LISTS = frozenset({("programRuleActions", "programRuleActionEvaluationEnvironments")})
"""Lists of words that the server fills where nothing was said (WEB, ANDROID): nobody's own."""

REWRITTEN = (
    Rewritten(
        type="options",
        property="sortOrder",
        becomes="the position in the option set, from 0",
        reason="1,788 of 1,788 options (oddities.md Q1)",
    ),
    Rewritten(
        type="programRuleVariables",
        property="valueType",
        becomes="the value type of its source",
        reason="72 of 75; a date of NEWEST_EVENT_PROGRAM_STAGE becomes TEXT (oddities.md Q3)",
        given="programRuleVariableSourceType",
        values=(
            "DATAELEMENT_CURRENT_EVENT",
            "DATAELEMENT_NEWEST_EVENT_PROGRAM",
            "DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE",
            "DATAELEMENT_PREVIOUS_EVENT",
            "TEI_ATTRIBUTE",
        ),
    ),
    Rewritten(
        type="programRuleVariables",
        property="trackedEntityAttribute",
        becomes="",
        reason="a source in a data element has no attribute (facts §4.5)",
        given="programRuleVariableSourceType",
        values=(
            "DATAELEMENT_CURRENT_EVENT",
            "DATAELEMENT_NEWEST_EVENT_PROGRAM",
            "DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE",
            "DATAELEMENT_PREVIOUS_EVENT",
            "CALCULATED_VALUE",
        ),
    ),
    Rewritten(
        type="programRuleVariables",
        property="dataElement",
        becomes="",
        reason="an attribute or a calculated value has no data element (facts §4.5)",
        given="programRuleVariableSourceType",
        values=("CALCULATED_VALUE", "TEI_ATTRIBUTE"),
    ),
    Rewritten(
        type="programRuleVariables",
        property="programStage",
        becomes="",
        reason="only the newest event of a stage keeps its stage (facts §4.5)",
        given="programRuleVariableSourceType",
        values=(
            "CALCULATED_VALUE",
            "DATAELEMENT_CURRENT_EVENT",
            "DATAELEMENT_NEWEST_EVENT_PROGRAM",
            "DATAELEMENT_PREVIOUS_EVENT",
            "TEI_ATTRIBUTE",
        ),
    ),
    Rewritten(
        type="programNotificationTemplates",
        property="deliveryChannels",
        becomes="what the recipient's value type allows",
        reason="e-mail to a phone attribute becomes SMS, to a user group nothing (facts §19.31)",
    ),
    Rewritten(
        type="programNotificationTemplates",
        property="relativeScheduledDays",
        becomes="",
        reason="a message that goes at once has no days to wait (facts §4.5, §19.31)",
        given="notificationTrigger",
        values=("COMPLETION", "ENROLLMENT", "PROGRAM_RULE"),
    ),
)

LOSSES = (
    Loss(
        type="maps",
        path="mapViews.dataDimensionItems",
        versions=("2.41", "2.42"),
        reason="the import sees no reference in a class that has no schema (facts §18.1)",
    ),
    Loss(
        type="maps",
        path="mapViews.rawPeriods",
        versions=("2.41", "2.42"),
        reason="10 of 10 views (oddities.md §2.2)",
    ),
    Loss(
        type="maps",
        path="mapViews.name",
        versions=("2.41",),
        reason="a view that comes back empty is called by its UID (oddities.md Q8)",
    ),
    Loss(
        type="visualizations",
        path="rawPeriods",
        versions=VERSIONS,
        reason="periods with a date are dropped from the stored form, relative ones stay (facts §19.2)",
    ),
    Loss(
        type="eventVisualizations",
        path="rawPeriods",
        versions=VERSIONS,
        reason="periods with a date are dropped from the stored form, relative ones stay (facts §19.2)",
    ),
)

_DATES = frozenset({Lost.DATES})

OTHER_ROADS = (
    OtherRoad(
        type="maps",
        property="mapViews",
        versions=("2.41", "2.42"),
        endpoint="/api/maps",
        reason="/api/metadata refuses or loses what views of maps show, so they go by /api/maps",
        loses=frozenset({Lost.ITEMS, Lost.DATES, Lost.TRACKED}),
    ),
    OtherRoad(
        type="maps",
        property="mapViews",
        versions=("2.43",),
        endpoint="/api/maps",
        reason="/api/metadata refuses or drops programs and dates of maps, so these go by /api/maps",
        loses=frozenset({Lost.DATES, Lost.TRACKED}),
    ),
    OtherRoad(
        type="visualizations",
        property="rawPeriods",
        versions=VERSIONS,
        endpoint="/api/visualizations",
        reason="/api/metadata drops periods that are dates, so these go by /api/visualizations",
        loses=_DATES,
    ),
    OtherRoad(
        type="eventVisualizations",
        property="rawPeriods",
        versions=VERSIONS,
        endpoint="/api/eventVisualizations",
        reason="/api/metadata drops periods that are dates, so these go by /api/eventVisualizations",
        loses=_DATES,
    ),
)
"""Facts §18.1 to §18.3, §19.1, §19.2; every row has its live test."""


OWN_NAMES = frozenset({("2.41", "mapView", "name")})
"""(version, class, property) of children that the server names itself: a view by its first item (§18.2)."""


_REWRITTEN = {(each.type, each.property): each for each in REWRITTEN}


def database_locales(locale: str, offered: Sequence[str]) -> tuple[str, ...]:
    """Under which locales a text goes out: `nb` as each of `nb` and `no` that the server offers, else `nb`.

    DHIS2 writes a country behind an underscore.
    """
    spelled = locale.replace("-", "_")
    found = tuple(alias for alias in _ALIASES.get(spelled, ()) if alias in offered)
    return found or (spelled,)


def same_language(locale: str) -> tuple[str, ...]:
    """Other names of the same language (`nb` of `no`)."""
    return tuple(alias for alias in _ALIASES.get(locale, ()) if alias != locale)


def is_shown(locale: str) -> bool:
    """Whether any screen of DHIS2 can show texts of this locale (nn and se: none)."""
    return locale.replace("-", "_").partition("_")[0] in OFFERED_LOCALES


def is_replaced(type_name: str, name: str, fields: Mapping[str, Any]) -> bool:
    """Whether the server puts a value of its own there; a value that it only drops is compared, and shows."""
    row = rewritten(type_name, name, fields)
    return row is not None and row.becomes != ""


def is_conditional(type_name: str, name: str) -> bool:
    """Whether what becomes of a property hangs on another field of the same object."""
    row = _REWRITTEN.get((type_name, name))
    return row is not None and row.given != ""


def filled(type_name: str) -> Mapping[str, Any]:
    """What the body of a new object of this type must hold beside what the package says."""
    return {row.property: row.value for row in FILLED if row.type == type_name}


def rewritten(type_name: str, name: str, fields: Mapping[str, Any]) -> Rewritten | None:
    """The row that says what becomes of a property of an object with these fields, or None."""
    row = _REWRITTEN.get((type_name, name))
    return row if row is not None and (not row.given or fields.get(row.given) in row.values) else None


def losses(type_name: str, version: str) -> tuple[Loss, ...]:
    """What an import of this type loses on this version."""
    return tuple(row for row in LOSSES if row.type == type_name and version in row.versions)


def other_road(type_name: str, name: str, version: str) -> OtherRoad | None:
    """The row of a property that may need the type's own endpoint on this version, or None."""
    return next(
        (
            row
            for row in OTHER_ROADS
            if (row.type, row.property) == (type_name, name) and version in row.versions
        ),
        None,
    )
