"""Each kind of step on the embedded servers of three versions, and answers that say little."""

from collections.abc import Mapping
from typing import Any

import pytest

from dhis2cfg.dhis2.client import Dhis2Server
from dhis2cfg.dhis2.importing import ImportMode, Strategy, import_path
from dhis2cfg.dhis2.performing.perform import IN_TURN
from dhis2cfg.errors import Dhis2cfgError, NeverSent, Unreachable
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import StepKind
from dhis2cfg.model.questions import Answers, Questions, SettingName
from tests.unit.dhis2.fakes import Answer, FakeTransport, a_call, json_answer, page
from tests.unit.dhis2.test_client import a_server, basics
from tests.unit.dhis2.test_with_sandbox import GROUP, A, B, Server, element
from tests.unit.dhis2.test_with_sandbox import server as server  # noqa: PLC0414 - the fixture

DELETE = f"POST {import_path(ImportMode.COMMIT, Strategy.DELETE)}"
STANDS = (
    "GET /api/metadata?options:filter=id:eq:Option00001&options:fields=id&defaults=INCLUDE&skipSharing=true"
)
THERE = json_answer({"options": [{"id": "Option00001"}]})
GONE = json_answer({})
OPTION = {"options": [{"id": "Option00001"}]}


def test_every_kind_has_a_road() -> None:
    """What is neither an import nor an endpoint of its own is requests in turn."""
    others = {StepKind.CALL, StepKind.DELETE, StepKind.MAINTENANCE, StepKind.OWN}
    assert set(StepKind) - set(IN_TURN) == others


def live(made: Server, type_name: str, uid: Uid) -> Any:
    """One object as it stands, or None."""
    answers = made.connect().server.answer(Questions(objects={type_name: (uid,)}), Answers())
    return answers.objects[type_name][uid]


def test_sharing_is_put_with_its_owner(server: Server) -> None:
    """The owner is another one afterwards, and all else as it was sent."""
    performing = server.connect().server
    other = {"id": "ZzUser00001", "username": "ola", "firstName": "O", "surname": "N"}
    role = {"id": "ZzRole00001", "name": "R", "authorities": ["F_X"]}
    user = {**other, "password": "Ola-2026-xyz", "userRoles": [{"id": role["id"]}]}
    assert performing.perform(a_call({"userRoles": [role], "users": [user]})).ok
    sharing = {"owner": other["id"], "public": "r-------", "userGroups": {}, "users": {}}
    report = performing.perform(a_call({"dataElements": [{"id": A, "sharing": sharing}]}, StepKind.SHARING))
    assert (report.ok, report.committed, report.stats) == (True, True, {"updated": 1, "total": 1})
    found = live(server, "dataElements", A)["sharing"]
    assert (found["owner"], found["public"], found["userGroups"]) == (other["id"], "r-------", {})


@pytest.mark.parametrize(
    "sharing", [{"public": "r-------"}, {"owner": "ZzUser00001"}, {"owner": "", "public": "r-------"}]
)
def test_sharing_without_owner_or_public_is_never_sent(sharing: Mapping[str, str]) -> None:
    """Without an owner a private object is everybody's; nothing of the step is sent."""
    performing, transport = a_server(basics())
    items = [
        {"id": "Option00002", "sharing": {"owner": "x", "public": "--------"}},
        {"id": "Option00001", "sharing": sharing},
    ]
    with pytest.raises(Dhis2cfgError, match="would be sent without owner or public access"):
        performing.perform(a_call({"options": items}, StepKind.SHARING))
    assert all(request.method == "GET" for request in transport.requests)


def test_settings_are_set_and_taken_away(server: Server) -> None:
    """Values together, texts by locale, entries of the data store; None gives the default back."""
    performing = server.connect().server
    title, count = SettingName("systemSettings", "applicationTitle"), SettingName("dataStore", "ours/count")
    text = SettingName("systemSettings", "applicationTitle", "nb")
    body = {
        "systemSettings": [{"id": "applicationTitle", "value": "Ours", "texts": {"nb": "Vår"}}],
        "dataStore": [{"id": "ours/count", "value": 5}],
    }
    report = performing.perform(a_call(body, StepKind.SETTING))
    assert (report.ok, report.stats["total"]) == (True, 3)
    told = performing.answer(Questions(settings=(title, count, text)), Answers()).settings
    assert told == {title: "Ours", count: 5, text: "Vår"}
    gone = {
        "systemSettings": [{"id": "applicationTitle", "value": None}],
        "dataStore": [{"id": "ours/count", "value": None}],
    }
    assert performing.perform(a_call(gone, StepKind.SETTING)).stats["deleted"] == 2
    told = performing.answer(Questions(settings=(title, count)), Answers()).settings
    assert told == {title: "DHIS 2", count: None}
    assert performing.perform(a_call(gone, StepKind.SETTING)).ok


def test_a_text_of_a_locale_is_taken_away() -> None:
    """By the locale's own address."""
    asked = "DELETE /api/systemSettings/keyFlag?locale=nb"
    performing, transport = a_server({**basics(), asked: json_answer(None, 204)})
    body = {"systemSettings": [{"id": "keyFlag", "texts": {"nb": None}}]}
    assert performing.perform(a_call(body, StepKind.SETTING)).ok
    assert asked in transport.asked


def test_a_setting_that_is_refused(server: Server) -> None:
    """The server's own words, with the key; nothing of the step stands."""
    body = {"systemSettings": [{"id": "keyNoSuch", "value": "x"}]}
    report = server.connect().server.perform(a_call(body, StepKind.SETTING))
    assert (report.ok, report.committed) == (False, False)
    assert [(each.type, each.uid) for each in report.errors] == [("systemSettings", "keyNoSuch")]


def test_upkeep(server: Server) -> None:
    """The server is asked to put its levels in order; its answer may be empty."""
    report = server.connect().server.perform(
        a_call({"maintenance": [{"id": "ouPathsUpdate"}]}, StepKind.MAINTENANCE)
    )
    assert (report.ok, report.stats["total"]) == (True, 1)


UPKEEP = "POST /api/maintenance/categoryOptionComboUpdate"
COUNTED = (
    "GET /api/categoryCombos?filter=id:in:[ComboCombo1]"
    "&fields=id,name,categories[categoryOptions~size],categoryOptionCombos~size&paging=false"
)


@pytest.mark.parametrize(
    ("answer", "ok", "committed", "message"),
    [
        ((2, 3, 6), True, True, ""),
        ((2, 3, 7), True, True, ""),
        ((2, 3, 5), False, True, "the server made 5 of 6 option combinations of Sex and age"),
        (None, False, None, "broke"),
    ],
)
def test_combinations_are_counted(
    *, answer: tuple[int, int, int] | None, ok: bool, committed: bool | None, message: str
) -> None:
    """After the upkeep there are as many as the options of the categories give, or more of old ones."""
    counted: Answer = Unreachable("broke")
    if answer is not None:
        categories = [{"categoryOptions": each} for each in answer[:2]]
        combo = {"id": "ComboCombo1", "name": "Sex and age", "categories": categories}
        counted = json_answer({"categoryCombos": [{**combo, "categoryOptionCombos": answer[2]}]})
    performing, _ = a_server({**basics(), UPKEEP: json_answer(None, 204), COUNTED: counted})
    body = {"maintenance": [{"id": "categoryOptionComboUpdate", "categoryCombos": ["ComboCombo1"]}]}
    report = performing.perform(a_call(body, StepKind.MAINTENANCE))
    assert (report.ok, report.committed, report.message) == (ok, committed, message)


def test_upkeep_that_is_refused_counts_nothing() -> None:
    """An account that may not ask for it."""
    performing, transport = a_server({**basics(), UPKEEP: json_answer({"message": "no"}, 403)})
    body = {"maintenance": [{"id": "categoryOptionComboUpdate", "categoryCombos": ["ComboCombo1"]}]}
    assert performing.perform(a_call(body, StepKind.MAINTENANCE)).message == "no"
    assert COUNTED not in transport.asked


def test_no_other_upkeep_is_ever_asked_for() -> None:
    """Some maintenance takes data away."""
    performing, transport = a_server(basics())
    with pytest.raises(Dhis2cfgError, match="no step may ask a server for softDeletedEventRemoval"):
        performing.perform(a_call({"maintenance": [{"id": "softDeletedEventRemoval"}]}, StepKind.MAINTENANCE))
    assert all(request.method == "GET" for request in transport.requests)


def test_objects_by_their_own_endpoint(server: Server) -> None:
    """Made where they are not there, with translations; else put in place, a map emptied first."""
    performing = server.connect().server
    indicator = {"id": "ZzIndicator", "name": "I", "shortName": "I", "numerator": "1", "denominator": "1"}
    types = {"id": "ZzIndType01", "name": "T", "factor": 1}
    body = {"indicatorTypes": [types], "indicators": [{**indicator, "indicatorType": {"id": types["id"]}}]}
    assert performing.perform(a_call(body)).ok
    item = {"dataDimensionItemType": "INDICATOR", "indicator": {"id": "ZzIndicator"}}
    view = {
        "id": "ZzMapView01",
        "name": "V",
        "layer": "thematic",
        "columnDimensions": ["dx"],
        "dataDimensionItems": [item],
    }
    translations = [{"locale": "nb", "property": "NAME", "value": "Kart"}]
    sharing = {"public": "--------", "userGroups": {}, "users": {}}
    made = {"id": "ZzMap000001", "name": "M", "mapViews": [view], "translations": translations}
    step = a_call({"maps": [{**made, "sharing": sharing}]}, StepKind.OWN)
    report = performing.perform(step)
    assert (report.ok, report.stats) == (True, {"created": 1, "updated": 1, "total": 2}), report
    found = live(server, "maps", Uid("ZzMap000001"))
    assert [each["value"] for each in found["translations"]] == ["Kart"]
    assert found["mapViews"][0]["id"] == "ZzMapView01"
    report = performing.perform(a_call({"maps": [{**found, "name": "N"}]}, StepKind.OWN))
    assert (report.ok, report.stats) == (True, {"updated": 2, "total": 2}), report
    found = live(server, "maps", Uid("ZzMap000001"))
    assert (found["name"], found["mapViews"][0]["id"]) == ("N", "ZzMapView01")


def test_an_object_without_translations_is_made_in_one_request(server: Server) -> None:
    """And one that has no views is put in place in one."""
    performing = server.connect().server
    step = a_call({"dataElements": [element(Uid("ZzElement0C"), "ZZ_C")]}, StepKind.OWN)
    assert performing.perform(step).stats == {"created": 1, "total": 1}
    assert performing.perform(step).stats == {"updated": 1, "total": 1}


def test_deletions(server: Server) -> None:
    """What stands is deleted; what is gone already is no error; nothing to delete is nothing to send."""
    performing = server.connect().server
    step = a_call({"dataElements": [{"id": A}, {"id": B}]}, StepKind.DELETE)
    report = performing.perform(step)
    assert (report.ok, report.committed, report.stats["deleted"]) == (True, True, 2)
    assert live(server, "dataElements", A) is None
    report = performing.perform(step)
    assert (report.ok, report.committed, report.stats["total"]) == (True, False, 0)


def test_a_deletion_of_what_is_used_may_have_detached_things(server: Server) -> None:
    """E4030 is found while the server deletes: what was before it is gone, so part of it stands."""
    performing = server.connect().server
    parent = {"id": "ZzUnit00001", "name": "U", "shortName": "U", "openingDate": "2020-01-01"}
    child = {**parent, "id": "ZzUnit00002", "name": "V", "parent": {"id": "ZzUnit00001"}}
    assert performing.perform(a_call({"organisationUnits": [parent, child]})).ok
    report = performing.perform(a_call({"organisationUnits": [{"id": "ZzUnit00001"}]}, StepKind.DELETE))
    assert (report.ok, report.committed) == (False, True)
    assert [each.code for each in report.errors] == ["E4030"]
    assert live(server, "userGroups", GROUP) is not None


@pytest.mark.parametrize(
    ("answer", "after", "ok", "committed", "times"),
    [
        (json_answer({"message": "no Session"}, 500), GONE, True, True, 1),
        (json_answer({"message": "no Session"}, 500), THERE, False, False, 3),
        (Unreachable("broke"), GONE, True, True, 1),
        (Unreachable("broke"), THERE, False, None, 1),
        (Unreachable("broke"), NeverSent("down"), False, None, 1),
        (json_answer({"message": "no"}, 409), NeverSent("down"), False, None, 1),
        (NeverSent("down"), THERE, False, False, 1),
    ],
)
def test_a_deletion_is_looked_at(
    answer: Answer, after: Answer, *, ok: bool, committed: bool | None, times: int
) -> None:
    """2.43 answers 500 to deletions that it has done: what the server shows decides, if it shows anything."""
    performing, transport = a_server({**basics(), STANDS: [THERE, after], DELETE: answer})
    report = performing.perform(a_call(OPTION, StepKind.DELETE))
    assert (report.ok, report.committed) == (ok, committed)
    assert transport.asked.count(DELETE) == times


def test_what_cannot_go_together_goes_one_by_one() -> None:
    """Groups that manage each other: the whole is refused, each alone is not."""
    both = "GET /api/metadata?options:filter=id:in:[Option00002,Option00001]&options:fields=id"
    tail = "&defaults=INCLUDE&skipSharing=true"
    two = json_answer({"options": [{"id": "Option00001"}, {"id": "Option00002"}]})
    done = {"status": "OK", "stats": {"deleted": 1, "total": 1}, "typeReports": []}
    answers: dict[str, Answer | list[Answer]] = {
        **basics(),
        both + tail: [two, two, GONE],
        DELETE: [json_answer({"message": "rollback-only"}, 500), json_answer({"response": done})],
    }
    performing, transport = a_server(answers)
    body = {"options": [{"id": "Option00002"}, {"id": "Option00001"}]}
    report = performing.perform(a_call(body, StepKind.DELETE))
    assert (report.ok, report.committed, report.stats) == (True, True, {"deleted": 2, "total": 2})
    sent = [request.body for request in transport.requests if "DELETE" in request.path]
    assert [each.count(b"Option") for each in sent] == [2, 1, 1]
    assert b"Option00002" in sent[1]


def test_what_goes_at_the_second_turn(server: Server) -> None:
    """A legend set in use is refused once, has lost its users by that, and goes then (facts §19.19)."""
    performing = server.connect().server
    legends = {"id": "ZzLegends01", "name": "L", "legends": []}
    shown = {**element(Uid("ZzElement0D"), "ZZ_D"), "legendSets": [{"id": legends["id"]}]}
    assert performing.perform(a_call({"legendSets": [legends]})).ok
    assert performing.perform(a_call({"dataElements": [shown]})).ok
    report = performing.perform(a_call({"legendSets": [{"id": "ZzLegends01"}]}, StepKind.DELETE))
    assert (report.ok, report.committed, report.stats["deleted"]) == (True, True, 1)


PUT = "PUT /api/options/Option00001/sharing"
SHARED = {"options": [{"id": "Option00001", "sharing": {"owner": "x", "public": "--------"}}]}


@pytest.mark.parametrize(
    ("answer", "committed", "message"),
    [
        (Unreachable("broke"), None, "broke"),
        (NeverSent("down"), False, "down"),
        (json_answer({"message": "no", "errorCode": "E3016"}, 403), False, "no"),
        (json_answer({"message": "busy"}, 503), None, "busy"),
        (page(), None, "the server said 200"),
        (page(403), None, "the server said 403"),
        (json_answer({}, 429), None, "the server said 429"),
        (json_answer([], 409), False, "the server said 409"),
        (
            json_answer({"message": "so", "response": {"errorReports": [{"errorCode": "E4030"}]}}, 409),
            False,
            "so",
        ),
    ],
)
def test_one_of_several_requests_that_is_not_taken(
    answer: Answer, *, committed: bool | None, message: str
) -> None:
    """Whether something stands is told, or that nobody knows."""
    performing, transport = a_server({**basics(), PUT: answer})
    report = performing.perform(a_call(SHARED, StepKind.SHARING))
    assert (report.ok, report.committed, report.message) == (False, committed, message)
    assert transport.asked.count(PUT) == 1


def test_after_one_that_was_taken_a_refusal_leaves_part_of_the_step() -> None:
    """The first object has its sharing; the second is refused."""
    first, second = PUT.replace("1/", "2/"), PUT
    answers: dict[str, Answer | list[Answer]] = {
        **basics(),
        first: json_answer(None, 204),
        second: json_answer({"message": "no"}, 409),
    }
    performing, _ = a_server(answers)
    items = [{**SHARED["options"][0], "id": "Option00002"}, SHARED["options"][0]]
    report = performing.perform(a_call({"options": items}, StepKind.SHARING))
    assert (report.ok, report.committed, report.stats) == (False, True, {"updated": 1, "total": 1})


def test_nothing_is_sent_before_the_version_is_known() -> None:
    """A server without a catalogue gets no step of any kind."""
    performing: Dhis2Server
    transport: FakeTransport
    performing, transport = a_server(basics("2.99.0"))
    with pytest.raises(Dhis2cfgError):
        performing.perform(a_call(SHARED, StepKind.SHARING))
    assert all(request.method == "GET" for request in transport.requests)
