"""How much a change may hurt, and what an unsynchronised phone would make of it: tables."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.model.plan import Mark, Risk
from dhis2cfg.plan.compare import Difference
from dhis2cfg.plan.merge import ABSENT, Row
from dhis2cfg.wire import paths
from dhis2cfg.wire.overlay import NOBODY

BREAKING = frozenset(
    {
        ("dataElements", "valueType"),
        ("dataElements", "domainType"),
        ("dataElements", "optionSet"),
        ("dataElements", "categoryCombo"),
        ("dataSets", "periodType"),
        ("dataSets", "categoryCombo"),
        ("options", "code"),
        ("options", "optionSet"),
        ("optionSets", "valueType"),
        ("programs", "programType"),
        ("programs", "trackedEntityType"),
        ("programs", "categoryCombo"),
        ("programStages", "program"),
        ("programStages", "repeatable"),
        ("relationshipTypes", "fromConstraint"),
        ("relationshipTypes", "toConstraint"),
        ("trackedEntityAttributes", "valueType"),
        ("trackedEntityAttributes", "unique"),
        ("trackedEntityAttributes", "optionSet"),
        ("trackedEntityAttributes", "confidential"),
        ("trackedEntityTypes", "featureType"),
    }
)
"""(type, property) whose change gives stored data another meaning; the server vetoes few (facts §5.4)."""

MEMBERSHIPS = frozenset({("options", "optionSet"), ("programStages", "program")})
"""What says on the wire that an object stands in a list; put back by us after hands took it out."""

IRREVERSIBLE = frozenset({("categories", "categoryOptions"), ("categoryCombos", "categories")})
"""Lists that make the server make option combinations, whose UIDs never come back (facts §4.4, §17.4)."""

FIELDS_OF_FORMS = frozenset(
    {
        ("programStages", "programStageDataElements"),
        ("programs", "programTrackedEntityAttributes"),
        ("programs", "programStages"),
        ("trackedEntityTypes", "trackedEntityTypeAttributes"),
        ("dataSets", "dataSetElements"),
        ("optionSets", "options"),
    }
)
"""Lists whose members people fill in: one taken out hides what stands in it, and phones may still send it."""

COMPULSORY = frozenset({"compulsory", "mandatory"})
ACCESS = frozenset({"accessLevel", "orgunitScope", "inherit"})
ERRORS = frozenset({"SHOWERROR", "ERRORONCOMPLETE", "SETMANDATORYFIELD"})
"""Rule actions that refuse what is typed; a phone that does not know them yet sends it all the same."""
ACTION_TYPE = ("programRuleActions", "programRuleActionType")


def risk_of(type_name: str, difference: Difference) -> Risk:
    """The risk of one difference on an object that stands already."""
    parsed = paths.parse(difference.path)
    if parsed.property == "sharing":
        return _sharing(difference)
    if (type_name, parsed.property) == ("userRoles", "authorities"):
        return Risk.VISIBLE if difference.desired is ABSENT else Risk.ACCESS
    if parsed.property in ACCESS:
        return Risk.ACCESS
    if (type_name, parsed.property) in IRREVERSIBLE and not parsed.is_order:
        return Risk.IRREVERSIBLE
    if (type_name, parsed.property) in BREAKING:
        is_back = difference.row is Row.RESTORE and (type_name, parsed.property) in MEMBERSHIPS
        return Risk.VISIBLE if is_back else Risk.BREAKING
    removed = difference.desired is ABSENT and parsed.key is not None and not parsed.rest
    if removed and (type_name, parsed.property) in FIELDS_OF_FORMS:
        return Risk.BREAKING
    return Risk.VISIBLE


def _sharing(difference: Difference) -> Risk:
    """Wider is `access`; back to what it was, or narrower, is not."""
    if is_wider(difference.desired, difference.live):
        return Risk.ACCESS
    return Risk.SAFE if difference.row in (Row.DRIFT, Row.RESTORE) else Risk.VISIBLE


def is_wider(access: Any, than: Any) -> bool:
    """Whether an access string gives a right that another does not; no string gives none."""
    return any(right not in ("-", other) for right, other in zip(_access(access), _access(than), strict=True))


def _access(value: Any) -> str:
    return value if isinstance(value, str) and len(value) == len(NOBODY) else NOBODY


def marks_of(type_name: str, difference: Difference, desired: Mapping[str, Any]) -> tuple[Mark, ...]:
    """`devices` where what an unsynchronised phone would send becomes invalid (design §6, risk).

    `desired` are the fields of the whole object: of a new field they say whether it is compulsory.
    """
    parsed = paths.parse(difference.path)
    is_member = parsed.key is not None and not parsed.rest
    in_form = (type_name, parsed.property) in FIELDS_OF_FORMS
    stricter = parsed.rest in COMPULSORY and difference.desired is True
    compulsory = any(desired.get(paths.inside(difference.path, each)) is True for each in COMPULSORY)
    gained = is_member and difference.live is ABSENT and compulsory
    removed = is_member and difference.desired is ABSENT and in_form
    broken = (type_name, parsed.property) in BREAKING
    refuses = (type_name, parsed.property) == ACTION_TYPE and difference.desired in ERRORS
    return (Mark.DEVICES,) if stricter or gained or removed or broken or refuses else ()


def marks_of_new(type_name: str, flat: Mapping[str, Any]) -> tuple[Mark, ...]:
    """The same of a new object in a program that stands: a rule that refuses what phones may have typed."""
    refuses = type_name == ACTION_TYPE[0] and flat.get(ACTION_TYPE[1]) in ERRORS
    return (Mark.DEVICES,) if refuses else ()
