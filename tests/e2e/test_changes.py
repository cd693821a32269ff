"""Changes of a package, and of a server by hand, each as the merge table says."""

from tests.e2e.house import House, changes_of

GAINS = """\
  EX_REASON: {name: Reason of the test, valueType: TEXT}
  EX_LAST_DAY:"""
RULE = """\
      EX_R_HIDE_REASON:
        name: Hide the reason
        programStage: EX_TEST
        condition: "!d2:hasValue(#{test_date})"
        programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: EX_REASON}]
      EX_R_LAST_DAY:
"""


def with_rule_on_new_element(house: House) -> None:
    """A release in which the stage gains an element and a rule that hides it."""
    house.change("packages/example/dictionary.yaml", "  EX_LAST_DAY:", GAINS)
    house.change("packages/example/program.yaml", "EX_TEST_RESULT: {},", "EX_TEST_RESULT: {}, EX_REASON: {},")
    house.change("packages/example/program.yaml", "      EX_R_LAST_DAY:\n", RULE)
    house.fine("lock")


def test_an_element_and_a_rule_that_hides_it_in_one_release_are_two_calls(applied: House) -> None:
    """The server checks the rule against what is stored, so the stage goes first; the plan says why."""
    with_rule_on_new_element(applied)
    plan = applied.plan()
    assert [step["number"] for step in plan["steps"]] == [1, 2]
    assert ["programStages", "EX_FOLLOW_UP/EX_TEST"] in plan["steps"][0]["objects"]
    assert ["programRules", "EX_FOLLOW_UP/EX_R_HIDE_REASON"] in plan["steps"][1]["objects"]
    assert "E4047" in plan["steps"][1]["reason"]
    assert [step["tried"] for step in plan["steps"]] == [True, False]
    told = applied.fine("plan").out
    assert "2 calls" in told
    assert "E4047" in told
    done = applied.fine("apply", "--yes")
    assert "2 calls" in done.out, done.said
    assert applied.run("plan", "--exit-code").code == 0


def test_a_field_that_the_package_drops_is_cleared(applied: House) -> None:
    """The field was ours: it goes, and the plan shows what was there."""
    name = "packages/example/dictionary.yaml"
    applied.change(name, "EX_TEST_DATE: {name:", "EX_TEST_DATE: {formName: Taken on, name:")
    applied.fine("apply", "--yes")
    assert applied.server.found("dataElements", "EX_TEST_DATE")["formName"] == "Taken on"
    applied.change(name, "formName: Taken on, ", "")
    plan = applied.plan()
    assert changes_of(plan) == {("dataElements", "EX_TEST_DATE", "formName")}
    assert [(each["reason"], each["before"]) for each in plan["changes"]] == [
        ("no longer in the package", "Taken on")
    ]
    applied.fine("apply", "--yes")
    assert applied.server.found("dataElements", "EX_TEST_DATE").get("formName") is None
    assert applied.run("plan", "--exit-code").code == 0


def test_a_member_removed_by_hand_is_added_again(applied: House) -> None:
    """The program's organisation unit, which somebody took away, comes back."""
    program = applied.server.found("programs", "EX_FOLLOW_UP")
    applied.server.edit("programs", "EX_FOLLOW_UP", organisationUnits=[])
    plan = applied.plan()
    assert {each["reason"] for each in plan["changes"]} == {"changed by hand"}, plan["changes"]
    assert changes_of(plan) == {("programs", "EX_FOLLOW_UP", "organisationUnits[example]")}
    applied.fine("apply", "--yes")
    after = applied.server.found("programs", "EX_FOLLOW_UP")
    assert after["organisationUnits"] == program["organisationUnits"]
    assert applied.run("plan", "--exit-code").code == 0


def test_the_same_change_made_by_hand_before_needs_no_call(applied: House) -> None:
    """Server and package agree already: nothing is sent, the record takes the new value."""
    applied.server.edit("dataElements", "EX_TEST_DATE", name="Date of the test", shortName="Date of the test")
    applied.change("packages/example/dictionary.yaml", "name: Test taken on", "name: Date of the test")
    assert applied.plan()["changes"] == []
    before = len([each for each in applied.server.requests if "COMMIT" in each.path])
    assert "no changes" in applied.fine("apply", "--yes").out
    assert len([each for each in applied.server.requests if "COMMIT" in each.path]) == before
    recorded = applied.server.kept("record-example")["objects"]["dataElements"].values()
    assert "Date of the test" in [each["fields"]["name"] for each in recorded]


def test_an_object_of_the_same_code_with_another_value_type_is_a_conflict(house: House) -> None:
    """A code only proposes; where the defining fields differ nothing is taken over."""
    house.server.send_metadata(
        dataElements=[
            {
                "id": "HandElemen1",
                "code": "EX_TEST_DATE",
                "name": "Their date",
                "shortName": "Their date",
                "valueType": "TEXT",
                "domainType": "TRACKER",
                "aggregationType": "NONE",
            }
        ]
    )
    before = house.server.everything()
    planned = house.run("plan", "--gate")
    assert planned.code == 4, planned.said
    assert "EX_TEST_DATE" in planned.out
    assert "valueType" in planned.out
    applied = house.run("apply", "--yes", "--allow", "takeover")
    assert applied.code == 4, applied.said
    assert house.server.everything() == before


def test_a_change_by_hand_is_set_back_with_who_and_when(applied: House) -> None:
    """The plan names who saved the object last."""
    applied.server.edit("dataElements", "EX_TEST_DATE", description="Changed")
    assert applied.plan()["changes"] == []
    applied.server.edit("dataElements", "EX_TEST_DATE", valueType="DATETIME")
    plan = applied.plan()
    (change,) = plan["changes"]
    assert (change["before"], change["after"], change["reason"]) == ("DATETIME", "DATE", "changed by hand")
    assert change["author"]["username"] == "admin"
    refused = applied.run("apply", "--yes")
    assert refused.code == 4, refused.said
    applied.fine("apply", "--yes", "--allow", "breaking")
    assert applied.server.found("dataElements", "EX_TEST_DATE")["valueType"] == "DATE"
    assert applied.server.kept("record-example")["allowed"] == ["breaking"]
