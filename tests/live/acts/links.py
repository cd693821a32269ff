"""Links that one call cannot make, rules and their actions."""

from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.trial import united
from tests.live.package import both
from tests.live.stage import Stage


def a_rule_on_an_element_that_a_stage_gains(stage: Stage) -> None:
    """A stage gains an element and a rule that hides it: two calls, for in one the server says E4047."""
    stage.applied()
    stage.program["programStages"]["HELSE"]["programStageDataElements"][f"{stage.p}NOTAT"] = {}
    stage.program["programRules"]["SKJUL"] = {
        "name": both(f"{stage.p}Skjul", f"{stage.p}Hide"),
        "condition": "#{temp} < 38",
        "programRuleActions": [{"programRuleActionType": "HIDEFIELD", "dataElement": f"{stage.p}NOTAT"}],
    }
    assert refusal_of_one_call(stage) == {"E4047"}
    plan = stage.applied()
    assert [step.reason.partition(":")[0] for step in plan.steps] == ["", "E4047"]


def a_rule_on_an_attribute_that_a_program_gains(stage: Stage) -> None:
    """The same with an attribute of the program: E4048."""
    stage.applied()
    stage.program["programTrackedEntityAttributes"][f"{stage.p}TLF"] = {}
    stage.program["programRules"]["SKJUL"] = {
        "name": both(f"{stage.p}Skjul", f"{stage.p}Hide"),
        "condition": "true",
        "programRuleActions": [
            {"programRuleActionType": "HIDEFIELD", "trackedEntityAttribute": f"{stage.p}TLF"}
        ],
    }
    assert refusal_of_one_call(stage) == {"E4048"}
    plan = stage.applied()
    assert [step.reason.partition(":")[0] for step in plan.steps] == ["", "E4048"]


def refusal_of_one_call(stage: Stage) -> set[str]:
    """The codes that the server itself says to all steps of the plan in one call."""
    with stage.opened() as (task, ports):
        plan = plan_one(task, ports).plan
        report = ports.server.dry_run(united(plan.steps).body)
    return {each.code for each in report.errors}


def an_action_that_sends_a_message(stage: Stage) -> None:
    """From 2.42 on a server does not save one again: refused by name; under another key it is made anew."""
    p = stage.p
    stage.program["notificationTemplates"] = {
        f"{p}HUSK": {
            "name": f"{p}Husk",
            "messageTemplate": "Ring oss",
            "notificationTrigger": "PROGRAM_RULE",
            "notificationRecipient": "USERS_AT_ORGANISATION_UNIT",
        }
    }
    action = {"programRuleActionType": "SENDMESSAGE", "templateUid": f"{p}HUSK"}
    rule = stage.program["programRules"]["FEBER"]
    rule["programRuleActions"] = {"SEND": action}
    stage.applied()
    action["programRuleActionEvaluationTime"] = "ON_COMPLETE"
    if stage.server.version.startswith("2.41"):
        stage.applied()
        return
    assert "does not save it again" in stage.refused()
    rule["programRuleActions"] = {"SEND2": action}
    stage.applied()
    live = stage.live("programRuleActions", f"{p}INDEKS/FEBER/SEND2")
    assert live["programRuleActionEvaluationTime"] == "ON_COMPLETE"


def a_section_with_a_new_indicator(stage: Stage) -> None:
    """A section that names a program indicator of the same call would lose it: it is sent once more."""
    stage.applied()
    stage.program["programIndicators"][f"{stage.p}ALDER"] = {
        "name": f"{stage.p}Alder",
        "shortName": f"{stage.p}Alder",
        "analyticsType": "EVENT",
        "aggregationType": "COUNT",
        "expression": "V{event_count}",
    }
    section = stage.program["programStages"]["PROVE"]["programStageSections"]["SVARET"]
    section["programIndicators"] = [f"{stage.p}ALDER"]
    plan = stage.applied()
    assert len(plan.steps) == 2
    live = stage.live("programStageSections", f"{stage.path}/PROVE/SVARET")
    uids = [each["id"] for each in live["programIndicators"]]
    assert uids == [stage.uid("programIndicators", f"{stage.p}ALDER")]


def an_attribute_with_a_new_option_set(stage: Stage) -> None:
    """A metadata attribute that names an option set of the same call would lose it: it is sent once more."""
    stage.package["attributes"] = {
        f"{stage.p}KODEVERK": {
            "name": f"{stage.p}Kodeverk",
            "valueType": "TEXT",
            "optionSet": f"{stage.p}SVAR",
            "dataElementAttribute": True,
        }
    }
    plan = stage.applied()
    assert len(plan.steps) == 2
    live = stage.live("attributes", f"{stage.p}KODEVERK")
    assert live["optionSet"]["id"] == stage.uid("optionSets", f"{stage.p}SVAR")


def a_metadata_attribute_gets_a_value(stage: Stage) -> None:
    """A value of a metadata attribute is written, changed, and cleared where it is dropped."""
    stage.package["attributes"] = {
        f"{stage.p}SNOMED": {
            "name": f"{stage.p}Snomed",
            "valueType": "TEXT",
            "dataElementAttribute": True,
        }
    }
    element = stage.package["dataElements"][f"{stage.p}TEMP"]
    element["attributeValues"] = {f"{stage.p}SNOMED": "386725007"}
    stage.applied()
    element["attributeValues"] = {f"{stage.p}SNOMED": "386725008"}
    stage.applied()
    (value,) = stage.live("dataElements", f"{stage.p}TEMP")["attributeValues"]
    assert value["value"] == "386725008"
    del element["attributeValues"]
    stage.applied()
    assert not stage.live("dataElements", f"{stage.p}TEMP").get("attributeValues")


def an_action_changes_and_one_goes(stage: Stage) -> None:
    """An action's text changes; one that the rule drops is deleted with its place in the rule."""
    stage.applied()
    gone = stage.uid("programRuleActions", f"{stage.path}/POSITIV/HIDEFIELD_{stage.p}DATO")
    stage.program["programRules"]["POSITIV"]["programRuleActions"] = [
        {"programRuleActionType": "DISPLAYTEXT", "location": "feedback", "content": "Ring nå"}
    ]
    stage.applied()
    assert not stage.server.is_there("programRuleActions", gone)
    rule = stage.live("programRules", f"{stage.path}/POSITIV")
    (action,) = rule["programRuleActions"]
    live = stage.server.live("programRuleActions", action["id"])
    assert (live["content"], live["programRule"]["id"]) == ("Ring nå", rule["id"])


def a_rule_gains_an_action(stage: Stage) -> None:
    """A rule that stands gets one more action."""
    stage.applied()
    stage.program["programRules"]["FEBER"]["programRuleActions"].append(
        {"programRuleActionType": "DISPLAYTEXT", "location": "feedback", "content": "Mål igjen"}
    )
    stage.applied()
    assert len(stage.live("programRules", f"{stage.path}/FEBER")["programRuleActions"]) == 2


def an_action_is_deleted_by_hand(stage: Stage) -> None:
    """An action of ours that somebody deleted is made again, with the same UID."""
    stage.applied()
    path = f"{stage.path}/POSITIV/HIDEFIELD_{stage.p}DATO"
    uid = stage.uid("programRuleActions", path)
    stage.server.call("POST", "/api/metadata?importStrategy=DELETE", {"programRuleActions": [{"id": uid}]})
    stage.applied()
    assert stage.live("programRuleActions", path)["programRuleActionType"] == "HIDEFIELD"


def an_action_that_only_seems_deleted(stage: Stage) -> None:
    """Up to 2.42 the endpoint of actions says 200 to a deletion and does nothing: nothing is to be done."""
    stage.applied()
    uid = stage.uid("programRuleActions", f"{stage.path}/POSITIV/HIDEFIELD_{stage.p}DATO")
    stage.server.call("DELETE", f"/api/programRuleActions/{uid}")
    stays = stage.server.version.startswith(("2.41", "2.42"))
    assert stage.server.is_there("programRuleActions", uid) is stays
    assert stage.plan().is_empty is stays


def a_dropped_rule_goes(stage: Stage) -> None:
    """A rule that the package drops is deleted with its action; the element that it warned at stays."""
    stage.applied()
    rule = stage.uid("programRules", f"{stage.path}/FEBER")
    action = stage.uid("programRuleActions", f"{stage.path}/FEBER/SHOWWARNING_{stage.p}TEMP")
    del stage.program["programRules"]["FEBER"]
    stage.applied()
    assert not stage.server.is_there("programRules", rule)
    assert not stage.server.is_there("programRuleActions", action)
    assert stage.live("dataElements", f"{stage.p}TEMP")["valueType"] == "NUMBER"


def no_question_gets_a_stale_answer(stage: Stage) -> None:
    """Right after an import a server may answer actions without their rule, from a cache: not to us."""
    stage.applied()
    for _ in range(3):
        stage.rests()


SCENARIOS = (
    a_rule_on_an_element_that_a_stage_gains,
    a_rule_on_an_attribute_that_a_program_gains,
    a_section_with_a_new_indicator,
    an_attribute_with_a_new_option_set,
    a_metadata_attribute_gets_a_value,
    an_action_changes_and_one_goes,
    a_rule_gains_an_action,
    an_action_that_sends_a_message,
    an_action_is_deleted_by_hand,
    an_action_that_only_seems_deleted,
    a_dropped_rule_goes,
    no_question_gets_a_stale_answer,
)
