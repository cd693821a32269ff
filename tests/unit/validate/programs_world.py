"""A small program with rules, so that a test shows only the texts it is about."""

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject, Field, Value
from tests.unit.validate.states import Check, child, found, thing, thing_of

ELEMENTS = {"ANTALL": "INTEGER", "TEKST": "TEXT", "DATO": "DATE", "JA": "BOOLEAN", "ANNET": "INTEGER"}
CALCULATED = {"sum": "NUMBER", "grense": "NUMBER", "frist": "DATE"}


def element(key: str) -> Ref:
    """A data element of the world."""
    return Ref("dataElements", key)


def variable(key: str, **values: Value | Field) -> DesiredObject:
    """A rule variable of the program."""
    return thing_of(f"programRuleVariables/P/{key}", values)


def of_event(key: str, name: str) -> DesiredObject:
    """A variable of the open event."""
    return variable(key, programRuleVariableSourceType="DATAELEMENT_CURRENT_EVENT", dataElement=element(name))


WORLD: tuple[DesiredObject, ...] = (
    thing(
        "programs/P",
        programType="WITH_REGISTRATION",
        programTrackedEntityAttributes=(child("FODT", mandatory=True), child("NAVN")),
    ),
    thing(
        "programStages/P/S",
        programStageDataElements=tuple(
            child(key, compulsory=key == "DATO") for key in ("ANTALL", "TEKST", "DATO", "JA")
        ),
    ),
    thing("programStages/P/T", programStageDataElements=(child("ANNET", dataElement=element("ANNET")),)),
    thing("trackedEntityAttributes/FODT", valueType="DATE"),
    thing("trackedEntityAttributes/NAVN", valueType="TEXT"),
    *(thing(f"dataElements/{key}", valueType=value_type) for key, value_type in ELEMENTS.items()),
    *(of_event(key.lower(), key) for key in ELEMENTS),
    variable(
        "fodt",
        programRuleVariableSourceType="TEI_ATTRIBUTE",
        trackedEntityAttribute=Ref("trackedEntityAttributes", "FODT"),
    ),
    *(
        variable(key, programRuleVariableSourceType="CALCULATED_VALUE", valueType=value_type)
        for key, value_type in CALCULATED.items()
    ),
)


def rule(
    condition: str, *actions: dict[str, Value | Field], key: str = "R", **values: Value | Field
) -> tuple[DesiredObject, ...]:
    """A rule of the program and its actions; it belongs to stage S unless said otherwise."""
    own: dict[str, Value | Field] = {
        "programStage": Ref("programStages", "P/S"),
        "condition": condition,
        **values,
    }
    made = (thing_of(f"programRuleActions/P/{key}/A_{number}", each) for number, each in enumerate(actions))
    return (thing_of(f"programRules/P/{key}", own), *made)


def assign(target: str, data: str) -> dict[str, Value | Field]:
    """An action that assigns a variable."""
    return {"programRuleActionType": "ASSIGN", "content": f"#{{{target}}}", "data": data}


def acts(kind: str, **values: Value | Field) -> dict[str, Value | Field]:
    """An action of another type."""
    return {"programRuleActionType": kind, **values}


def indicator(text: str, name: str = "filter") -> DesiredObject:
    """A program indicator with this filter (or expression)."""
    return thing_of("programIndicators/I", {name: text})


def said(check: Check, *objects: DesiredObject) -> list[tuple[str, str]]:
    """Message and weight of what a rule finds in this world and these objects."""
    return [(each.message, each.severity.value) for each in found(check, *WORLD, *objects)]
