"""Checks that no recorded fact names one by one: rules, references, values, single types."""

from typing import Any

import pytest

from tests.unit.sandbox.server import (
    PUBLIC,
    Make,
    Server,
    a_program,
    action,
    attribute,
    element,
    option_set,
    refs,
    rule,
    stage,
    uid,
    unit,
)


@pytest.fixture
def server(make: Make) -> Server:
    """A fresh 2.42 with a program."""
    found = make("")
    a_program(found)
    return found


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("HIDESECTION", {}, "E4036"),
        ("HIDEPROGRAMSTAGE", {}, "E4038"),
        ("HIDEOPTION", {}, "E4044"),
        ("HIDEOPTION", {"dataElement": refs("D1")[0]}, "E4040"),
        ("HIDEOPTION", {"dataElement": refs("D1")[0], "option": refs("no")[0]}, "E4041"),
        ("SHOWOPTIONGROUP", {"dataElement": refs("D1")[0]}, "E4040"),
        ("HIDEOPTIONGROUP", {"dataElement": refs("D1")[0], "optionGroup": refs("no")[0]}, "E4043"),
        ("ASSIGN", {}, "E4050"),
        ("CREATEEVENT", {}, "E4044"),
        ("SENDMESSAGE", {}, "E4035"),
        ("SCHEDULEMESSAGE", {"templateUid": uid("no")}, "E4034"),
        ("SHOWWARNING", {"dataElement": refs("no")[0]}, "E5002"),
        ("HIDEFIELD", {}, "E4044"),
        ("SETMANDATORYFIELD", {}, "E4044"),
        ("HIDEFIELD", {"dataElement": refs("no")[0]}, "E4045"),
        ("HIDEFIELD", {"trackedEntityAttribute": refs("no")[0]}, "E4046"),
        ("HIDESECTION", {"programStageSection": refs("no")[0]}, "E4037"),
        ("HIDEPROGRAMSTAGE", {"programStage": refs("no")[0]}, "E4039"),
        ("HIDESECTION", {"programStageSection": refs("no")[0], "programStage": refs("S")[0]}, "E4037"),
        ("HIDEPROGRAMSTAGE", {"programStage": refs("S")[0], "dataElement": refs("D1")[0]}, "E4058"),
    ],
)
def test_what_an_action_names(server: Server, kind: str, more: dict[str, Any], code: str) -> None:
    """The first thing wrong with an action has its code."""
    answered = server.send(
        programRules=[rule("R2", "A2")], programRuleActions=[action("A2", "R2", kind, **more)]
    )
    assert answered.codes[0] == code


def test_an_action_without_its_rule_is_500(server: Server) -> None:
    """What no rule holds cannot be looked up."""
    lone = {"id": uid("A2"), "programRuleActionType": "HIDEFIELD"}
    assert server.send(programRuleActions=[lone]).status == 500


def test_names_of_rules_and_variables_in_a_program(server: Server) -> None:
    """E4057 without regard to case, E4051 with, E4052 for forbidden words; another program has its own."""
    assert server.send(programRules=[rule("R9", name="r")]).codes == ["E4057"]
    base = {
        "program": {"id": uid("P")},
        "programRuleVariableSourceType": "CALCULATED_VALUE",
        "valueType": "TEXT",
    }
    server.commit(programRuleVariables=[base | {"id": uid("V"), "name": "v"}])
    assert server.send(programRuleVariables=[base | {"id": uid("W"), "name": "v"}]).codes == ["E4051"]
    assert server.send(programRuleVariables=[base | {"id": uid("W"), "name": "a and b"}]).codes == ["E4052"]
    assert server.send(programRuleVariables=[base | {"id": uid("W"), "name": "V"}]).status == 200


@pytest.mark.parametrize(
    ("source", "kept", "value_type"),
    [
        ("DATAELEMENT_CURRENT_EVENT", {"dataElement"}, "NUMBER"),
        ("DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE", {"dataElement", "programStage"}, "TEXT"),
        ("TEI_ATTRIBUTE", {"trackedEntityAttribute"}, "DATE"),
        ("CALCULATED_VALUE", set(), "TEXT"),
    ],
)
def test_a_variable_keeps_what_its_source_needs(
    server: Server, source: str, kept: set[str], value_type: str
) -> None:
    """Other sources are dropped; the value type is the source's, but for the newest event of a stage."""
    server.commit(dataElements=[element("D1", valueType="NUMBER")])
    server.commit(trackedEntityAttributes=[attribute("T", valueType="DATE")])
    row = {
        "id": uid("V"),
        "name": "v",
        "program": {"id": uid("P")},
        "programRuleVariableSourceType": source,
        "dataElement": {"id": uid("D1")},
        "trackedEntityAttribute": {"id": uid("T")},
        "programStage": {"id": uid("S")},
    }
    server.commit(programRuleVariables=[row | {"valueType": "TEXT"}])
    stands = server.owner("programRuleVariables", uid("V"))
    names = {"dataElement", "trackedEntityAttribute", "programStage"}
    assert (names & set(stands), stands["valueType"]) == (kept, value_type)


def test_a_stage_needs_a_program(server: Server) -> None:
    """E4053 unless a program of the call lists it."""
    lone = {"id": uid("S9"), "name": "S9", "programStageDataElements": []}
    assert server.send(programStages=[lone]).codes == ["E4053"]


def test_references_of_children_of_groups_and_of_nothing(server: Server) -> None:
    """The place is the child's or the collection's name in the singular."""
    rows = [{"id": uid("row"), "dataElement": {"id": uid("no")}}]
    answered = server.send(programStages=[stage(rows)])
    assert answered.codes == ["E3012", "E5002"]
    report = answered.body["response"]["typeReports"][0]["objectReports"][0]["errorReports"][1]
    assert report["errorProperties"][1:] == [f"[{uid('row')}] (ProgramStageDataElement)", "dataElement"]
    for name, property_name, member in (
        ("categories", "categoryOptions", "categoryOption"),
        ("dataElements", "legendSets", "legendSets"),
        ("categoryCombos", "categories", "category"),
    ):
        body = element("X", dataDimensionType="DISAGGREGATION") | {property_name: refs("no")}
        sent: dict[str, Any] = {name: [body]}
        answered = server.send(**sent)
        errors = [
            error
            for row in answered.body["response"]["typeReports"]
            for entry in row["objectReports"]
            for error in entry["errorReports"]
            if error["errorCode"] == "E5002"
        ]
        assert errors[0]["errorProperty"] == member
    by_code = element("X", optionSet={"code": "x"})
    assert server.send(dataElements=[by_code]).codes == ["E5002"]
    assert server.send(dataElements=[element("X", optionSet={})]).codes == ["E5002"]


def test_sharing_with_nobody_known(server: Server) -> None:
    """E5002 for group and user, unless sharing is skipped."""
    entries = {uid("no"): {"id": uid("no"), "access": "r-------"}}
    body = element("X", sharing=PUBLIC | {"users": entries, "userGroups": entries})
    assert server.send(dataElements=[body]).codes == ["E5002", "E5002"]
    assert server.send("skipSharing=true", dataElements=[body]).status == 200
    odd = element("X", sharing=PUBLIC | {"userGroups": {"odd": 1}})
    assert server.send(dataElements=[odd]).status == (409 if server.version == "2.43" else 500)


def test_the_wrong_side_is_named_when_asked(server: Server) -> None:
    """E5006 with ERRORS_NOT_OWNER only."""
    server.commit(dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G"}])
    body = {"dataElements": [element("X", dataElementGroups=refs("G"))]}
    path = "/api/metadata?importMode=VALIDATE&importReportMode="
    assert server.post(path + "ERRORS_NOT_OWNER", body).codes == ["E5006"]
    assert server.post(path + "ERRORS", body).status == 200


def test_numbers_have_limits(make: Make) -> None:
    """What no whole number of 32 bits holds cannot be read; E4008 where the schema says from and to."""
    server = make("")
    found = server.send(organisationUnitLevels=[{"id": uid("L"), "name": "L", "level": 10**12}])
    assert found.status == (409 if server.version == "2.43" else 500)
    found = server.send(
        "importMode=VALIDATE", organisationUnitLevels=[{"id": uid("L"), "name": "L", "level": -1}]
    )
    assert found.codes == ["E4008"]


def test_dashboards_show_what_is_there(server: Server) -> None:
    """E5002, for dashboards that stand E4061 beside it, counted once more each."""
    row = {"id": uid("item"), "visualization": {"id": uid("no")}}
    answered = server.send(dashboards=[{"id": uid("DB"), "name": "DB", "dashboardItems": [row]}])
    assert (answered.codes, answered.stats) == (["E5002"], "0/0/0/2/2")
    server.commit(dashboards=[{"id": uid("DB"), "name": "DB"}])
    answered = server.send(dashboards=[{"id": uid("DB"), "name": "DB", "dashboardItems": [row]}])
    assert (sorted(answered.codes), answered.stats) == (["E4061", "E5002"], "0/0/0/3/3")


def test_lists_that_delete_and_lists_that_let_go(server: Server) -> None:
    """Sections and templates left out are deleted."""
    template = {
        "id": uid("NT"),
        "name": "NT",
        "messageTemplate": "m",
        "notificationTrigger": "ENROLLMENT",
        "notificationRecipient": "TRACKED_ENTITY_INSTANCE",
    }
    rows = [{"dataElement": {"id": uid("D1")}}]
    full = stage(rows, programStageSections=refs("SEC"), notificationTemplates=refs("NT"))
    section = {"id": uid("SEC"), "name": "SEC", "sortOrder": 0, "dataElements": refs("D1")}
    server.commit(
        programStages=[full], programStageSections=[section], programNotificationTemplates=[template]
    )
    assert server.owner("programStages", uid("S"))["programStageSections"] == refs("SEC")
    server.commit(programStages=[full])
    server.commit(programStages=[stage(rows)])
    for name, which in (("programStageSections", "SEC"), ("programNotificationTemplates", "NT")):
        assert server.call("GET", f"/api/{name}/{uid(which)}").status == 404


def test_a_member_that_another_list_names_twice(server: Server) -> None:
    """A set holds each member once; a list as often as it was sent."""
    twice = [{"id": uid("D1")}, {"id": uid("D1")}]
    server.commit(dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G", "dataElements": twice}])
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("D1")


def test_units_in_a_map_view_by_name(make: Make, server: Server) -> None:
    """2.43 shows what the units of a view are called and what is above them."""
    new = make("2.43")
    new.commit(organisationUnits=[unit("A"), unit("B", "A", code="b")])
    view = {"id": uid("view"), "layer": "facility", "organisationUnits": refs("B")}
    new.commit(maps=[{"id": uid("M"), "name": "M", "mapViews": [view]}])
    shown = new.owner("maps", uid("M"))["mapViews"][0]
    assert shown["metaData"] == {uid("B"): {"uid": uid("B"), "code": "b", "name": "B"}}
    assert shown["parentGraphMap"] == {uid("B"): uid("A")}
    new.remove(organisationUnits=[uid("B")])
    assert new.owner("maps", uid("M"))["mapViews"][0]["metaData"] == {}
    del server


def test_greyed_fields_are_named(server: Server) -> None:
    """An operand carries the names of its element and combination."""
    server.commit(
        dataElements=[element("G", domainType="AGGREGATE", valueType="NUMBER")],
        dataSets=[{"id": uid("DS"), "name": "DS", "shortName": "DS", "periodType": "Monthly"}],
    )
    grey = [{"dataElement": {"id": uid("G")}, "categoryOptionCombo": {"id": "HllvX50cXC0"}}]
    server.commit(
        sections=[
            {"id": uid("X"), "name": "X", "sortOrder": 1, "dataSet": refs("DS")[0], "greyedFields": grey}
        ]
    )
    shown = server.owner("sections", uid("X"))["greyedFields"][0]
    assert (shown["displayName"], shown["dimensionItem"]) == ("G", f"{uid('G')}.HllvX50cXC0")


def test_input_periods_and_legends_are_dressed(server: Server) -> None:
    """A period carries its name up to 2.42; a legend its name to show; an expression its description."""
    period = [{"period": {"id": "202501"}, "openingDate": "2025-01-01"}]
    base = {
        "id": uid("DS"),
        "name": "DS",
        "shortName": "DS",
        "periodType": "Monthly",
        "dataInputPeriods": period,
    }
    server.commit(dataSets=[base])
    name = server.owner("dataSets", uid("DS"))["dataInputPeriods"][0]["period"].get("name")
    assert name == (None if server.version == "2.43" else "202501")
    side = {"expression": "1", "description": "d", "missingValueStrategy": "NEVER_SKIP"}
    both = {"leftSide": side, "rightSide": side, "operator": "equal_to", "periodType": "Monthly"}
    found = {"id": uid("VR"), "name": "VR", "shortName": "VR", "importance": "LOW"} | both
    server.commit(validationRules=[found])
    assert server.owner("validationRules", uid("VR"))["leftSide"]["displayDescription"] == "d"
    assert server.send(validationRules=[found | {"leftSide": None}]).codes == ["E4000"]


def test_attributes_say_what_they_are_for(server: Server) -> None:
    """`objectTypes` is computed from the truths."""
    row = {"id": uid("AT"), "name": "AT", "valueType": "TEXT", "dataElementAttribute": True}
    server.commit(attributes=[row | {"optionSetAttribute": True, "objectTypes": ["PROGRAM"]}])
    assert set(server.owner("attributes", uid("AT"))["objectTypes"]) == {"DATA_ELEMENT", "OPTION_SET"}


def test_2_41_takes_a_login_in_a_wrapper(make: Make) -> None:
    """`userCredentials` counts there, later it does not."""
    for version, status in (("2.41", 200), ("2.42", 409)):
        server = make(version)
        server.commit(userRoles=[{"id": uid("R"), "name": "R"}])
        wrapped = {"username": "anna", "userRoles": refs("R")}
        person = {"id": uid("anna"), "firstName": "a", "surname": "b", "userCredentials": wrapped}
        assert server.send(users=[person]).status == status


def test_an_option_set_listing_an_option_of_another(server: Server) -> None:
    """The option goes over: it has one set only."""
    server.commit(**option_set("ONE", "a"))
    server.commit(**option_set("TWO", "b"))
    server.commit(
        optionSets=[{"id": uid("TWO"), "name": "TWO", "valueType": "TEXT", "options": refs("ONEa")}]
    )
    assert server.owner("optionSets", uid("ONE"))["options"] == []
    assert server.owner("options", uid("ONEa"))["optionSet"] == {"id": uid("TWO")}


def test_names_are_in_the_readers_language(server: Server) -> None:
    """Who chose nothing reads the server's language."""
    words = [{"property": "NAME", "locale": locale, "value": locale} for locale in ("en", "fr")]
    server.commit(dataElements=[element("N", translations=words)])
    assert server.get(f"/api/dataElements/{uid('N')}?fields=displayName")["displayName"] == "en"
