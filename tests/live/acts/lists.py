"""Lists: options, stages, sections, members; what is put in, moved and taken out, beside what is local."""

from tests.live.package import both
from tests.live.stage import Stage, fields, kept, random_uid


def options_of(stage: Stage) -> list[str]:
    """The codes of the option set, in order."""
    live = stage.live("optionSets", f"{stage.p}SVAR")
    return [stage.server.live("options", each["id"])["code"] for each in live["options"]]


def a_local_option(stage: Stage, behind: str) -> str:
    """An option of the municipality's own, put behind one of ours by hand; its UID."""
    uid, option_set = random_uid(), stage.live("optionSets", f"{stage.p}SVAR")
    ids = [each["id"] for each in option_set["options"]]
    ids.insert(ids.index(stage.uid("options", f"{stage.p}SVAR/{behind}")) + 1, uid)
    option = {"id": uid, "code": "LOKAL", "name": "Lokal", "optionSet": {"id": option_set["id"]}}
    options = [{"id": each} for each in ids]
    stage.server.hand_in(options=[option], optionSets=[{**option_set, "options": options}])
    return uid


def an_option_in_the_middle(stage: Stage) -> None:
    """A new option comes behind a local one that stood behind the same neighbour, which keeps its place."""
    stage.applied()
    uid = a_local_option(stage, "POS")
    options = stage.package["optionSets"][f"{stage.p}SVAR"]["options"]
    options["UKJENT"] = both("Ukjent", "Unknown")
    stage.package["optionSets"][f"{stage.p}SVAR"]["options"] = {
        code: options[code] for code in ("POS", "UKJENT", "NEG")
    }
    plan = stage.applied()
    assert options_of(stage) == ["POS", "LOKAL", "UKJENT", "NEG"]
    assert any(uid in field for _, _, field in kept(plan))


def options_change_places(stage: Stage) -> None:
    """Ours keep our order, a local one stays behind the one it stood behind."""
    stage.package["optionSets"][f"{stage.p}SVAR"]["options"]["UKJENT"] = both("Ukjent", "Unknown")
    stage.applied()
    a_local_option(stage, "POS")
    options = stage.package["optionSets"][f"{stage.p}SVAR"]["options"]
    stage.package["optionSets"][f"{stage.p}SVAR"]["options"] = {
        code: options[code] for code in ("UKJENT", "POS", "NEG")
    }
    plan = stage.applied()
    assert fields(plan) == {("optionSets", f"{stage.p}SVAR", "options#order")}
    assert options_of(stage) == ["UKJENT", "POS", "LOKAL", "NEG"]


def an_option_changes_its_code(stage: Stage) -> None:
    """What stored data name is refused until it is allowed; what is stored keeps the old code."""
    stage.applied()
    stage.package["optionSets"][f"{stage.p}SVAR"]["options"]["NEG"] = {
        "code": "NEGATIV",
        "name": both("Negativ", "Negative"),
    }
    assert "--allow breaking is missing" in stage.refused()
    stage.applied("breaking")
    assert options_of(stage) == ["POS", "NEGATIV"]


def stages_change_places(stage: Stage) -> None:
    """The order of stages is their `sortOrder`, sent anew where the sequence changes."""
    stage.applied()
    stages = stage.program["programStages"]
    stage.program["programStages"] = {key: stages[key] for key in ("HELSE", "PROVE")}
    plan = stage.applied()
    assert fields(plan) == {("programs", stage.path, "programStages#order")}
    numbers = [stage.live("programStages", f"{stage.path}/{key}")["sortOrder"] for key in ("HELSE", "PROVE")]
    assert numbers == sorted(set(numbers))


def stage_elements_change_places(stage: Stage) -> None:
    """The elements of a stage keep the package's order, and their own ids."""
    stage.applied()
    before = {
        each["dataElement"]["id"]: each["id"]
        for each in stage.live("programStages", f"{stage.path}/PROVE")["programStageDataElements"]
    }
    stage.program["programStages"]["PROVE"]["programStageDataElements"] = {
        f"{stage.p}UTFALL": {},
        f"{stage.p}DATO": {"compulsory": True},
    }
    stage.applied()
    after = stage.live("programStages", f"{stage.path}/PROVE")["programStageDataElements"]
    after.sort(key=lambda each: each["sortOrder"])
    uids = [stage.uid("dataElements", f"{stage.p}{key}") for key in ("UTFALL", "DATO")]
    assert [each["dataElement"]["id"] for each in after] == uids
    assert {each["dataElement"]["id"]: each["id"] for each in after} == before


def a_field_becomes_compulsory(stage: Stage) -> None:
    """A property of an embedded child changes; the child stays the same one."""
    stage.applied()
    stage.program["programStages"]["PROVE"]["programStageDataElements"][f"{stage.p}UTFALL"] = {
        "compulsory": True
    }
    plan = stage.applied("breaking")
    (change,) = plan.changes
    assert change.field == f"programStageDataElements[{stage.p}UTFALL].compulsory"
    assert [mark.value for mark in change.marks] == ["devices"]


def a_stage_element_goes(stage: Stage) -> None:
    """A field taken out of the form leaves stage and section; the element itself stays."""
    stage.applied()
    del stage.program["programStages"]["PROVE"]["programStageDataElements"][f"{stage.p}UTFALL"]
    del stage.program["programStages"]["PROVE"]["programStageSections"]
    stage.applied("breaking", "destructive")
    live = stage.live("programStages", f"{stage.path}/PROVE")
    uids = [each["dataElement"]["id"] for each in live["programStageDataElements"]]
    assert uids == [stage.uid("dataElements", f"{stage.p}DATO")]
    assert not live.get("programStageSections")
    assert stage.live("dataElements", f"{stage.p}UTFALL")["valueType"] == "TEXT"


def a_member_is_removed_by_hand(stage: Stage) -> None:
    """An organisation unit of ours that somebody took off the program is put on again."""
    stage.applied()
    stage.edit("programs", stage.path, organisationUnits=[])
    plan = stage.applied()
    ((_, _, field),) = fields(plan)
    assert field.startswith("organisationUnits[")
    assert [each["id"] for each in stage.live("programs", stage.path)["organisationUnits"]] == [stage.unit]


def a_list_is_emptied_by_hand(stage: Stage) -> None:
    """A stage without its elements and sections gets all of them back, in order."""
    stage.applied()
    stage.edit("programStages", f"{stage.path}/PROVE", programStageDataElements=[], programStageSections=[])
    stage.applied("breaking")
    live = stage.live("programStages", f"{stage.path}/PROVE")
    assert len(live["programStageDataElements"]) == 2
    assert len(live["programStageSections"]) == 1


SCENARIOS = (
    an_option_in_the_middle,
    options_change_places,
    an_option_changes_its_code,
    stages_change_places,
    stage_elements_change_places,
    a_field_becomes_compulsory,
    a_stage_element_goes,
    a_member_is_removed_by_hand,
    a_list_is_emptied_by_hand,
)
