"""action-target: rule actions that act on nothing."""

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.action_target import WANTED, check
from tests.unit.validate.states import found, messages, text, thing


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("ASSIGN", ["dataElement or trackedEntityAttribute or content is missing"]),
        ("HIDEFIELD", ["dataElement or trackedEntityAttribute is missing"]),
        ("HIDEOPTION", ["dataElement or trackedEntityAttribute is missing", "option is missing"]),
        ("HIDESECTION", ["programStageSection is missing"]),
        ("SENDMESSAGE", ["templateUid is missing"]),
        ("DISPLAYTEXT", []),
    ],
)
def test_what_each_type_needs(kind: str, labels: list[str]) -> None:
    """Each thing that is needed and missing is a finding of its own."""
    action = thing("programRuleActions/P/R/A", line=3, programRuleActionType=kind)
    assert [each.label for each in found(check, action)] == labels


def test_one_of_several_is_enough() -> None:
    """An assignment to a variable, and a field that is an attribute, are targets."""
    element = Ref("trackedEntityAttributes", "A")
    objects = (
        thing("programRuleActions/P/R/A", programRuleActionType="ASSIGN", content=text("#{x}")),
        thing("programRuleActions/P/R/B", programRuleActionType="HIDEFIELD", trackedEntityAttribute=element),
        thing("programRuleActions/P/R/C"),
    )
    assert messages(check, *objects) == []


def test_the_table_names_types_of_actions() -> None:
    """Each row of the table is a type that some version has."""
    known = shipped.load("2.43").property("programRuleActions", "programRuleActionType")
    assert known is not None
    assert set(WANTED) <= set(known.constants)
