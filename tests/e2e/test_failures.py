"""What happens when something breaks: exactly what stands where is said, and the next apply does the rest."""

import json
from typing import Any

import pytest

from dhis2cfg.errors import Unreachable
from dhis2cfg.model.http import Request, Response
from dhis2cfg.pipeline.course.happening import BETWEEN_LOOKS, LOOKS
from tests.e2e.house import URL, House, changes_of, spoilt, without_stamps
from tests.e2e.spoilers import (
    COMMITS,
    TRIES,
    Onwards,
    at,
    cut_after,
    cut_before,
    forbid,
    interrupt,
    json_answer,
    refusal,
    refuse,
)
from tests.e2e.test_changes import with_rule_on_new_element


@pytest.fixture
def two_calls(applied: House) -> House:
    """A release that takes two calls: a new element in a stage, and a rule that hides it."""
    with_rule_on_new_element(applied)
    return applied


def run_of(house: House) -> dict[str, Any]:
    """The last run, as the server keeps it."""
    return dict(house.server.kept("run-example"))


def stood(house: House) -> dict[str, Any]:
    """All metadata, less what every save moves."""
    return dict(without_stamps(house.server.everything()["metadata"]))


def finishes(house: House) -> None:
    """One more apply ends well, and then there is nothing to do, and nothing is unfinished."""
    house.fine("apply", "--yes")
    assert house.run("plan", "--exit-code").code == 0
    assert "as applied" in house.fine("status").out
    assert run_of(house)["phase"] == "done"
    record = house.server.kept("record-example")
    found = {
        each["path"]: each.get("found")
        for several in record["objects"].values()
        for each in several.values()
        if each.get("found")
    }
    assert found == {}, "everything that the runs made is ours"


def test_a_first_call_that_is_refused_writes_nothing(applied: House) -> None:
    """Exit 1, with the server's reason; the run is kept, and says how it ended."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    before = applied.server.everything()["metadata"]
    with spoilt(applied.server, at(1, COMMITS, refuse)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "the server refused call 1; nothing was written" in ran.flat
    assert "E4030 Somebody else was faster" in ran.flat
    assert applied.server.everything()["metadata"] == before
    run = run_of(applied)
    assert (run["phase"], run["steps"], run["done"]) == ("refused", 1, 0)
    assert "unfinished" not in applied.fine("plan").out
    finishes(applied)


def test_a_dry_run_that_is_refused_leaves_no_run_behind(applied: House) -> None:
    """The server tries the plan before anything else: exit 1, and not even a run is written."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    before = applied.server.everything()
    with spoilt(applied.server, at(1, TRIES, refuse)):
        ran = applied.run("plan")
    assert ran.code == 1, ran.said
    assert "E4030" in ran.out
    with spoilt(applied.server, at(1, TRIES, refuse)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "the server's dry run refuses the plan; nothing was written" in ran.flat
    assert applied.server.everything() == before


def test_a_second_call_that_is_refused_is_laid_back(two_calls: House) -> None:
    """Exit 1: which call was refused and why, all as it was before, and which command tries it again."""
    before = stood(two_calls)
    with spoilt(two_calls.server, at(2, COMMITS, refuse)):
        ran = two_calls.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "undone example call 2 of 2 refused; laid back, read back: as it was before" in ran.flat
    assert "E4030 Somebody else was faster" in ran.flat
    assert "undone 1 · in between 0" in ran.flat
    run = run_of(two_calls)
    assert f"dhis2cfg apply --resume {run['id']} -m example" in ran.flat
    assert (run["phase"], run["done"]) == ("undone", 1)
    assert stood(two_calls) == before
    planned = two_calls.fine("plan")
    assert run["id"] not in planned.flat
    assert "1 behind" not in two_calls.fine("status").flat
    finishes(two_calls)


def test_a_second_call_that_cannot_be_tried_is_laid_back(two_calls: House) -> None:
    """The same, where already the dry run of the second call is refused."""
    before = stood(two_calls)
    with spoilt(two_calls.server, at(4, TRIES, refuse)):
        ran = two_calls.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "call 2 of 2 refused; laid back" in ran.flat
    assert stood(two_calls) == before
    finishes(two_calls)


def test_laying_back_that_is_refused_too_leaves_the_server_in_between(two_calls: House) -> None:
    """Exit 9: which call stands, what was refused, what could not be put back, and both commands."""
    with spoilt(two_calls.server, at(2, COMMITS, refuse, always=True)):
        ran = two_calls.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "stands in between: 1 of 2 calls are done" in ran.flat
    assert "call 1 of 2 stands: dataElements/EX_REASON, programStages/EX_FOLLOW_UP/EX_TEST" in ran.flat
    assert (
        "call 2 of 2 was refused, nothing of it stands: programRuleActions/EX_FOLLOW_UP/EX_R_HIDE" in ran.flat
    )
    assert "programStages/EX_FOLLOW_UP/EX_TEST does not stand as before" in ran.flat
    run = run_of(two_calls)
    assert f"dhis2cfg apply --resume {run['id']} -m example" in ran.flat
    assert f"dhis2cfg rollback {run['id']} -m example" in ran.flat
    assert (run["phase"], run["done"]) == ("between", 1)
    planned = two_calls.fine("plan")
    assert f"run {run['id']} of admin" in planned.flat
    assert "ended in between: 1 of 2 calls were done; apply does the rest" in planned.flat
    assert f"run {run['id']} stands between" in two_calls.fine("status").flat
    left = {change[:2] for change in changes_of(two_calls.plan())}
    assert ("dataElements", "EX_REASON") not in left
    assert ("programRules", "EX_FOLLOW_UP/EX_R_HIDE_REASON") in left
    finishes(two_calls)


def test_a_cut_connection_is_no_error_where_the_call_happened(two_calls: House) -> None:
    """The answer was lost, so it is looked whether the call happened; it did."""
    with spoilt(two_calls.server, at(1, COMMITS, cut_after)):
        ran = two_calls.run("-v", "apply", "--yes")
    assert ran.code == 0, ran.said
    assert "call 1: no answer, looking whether it happened" in ran.err
    finishes(two_calls)


def test_a_server_that_is_away_for_a_while_is_waited_for(applied: House) -> None:
    """The answer was lost with the server; when it comes back, the call has happened."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")

    def away(request: Request, onwards: Onwards) -> Response:
        left = 9

        def reads(again: Request, through: Onwards) -> Response:
            nonlocal left
            left -= 1
            return through(again) if left < 0 else cut_before(again, through)

        applied.server.spoiler = reads
        return cut_after(request, onwards)

    with spoilt(applied.server, at(1, COMMITS, away)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 0, ran.said
    finishes(applied)


def test_an_account_that_was_shut_out_in_the_middle(applied: House) -> None:
    """The answer was lost, and then nobody may look any more: in between, and said."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")

    def shut_out(request: Request, onwards: Onwards) -> Response:
        applied.server.spoiler = lambda again, through: json_answer(401, {"message": "Unauthorized"})
        return cut_after(request, onwards)

    with spoilt(applied.server, at(1, COMMITS, shut_out)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "call 1 of 1 had no answer" in ran.flat
    assert "401" in ran.flat
    release_lock(applied)
    finishes(applied)


def test_ctrl_c_while_looking_whether_it_happened(applied: House) -> None:
    """Whoever asks to stop does not wait for the whole minute."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    began = applied.clock.time

    def lost(request: Request, onwards: Onwards) -> Response:
        applied.server.spoiler = at(1, "/api/metadata", interrupt(), method="GET")
        return cut_before(request, onwards)

    with spoilt(applied.server, at(1, COMMITS, lost)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert applied.clock.time - began < LOOKS * BETWEEN_LOOKS / 2
    finishes(applied)


def test_a_link_that_is_sent_again_in_the_second_call(house: House) -> None:
    """The first call makes an attribute without its new option set, then somebody stops: both are ours."""
    made = "{name: Meta, valueType: TEXT, optionSet: EX_RESULT, dataElementAttribute: true, sharing: team}"
    house.change(
        "packages/example/dictionary.yaml", "optionSets:\n", f"attributes:\n  EX_META: {made}\noptionSets:\n"
    )
    house.fine("lock")
    with spoilt(house.server, at(1, COMMITS, interrupt())):
        ran = house.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "call 2 of 2 was not begun: attributes/EX_META" in ran.flat
    (recorded,) = [
        each
        for each in house.server.kept("record-example")["objects"]["attributes"].values()
        if each["path"] == "EX_META"
    ]
    assert "valueType" in recorded["fields"]
    assert "optionSet" not in recorded["fields"]
    plan = house.plan()
    assert changes_of(plan) == {("attributes", "EX_META", "optionSet")}
    finishes(house)


def test_a_record_that_is_gone_after_a_run_that_died(two_calls: House) -> None:
    """Nothing of the run can be told any more; it is planned as at the first time."""

    def lost(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        two_calls.server.spoiler = cut_before
        return answer

    with spoilt(two_calls.server, at(1, COMMITS, lost)):
        assert two_calls.run("apply", "--yes").code == 9
    two_calls.server.call("DELETE", "/api/dataStore/dhis2cfg/record-example")
    release_lock(two_calls)
    assert "was not finished" in two_calls.fine("plan").flat
    two_calls.fine("apply", "--yes")
    assert two_calls.run("plan", "--exit-code").code == 0


def test_a_plan_that_the_server_refuses_once_the_lock_is_held(applied: House) -> None:
    """Somebody was faster, between the plan and the lock: 1, and no run is begun."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    before = applied.server.everything()["metadata"]
    with spoilt(applied.server, at(2, TRIES, refuse)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "the server's dry run refuses the plan; nothing was written" in ran.flat
    assert applied.server.everything()["metadata"] == before
    finishes(applied)


def test_a_cut_connection_where_nothing_can_be_seen_is_laid_back(applied: House) -> None:
    """It is looked for a minute; then what can be seen is laid back, which is nothing."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    began, before = applied.clock.time, stood(applied)
    with spoilt(applied.server, at(1, COMMITS, cut_before)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "call 1 of 1 had no answer, and does not stand as far as can be seen; laid back" in ran.flat
    assert applied.clock.time - began >= (LOOKS - 1) * BETWEEN_LOOKS
    assert stood(applied) == before
    finishes(applied)


def test_a_server_that_is_lost_after_the_first_call(two_calls: House) -> None:
    """Nothing can be written any more; the next plan says so all the same, and apply does the rest."""

    def lost(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        two_calls.server.spoiler = cut_before
        return answer

    with spoilt(two_calls.server, at(1, COMMITS, lost)):
        ran = two_calls.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "call 1 of 2 stands" in ran.flat
    assert "call 2 of 2 was not begun" in ran.flat
    assert "laying back broke off: the connection broke" in ran.flat
    assert "the run could not be written: the connection broke" in ran.flat
    run = run_of(two_calls)
    assert (run["phase"], run["done"]) == ("running", 0)
    assert "was not finished: 0 of 2 calls were done; apply does the rest" in two_calls.fine("plan").flat
    assert f"unfinished run {run['id']}" in two_calls.fine("status").flat
    release_lock(two_calls)
    finishes(two_calls)


def release_lock(house: House) -> None:
    """The lock of the lost machine ends in time; here it is ended."""
    locks = [key for key in house.server.call("GET", "/api/dataStore/dhis2cfg") if "lock-" in key]
    lock = max(locks, key=lambda key: int(key.removeprefix("lock-")))
    claim = house.server.kept(lock)
    house.server.call("PUT", f"/api/dataStore/dhis2cfg/{lock}", {**claim, "state": "released"})


def test_a_run_that_died_after_its_first_apply(house: House) -> None:
    """A machine that was lost in the middle of the very first apply: no record, and yet all of it is ours."""

    def lost(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        house.server.spoiler = cut_before
        return answer

    with spoilt(house.server, at(1, COMMITS, lost)):
        ran = house.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "reading back" not in ran.out
    release_lock(house)
    planned = house.fine("plan")
    assert "no changes" in planned.out
    finishes(house)


def test_what_cannot_be_read_back_is_in_between(applied: House) -> None:
    """Every call was accepted, and nobody saw the end: 9, with the reason."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")

    def no_reads(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        applied.server.spoiler = at(1, "/api/metadata", cut_before, method="GET", always=True)
        return answer

    with spoilt(applied.server, at(1, COMMITS, no_reads)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "call 1 of 1 stands: optionSets/EX_RESULT" in ran.flat
    assert "the connection broke" in ran.flat
    finishes(applied)


def altered(request: Request, onwards: Onwards) -> Response:
    """The server stores something else than it was sent."""
    body = request.body.replace(b'"Result"', b'"Rezult"')
    return onwards(Request(method="POST", path=request.path, headers=request.headers, body=body))


def test_a_residual_is_laid_back_and_names_the_fields(applied: House) -> None:
    """The server accepted the call and stored something else: what does not stand as planned is named."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    before = stood(applied)
    with spoilt(applied.server, at(1, COMMITS, altered)):
        ran = applied.run("apply", "--yes", "--format", "json")
    assert ran.code == 1, ran.said
    (outcome,) = ran.json["outcomes"]
    assert "1 thing does not stand as planned; laid back" in outcome["message"]
    assert outcome["details"] == ["optionSets/EX_RESULT name"]
    assert stood(applied) == before
    finishes(applied)


def test_a_call_that_wrote_something_though_it_was_refused_is_laid_back(applied: House) -> None:
    """An inner WARNING says that objects without errors were committed: that is not nothing."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    before = stood(applied)

    def warned(request: Request, onwards: Onwards) -> Response:
        onwards(request)
        report = json.loads(refusal().body)
        report["response"]["status"] = "WARNING"
        report["response"]["stats"]["updated"] = 1
        return json_answer(409, report)

    with spoilt(applied.server, at(1, COMMITS, warned)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "call 1 of 1 refused in part; laid back" in ran.flat
    assert stood(applied) == before
    finishes(applied)


def test_a_run_that_cannot_be_written_is_not_begun(applied: House) -> None:
    """The run stands on the server before the first call does, or there is no call."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    with spoilt(applied.server, at(1, "run-example", forbid, method="PUT", always=True)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "refused to write the key run-example: 403" in ran.flat
    assert applied.server.found("optionSets", "EX_RESULT")["name"] == "Test result"
    finishes(applied)


def test_the_first_call_that_cannot_be_tried_is_an_error_of_its_own(applied: House) -> None:
    """Nothing can have been written: exit 8, and the run says that it failed."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    with spoilt(applied.server, at(3, TRIES, cut_before)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 8, ran.said
    assert "the connection broke" in ran.flat
    assert (run_of(applied)["phase"], run_of(applied)["done"]) == ("failed", 0)
    finishes(applied)


def test_ctrl_c_between_two_calls_is_in_between(two_calls: House) -> None:
    """The call that is under way is finished, the next not begun."""
    with spoilt(two_calls.server, at(1, COMMITS, interrupt())):
        ran = two_calls.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "Stopping after this step. Once more to stop at once." in ran.err
    assert "call 1 of 2 stands" in ran.flat
    assert "call 2 of 2 was not begun" in ran.flat
    finishes(two_calls)


def test_ctrl_c_twice_in_the_middle_of_a_call(two_calls: House) -> None:
    """Nobody knows what became of the call under way: 9, and the next apply finishes it."""
    with spoilt(two_calls.server, at(2, COMMITS, interrupt(times=2))):
        ran = two_calls.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "call 1 of 2 stands" in ran.flat
    assert "call 2 of 2 was under way, and nobody knows whether it happened" in ran.flat
    finishes(two_calls)


def test_ctrl_c_before_the_first_call_writes_nothing(two_calls: House) -> None:
    """Nothing stands in between: 130."""
    before = two_calls.server.everything()["metadata"]
    with spoilt(two_calls.server, at(1, "/api/dataStore/dhis2cfg/lock-", interrupt())):
        ran = two_calls.run("apply", "--yes")
    assert ran.code == 130, ran.said
    assert "stopped; nothing was written" in ran.flat
    assert two_calls.server.everything()["metadata"] == before
    finishes(two_calls)


def test_ctrl_c_while_planning(house: House) -> None:
    """Nothing was under way: 130, in one word."""

    def pressed(request: Request, onwards: Onwards) -> Response:
        del request, onwards
        raise KeyboardInterrupt

    with spoilt(house.server, pressed):
        ran = house.run("plan")
    assert ran.code == 130, ran.said
    assert ran.err == "Stopped.\n"


@pytest.fixture
def three(bare: House) -> House:
    """Three municipalities, each with a fresh server."""
    for name, number in (("second", "0002"), ("third", "0003")):
        bare.municipality(name, URL.replace("8081", f"808{number[-1]}"), number)
    for port in (8081, 8082, 8083):
        bare.serve(f"http://127.0.0.1:{port}")
    return bare


def down(request: Request, onwards: Onwards) -> Response:
    """Nobody listens."""
    del request, onwards
    raise Unreachable("nobody answers")


def test_ctrl_c_in_the_first_of_three_leaves_the_others_untouched(three: House) -> None:
    """The first is finished, the others are not begun: 130, and both are said."""
    with spoilt(three.servers[URL], at(1, COMMITS, interrupt())):
        ran = three.run("apply", "--all", "--yes")
    assert ran.code == 130, ran.said
    assert "not begun second not begun third" in ran.flat
    assert three.run("plan", "-m", "example", "--exit-code").code == 0
    assert not three.servers["http://127.0.0.1:8082"].has_keys()


def test_one_of_three_servers_that_is_down(three: House) -> None:
    """Plan and status show the others all the same: 5; apply changes them: 5."""
    with spoilt(three.servers["http://127.0.0.1:8082"], down):
        planned = three.run("plan")
        assert planned.code == 5, planned.said
        assert "example, third" in planned.out
        assert "nobody answers" in planned.flat
        status = three.run("status")
        assert status.code == 5, status.said
        assert "never applied" in status.out
        applied = three.run("apply", "--all", "--yes")
        assert applied.code == 5, applied.said
        assert "changed 2" in applied.flat
        assert "failed 1" in applied.flat
    assert three.run("plan", "-m", "second", "--exit-code").code == 2
    assert three.run("plan", "--exclude", "second", "--exit-code").code == 0


def test_no_server_answers(three: House) -> None:
    """The common code: 8."""
    for server in three.servers.values():
        server.spoiler = down
    for arguments in (["plan"], ["status"], ["apply", "--all", "--yes"], ["doctor"]):
        ran = three.run(*arguments)
        assert ran.code == 8, ran.said


def test_one_of_three_that_stands_between_is_the_code_of_all(three: House) -> None:
    """9 must wake somebody, whatever became of the others."""

    def lost(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        three.servers["http://127.0.0.1:8082"].spoiler = cut_before
        return answer

    with spoilt(three.servers["http://127.0.0.1:8082"], at(1, COMMITS, lost)):
        ran = three.run("apply", "--all", "--yes")
    assert ran.code == 9, ran.said
    assert "changed 2" in ran.flat
    assert "in between 1" in ran.flat


def test_a_stopped_run_whose_record_cannot_be_written(two_calls: House) -> None:
    """What was made counts as ours all the same, for the run says so."""
    stops = at(1, COMMITS, interrupt())

    def both(request: Request, onwards: Onwards) -> Response:
        if request.method == "PUT" and "record-example" in request.path:
            return forbid(request, onwards)
        return stops(request, onwards)

    with spoilt(two_calls.server, both):
        ran = two_calls.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "the record could not be written" in ran.flat
    finishes(two_calls)
