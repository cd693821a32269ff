"""The embedded server answers our own requests as real servers did, in a clone without recorded data too."""

import json
from pathlib import Path

import pytest

from tests.conformance.own import OWN, replay_own
from tests.conformance.recorded import VERSIONS

MISMATCHES = Path(__file__).parent / "own_mismatches.json"
MOST = {"2.41": 17, "2.42": 15, "2.43": 16}
"""As many steps as may differ."""


@pytest.mark.parametrize("minor", VERSIONS)
def test_our_own_requests_are_answered_alike(minor: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Status and whole answer are the recorded ones, but for listed fields; a row that matches is stale."""
    if not (OWN / minor).is_dir():
        pytest.skip(f"0 answers of a real {minor} are kept in {OWN.name}")
    verdicts = list(replay_own(minor))
    differing = {
        f"{one.step.scenario}#{one.step.number}": one.differences[:5] for one in verdicts if one.differences
    }
    with capsys.disabled():
        print(f"\n{minor}: {len(verdicts) - len(differing)} / {len(verdicts)} of our own")  # noqa: T201 -- asked for
    rows = json.loads(MISMATCHES.read_text(encoding="utf-8"))
    known = {row["step"] for row in rows if minor in row["versions"]}
    assert len(known) <= MOST[minor], "rows may only become fewer"
    assert {step: lines for step, lines in differing.items() if step not in known} == {}
    assert known - set(differing) == set()
