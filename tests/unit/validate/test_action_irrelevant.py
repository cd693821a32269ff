"""action-irrelevant: rule actions that name what they have nothing to do with."""

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.action_irrelevant import check
from tests.unit.validate.states import field, found, messages, thing

STAGE = Ref("programStages", "P/S")


def test_a_section_with_its_stage() -> None:
    """Hiding a section may not name the stage too."""
    action = thing(
        "programRuleActions/P/R/A", programRuleActionType="HIDESECTION", programStage=field(STAGE, 5)
    )
    (finding,) = found(check, action)
    assert finding.message == "HIDESECTION in rule P/R may not name a programStage"
    assert finding.place.line == 5


def test_other_types_may() -> None:
    """What belongs to the type, and null, is fine."""
    objects = (
        thing("programRuleActions/P/R/A", programRuleActionType="HIDEPROGRAMSTAGE", programStage=STAGE),
        thing("programRuleActions/P/R/B", programRuleActionType="HIDESECTION", programStage=None),
        thing("programRuleActions/P/R/C", programStage=STAGE),
    )
    assert messages(check, *objects) == []
