"""The other lines of facts §17 and §19 that tell a behaviour; those that are no test stand at the end."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.unit.sandbox.favourites import VERSIONS, ground
from tests.unit.sandbox.server import (
    Make,
    Server,
    a_program,
    action,
    attribute,
    element,
    option_set,
    program,
    refs,
    rule,
    stage,
    uid,
)


@pytest.mark.parametrize("version", VERSIONS)
def test_19_3_links_lost_within_one_import(make: Make, version: str) -> None:
    """A managed group that stands later in the list is lost; a second identical call mends all."""
    server = make(version)
    groups = [{"id": uid("A"), "name": "A", "managedGroups": refs("B")}, {"id": uid("B"), "name": "B"}]
    for lost in (True, False):
        server.commit(userGroups=groups)
        assert (server.owner("userGroups", uid("A"))["managedGroups"] == []) is lost


def test_19_3_links_that_are_not_lost(server: Server) -> None:
    """Option groups, elements' sets, legends, data sets' things."""
    legends = [{"id": uid("L"), "name": "L", "startValue": 0, "endValue": 1}]
    server.commit(
        **option_set("OS", "a"),
        legendSets=[{"id": uid("LS"), "name": "LS", "legends": legends}],
        optionGroups=[
            {"id": uid("OG"), "name": "OG", "shortName": "OG", "optionSet": {"id": uid("OS")}}
            | {"options": refs("OSa")}
        ],
        dataElements=[element("D", optionSet={"id": uid("OS")}, legendSets=refs("LS"))],
        dataElementGroups=[{"id": uid("G"), "name": "G", "shortName": "G", "dataElements": refs("D")}],
    )
    group = server.owner("optionGroups", uid("OG"))
    assert (group["options"], group["optionSet"]) == (refs("OSa"), {"id": uid("OS")})
    stands = server.owner("dataElements", uid("D"))
    assert (stands["optionSet"], stands["legendSets"]) == ({"id": uid("OS")}, refs("LS"))
    assert server.owner("dataElementGroups", uid("G"))["dataElements"] == refs("D")


def test_17_4_laying_a_snapshot_back(server: Server) -> None:
    """Ids, order and creation times return; versions and times of update do not."""
    a_program(server)
    server.commit(**option_set("OS", "a", "b"))
    types = "programs=true&programStages=true&programRules=true&programRuleActions=true&optionSets=true"
    before = server.get(f"/api/metadata?{types}&options=true&fields=:owner")
    server.commit(dataElements=[element("N")])
    rows = [{"dataElement": {"id": uid("N")}}]
    server.commit(programStages=[stage(rows)])
    server.commit(programRules=[rule("R", "A2")], programRuleActions=[act("A2", "N")])
    server.commit(**option_set("OS", "b", "c"))
    body = {name: rows for name, rows in before.items() if name != "system"}
    answered = server.post("/api/metadata", body)
    assert answered.codes == ["E4047"]
    stages = {"programStages": body.pop("programStages")}
    assert server.post("/api/metadata", stages).status == 200
    assert server.post("/api/metadata", body).status == 200
    assert server.remove(dataElements=[uid("N")], options=[uid("OSc")]).status == 200
    after = server.get(f"/api/metadata?{types}&options=true&fields=:owner")
    for name, rows in before.items():
        if name != "system":
            assert _lasting(after[name]) == _lasting(rows)


def _lasting(value: Any) -> Any:
    if isinstance(value, list):
        return [_lasting(member) for member in value]
    if not isinstance(value, dict):
        return value
    return {key: _lasting(held) for key, held in value.items() if key not in {"lastUpdated", "version"}}


def act(name: str, target: str) -> dict[str, Any]:
    """An action of rule `R` about an element."""
    return action(name, "R", dataElement={"id": uid(target)})


def test_19_16_order_of_groups_in_their_sets(server: Server) -> None:
    """Kept as sent."""
    groups = [{"id": uid(one), "name": one, "shortName": one} for one in "abc"]
    base = {"id": uid("GS"), "name": "GS", "shortName": "GS"}
    for kind, listed in (("dataElement", "dataElementGroups"), ("indicator", "indicatorGroups")):
        sent: dict[str, Any] = {listed: groups, f"{kind}GroupSets": [base | {listed: refs("c", "a", "b")}]}
        for _ in range(2):
            server.commit(**sent)
        assert server.owner(f"{kind}GroupSets", uid("GS"))[listed] == refs("c", "a", "b")
        groups = [row | {"id": uid(row["name"] + "2")} for row in groups]
        groups = [{"id": uid(one), "name": one, "shortName": one} for one in "abc"]


def test_19_17_legends(server: Server) -> None:
    """Without ids new ones each time, with ids kept; overlapping and backwards is accepted."""
    row = {"name": "L", "startValue": 5, "endValue": 1}
    base = {"id": uid("LS"), "name": "LS"}
    seen = []
    for _ in range(2):
        server.commit(legendSets=[base | {"legends": [row, row | {"name": "M", "endValue": 9}]}])
        seen.append({one["id"] for one in server.owner("legendSets", uid("LS"))["legends"]})
    assert not seen[0] & seen[1]
    server.commit(legendSets=[base | {"legends": [row | {"id": uid("L")}]}])
    assert [one["id"] for one in server.owner("legendSets", uid("LS"))["legends"]] == [uid("L")]


def test_19_19_a_legend_set_in_use(server: Server) -> None:
    """The first delete is refused and has unlinked it all the same; the second works."""
    server.commit(legendSets=[{"id": uid("LS"), "name": "LS"}])
    server.commit(dataElements=[element("D", legendSets=refs("LS"))])
    assert server.remove(legendSets=[uid("LS")]).codes == ["E4030"]
    assert server.owner("dataElements", uid("D"))["legendSets"] == []
    assert server.remove(legendSets=[uid("LS")]).status == 200


def test_19_30_rules_predictors_indicators(server: Server) -> None:
    """Sides are replaced whole, a missing one is E4000; nonsense in an indicator is accepted."""
    ground(server)
    side = {"expression": f"#{{{uid('G')}}}", "description": "x", "missingValueStrategy": "NEVER_SKIP"}
    base = {
        "id": uid("VR"),
        "name": "VR",
        "operator": "equal_to",
        "periodType": "Monthly",
        "leftSide": side,
        "rightSide": side,
    }
    server.commit(validationRules=[base])
    server.commit(validationRules=[base | {"leftSide": {"expression": "1", "description": "y"}}])
    assert server.owner("validationRules", uid("VR"))["leftSide"]["description"] == "y"
    assert server.send(validationRules=[base | {"leftSide": None}]).codes == ["E4000"]
    predictor = {
        "id": uid("PR"),
        "name": "PR",
        "shortName": "PR",
        "output": {"id": uid("G")},
        "generator": side,
        "periodType": "Monthly",
        "sequentialSampleCount": 1,
        "annualSampleCount": 0,
        "organisationUnitLevels": [],
        "organisationUnitDescendants": "SELECTED",
    }
    server.commit(predictors=[predictor])
    assert server.owner("predictors", uid("PR"))["outputCombo"]["id"] == "HllvX50cXC0"
    body = server.owner("indicators", uid("I")) | {"numerator": "((("}
    assert server.send(indicators=[body]).status == 200


def test_19_31_notifications(server: Server) -> None:
    """A template no program holds may be sent, also one that is new; unknown E4034, none E4035."""
    a_program(server)
    template = {"id": uid("N"), "name": "N", "messageTemplate": "x", "notificationTrigger": "PROGRAM_RULE"}
    template |= {"notificationRecipient": "USER_GROUP"}
    server.commit(
        programNotificationTemplates=[template],
        programRules=[rule("R2", "A2")],
        programRuleActions=[action("A2", "R2", "SENDMESSAGE", templateUid=uid("N"))],
    )
    for held, code in ((uid("no"), "E4034"), (None, "E4035")):
        body = action("A2", "R2", "SENDMESSAGE", templateUid=held)
        assert server.send(programRuleActions=[body]).codes == [code]


@pytest.mark.parametrize(
    ("more", "channels"),
    [
        ({"notificationRecipient": "PROGRAM_ATTRIBUTE", "recipientProgramAttribute": refs("T")[0]}, ["SMS"]),
        ({"notificationRecipient": "USER_GROUP", "recipientDataElement": refs("D1")[0]}, []),
        ({"notificationRecipient": "WEB_HOOK"}, ["HTTP"]),
        ({"notificationRecipient": "TRACKED_ENTITY_INSTANCE"}, ["EMAIL"]),
        ({"notificationRecipient": "DATA_ELEMENT", "recipientDataElement": refs("D1")[0]}, []),
    ],
)
def test_19_31_channels_follow_the_recipient(
    server: Server, more: dict[str, Any], channels: list[str]
) -> None:
    """EMAIL to a phone attribute is SMS, to a group nothing; days are dropped where it is sent at once."""
    a_program(server)
    server.commit(trackedEntityAttributes=[attribute("T", valueType="PHONE_NUMBER")])
    base: dict[str, Any] = {"id": uid("N"), "name": "N", "messageTemplate": "x"}
    base |= {"notificationTrigger": "COMPLETION", "relativeScheduledDays": 3, "deliveryChannels": ["EMAIL"]}
    server.commit(programNotificationTemplates=[base | more])
    stands = server.owner("programNotificationTemplates", uid("N"))
    assert (stands["deliveryChannels"], "relativeScheduledDays" in stands) == (channels, False)
    later = base | more | {"notificationTrigger": "SCHEDULED_DAYS_DUE_DATE"}
    server.commit(programNotificationTemplates=[later])
    assert server.owner("programNotificationTemplates", uid("N"))["relativeScheduledDays"] == 3


def test_19_32_relationship_types(server: Server) -> None:
    """An event's end needs a stage, fields of another kind are refused, a missing end is E4000 twice."""
    a_program(server)
    base = {"id": uid("RT"), "name": "RT", "fromToName": "f"}
    entity = {"relationshipEntity": "TRACKED_ENTITY_INSTANCE", "trackedEntityType": {"id": uid("E")}}
    event = {"relationshipEntity": "PROGRAM_STAGE_INSTANCE", "programStage": {"id": uid("S")}}
    enrolment = {"relationshipEntity": "PROGRAM_INSTANCE", "program": {"id": uid("P")}}
    ends = (entity, event, enrolment)
    for one, other in ((a, b) for a in ends for b in ends):
        body = base | {"fromConstraint": one, "toConstraint": other, "bidirectional": True}
        assert server.send(relationshipTypes=[body]).status == 200
    alone = {"relationshipEntity": "PROGRAM_STAGE_INSTANCE", "program": {"id": uid("P")}}

    def codes(one: dict[str, Any], other: dict[str, Any] | None) -> list[str]:
        body = base | {"fromConstraint": one, "toConstraint": other}
        return server.send(relationshipTypes=[body]).codes

    assert codes(entity, alone) == ["E4024"]
    assert codes(entity, alone | {"programStage": {"id": uid("S")}}) == []
    assert codes(entity | {"programStage": {"id": uid("S")}}, event) == ["E4023"]
    assert codes(enrolment | {"trackedEntityType": {"id": uid("E")}}, event) == ["E4023"]
    assert codes(entity, None) == ["E4000", "E4000"]
    unkind = base | {"fromConstraint": entity, "toConstraint": {"program": {"id": uid("P")}}}
    assert server.send(relationshipTypes=[unkind]).status == 500
    server.commit(dataElements=[element("N")])
    view = {"trackerDataView": {"dataElements": [uid("N")]}}
    assert codes(event | view, entity) == ["E4314"]
    assert codes(entity | view, enrolment | view) == ["E4023", "E4023"]
    attributes = {"trackerDataView": {"attributes": [uid("no")]}}
    assert codes(event | attributes, enrolment | attributes) == ["E4314", "E4314"]
    held = {"trackerDataView": {"attributes": [uid("T")]}}
    assert codes(enrolment | held, entity) == []
    event_program = program(programType="WITHOUT_REGISTRATION", programStages=[])
    server.commit(programs=[event_program], programStages=[])
    assert codes(enrolment | held, entity) == ["E4314"]


def test_19_34_sql_views_are_not_checked(server: Server) -> None:
    """Neither by import nor by POST."""
    body = {"id": uid("V"), "name": "V", "type": "QUERY", "sqlQuery": "delete from users; select pg_sleep(9)"}
    assert server.send(sqlViews=[body]).status == 200
    assert server.post("/api/sqlViews", body | {"id": uid("W"), "name": "W"}).status == 201


def test_19_42_keys_of_the_data_store(server: Server) -> None:
    """Eight posts at once: one 201; after closing it the others get 403, before it they may overwrite."""
    server.a_user("other")
    path = "/api/dataStore/n/k"
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(answer.status for answer in pool.map(lambda _: server.post(path, 1), range(8)))
    assert statuses == [201] + [409] * 7
    assert server.put(path, 2, user="other").status == 200
    found = server.get(f"{path}/metaData")["id"]
    block = {"object": {"publicAccess": "--------", "userAccesses": [], "userGroupAccesses": []}}
    assert server.post(f"/api/sharing?type=dataStore&id={found}", block).status == 200
    for method, where in (("GET", path), ("PUT", path), ("DELETE", path), ("GET", f"{path}/metaData")):
        assert server.call(method, where, 3 if method == "PUT" else None, user="other").status == 403
    assert server.delete("/api/dataStore/n", user="other").status == 403
    assert "n" in server.get("/api/dataStore", user="other")
    assert server.get("/api/dataStore/n", user="other") == []
    assert server.get("/api/dataStore/n?fields=.", user="other")["entries"] == []
    assert server.put(path, 4).status == 200
    assert server.call("GET", path, user="other").status == 403
    assert server.get(path) == 4
