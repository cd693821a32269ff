"""`make record`: our own requests and the recorded scenarios, sent to a real server; what differs is told.

`DHIS2CFG_LIVE_URL` names the server. Answers to our own requests replace those that are kept in `own`. The
recorded scenarios leave things behind, so they run only with `DHIS2CFG_LIVE_DESTRUCTIVE=1`, on a server that
was made for it: `DHIS2CFG_LIVE_SCENARIOS=1` plays those from 100 on, `3` those from 300 on, each wants a
fresh one.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dhis2cfg.dhis2.transport import HttpxTransport
from tests.conformance.own import OWN, compared_with, own_steps
from tests.conformance.recorded import RECORDED, VERSIONS, scenarios
from tests.conformance.replay import Verdict, live_stage
from tests.unit.sandbox.live_server import URL, live_version

SHOWN = 3
"""Lines told of a step."""

TESTS = ("-m", "pytest", "tests/unit/sandbox", "-m", "live", "-q", "-p", "no:cacheprovider")


def main() -> int:
    """Record, compare, tell; 0 where nothing differs from what was recorded before."""
    url = os.environ.get(URL)
    if not url:
        sys.stdout.write(f"{URL} names no server: nothing is recorded\n")
        return 64
    minor = live_version(url)
    failed = _own(minor)
    told = list(_scenarios(url, minor)) if os.environ.get("DHIS2CFG_LIVE_DESTRUCTIVE") == "1" else []
    if told:
        failed += _tell("recorded scenarios", told)
    return 1 if failed else 0


def _own(minor: str) -> int:
    """Run the tests of what DHIS2 does, keep the answers of those that pass; how many differ from before."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DHIS2CFG_LIVE_RECORD": folder}
        ran = subprocess.run([sys.executable, *TESTS], env=environment, check=False)  # noqa: S603 -- our own tests
        made = Path(folder) / minor
        before, now = own_steps(minor), own_steps(minor, Path(folder))
        shared = sorted(set(before) & set(now))
        verdicts = [verdict for name in shared for verdict in compared_with(name, before[name], now[name])]
        sys.stdout.write(f"{len(now)} tests recorded, {len(set(now) - set(before))} of them new\n")
        if made.is_dir():
            shutil.copytree(made, OWN / minor, dirs_exist_ok=True)
    return _tell("our own requests, kept and now", verdicts) + bool(ran.returncode)


def _scenarios(url: str, minor: str) -> Iterator[Verdict]:
    """The recorded scenarios, in order, against the live server."""
    first = os.environ.get("DHIS2CFG_LIVE_SCENARIOS", "1")
    stage = live_stage(minor, HttpxTransport(url))
    if not (RECORDED / "scenarios").is_dir():
        sys.stdout.write("recorded scenarios are not at hand: left out\n")
        return
    for name, steps in scenarios(VERSIONS[minor]).items():
        if name.startswith(first):
            yield from (stage.play(step) for step in steps)


def _tell(what: str, verdicts: list[Verdict]) -> int:
    differing = [one for one in verdicts if one.differences]
    for one in differing:
        lines = "\n    ".join(one.differences[:SHOWN])
        sys.stdout.write(
            f"  {one.step.scenario}#{one.step.number} {one.step.method}: recorded is not live\n    {lines}\n"
        )
    sys.stdout.write(f"{what}: {len(verdicts) - len(differing)} / {len(verdicts)} alike\n")
    return len(differing)


if __name__ == "__main__":
    sys.exit(main())
