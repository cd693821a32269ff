"""Types beyond the tracker program: each goes in, rests, and changes."""

from dhis2cfg.model.plan import StepKind
from tests.live.package import both
from tests.live.stage import Stage, fields


def a_legend_set(stage: Stage) -> None:
    """Legends are matched by their range and keep their ids when the set changes."""
    legends = [
        {"name": "Lav", "startValue": 0, "endValue": 37.5, "color": "#4CAF50"},
        {"name": "Feber", "startValue": 37.5, "endValue": 42, "color": "#F44336"},
    ]
    stage.package["legendSets"] = {f"{stage.p}FEBER": {"name": f"{stage.p}Feber", "legends": legends}}
    stage.applied()
    before = {each["name"]: each["id"] for each in stage.live("legendSets", f"{stage.p}FEBER")["legends"]}
    legends[1]["color"] = "#B71C1C"
    legends.append({"name": "Svært høy", "startValue": 42, "endValue": 45, "color": "#000000"})
    stage.applied()
    after = {each["name"]: each["id"] for each in stage.live("legendSets", f"{stage.p}FEBER")["legends"]}
    assert len(after) == 3
    assert {name: after[name] for name in before} == before


def a_data_set(stage: Stage) -> None:
    """A data set with an element, a section and the unit; then one element more in both."""
    p = stage.p
    for key in ("DAGER", "PLASSER"):
        stage.package["dataElements"][f"{p}{key}"] = {
            "name": f"{p}{key}",
            "valueType": "INTEGER",
            "domainType": "AGGREGATE",
            "aggregationType": "SUM",
        }
    data_set = {
        "name": f"{p}Uke",
        "shortName": f"{p}Uke",
        "periodType": "Weekly",
        "sharing": "work",
        "dataSetElements": [f"{p}DAGER"],
        "sections": {"HOVED": {"name": "Hoved", "dataElements": [f"{p}DAGER"]}},
    }
    stage.package["dataSets"] = {f"{p}UKE": data_set}
    stage.applied()
    live = stage.live("dataSets", f"{p}UKE")
    assert [each["id"] for each in live["organisationUnits"]] == [stage.unit]
    data_set["dataSetElements"] = [f"{p}DAGER", f"{p}PLASSER"]
    data_set["sections"] = {"HOVED": {"name": "Hovedtall", "dataElements": [f"{p}DAGER", f"{p}PLASSER"]}}
    stage.applied()
    assert len(stage.live("dataSets", f"{p}UKE")["dataSetElements"]) == 2


def a_role_gains_and_loses_authorities(stage: Stage) -> None:
    """More authority is refused until it is allowed; less is not."""
    stage.applied()
    role = stage.package["userRoles"][f"{stage.p}ROLLE"]
    role["authorities"] = ["F_UNCOMPLETE_EVENT", "F_ENROLLMENT_CASCADE_DELETE"]
    assert "--allow access is missing" in stage.refused()
    stage.applied("access")
    live = stage.live("userRoles", f"{stage.p}ROLLE")
    assert set(live["authorities"]) == {"F_UNCOMPLETE_EVENT", "F_ENROLLMENT_CASCADE_DELETE"}
    role["authorities"] = ["F_UNCOMPLETE_EVENT"]
    stage.applied()


def a_relationship_type(stage: Stage) -> None:
    """Two persons of one program, with the data that each end shows."""
    p = stage.p
    end = {
        "relationshipEntity": "TRACKED_ENTITY_INSTANCE",
        "trackedEntityType": f"{p}PERSON",
        "program": f"{p}INDEKS",
    }
    relationship = {
        "name": f"{p}Smittet",
        "bidirectional": True,
        "fromToName": both("Smittet", "Infected"),
        "toFromName": both("Smittet av", "Infected by"),
        "fromConstraint": end,
        "toConstraint": end,
        "sharing": "work",
    }
    stage.package["relationshipTypes"] = {f"{p}SMITTET": relationship}
    stage.applied()
    relationship["toFromName"] = both("Ble smittet av", "Was infected by")
    stage.applied()
    assert stage.live("relationshipTypes", f"{p}SMITTET")["toFromName"] == "Ble smittet av"


def a_notification_template(stage: Stage) -> None:
    """A message of the program, to a phone number of the person, three days after enrolment."""
    p = stage.p
    stage.program["programTrackedEntityAttributes"][f"{p}TLF"] = {}
    template = {
        "name": f"{p}Husk",
        "subjectTemplate": both("Husk", "Remember"),
        "messageTemplate": both("Ring oss", "Call us"),
        "notificationTrigger": "SCHEDULED_DAYS_ENROLLMENT_DATE",
        "relativeScheduledDays": 3,
        "notificationRecipient": "PROGRAM_ATTRIBUTE",
        "recipientProgramAttribute": f"{p}TLF",
    }
    stage.program["notificationTemplates"] = {f"{p}HUSK": template}
    stage.applied()
    template["messageTemplate"] = both("Ring oss i dag", "Call us today")
    stage.applied()
    assert stage.live("programNotificationTemplates", f"{p}HUSK")["messageTemplate"] == "Ring oss i dag"


def an_indicator(stage: Stage) -> None:
    """An indicator of its own type whose numerator names a program indicator."""
    p = stage.p
    stage.package["indicatorTypes"] = {f"{p}TALL": {"name": f"{p}Tall", "factor": 1, "number": True}}
    indicator = {
        "name": f"{p}Andel",
        "shortName": f"{p}Andel",
        "indicatorType": f"{p}TALL",
        "numerator": f"I{{{p}ANTALL}}",
        "numeratorDescription": "Tilfeller",
        "denominator": "1",
        "denominatorDescription": "En",
        "sharing": "look",
    }
    stage.package["indicators"] = {f"{p}ANDEL": indicator}
    stage.applied()
    uid = stage.uid("programIndicators", f"{p}ANTALL")
    assert stage.live("indicators", f"{p}ANDEL")["numerator"] == f"I{{{uid}}}"
    indicator["denominator"] = "1000"
    stage.applied()


def boundaries_of_an_indicator(stage: Stage) -> None:
    """Boundaries are matched by what they say; one goes, one comes."""
    indicator = stage.program["programIndicators"][f"{stage.p}ANTALL"]
    after = {
        "analyticsPeriodBoundaryType": "AFTER_START_OF_REPORTING_PERIOD",
        "boundaryTarget": "ENROLLMENT_DATE",
    }
    before = {
        "analyticsPeriodBoundaryType": "BEFORE_END_OF_REPORTING_PERIOD",
        "boundaryTarget": "ENROLLMENT_DATE",
    }
    indicator["analyticsPeriodBoundaries"] = [after]
    stage.applied()
    indicator["analyticsPeriodBoundaries"] = [
        {**after, "offsetPeriodType": "Daily", "offsetPeriods": -1},
        before,
    ]
    stage.applied()
    live = stage.live("programIndicators", f"{stage.p}ANTALL")["analyticsPeriodBoundaries"]
    assert len(live) == 2


def a_dashboard_with_a_visualization(stage: Stage) -> None:
    """A visualization of relative periods stands on a dashboard; with a fixed period it goes its own road."""
    p = stage.p
    visualization = {
        "name": f"{p}Tilfeller",
        "type": "COLUMN",
        "dataDimensionItems": [
            {"dataDimensionItemType": "PROGRAM_INDICATOR", "programIndicator": f"{p}ANTALL"}
        ],
        "columnDimensions": ["dx"],
        "rowDimensions": ["pe"],
        "filterDimensions": ["ou"],
        "rawPeriods": ["LAST_12_MONTHS"],
        "userOrganisationUnit": True,
        "sharing": "look",
    }
    stage.package["visualizations"] = {f"{p}TILFELLER": visualization}
    stage.package["dashboards"] = {
        f"{p}TAVLE": {
            "name": f"{p}Tavle",
            "dashboardItems": [{"visualization": f"{p}TILFELLER", "x": 0, "y": 0, "width": 20, "height": 10}],
            "sharing": "look",
        }
    }
    stage.applied()
    visualization["name"] = f"{p}Nye tilfeller"
    plan = stage.applied()
    assert ("visualizations", f"{p}TILFELLER", "name") in fields(plan)
    visualization["rawPeriods"] = ["202401"]
    plan = stage.applied()
    assert [step.kind for step in plan.steps] == [StepKind.OWN]


def members_of_a_group(stage: Stage) -> None:
    """A username that exists becomes a member beside those who are; one that does not is refused by name."""
    me = stage.server.call("GET", "/api/me?fields=id,username")
    stage.municipality["members"] = {f"userGroups/{stage.p}SPORER": [me["username"]]}
    stage.applied()
    assert [each["id"] for each in stage.live("userGroups", f"{stage.p}SPORER")["users"]] == [me["id"]]
    nobody = f"{stage.p}nobody".lower()
    stage.municipality["members"] = {f"userGroups/{stage.p}SPORER": [me["username"], nobody]}
    assert f"there is no user {nobody}" in stage.refused("access")


SCENARIOS = (
    a_legend_set,
    a_data_set,
    a_role_gains_and_loses_authorities,
    a_relationship_type,
    a_notification_template,
    an_indicator,
    boundaries_of_an_indicator,
    a_dashboard_with_a_visualization,
    members_of_a_group,
)
