"""Packages as they were sent to real servers, planned against what stood there afterwards: nothing to do."""

import json
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.rehearsal import Brought, rehearsal
from tests.conformance.recorded import RECORDED, VERSIONS
from tests.e2e.house import URL, House, Server

IMPORTS = RECORDED / "imports"
SAMPLE = {("2.42", "IDS_MPOX"), ("2.43", "C19_AGG"), ("2.41", "CVC_EIR")}
NAMES = ("IDS_MPOX", "C19_AGG", "C19_CS_COMPLETE", "C19_POE", "CVC_EIR")
CASES = [
    pytest.param(
        version, name, marks=() if (version, name) in SAMPLE else pytest.mark.packages, id=f"{name} {version}"
    )
    for version in VERSIONS
    for name in NAMES
]
LOST = {"IDS_MPOX": 2, "C19_AGG": 1, "CVC_EIR": 2}
"""How many map views of each package 2.41 and 2.42 emptied (oddities.md §2.2)."""

pytestmark = pytest.mark.skipif(not IMPORTS.is_dir(), reason=f"recorded imports are not at {IMPORTS}")


def planned(house: House, version: str, recorded: Any) -> Any:
    """The plan of the package made from what was sent, against a server that holds what stood afterwards."""
    house.write("sent.json", json.dumps(recorded["sent"]))
    assert house.run("import", "sent.json", "-o", "sent").code == 0
    instance = rehearsal(version, Brought(export=recorded["after"]), url=URL)
    there = House(folder=house.folder / "sent", environ=house.environ)
    there.servers[URL] = Server(instance=instance, app=make_app(instance), url=URL)
    ran = there.fine("plan", "--server", URL, "--format", "json", "--no-dry-run")
    (plan,) = ran.json["plans"]
    return plan


@pytest.mark.parametrize(("version", "name"), CASES)
def test_nothing_is_to_be_done(version: str, name: str, house: House) -> None:
    """No change at all, but for the map views whose items 2.41 and 2.42 lost; those are shown one by one."""
    file = next((IMPORTS / VERSIONS[version]).glob(f"{name}*.json"))
    plan = planned(house, version, json.loads(file.read_text(encoding="utf-8")))
    lost = 0 if version == "2.43" else LOST.get(name, 0)
    fields = [(each["type"], each["field"].partition("].")[2]) for each in plan["changes"]]
    told = [pair for pair in fields if pair[1]]
    assert sorted(told) == sorted([("maps", "dataDimensionItems"), ("maps", "rawPeriods")] * lost)
    assert {pair[0] for pair in fields} <= {"maps"}
    assert plan["compared"] > 50
    assert bool(plan["steps"]) is bool(lost)


def test_the_file_that_was_sent_is_not_touched(house: House) -> None:
    """An import only reads."""
    file = Path(house.folder / "sent.json")
    house.write("sent.json", '{"dataElements": [{"id": "abcdefghij1", "name": "A", "shortName": "A"}]}')
    before = file.read_bytes()
    house.run("import", "sent.json", "-o", "sent")
    assert file.read_bytes() == before
