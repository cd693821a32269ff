"""Two fleets in two processes race for the lock of one server: never two inside, and in the end none."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dhis2cfg.dhis2.connect import connect
from dhis2cfg.dhis2.credentials import Credentials, origin_of
from dhis2cfg.dhis2.state.store import Dhis2Store
from dhis2cfg.fleet.connections import RealClock
from dhis2cfg.model.fleet import Target
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN, make_instance
from tests.serving import served

ROOT = Path(__file__).resolve().parents[2]
DIED = 9
SEEDS = (5, 13)
FLEETS = ("covid", "tuberculosis")


def rounds() -> int:
    """How many each of them plays: few in every test run, all with `make chaos`."""
    return int(os.environ.get("CHAOS_ROUNDS", "20")) // len(FLEETS)


def racer(url: str, name: str, left: int, seed: int, folder: Path) -> "subprocess.Popen[str]":
    """One process that plays so many rounds."""
    arguments = [url, name, str(left), str(seed), str(folder)]
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, str(ROOT / "tests" / "chaos" / "racer.py"), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def played(url: str, name: str, seed: int, folder: Path, store: Dhis2Store) -> dict[str, int]:
    """All rounds of one fleet; a process that died is followed by another, and every other time unlocked."""
    ended = dict.fromkeys(("held", "late", "kept", "died"), 0)
    while sum(ended.values()) < rounds():
        process = racer(url, name, rounds() - sum(ended.values()), seed + sum(ended.values()), folder)
        out, _ = process.communicate(timeout=900)
        for line in out.splitlines():
            ended[line.split()[0]] += 1
        if process.returncode == DIED:
            ended["died"] += 1
            if ended["died"] % 2:
                break_dead(store, name)
        else:
            assert process.returncode == 0, (name, process.returncode, out)
    return ended


def break_dead(store: Dhis2Store, name: str) -> None:
    """What `unlock` does, and only where the dead one of ours is still in the way."""
    shown = store.blocker()
    if shown is not None and f": {name} " in shown.what:
        store.break_lock(shown)


def test_never_two_holders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Start, crash, expiry, break: whatever happens there is one holder at a time, and none in the end."""
    with served(make_app(make_instance("2.42"))) as url:
        target = Target(name="watcher", environment="test", url=url, municipalities=("watcher",))
        with connect(
            target,
            Credentials(origin=origin_of(url), source="the sandbox", token=SANDBOX_TOKEN),
            planning=False,
            clock=RealClock(),
        ) as connection:
            results: dict[str, dict[str, int]] = {}

            def play(name: str, seed: int) -> None:
                results[name] = played(url, name, seed, tmp_path, connection.store)

            threads = [
                threading.Thread(target=play, args=(name, SEEDS[at])) for at, name in enumerate(FLEETS)
            ]
            for each in threads:
                each.start()
            for each in threads:
                each.join(600)
            with connection.store.lock("afterwards", wait_seconds=10):
                pass
            assert connection.store.blocker() is None
    assert not (tmp_path / "broken").exists(), (tmp_path / "broken").read_text(encoding="utf-8")
    assert set(results) == set(FLEETS)
    with capsys.disabled():
        total = {how: sum(each[how] for each in results.values()) for how in next(iter(results.values()))}
        sys.stdout.write(f"\nlock races: {sum(total.values())} rounds, {total}, one holder each time\n")
