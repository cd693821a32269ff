"""The package on embedded servers: applied twice, moved to 2024, worked with by those it is for."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.covid_no.embedded import PASSWORD, asking
from tests.covid_no.flow import Place, follow_a_case, found, make_accounts
from tests.covid_no.package import ROOT
from tests.e2e.house import House, Server

FLEET = """
name: norge
packages: packages/*
municipalities: municipalities/*.yaml
environments: {{prod: {{packages: {{norge-{year}: {{}}}}}}}}
"""
TOWN = """
number: "{number}"
name: {title}
servers: {{prod: {{url: "http://127.0.0.1:8081", sandbox: true}}}}
organisationUnit: {{code: "{number}", name: {title}, openingDate: 1970-01-01}}
packages: {{covid-no: {{}}}}
"""
TOWNS = (("alesund", "1508", "Ålesund"), ("asker", "3203", "Asker"))
CASE = "TestCase001"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for two municipalities, with Norway as it was in 2020."""
    folder = tmp_path_factory.mktemp("norge")
    for name in ("covid-no", "norge-2020", "norge-2024"):
        shutil.copytree(ROOT / "packages" / name, folder / "packages" / name)
    house = House(folder=folder)
    house.write("fleet.yaml", FLEET.format(year=2020))
    for name, number, title in TOWNS:
        house.write(f"municipalities/{name}.yaml", TOWN.format(number=number, title=title))
    house.serve()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        (plan,) = house.fine("plan", "--all", "--format", "json").json["plans"]
        assert sum(step["kind"] == "call" for step in plan["steps"]) <= 2
        house.fine("apply", "--all", "--yes")
        yield house


@pytest.mark.parametrize("version", ["2.41", "2.43"])
def test_applied_twice_alone(version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server of its own: the second plan is empty, dashboards and maps too."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    house = House(folder=tmp_path / "workspace")
    shutil.copytree(ROOT / "packages/covid-no", house.folder / "packages/covid-no")
    house.write("fleet.yaml", "name: norge\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n")
    house.write("municipalities/sel.yaml", TOWN.format(number="3437", title="Sel"))
    house.serve(version=version)
    house.fine("apply", "--yes")
    assert house.plan()["changes"] == []


def test_the_second_plan_of_the_shared_server_is_empty(shared: House) -> None:
    """2.42, two municipalities, the country: nothing is left to do."""
    (plan,) = shared.fine("plan", "--all", "--format", "json").json["plans"]
    assert plan["changes"] == []


@pytest.fixture(scope="module")
def worked_in(shared: House) -> House:
    """A tracer enrols, follows up, completes, hands over; whoever is in no such group sees no person."""
    ask = asking(shared.server)
    home, away, land = (found(ask, "organisationUnits", code) for code in ("1507", "3025", "NO"))
    place = Place(home=home, away=away, land=land, prefix="no_", password=PASSWORD, case=CASE)
    make_accounts(ask, place)
    follow_a_case(ask, place)
    return shared


def test_a_case_from_enrolment_to_another_municipality(worked_in: House) -> None:
    """It is there, completed and handed over."""
    enrolments = worked_in.server.call("GET", f"/api/tracker/trackedEntities/{CASE}?fields=enrollments")
    assert enrolments["enrollments"]


def test_the_move_from_2020_to_2024(worked_in: House) -> None:
    """356 units keep their UID, 114 codes and 22 names move, Haram comes, nobody goes, no option changes."""
    shared = worked_in
    before = {each["id"]: each["code"] for each in units(shared.server) if len(each["code"]) == 4}
    assert len(before) == 356
    shared.write("fleet.yaml", FLEET.format(year=2024))
    (plan,) = shared.fine("plan", "--all", "--format", "json").json["plans"]
    changes = [each for each in plan["changes"] if each["type"] == "organisationUnits"]
    assert {each["type"] for each in plan["changes"]} == {"organisationUnits"}
    towns = [each for each in changes if not each["path"].startswith("fylke-")]
    counts = Counter((each["kind"], each["field"]) for each in towns)
    assert (counts["update", "code"], counts["update", "name"], counts["create", ""]) == (114, 22, 1)
    assert {each["path"] for each in towns if each["kind"] == "create"} == {"haram"}
    assert not any(each["kind"] == "delete" for each in changes)
    shared.fine("apply", "--all", "--yes", "--allow", "breaking")
    after = {each["id"]: each["code"] for each in units(shared.server) if len(each["code"]) == 4}
    assert (len(after), len(before.keys() & after.keys())) == (357, 356)
    assert sum(after[uid] != code for uid, code in before.items()) == 114
    kept = shared.server.call("GET", f"/api/tracker/trackedEntities/{CASE}")
    assert "1507" in [row["value"] for row in kept["attributes"]]


def units(server: Server) -> list[dict[str, Any]]:
    """All organisation units with their codes."""
    found = server.call("GET", "/api/organisationUnits?fields=id,code&paging=false")["organisationUnits"]
    return [each for each in found if each.get("code")]
