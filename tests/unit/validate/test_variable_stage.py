"""variable-stage: rule variables that ask a stage for what it does not collect."""

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.variable_stage import check
from tests.unit.validate.programs_world import acts, element, of_event, rule, said, variable
from tests.unit.validate.states import found


def newest(key: str, name: str, stage: str) -> tuple[str, str]:
    """What is said of a variable of the newest event of a stage."""
    source = "DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE"
    made = variable(
        key,
        programRuleVariableSourceType=source,
        dataElement=element(name),
        programStage=Ref("programStages", stage),
    )
    return (said(check, made) or [("", "")])[0]


def test_variables_of_what_is_not_collected() -> None:
    """In the named stage, or in no stage at all."""
    wanted = "program rule variable P/v is always empty: stage P/T lacks ANTALL"
    assert newest("v", "ANTALL", "P/T") == (wanted, "warning")
    assert newest("v", "ANNET", "P/T") == ("", "")
    assert said(check, of_event("v", "NOSUCH")) == [
        ("program rule variable P/v is always empty: no stage of P has NOSUCH", "warning")
    ]
    assert found(check, of_event("v", "NOSUCH")) == []


def test_rules_that_read_the_wrong_event() -> None:
    """A rule of one stage sees only what that stage collects of the open event."""
    stage = Ref("programStages", "P/T")
    reads = rule("#{antall} > 1 && #{annet} > 1 && d2:hasValue(#{fodt}) && #{nosuch} > 1", programStage=stage)
    assert said(check, *reads) == [("#{antall} is empty in rule P/R: stage T lacks ANTALL", "warning")]
    assert said(check, *rule("#{annet} > 1", programStage=None)) == []
    assert said(check, *rule("true", acts("SHOWERROR", content="#{annet}"))[1:]) == []
