"""unused-element: data elements that nothing asks for."""

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.unused_element import check
from tests.unit.validate.states import child, formula, found, thing


def test_what_asks_for_an_element() -> None:
    """Stages and data sets by key or by reference, expressions, other objects; no group and no variable."""
    names = ("I_STAGE", "I_SET", "I_TEKST", "I_GRUPPE", "I_VARIABEL", "UBRUKT")
    elements = {name: Ref("dataElements", name) for name in names}
    objects = (
        *(
            thing(f"dataElements/{name}", dataElementGroups=(Ref("dataElementGroups", "G"),))
            for name in names
        ),
        thing("programStages/P/S", programStageDataElements=(child("I_STAGE"),)),
        thing("dataSets/D", dataSetElements=(child("x", dataElement=elements["I_SET"]),)),
        thing("indicators/I", numerator=formula("#{", elements["I_TEKST"], "}")),
        thing("dataElementGroups/G", dataElements=(elements["I_GRUPPE"],)),
        thing("programRuleVariables/P/v", dataElement=elements["I_VARIABEL"]),
    )
    assert [(each.message, each.severity.value) for each in found(check, *objects)] == [
        ("nothing asks for data element I_GRUPPE", "info"),
        ("nothing asks for data element I_VARIABEL", "info"),
        ("nothing asks for data element UBRUKT", "info"),
    ]
