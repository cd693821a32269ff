"""What apply refuses: the unseen, the missing, what is not built yet, what needs a word, limits exceeded."""

from typing import Any

import pytest

from dhis2cfg.model.names import Uid, Username
from dhis2cfg.model.state import DesiredObject, Formula, Value
from tests.unit.plan.planning import Standing, applied, others, plan_of, shared, thing

ELEMENT = "DeElement01"


def element(**more: Value) -> Any:
    """An element of ours."""
    return thing("dataElements/E", ELEMENT, **{"name": "E", "valueType": "TEXT", **more})


def test_a_part_goes_with_its_parent_unless_it_was_edited() -> None:
    """An action left out of its rule is removed by the rule's own call; an edited one is a conflict."""
    server = Standing()
    action = thing("programRuleActions/P/R/HIDE", "ActionActi1", programRuleActionType="HIDEFIELD")
    rule = thing(
        "programRules/P/R", "RuleRule001", name="R", condition="true", programRuleActions=(action.ref,)
    )
    record = applied([rule, action], server)
    without = thing("programRules/P/R", "RuleRule001", name="R", condition="true", programRuleActions=())
    made = plan_of([without], server, record)
    assert made.told == [("programRuleActions[P/R/HIDE]", "no longer in the package", True, None)]
    assert made.refused == []
    assert made.plan.notes == ("goes with its parent: programRuleActions/P/R/HIDE",)
    server.edit("programRuleActions", "ActionActi1", programRuleActionType="SHOWERROR")
    assert plan_of([without], server, record).refused == [
        ("conflict", "programRuleActions/P/R/HIDE is to go and was edited by hand")
    ]


def test_what_is_hidden_is_neither_made_nor_changed() -> None:
    """It exists and may not be read: nothing is planned, and apply refuses."""
    server = Standing(hidden={("dataElements", ELEMENT)}, authorities=("F_X",))
    made = plan_of([element()], server)
    assert made.plan.changes == ()
    assert made.plan.steps == ()
    assert made.refused == [
        ("", f"dataElements {ELEMENT} exists on the server, but this account may not see it")
    ]
    assert made.plan.notes == ("seen as robot, who may not see everything",)


def test_what_is_hidden_and_dropped_stays_recorded() -> None:
    """Nobody knows whether it is gone, so it is not forgotten."""
    server = Standing()
    record = applied([element()], server)
    server.hidden.add(("dataElements", ELEMENT))
    made = plan_of([], server, record)
    assert made.record.objects == record.objects
    assert made.plan.notes == (
        "unknown: dataElements/E is no longer in the package, and this account may not see it",
    )
    assert plan_of([element()], server, record).record.objects == record.objects


def test_foreign_objects_must_stand_and_be_seen() -> None:
    """`{id: …}` names what exists on the server."""
    group = thing(
        "dataElementGroups/G", "GroupGroup1", name="G", dataElements=others("dataElements", ELEMENT)
    )
    server = Standing()
    assert plan_of([group], server).refused == [("", f"dataElements {ELEMENT} does not exist on the server")]
    server.hidden.add(("dataElements", ELEMENT))
    assert plan_of([group], server).refused == [
        ("", f"dataElements {ELEMENT} exists on the server, but this account may not see it")
    ]


def test_users_must_exist() -> None:
    """Members are existing usernames; a missing one is named."""
    group = thing("userGroups/G", "GroupGroup1", name="G", users=(Username("kari01"), Username("ola02")))
    made = plan_of([group], Standing(users={"kari01": "UserKari001"}))
    assert made.refused == [("", "there is no user ola02 on the server")]
    assert "users[kari01]" in made.plan.changes[0].after


def test_words_are_counted_with_their_first_place() -> None:
    """Takeover and access each want their word, once for all their changes."""
    server = Standing()
    server.put("dataElements", ELEMENT, name="Other", valueType="TEXT", sharing={"public": "--------"})
    made = plan_of([element(sharing=shared("rw------"), description="D")], server)
    assert made.refused == [
        ("takeover", "--allow takeover is missing (2 changes)"),
        ("access", "--allow access is missing (1 change)"),
    ]
    assert made.plan.refusals[1].changes == (("dataElements", "E", "sharing.public"),)


def group_of(*uids: str) -> Any:
    """A group of ours with members."""
    return thing("dataElementGroups/G", "GroupGroup1", name="G", dataElements=others("dataElements", *uids))


LIMITS = [
    ({"max_delete": 1}, "max_delete", "2 things would go, and max_delete is 1"),
    ({"max_delete": 2}, None, ""),
    (
        {"max_delete_percent": 40},
        "max_delete_percent",
        "1 of 2 objects (50 %) would lose something or go, and max_delete_percent is 40",
    ),
    ({"max_delete_percent": 50}, None, ""),
    ({"max_update": 0}, "max_update", "1 objects would change, and max_update is 0"),
    (
        {"max_update_percent": 49},
        "max_update_percent",
        "1 of 2 objects (50 %) would change, and max_update_percent is 49",
    ),
    ({"something_else": 0}, None, ""),
]


@pytest.mark.parametrize(("limits", "word", "message"), LIMITS)
def test_a_municipality_limits_what_one_apply_may_do(
    limits: dict[str, int], word: str | None, message: str
) -> None:
    """A limit exceeded is a refusal of its own word, with what would go."""
    server = Standing()
    for uid in ("DeMember001", "DeMember002", "DeMember003"):
        server.put("dataElements", uid, name=uid)
    both = [element(), group_of("DeMember001", "DeMember002", "DeMember003")]
    record = applied(both, server)
    made = plan_of([element(), group_of("DeMember001")], server, record, thresholds=limits)
    assert made.refused == ([(word, message)] if word else [])


def test_a_first_apply_exceeds_no_limit() -> None:
    """What is made is neither changed nor gone."""
    limits = {"max_delete": 0, "max_delete_percent": 0, "max_update": 0, "max_update_percent": 0}
    assert plan_of([element()], Standing(), thresholds=limits).refused == []


def test_an_unknown_username_is_no_uid() -> None:
    """The plan can be read, and says who is missing, before any UID is known."""
    made = plan_of([element(sharing=shared(None))], Standing())
    assert made.refused == []
    assert made.body(ELEMENT)["sharing"]["public"] == "--------"
    assert made.known.uid(element().ref) == Uid(ELEMENT)


def test_a_value_that_a_stranger_holds_is_refused() -> None:
    """A code that moves to one which something of the municipality's has."""
    server = Standing()
    record = applied([element(code="E")], server)
    server.put("dataElements", "DeStranger1", name="Stranger", code="F")
    group = group_of("DeStranger1")
    made = plan_of([element(code="F"), group], server, record)
    assert made.refused == [("", "dataElements/E wants the code “F”, which DeStranger1 on the server has")]


def test_what_was_merged_into_another_is_not_made_again_silently() -> None:
    """All that referred to ours refers to one other object now: a conflict that names it."""
    server = Standing()
    server.put("optionSets", "SetOther001", name="Their set")
    server.put("dataElements", "DeOther0001", name="Other")
    option_set = thing("optionSets/S", "OptionSet01", name="S")
    users = [
        thing(f"dataElements/{key}", f"DeElemen{key}", name=key, optionSet=option_set.ref)
        for key in ("E01", "E02")
    ]
    record = applied([option_set, *users], server)
    server.remove("optionSets", "OptionSet01")
    for key in ("E01", "E02"):
        server.edit("dataElements", f"DeElemen{key}", optionSet={"id": "SetOther001"})
    words = dict(plan_of([option_set, *users], server, record).refused)
    assert words["conflict"] == "optionSets/S was merged into id:SetOther001 (SetOther001) on the server"
    server.edit("dataElements", "DeElemenE02", optionSet=None)
    assert "conflict" not in dict(plan_of([option_set, *users], server, record).refused)


def test_a_member_that_was_merged_is_found_through_its_lists() -> None:
    """A group that now lists another element in its place."""
    server = Standing()
    for uid in ("DeOther0001", "DeMember001"):
        server.put("dataElements", uid, name="Other")
    members = (element().ref, *others("dataElements", "DeMember001"))
    group = thing("dataElementGroups/G", "GroupGroup1", name="G", dataElements=members)
    record = applied([element(), group], server)
    server.remove("dataElements", ELEMENT)
    now = [{"id": "DeOther0001"}, {"id": "DeMember001"}]
    server.edit("dataElementGroups", "GroupGroup1", dataElements=now)
    assert plan_of([element(), group], server, record).refused == [
        ("conflict", "dataElements/E was merged into Other (DeOther0001) on the server")
    ]
    server.edit("dataElementGroups", "GroupGroup1", dataElements=now[1:])
    assert plan_of([element(), group], server, record).refused == []


def test_what_a_server_takes_once_only_is_never_changed() -> None:
    """An action that sends a notification, from 2.42 on: refused by name; on 2.41, or new, it is sent."""
    template = others("programNotificationTemplates", "TemplateNo1")[0]

    def action(words: str) -> DesiredObject:
        sends = Formula(parts=(template,))
        return thing("programRuleActions/P/R/SEND", "ActionSend1", templateUid=sends, content=words)

    for version, refused in (("2.41", []), ("2.42", [("", REFUSED)])):
        server = Standing(version=version)
        server.put("programNotificationTemplates", "TemplateNo1", name="N")
        record = applied([action("one")], server)
        assert plan_of([action("two")], server, record).refused == refused


REFUSED = "programRuleActions/P/R/SEND cannot be changed: DHIS2 2.42 does not save it again"
