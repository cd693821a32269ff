"""Tests of what connects targets: this machine's clock, and those who say and keep nothing."""

from pathlib import Path

import pytest

from dhis2cfg.dhis2.credentials import find, origin_of
from dhis2cfg.errors import CertificateRefused
from dhis2cfg.fleet.connections import Connector, Never, NoJournal, Quiet, RealClock
from dhis2cfg.model.fleet import Fleet, Target
from dhis2cfg.model.places import Place

FLEET = Fleet(name="f", place=Place(file="fleet.yaml"), municipalities=())


def test_the_clock_of_this_machine() -> None:
    """Seconds only go forward, and a pause is one."""
    clock = RealClock()
    before = clock.seconds()
    clock.pause(0.01)
    assert clock.seconds() >= before + 0.01


def test_those_who_say_and_keep_nothing() -> None:
    """They satisfy the ports, and nothing comes of it."""
    Quiet().tell("a", "b")
    NoJournal().write({"a": 1})
    assert Never().requested() is False


def test_authorities_are_seen_from_the_workspace(tmp_path: Path) -> None:
    """`ca:` is relative to the workspace, not to the folder that the command was called in."""
    environ = {"DHIS2CFG_TOKEN__A_EXAMPLE_ORG": "d2p_x"}
    target = Target(
        name="a", environment="prod", url="https://a.example.org", municipalities=("a",), ca="ca.pem"
    )
    told: list[str] = []
    connector = Connector(fleet=FLEET, environ=environ, root=tmp_path, used=told.extend)
    with pytest.raises(CertificateRefused, match=str(tmp_path / "ca.pem")):
        connector.connect(target, planning=True)
    assert told == list(find(origin_of(target.url), environ).secrets)
