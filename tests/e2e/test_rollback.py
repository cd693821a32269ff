"""rollback and apply --resume: a run is undone or finished, edits made since survive, nothing is lost."""

from typing import Any

import pytest

from dhis2cfg.model.http import Request, Response
from tests.e2e.house import House, spoilt, without_stamps
from tests.e2e.spoilers import COMMITS, Onwards, at, cut_before, forbid, interrupt, refuse
from tests.e2e.test_changes import with_rule_on_new_element
from tests.e2e.test_failures import altered, release_lock
from tests.e2e.test_unlock import lock

DICTIONARY = "packages/example/dictionary.yaml"


@pytest.fixture
def released(applied: House) -> House:
    """A release with new objects and changed ones, applied."""
    with_rule_on_new_element(applied)
    applied.change(DICTIONARY, "name: Test result", "name: Result")
    applied.fine("apply", "--yes")
    return applied


def stood(house: House) -> Any:
    """All metadata, less what every save moves."""
    return without_stamps(house.server.everything()["metadata"])


def run_of(house: House) -> str:
    """The name of the last run."""
    return str(house.server.kept("run-example")["id"])


def test_a_run_is_rolled_back(applied: House) -> None:
    """Shown, done, read back; status says so, and the same files want a word of their own."""
    before, record = stood(applied), applied.server.kept("record-example")
    with_rule_on_new_element(applied)
    done = applied.fine("apply", "--yes")
    run = run_of(applied)
    assert f"Undo what was done: dhis2cfg rollback {run}" in done.out
    assert "still to do: run the analytics tables" in done.flat
    ran = applied.fine("rollback", run, "--yes")
    assert "rolled back example read back: as it was before the run" in ran.flat
    assert "1 object put back as before: programStages/EX_FOLLOW_UP/EX_TEST" in ran.flat
    assert "3 objects made by it, deleted again: dataElements/EX_REASON" in ran.flat
    assert stood(applied) == before
    kept = applied.server.kept("record-example")
    assert kept.pop("undone")["run"] == run
    assert kept == record
    assert "rolled back from example 0.1.0" in applied.fine("status").flat
    refused = applied.run("apply", "--yes")
    assert refused.code == 4, refused.said
    assert f"example 0.1.0 was rolled back (run {run}), and the files are the same" in refused.flat
    assert "As it stands apply refuses it: --again is missing." in applied.fine("plan").flat
    applied.fine("apply", "--yes", "--again")
    assert "rolled back" not in applied.fine("status").flat
    assert "nothing of run" in applied.fine("rollback", run, "--yes").flat


def test_edits_made_since_survive_a_rollback(released: House) -> None:
    """Another field of the same object, and another object: both stay as somebody left them."""
    released.server.edit("optionSets", "EX_RESULT", description="Our own words")
    released.server.edit("dataElements", "EX_TEST_DATE", description="Ours too")
    ran = released.fine("rollback", run_of(released), "--yes", "--format", "json")
    assert ran.json["outcomes"][0]["result"] == "rolled back"
    found = released.server.found("optionSets", "EX_RESULT")
    assert (found["name"], found["description"]) == ("Test result", "Our own words")
    assert released.server.found("dataElements", "EX_TEST_DATE")["description"] == "Ours too"


def test_the_same_field_edited_since_is_a_conflict(released: House) -> None:
    """Both values are shown and nothing is written; a word sets it back all the same."""
    released.server.edit("optionSets", "EX_RESULT", name="Outcome")
    before = stood(released)
    run = run_of(released)
    ran = released.run("rollback", run, "--yes")
    assert ran.code == 4, ran.said
    assert (
        "optionSets/EX_RESULT name was edited since: “Result” → “Outcome”; it was “Test result”" in ran.flat
    )
    assert f"dhis2cfg rollback {run} -m example --allow conflict" in ran.flat
    assert stood(released) == before
    released.fine("rollback", run, "--yes", "--allow", "conflict")
    assert released.server.found("optionSets", "EX_RESULT")["name"] == "Test result"


def test_what_the_run_made_is_not_deleted_over_somebodys_additions(released: House) -> None:
    """A field that somebody filled in on a new element, and a group that it is in now."""
    element = released.server.found("dataElements", "EX_REASON")
    released.server.edit("dataElements", "EX_REASON", description="Why we tested")
    group = {
        "id": "HandGroup01",
        "name": "Ours",
        "shortName": "Ours",
        "dataElements": [{"id": element["id"]}],
    }
    released.server.send_metadata(dataElementGroups=[group])
    ran = released.run("rollback", run_of(released), "--yes")
    assert ran.code == 4, ran.said
    assert "dataElements/EX_REASON description was edited since: nothing → “Why we tested”" in ran.flat
    assert "dataElements/EX_REASON is used by dataElementGroups Ours since" in ran.flat
    assert "--allow conflict --allow destructive" in ran.flat


def test_an_object_that_was_deleted_by_hand_since(released: House) -> None:
    """It was changed by the run and is gone: a conflict; put back when that is allowed."""
    rule = released.server.found("programRules", "Hide the reason")
    released.server.call("DELETE", f"/api/programRules/{rule['id']}")
    released.fine("rollback", run_of(released), "--yes")
    assert released.server.found("optionSets", "EX_RESULT")["name"] == "Test result"


def test_data_entered_since_stop_a_rollback_before_its_first_write(released: House) -> None:
    """What would be deleted holds data by now: named, counted, refused."""
    before = stood(released)

    def one_event(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        return answer if "/api/tracker/events" not in request.path else _with_total(answer)

    with spoilt(released.server, one_event):
        ran = released.run("rollback", run_of(released), "--yes")
    assert ran.code == 4, ran.said
    assert "dataElements/EX_REASON holds 1 events" in ran.flat
    assert stood(released) == before


def _with_total(answer: Response) -> Response:
    body = b'{"pager": {"page": 1, "pageSize": 1, "total": 1}, "events": []}'
    return Response(status=200, headers={**answer.headers, "content-length": str(len(body))}, body=body)


def test_runs_are_rolled_back_one_after_another(released: House) -> None:
    """The newest first; then the one before it, down to a server without anything of ours."""
    second = run_of(released)
    first = next(each["id"] for each in released.server.kept("runs-example")["runs"])
    ran = released.run("rollback", first, "--yes")
    assert ran.code == 4, ran.said
    assert f"run {second} came after {first} on example" in ran.flat
    assert released.run("rollback", "ZZZZ", "--yes").code == 4
    released.fine("rollback", second, "--yes")
    released.fine("rollback", first, "--yes")
    metadata = released.server.everything()["metadata"]
    assert not metadata.get("programs")
    assert not metadata.get("dataElements")
    status = released.fine("status").flat
    assert "rolled back from example 0.1.0, never applied" in status


def test_the_last_five_finished_runs_are_kept(released: House) -> None:
    """Older ones go with their undo points."""
    for turn in range(6):
        name = ("Result", "Outcome")[turn % 2]
        released.change(DICTIONARY, f"name: {name}\n", f"name: {('Outcome', 'Result')[turn % 2]}\n")
        released.fine("apply", "--yes")
    keys = released.server.call("GET", "/api/dataStore/dhis2cfg")
    assert len(released.server.kept("runs-example")["runs"]) == 5
    assert len([key for key in keys if key.startswith("snapshot-example-")]) == 6
    assert len([key for key in keys if key.startswith("after-example-")]) == 6


def test_a_run_without_an_undo_point(released: House) -> None:
    """What an older version wrote cannot be rolled back, and that is said."""
    run = run_of(released)
    for key in released.server.call("GET", "/api/dataStore/dhis2cfg"):
        if key.startswith("snapshot-"):
            released.server.call("DELETE", f"/api/dataStore/dhis2cfg/{key}")
    ran = released.run("rollback", run, "--yes")
    assert ran.code == 4, ran.said
    assert f"run {run} has no undo point on example" in ran.flat


def test_rollback_asks_first(released: House) -> None:
    """Nobody there: 64. Somebody who says no: nothing is written. Somebody who says yes: done."""
    run, before = run_of(released), stood(released)
    ran = released.run("rollback", run)
    assert ran.code == 64, ran.said
    released.is_terminal, released.typed = True, "no"
    ran = released.fine("rollback", run)
    assert "1 target to roll back. Go on? Type 1:" in ran.flat
    assert "Nothing was written." in ran.err
    assert stood(released) == before
    released.typed = "1"
    released.fine("rollback", run)
    assert stood(released) != before


def test_a_dry_run_that_refuses_a_rollback(released: House) -> None:
    """Exit 1, and nothing is written."""
    before = stood(released)
    with spoilt(released.server, at(1, "importMode=VALIDATE", refuse)):
        ran = released.run("rollback", run_of(released), "--yes")
    assert ran.code == 1, ran.said
    assert "the server's dry run refuses it; nothing was written" in ran.flat
    assert stood(released) == before


def test_a_rollback_that_breaks_off_goes_on(released: House) -> None:
    """Refused half-way: 9, with the command; the same command finishes it."""
    run = run_of(released)
    with spoilt(released.server, at(2, COMMITS, refuse, always=True)):
        ran = released.run("rollback", run, "--yes")
    assert ran.code == 9, ran.said
    assert f"stands in between: run {run} is rolled back in part" in ran.flat
    assert f"dhis2cfg rollback {run} -m example goes on" in ran.flat
    assert f"unfinished run {run}" in released.fine("status").flat
    assert "was being laid back" in released.fine("plan").flat
    released.fine("rollback", run, "--yes")
    assert released.server.found("optionSets", "EX_RESULT")["name"] == "Test result"


def test_a_rollback_on_a_server_that_is_lost(released: House) -> None:
    """The machine loses the server in the middle: 9, and the reason."""

    def lost(request: Request, onwards: Onwards) -> Response:
        answer = onwards(request)
        released.server.spoiler = cut_before
        return answer

    run = run_of(released)
    with spoilt(released.server, at(1, COMMITS, lost)):
        ran = released.run("rollback", run, "--yes")
    assert ran.code == 9, ran.said
    assert "it broke off: the connection broke" in ran.flat
    release_lock(released)
    released.fine("rollback", run, "--yes")
    assert released.server.found("optionSets", "EX_RESULT")["name"] == "Test result"


def test_ctrl_c_in_a_rollback(released: House) -> None:
    """Once: it is done to its end, which is better. Twice: 9, and the command that goes on."""
    run = run_of(released)
    with spoilt(released.server, at(1, COMMITS, interrupt(times=2))):
        ran = released.run("rollback", run, "--yes")
    assert ran.code == 9, ran.said
    assert "it was stopped" in ran.flat
    with spoilt(released.server, at(1, COMMITS, interrupt())):
        released.run("rollback", run, "--yes")
    assert released.server.found("optionSets", "EX_RESULT")["name"] == "Test result"


@pytest.fixture
def stopped(applied: House) -> House:
    """A release of two calls that somebody stopped after the first."""
    with_rule_on_new_element(applied)
    with spoilt(applied.server, at(1, COMMITS, interrupt())):
        ran = applied.run("apply", "--yes")
    assert ran.code == 9, ran.said
    return applied


def test_a_stopped_run_is_finished(stopped: House) -> None:
    """From any machine: by its name, without naming a municipality."""
    run = run_of(stopped)
    assert f"run {run} stands between (dhis2cfg apply --resume {run})" in stopped.fine("status").flat
    ran = stopped.fine("apply", "--resume", run, "--yes")
    assert f"run {run}" in ran.flat
    assert stopped.run("plan", "--exit-code").code == 0
    assert stopped.server.kept("run-example")["phase"] == "done"
    ran = stopped.run("apply", "--resume", run, "--yes")
    assert ran.code == 4, ran.said
    assert f"there is nothing of run {run} to finish" in ran.flat
    stopped.fine("rollback", run, "--yes")
    assert not stopped.server.call("GET", "/api/dataElements?filter=code:eq:EX_REASON")["dataElements"]


def test_the_undo_point_of_a_finished_run_is_that_of_its_first_attempt(stopped: House) -> None:
    """What somebody edited between the attempts is part of what it is laid back to."""
    run, before = run_of(stopped), stopped.server.found("programStages", "Test")
    stopped.server.edit("dataElements", "EX_TEST_DATE", description="Between the attempts")
    stopped.change(DICTIONARY, "EX_TEST_DATE: {name: Test taken on", "EX_TEST_DATE: {name: Taken on")
    stopped.fine("apply", "--resume", run, "--yes")
    assert len(before["programStageDataElements"]) == 4
    stopped.fine("rollback", run, "--yes")
    found = stopped.server.found("dataElements", "EX_TEST_DATE")
    assert (found["name"], found["description"]) == ("Test taken on", "Between the attempts")
    assert len(stopped.server.found("programStages", "Test")["programStageDataElements"]) == 3


def test_a_stopped_run_is_undone(stopped: House) -> None:
    """Nothing of it is left, and the next plan asks for all of it again."""
    stopped.fine("rollback", run_of(stopped), "--yes")
    assert len(stopped.server.found("programStages", "Test")["programStageDataElements"]) == 3
    assert "unfinished" not in stopped.fine("status").flat


def test_what_was_laid_back_is_tried_again(applied: House) -> None:
    """By the run's name; it keeps the name, and has an undo point of its own."""
    with_rule_on_new_element(applied)
    with spoilt(applied.server, at(2, COMMITS, refuse)):
        assert applied.run("apply", "--yes").code == 1
    run = run_of(applied)
    applied.fine("apply", "--resume", run, "--yes")
    assert (run_of(applied), applied.server.kept("run-example")["snapshot"]) == (run, f"{run}.2")
    applied.fine("rollback", run, "--yes")
    assert len(applied.server.found("programStages", "Test")["programStageDataElements"]) == 3


def test_another_run_came_between(stopped: House) -> None:
    """The plan was shown for one run, and by the time of the lock another one is the last: refused."""
    run = run_of(stopped)

    def other(request: Request, onwards: Onwards) -> Response:
        kept = stopped.server.kept("run-example")
        stopped.server.call("PUT", "/api/dataStore/dhis2cfg/run-example", {**kept, "id": "ELSE"})
        return onwards(request)

    with spoilt(stopped.server, at(1, "/api/dataStore/dhis2cfg/lock-", other)):
        ran = stopped.run("apply", "--resume", run, "--yes")
    assert ran.code == 4, ran.said
    assert f"{run} is not the last run of example: ELSE is" in ran.flat


def test_a_residual_that_is_accepted_is_kept(applied: House) -> None:
    """The result stays, the fields are named, and it is no failure."""
    applied.change(DICTIONARY, "name: Test result", "name: Result")
    with spoilt(applied.server, at(1, COMMITS, altered)):
        ran = applied.fine("apply", "--yes", "--accept-residual")
    assert "1 thing does not stand as planned; kept, as --accept-residual says" in ran.flat
    assert "optionSets/EX_RESULT name" in ran.flat
    assert applied.server.found("optionSets", "EX_RESULT")["name"] == "Rezult"


def test_a_run_over_one_that_was_not_finished_is_laid_back_to_before_both(stopped: House) -> None:
    """Whatever breaks, the server is never left between: also what the first run did goes back."""
    with spoilt(stopped.server, at(1, COMMITS, refuse)):
        ran = stopped.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "laid back" in ran.flat
    assert len(stopped.server.found("programStages", "Test")["programStageDataElements"]) == 3
    stopped.fine("apply", "--yes")
    assert stopped.run("plan", "--exit-code").code == 0


def test_an_undo_point_that_cannot_be_kept_stops_the_run_before_its_first_write(applied: House) -> None:
    """No snapshot, no call."""
    applied.change(DICTIONARY, "name: Test result", "name: Result")
    before = stood(applied)
    with spoilt(applied.server, at(1, "/snapshot-example", forbid, method="PUT", always=True)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert stood(applied) == before
    assert COMMITS not in "".join(each.path for each in applied.server.requests)


def test_rollback_needs_no_packages(released: House) -> None:
    """All that it wants stands on the server: the packages may be broken, or gone."""
    released.write(DICTIONARY, "dataElements: {: this is broken")
    released.fine("rollback", run_of(released), "--yes")
    assert released.server.found("optionSets", "EX_RESULT")["name"] == "Test result"


def test_a_rollback_while_another_run_is_at_work(released: House) -> None:
    """Kept out as any other: 7."""
    lock(released, number=99)
    ran = released.run("rollback", run_of(released), "--yes")
    assert ran.code == 7, ran.said
    assert "example is locked by admin" in ran.flat


def test_a_record_that_cannot_be_written_after_all_calls(applied: House) -> None:
    """All stands as planned and the record does not know: between, and the same files finish it."""
    applied.change(DICTIONARY, "name: Test result", "name: Result")
    with spoilt(applied.server, at(1, "record-example", forbid, method="PUT", always=True)):
        ran = applied.run("apply", "--yes")
    assert ran.code == 9, ran.said
    assert "refused to write the key record-example: 403" in ran.flat
    applied.fine("apply", "--resume", run_of(applied), "--yes")
    assert applied.run("plan", "--exit-code").code == 0
    applied.fine("rollback", run_of(applied), "--yes")
    assert applied.server.found("optionSets", "EX_RESULT")["name"] == "Test result"


def test_a_first_apply_that_was_stopped_and_then_refused(house: House) -> None:
    """Nothing is left of both attempts, and the record holds nothing."""
    made = "{name: Meta, valueType: TEXT, optionSet: EX_RESULT, dataElementAttribute: true, sharing: team}"
    house.change(DICTIONARY, "optionSets:\n", f"attributes:\n  EX_META: {made}\noptionSets:\n")
    house.fine("lock")
    before = stood(house)
    with spoilt(house.server, at(1, COMMITS, interrupt())):
        assert house.run("apply", "--yes").code == 9
    with spoilt(house.server, at(1, COMMITS, refuse)):
        ran = house.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert stood(house) == before
    assert house.server.kept("record-example")["objects"] == {}
    assert "never applied" in house.fine("status").flat


def test_a_run_that_somebody_else_rolled_back_meanwhile(released: House) -> None:
    """Between the look and the lock: nothing of it stands, and nothing is done."""

    def other(request: Request, onwards: Onwards) -> Response:
        kept = released.server.kept("run-example")
        released.server.call("PUT", "/api/dataStore/dhis2cfg/run-example", {**kept, "phase": "rolled back"})
        return onwards(request)

    run, before = run_of(released), stood(released)
    with spoilt(released.server, at(1, "/api/dataStore/dhis2cfg/lock-", other)):
        ran = released.fine("rollback", run, "--yes")
    assert f"nothing of run {run} stands: it ended as rolled back" in ran.flat
    assert stood(released) == before
