"""variable-source: rule variables without what their source type needs."""

import pytest

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.variable_source import check
from tests.unit.validate.states import found, messages, thing


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("DATAELEMENT_CURRENT_EVENT", ["dataElement"]),
        ("DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE", ["dataElement", "programStage"]),
        ("TEI_ATTRIBUTE", ["trackedEntityAttribute"]),
        ("CALCULATED_VALUE", ["valueType"]),
    ],
)
def test_what_each_source_needs(source: str, expected: list[str]) -> None:
    """Each thing that is needed and missing is a finding of its own."""
    variable = thing("programRuleVariables/P/x", programRuleVariableSourceType=source)
    assert messages(check, variable) == [f"program rule variable P/x has no {name}" for name in expected]


def test_a_source_that_is_complete() -> None:
    """With its data element a variable is fine; without a source type others speak."""
    element = Ref("dataElements", "E")
    whole = thing(
        "programRuleVariables/P/x",
        programRuleVariableSourceType="DATAELEMENT_PREVIOUS_EVENT",
        dataElement=element,
    )
    assert found(check, whole, thing("programRuleVariables/P/y")) == []
