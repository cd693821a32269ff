"""One of two processes that want the lock of one server: it holds it, dies with it, or sleeps over its end.

Started as `racer.py URL NAME ROUNDS SEED FOLDER`. Prints a line a round: `held N`, `late N` (it slept, and
was told so), `kept N` (it slept, and nobody came). Dies with exit code 9 in a round it shall not survive.
"""

import os
import random
import sys
import time
from datetime import timedelta
from pathlib import Path

from dhis2cfg.dhis2.connect import connect
from dhis2cfg.dhis2.credentials import Credentials, origin_of
from dhis2cfg.dhis2.state import lock
from dhis2cfg.dhis2.state.store import Dhis2Store
from dhis2cfg.errors import Locked
from dhis2cfg.fleet.connections import RealClock
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.run import Phase, Run
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN

SECONDS = 2.0
"""How long a lock lives here; fifteen minutes elsewhere."""


def main(url: str, name: str, rounds: int, seed: int, folder: Path) -> None:
    """All rounds, one after another."""
    lock.LIFETIME = timedelta(seconds=SECONDS)
    lock.RENEW_AFTER = SECONDS / 4
    lock.POLL_SECONDS = 0.02
    dice = random.Random(seed)  # noqa: S311 - the same rounds for the same seed
    target = Target(name=name, environment="test", url=url, municipalities=(name,))
    with connect(
        target,
        Credentials(origin=origin_of(url), source="the sandbox", token=SANDBOX_TOKEN),
        planning=False,
        clock=RealClock(),
    ) as connection:
        for number in range(rounds):
            how = dice.choices(["hold", "die", "sleep"], [16, 2, 1])[0]
            one_round(connection.store, name, number, how, folder)


def one_round(store: Dhis2Store, name: str, number: int, how: str, folder: Path) -> None:
    """Take the lock, see that nobody else is inside, and leave in one of three ways."""
    run = Run(
        id=f"{number}", fleet=name, target=name, plan="", phase=Phase.RUNNING, steps=1, done=0, started=""
    )
    said = "held"
    try:
        with store.lock(f"{name} {number}", wait_seconds=60):
            alone(name, number, folder)
            if how == "die":
                os._exit(9)
            if how == "sleep":
                time.sleep(SECONDS + 1.2)
                said = "kept"
            store.write_run(run)
    except Locked:
        if how != "sleep":
            raise
        said = "late"
    sys.stdout.write(f"{said} {number}\n")
    sys.stdout.flush()


def alone(name: str, number: int, folder: Path) -> None:
    """Whoever is inside has a file of its own there; two at once are a line in `broken`."""
    inside = folder / "inside"
    try:
        os.close(os.open(inside, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        with (folder / "broken").open("a", encoding="utf-8") as file:
            file.write(f"{name} {number}: somebody else is inside\n")
        return
    time.sleep(0.005)
    inside.unlink()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
