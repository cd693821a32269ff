"""What the package dropped: deleted, orphaned, pruned; who holds it."""

from typing import Any

from dhis2cfg.errors import Exit
from tests.live.stage import Stage, random_uid
from tests.live.table.row import Row


def a_rule_and_an_indicator_go(stage: Stage) -> None:
    """Logic that nobody else uses."""
    del stage.program["programRules"]["FEBER"]
    del stage.program["programIndicators"]


def they_are_gone(stage: Stage) -> None:
    """With the action of the rule, whose variable stays."""
    found = stage.server.call("GET", f"/api/programIndicators?filter=name:like:{stage.p}&fields=id")
    assert found["programIndicators"] == []
    program = stage.uid("programs", stage.path)
    rules = stage.server.call("GET", f"/api/programRules?filter=program.id:eq:{program}&fields=id,name")
    assert [each["name"] for each in rules["programRules"]] == [f"{stage.p}Positiv"]


def shown_on_their_dashboard(stage: Stage) -> None:
    """A visualization of ours, which the municipality shows on a dashboard of its own."""
    p = stage.p
    stage.package["visualizations"] = {
        f"{p}TILFELLER": {
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
    }
    stage.applied()
    uid = stage.uid("visualizations", f"{p}TILFELLER")
    item = {"id": random_uid(), "type": "VISUALIZATION", "visualization": {"id": uid}}
    place: dict[str, Any] = {"x": 0, "y": 0, "width": 20, "height": 10}
    stage.server.hand_in(
        dashboards=[{"id": random_uid(), "name": f"{p}Deres tavle", "dashboardItems": [{**item, **place}]}]
    )


def the_visualization_goes(stage: Stage) -> None:
    """The package drops it, and the indicator that it shows."""
    del stage.package["visualizations"]
    del stage.program["programIndicators"]


def it_is_still_shown(stage: Stage) -> None:
    """With its item on the dashboard, which DHIS2 would have taken off with 200."""
    found = stage.server.call(
        "GET", f"/api/dashboards?filter=name:like:{stage.p}&fields=dashboardItems%5Bvisualization%5D"
    )
    assert found["dashboards"][0]["dashboardItems"][0]["visualization"]["id"]


def an_element_goes(stage: Stage) -> None:
    """An element that no stage has."""
    del stage.package["dataElements"][f"{stage.p}NOTAT"]


def an_edited_indicator_goes(stage: Stage) -> None:
    """Logic that hands edited since."""
    stage.edit("programIndicators", f"{stage.p}ANTALL", description="Deres")
    stage.edit("programIndicators", f"{stage.p}ANTALL", expression="V{tei_count}")
    del stage.program["programIndicators"]


def the_program_goes(stage: Stage) -> None:
    """The package drops its program with all that is in it."""
    del stage.package["programs"]


def the_program_is_gone(stage: Stage) -> None:
    """With its stages, rules, variables and sections; elements and attributes stay."""
    for name in ("programs", "programStages", "programRules", "programRuleVariables", "programIndicators"):
        found = stage.server.call("GET", f"/api/{name}?filter=name:like:{stage.p}&fields=id")
        assert found[name] == []
    attribute = stage.uid("trackedEntityAttributes", f"{stage.p}NAVN")
    path = f"/api/programSections?filter=trackedEntityAttributes.id:eq:{attribute}&fields=id"
    assert stage.server.call("GET", path)["programSections"] == []
    assert stage.server.is_there("dataElements", stage.uid("dataElements", f"{stage.p}TEMP"))


def with_an_enrolment(stage: Stage) -> None:
    """Somebody is enrolled."""
    stage.applied()
    me = stage.server.call("GET", "/api/me?fields=id")["id"]
    user = stage.server.call("GET", f"/api/users/{me}")
    stage.server.call(
        "PUT",
        f"/api/users/{me}",
        {
            **user,
            "organisationUnits": [{"id": stage.unit}],
            "teiSearchOrganisationUnits": [{"id": stage.unit}],
        },
    )
    entity, program = random_uid(), stage.uid("programs", stage.path)
    at = {"orgUnit": stage.unit, "enrolledAt": "2026-11-01", "occurredAt": "2026-11-01"}
    enrolment = {"enrollment": random_uid(), "trackedEntity": entity, "program": program, "status": "ACTIVE"}
    person = {
        "trackedEntity": entity,
        "trackedEntityType": stage.uid("trackedEntityTypes", f"{stage.p}PERSON"),
        "orgUnit": stage.unit,
        "enrollments": [{**enrolment, **at}],
    }
    stage.server.call("POST", "/api/tracker?async=false", {"trackedEntities": [person]})


def the_program_stands(stage: Stage) -> None:
    """Whole."""
    path = f"/api/programs?filter=name:like:{stage.p}&fields=programStages%5Bid%5D"
    (program,) = stage.server.call("GET", path)["programs"]
    assert len(program["programStages"]) == 2
    rules = stage.server.call("GET", f"/api/programRules?filter=name:like:{stage.p}&fields=id")
    assert len(rules["programRules"]) == 2


ROWS = (
    Row(
        name="logic that nobody else uses is deleted",
        do=a_rule_and_an_indicator_go,
        plan=("- rule", "- program indicator", "no longer in the package"),
        steps="delete delete",
        then=they_are_gone,
    ),
    Row(
        name="logic that somebody else uses stays",
        given=shown_on_their_dashboard,
        do=the_visualization_goes,
        plan=("orphan: visualizations/", "used by dashboards (", "orphan: programIndicators/"),
        steps="",
        then=it_is_still_shown,
    ),
    Row(
        name="logic that was edited since is a conflict",
        do=an_edited_indicator_goes,
        plan=("- program indicator", "conflict", "last saved by"),
        steps="delete",
        refused=("--allow conflict is missing", "--allow conflict"),
        flags=("--allow", "conflict"),
    ),
    Row(
        name="an element is an orphan until it is pruned",
        do=an_element_goes,
        plan=("orphan: dataElements/",),
        steps="",
    ),
    Row(
        name="an orphan is pruned",
        do=an_element_goes,
        plan=("- data element", "destructive", "touches 0 events", "plan --all --prune --out plan.json"),
        steps="delete",
        refused=("--allow destructive is missing", "apply -m by --prune --allow destructive"),
        flags=("--prune", "--allow", "destructive"),
    ),
    Row(
        name="more would go than --max-delete allows",
        do=an_element_goes,
        plan=("- data element",),
        steps="delete",
        flags=("--prune", "--allow", "destructive", "--max-delete", "0"),
        exit=Exit.UNSAFE,
    ),
    Row(
        name="a program pruned without enrolments",
        do=the_program_goes,
        plan=("- program", "goes with its parent: programStages/"),
        steps="delete delete delete delete delete",
        flags=("--prune", "--allow", "destructive"),
        then=the_program_is_gone,
    ),
    Row(
        name="a program with an enrolment is not pruned",
        given=with_an_enrolment,
        do=the_program_goes,
        plan=("1 enrolments and events hold it", "in which it stands, stays"),
        steps="",
        flags=("--prune",),
        then=the_program_stands,
        endangers="it enrols somebody, and gives the tool's own account another unit",
    ),
)
