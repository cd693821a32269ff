"""What stood on the server before us: taken as ours, adopted, or refused."""

from dhis2cfg.model.plan import Kind
from tests.live.stage import Stage, random_uid


def an_element(stage: Stage, **values: str) -> str:
    """A data element that hands made before the first apply; its UID."""
    uid = random_uid()
    element = {
        "id": uid,
        "name": f"{stage.p}Temperatur",
        "shortName": f"{stage.p}Temperatur",
        "valueType": "NUMBER",
        "domainType": "TRACKER",
        "aggregationType": "NONE",
        **values,
    }
    stage.server.hand_in(dataElements=[element])
    return uid


def the_same_code_is_adopted(stage: Stage) -> None:
    """An element of our code with another UID is the same thing: it keeps its UID, everywhere."""
    uid = an_element(stage, code=f"{stage.p}TEMP")
    plan = stage.applied("takeover", "access")
    adopted = {each.path for each in plan.changes if each.kind is Kind.ADOPT}
    assert adopted == {f"{stage.p}TEMP", "by"}
    elements = stage.live("programStages", f"{stage.path}/HELSE")["programStageDataElements"]
    assert [each["dataElement"]["id"] for each in elements] == [uid]
    action = stage.live("programRuleActions", f"{stage.path}/FEBER/SHOWWARNING_{stage.p}TEMP")
    assert action["dataElement"]["id"] == uid
    variable = stage.live("programRuleVariables", f"{stage.path}/temp")
    assert variable["dataElement"]["id"] == uid


def the_same_code_of_another_kind_is_refused(stage: Stage) -> None:
    """An element of our code whose values are of another type is another thing."""
    an_element(stage, code=f"{stage.p}TEMP", valueType="TEXT")
    said = stage.refused("takeover", "breaking", "access")
    assert "same code" in said
    assert "valueType" in said


def a_name_that_is_taken_is_refused(stage: Stage) -> None:
    """A unique name that somebody else's object holds is no reason to take it."""
    an_element(stage, code=f"{stage.p}ANNEN")
    said = stage.refused("takeover")
    assert "same name" in said


def a_value_of_somebody_is_a_takeover(stage: Stage) -> None:
    """What differs on an adopted object is somebody's: refused until it is allowed."""
    an_element(stage, code=f"{stage.p}TEMP", name=f"{stage.p}Feber", shortName=f"{stage.p}Feber")
    assert "--allow takeover is missing" in stage.refused()
    stage.applied("takeover", "access")


SCENARIOS = (
    the_same_code_is_adopted,
    the_same_code_of_another_kind_is_refused,
    a_name_that_is_taken_is_refused,
    a_value_of_somebody_is_a_takeover,
)
