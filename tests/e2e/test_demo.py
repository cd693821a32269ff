"""The demo is the promise: three municipalities, plan, apply, plan again, and what was made by hand."""

import re
from pathlib import Path

import pytest

from dhis2cfg.cli.app import run
from dhis2cfg.cli.settings import Settings
from dhis2cfg.cli.work import demonstration
from dhis2cfg.errors import Dhis2cfgError

ROOT = Path(__file__).resolve().parents[2]
ORDER = (
    r"# Three municipalities, one package\. What would change\?",
    r"\$ dhis2cfg plan --all",
    r"→ 3 targets",
    r"same plan|only \w+:|elsewhere|and on",
    r"--full",
    r"\$ dhis2cfg apply --all --yes",
    r"read back: as planned",
    r"changed 3",
    r"\$ dhis2cfg plan --all --exit-code",
    r"3 targets: no changes",
    r"# In Oslo somebody changes a text by hand",
    r"\$ dhis2cfg plan -m oslo",
    r"set back",
    r'"Debut" → "Dato for symptomstart"',
    r"last saved by lokal\.admin \d{4}-\d\d-\d\d \d\d:\d\d",
    r"kept as oslo's own: 1 option",
    r"\$ dhis2cfg apply -m oslo --yes",
    r"read back: as planned",
    r"\$ dhis2cfg plan --all --exit-code",
    r"3 targets: no changes",
)


def test_the_demo_shows_its_promise_in_order(capfd: pytest.CaptureFixture[str]) -> None:
    """Exit 0, and what it prints stands in the order in which it is told."""
    code = run(["-C", str(ROOT), "demo"])
    told, progress = capfd.readouterr()
    assert code == 0, told + progress
    at = 0
    for wanted in ORDER:
        found = re.compile(wanted).search(told, at)
        assert found is not None, f"{wanted} is not told after:\n{told[:at][-2000:]}\n…\n{told[at:][:2000]}"
        at = found.end()
    assert "begins, run" in progress, "the apply tells its progress"


def test_a_demo_that_does_not_end_well_says_where(tmp_path: Path) -> None:
    """The first command that fails ends it."""
    with pytest.raises(Dhis2cfgError, match="the demo stopped: dhis2cfg plan --all ended with 64"):
        demonstration.run_shown(tmp_path, "plan", "--all")


def test_a_sandbox_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for, and then said."""
    monkeypatch.setattr(demonstration, "LOOKS", 2)
    (port,) = demonstration.free_ports(1)
    with pytest.raises(Dhis2cfgError, match=f"the sandbox on port {port} did not start"):
        demonstration.wait_for(port)


def test_a_demo_needs_the_package(tmp_path: Path) -> None:
    """A workspace without it is not what the demo shows."""
    (tmp_path / "fleet.yaml").write_text("name: f\n", encoding="utf-8")
    with pytest.raises(Dhis2cfgError, match="which is not here"):
        demonstration.demonstrate(Settings(folder=tmp_path))
