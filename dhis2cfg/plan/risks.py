"""How much a change may hurt, and what an unsynchronised phone would make of it: tables."""

from typing import Any

from dhis2cfg.model.plan import Mark, Risk
from dhis2cfg.plan.compare import Difference
from dhis2cfg.plan.merge import ABSENT, Row
from dhis2cfg.wire import paths

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


def risk_of(type_name: str, difference: Difference) -> Risk:
    """The risk of one difference on an object that stands already."""
    parsed = paths.parse(difference.path)
    if parsed.property == "sharing":
        return _sharing(difference)
    if (type_name, parsed.property) == ("userRoles", "authorities"):
        return Risk.VISIBLE if difference.desired is ABSENT else Risk.ACCESS
    if parsed.property in ACCESS:
        return Risk.ACCESS
    if (type_name, parsed.property) in BREAKING:
        return Risk.BREAKING
    removed = difference.desired is ABSENT and parsed.key is not None and not parsed.rest
    if removed and (type_name, parsed.property) in FIELDS_OF_FORMS:
        return Risk.BREAKING
    return Risk.VISIBLE


def _sharing(difference: Difference) -> Risk:
    """Wider is `access`; back to what it was, or narrower, is not."""
    before, after = _access(difference.live), _access(difference.desired)
    wider = any(new not in ("-", old) for old, new in zip(before, after, strict=True))
    if wider:
        return Risk.ACCESS
    return Risk.SAFE if difference.row in (Row.DRIFT, Row.RESTORE) else Risk.VISIBLE


def _access(value: Any) -> str:
    return value if isinstance(value, str) and len(value) == len("--------") else "--------"


def marks_of(type_name: str, difference: Difference) -> tuple[Mark, ...]:
    """`devices` where what an unsynchronised phone would send becomes invalid (design §6, risk)."""
    parsed = paths.parse(difference.path)
    is_member = parsed.key is not None and not parsed.rest
    stricter = parsed.rest in COMPULSORY and difference.desired is True
    removed = is_member and difference.desired is ABSENT and (type_name, parsed.property) in FIELDS_OF_FORMS
    broken = (type_name, parsed.property) in BREAKING
    return (Mark.DEVICES,) if stricter or removed or broken else ()


def marks_of_new(type_name: str, flat: dict[str, Any]) -> tuple[Mark, ...]:
    """The same of a new object: a rule that refuses what phones may already have typed."""
    refuses = type_name == "programRuleActions" and flat.get("programRuleActionType") in ERRORS
    return (Mark.DEVICES,) if refuses else ()
