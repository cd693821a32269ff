"""Runs and undo points in the data store: kept in pieces, believed only whole, swept with their runs."""

import random
import string
from dataclasses import replace
from typing import Any

import pytest

from dhis2cfg.dhis2.state import pieces
from dhis2cfg.dhis2.state.pieces import cut, joined
from dhis2cfg.errors import Dhis2cfgError, Unsafe
from dhis2cfg.model.names import Uid
from dhis2cfg.model.run import Phase, Run
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.wire.canonical import to_json
from tests.unit.dhis2.fakes import FakeClock, FakeDataStore
from tests.unit.dhis2.test_store import RECORD, RUN, a_store

SNAPSHOT = Snapshot(
    name="7Q2M",
    fleet="smittevern",
    account=Uid("Account0001"),
    server_version="2.42.5",
    taken="2026-11-24T10:00:00",
    before={"options": {Uid("Option00001"): {"id": "Option00001", "name": "A"}, Uid("Option00002"): None}},
    sent={"options": {Uid("Option00001"): None}, "systemSettings": {Uid("keyFlag"): {"value": "norway"}}},
    record=RECORD,
    gone={"options": (Uid("Option00003"),)},
    names={"options": {Uid("Option00001"): "S/A"}},
    upkeep=("ouPathsUpdate",),
)


def finished(name: str) -> Run:
    """A run that came to its end, with an undo point of its name."""
    return replace(RUN, id=name, phase=Phase.DONE, snapshot=name, created={"options": (Uid("Option00001"),)})


def test_an_undo_point_comes_back_as_it_was_written() -> None:
    """Whole, private from its first byte, and apart from what stood after the run."""
    server = FakeDataStore(FakeClock())
    store = a_store(server)
    assert store.snapshot("smittevern", "7Q2M") is None
    store.write_snapshot(SNAPSHOT)
    store.write_aftermath(Aftermath(name="7Q2M", fleet="smittevern", after=SNAPSHOT.before))
    assert store.snapshot("smittevern", "7Q2M") == SNAPSHOT
    assert store.aftermath("smittevern", "7Q2M") == Aftermath(
        name="7Q2M", fleet="smittevern", after=SNAPSHOT.before
    )
    assert store.aftermath("smittevern", "ELSE") is None
    keys = ["after-smittevern-7Q2M-1", "snapshot-smittevern-7Q2M-1"]
    assert sorted(server.values) == keys
    assert {about["sharing"]["public"] for about in server.about.values()} == {"--------"}


def test_another_fleet_whose_name_begins_with_ours() -> None:
    """Its undo points are none of ours, neither read nor swept."""
    store = a_store(FakeDataStore(FakeClock()))
    store.write_snapshot(replace(SNAPSHOT, fleet="smittevern-oslo"))
    assert store.snapshot("smittevern", "7Q2M") is None
    store.retire(finished("ELSE"), 5)
    assert store.snapshot("smittevern-oslo", "7Q2M") is not None


def test_long_content_goes_in_pieces_of_less_than_512_kilobytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every piece fits what proxies let through, and all together are what was written."""
    source = random.Random(1)  # noqa: S311 - text that packs badly
    content = "".join(source.choices(string.printable, k=900_000)).encode()
    several = [to_json(each) for each in cut(content)]
    assert len(several) > 1
    assert max(len(str(each)) for each in several) < 512 * 1024
    source.shuffle(several)
    assert joined(several) == content
    assert joined(several[1:]) is None
    monkeypatch.setattr(pieces, "PIECE", 10)
    assert joined([to_json(each) for each in cut(b"short")]) == b"short"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"text": "no base64!"},
        {"text": "AAAA"},
        {"digest": "another"},
        {"piece": 2},
        {"piece": "one"},
    ],
)
def test_what_is_not_whole_is_not_believed(spoilt: dict[str, Any]) -> None:
    """Neither cut text nor a wrong digest nor a piece that is none."""
    (piece,) = cut(b"some content")
    assert joined([{**to_json(piece), **spoilt}]) is None
    assert joined([]) is None


def test_pieces_of_a_content_that_was_cut_off_stand_in_nobodys_way() -> None:
    """A second attempt wrote over some of the first's: what belongs together has one digest."""
    (first,), (second,) = cut(b"the first"), cut(b"the second")
    torn = {**to_json(first), "piece": 2, "of": 2}
    assert joined([torn, to_json(second)]) == b"the second"


def test_finished_runs_are_kept_newest_first() -> None:
    """Without what only an unfinished one needs; the oldest go, with their undo points."""
    server = FakeDataStore(FakeClock())
    store = a_store(server)
    assert store.runs("smittevern") == ()
    for name in ("AAAA", "BBBB", "CCCC"):
        store.write_snapshot(replace(SNAPSHOT, name=name))
        store.write_aftermath(Aftermath(name=name, fleet="smittevern"))
        store.retire(finished(name), 2)
    last = replace(finished("DDDD"), snapshot="")
    store.write_run(last)
    assert store.runs("smittevern") == (
        last,
        replace(finished("CCCC"), created={}),
        replace(finished("BBBB"), created={}),
    )
    assert store.snapshot("smittevern", "AAAA") is None
    assert store.aftermath("smittevern", "AAAA") is None
    assert store.snapshot("smittevern", "BBBB") is not None


def test_a_run_that_is_retired_again_is_kept_once() -> None:
    """The last run may stand among the earlier ones too; it is told once."""
    store = a_store(FakeDataStore(FakeClock()))
    store.write_run(finished("AAAA"))
    store.retire(finished("AAAA"), 5)
    store.retire(finished("AAAA"), 5)
    assert [each.id for each in store.runs("smittevern")] == ["AAAA"]


def test_a_run_that_is_not_finished_is_not_retired_but_what_never_began_is_swept() -> None:
    """Its own undo point stays; one of which no run tells goes."""
    store = a_store(FakeDataStore(FakeClock()))
    store.write_snapshot(replace(SNAPSHOT, name="RUNS"))
    store.write_snapshot(replace(SNAPSHOT, name="LOST"))
    store.retire(replace(RUN, id="RUNS", snapshot="RUNS"), 5)
    assert store.runs("smittevern") == ()
    assert store.snapshot("smittevern", "RUNS") is not None
    assert store.snapshot("smittevern", "LOST") is None


def test_a_run_is_amended_wherever_it_is_kept() -> None:
    """The last one in its own key, an earlier one among the others."""
    store = a_store(FakeDataStore(FakeClock()))
    store.retire(finished("AAAA"), 5)
    store.retire(finished("BBBB"), 5)
    store.write_run(finished("CCCC"))
    store.amend(replace(finished("CCCC"), phase=Phase.ROLLED_BACK))
    store.amend(replace(finished("AAAA"), phase=Phase.ROLLED_BACK))
    phases = {each.id: each.phase for each in store.runs("smittevern")}
    assert phases == {"CCCC": Phase.ROLLED_BACK, "BBBB": Phase.DONE, "AAAA": Phase.ROLLED_BACK}


def test_an_undo_point_of_a_newer_program_is_refused_by_name() -> None:
    """As everything else that is kept."""
    store = a_store(FakeDataStore(FakeClock()))
    store.write_snapshot(replace(SNAPSHOT, format=2))
    with pytest.raises(Unsafe, match="snapshot-smittevern-7Q2M on oslo was written by"):
        store.snapshot("smittevern", "7Q2M")


def test_writing_renews_the_lock() -> None:
    """An undo point is long to write: the lock is pushed on before it."""
    server = FakeDataStore(FakeClock())
    store = a_store(server)
    with store.lock("apply 7Q2M", wait_seconds=0):
        server.clock.time += 400
        server.requests.clear()
        store.write_snapshot(SNAPSHOT)
        assert "robot PUT /api/dataStore/dhis2cfg/lock-1" in server.requests


def test_a_large_record_is_packed() -> None:
    """One key, one request, far below what proxies let through; a torn one is refused, not taken for none."""
    server = FakeDataStore(FakeClock())
    store = a_store(server)
    several = {
        Uid(f"Opt{number:08}"): replace(RECORD.objects["options"][Uid("Option00001")], path=f"S/{number}")
        for number in range(6000)
    }
    large = replace(RECORD, objects={"options": several})
    store.write_record(large)
    assert len(str(server.values["record-smittevern"])) < 200_000
    assert store.record("smittevern") == large
    assert store.fleets() == ("smittevern",)
    server.values["record-smittevern"]["packed"]["text"] = "torn"
    with pytest.raises(Dhis2cfgError, match="record-smittevern on oslo is not one that dhis2cfg wrote"):
        store.record("smittevern")
