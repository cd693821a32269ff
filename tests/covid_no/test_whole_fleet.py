"""The fleet as it stands in this repository, planned and applied on embedded servers (minutes long)."""

import re
import shutil
from pathlib import Path

import pytest

from tests.covid_no.embedded import PASSWORD, asking
from tests.covid_no.flow import Place, make_accounts
from tests.covid_no.package import ROOT
from tests.covid_no.test_fleet import OWN_UNITS, TOWNS
from tests.e2e.house import House, Server

pytestmark = pytest.mark.packages


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """The workspace of the repository, every server an embedded one."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "workspace"
    for name in ("packages", "municipalities"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("fleet.yaml", "uids.lock"):
        shutil.copy(ROOT / name, folder / name)
    house, ports = House(folder=folder), dict[str, int]()
    for file in sorted((folder / "municipalities").glob("*.yaml")):
        text = file.read_text("utf-8")
        for url in re.findall(r'"(https://[^"]+)"', text):
            local = f"http://127.0.0.1:{ports.setdefault(url, 9000 + len(ports))}"
            text = text.replace(f'"{url}"', f'"{local}", sandbox: true')
        file.write_text(text, encoding="utf-8")
        for local in re.findall(r"http://127.0.0.1:\d+", text):
            if local not in house.servers:
                house.serve(local)
    return house


def test_twelve_servers_in_one_plan(house: House) -> None:
    """What is equal is told once; under each name stand its units and the values of its file."""
    text = house.fine("plan", "--all").out
    assert "alesund, amot, asker, bergen, drammen, fredrikstad and 6 more: common to all 12\n" in text
    own = {name: text.partition(f"\n{name}: the same, and\n")[2].partition("\n\n")[0] for name in TOWNS}
    told = {name: each.count("  + organisation unit ") for name, each in own.items() if name != "oslo"}
    assert told == {name: 1 + OWN_UNITS.get(name, 0) for name in TOWNS if name != "oslo"}
    assert "+ 16 organisation units" in own["oslo"]
    values = {name for name, each in own.items() if "elsewhere" in each}
    assert values == {"amot", "oslo", "tromso"}
    assert "d2:addDays(#{isolasjon_fra}, 5)" in own["tromso"]
    assert "12 targets to change · each 1676 to 1691 creates, 0 changes, 0 deletes" in text


def test_one_server_for_twelve_in_one_plan(house: House) -> None:
    """One target, applied, and then nothing is left to do; municipalities alone have only their own units."""
    (plan,) = house.fine("plan", "--all", "--env", "felles", "--format", "json").json["plans"]
    assert plan["municipalities"] == TOWNS
    made = [each for each in plan["changes"] if each["type"] == "organisationUnits"]
    assert len(made) == 1 + 18 + 357 + sum(OWN_UNITS.values())
    assert {each["kind"] for each in plan["changes"]} == {"create"}
    house.fine("apply", "--all", "--env", "felles", "--yes")
    (plan,) = house.fine("plan", "--all", "--env", "felles", "--format", "json").json["plans"]
    assert plan["changes"] == []


def test_points_of_entry_go_but_for_what_holds_data(house: House) -> None:
    """Enabled, applied, filled in, disabled: one program goes whole, the other stays with its event."""
    chosen = ("-m", "sel", "--env", "prod")
    house.fine("apply", *chosen, "--yes")
    house.change(
        "municipalities/sel.yaml",
        "packages: {covid-no: {}}",
        "packages: {covid-no: {}, covid-no-innreise: {}}",
    )
    enabled = house.plan(*chosen)["changes"]
    assert {(each["kind"], each["field"]) for each in enabled} == {("create", "")}
    house.fine("apply", *chosen, "--yes")
    own = {(each["type"], each["path"]) for each in enabled}
    server = house.servers[re.findall(r"http://127.0.0.1:\d+", house.read("municipalities/sel.yaml"))[0]]
    _fill_in(server)
    house.change("municipalities/sel.yaml", ", covid-no-innreise: {}", "")
    assert house.plan(*chosen)["changes"] == []
    disabled = house.plan(*chosen, "--prune")
    assert {(each["kind"], each["field"]) for each in disabled["changes"]} == {("delete", "")}
    along = {tuple(note.partition(": ")[2].split("/", 1)) for note in disabled["notes"] if "parent" in note}
    gone = {(each["type"], each["path"]) for each in disabled["changes"]} | along
    assert own - gone == {
        ("dataElements", "NO_DUP_TREFF"),
        ("programStages", "NO_C19_DUPLIKAT/NO_DUP_VURDERING"),
        ("programs", "NO_C19_DUPLIKAT"),
    }
    assert gone <= own


def _fill_in(server: Server) -> None:
    """A synthetic person in the program on people registered twice, with one event."""
    program, unit = (
        server.found(kind, code)
        for kind, code in (("programs", "NO_C19_DUPLIKAT"), ("organisationUnits", "3437"))
    )
    names = [server.found("trackedEntityAttributes", code)["id"] for code in ("GIVEN_NAME", "FAMILY_NAME")]
    element = server.found("dataElements", "NO_DUP_TREFF")["id"]
    event = {
        "event": "TestEvent01", "program": program["id"], "programStage": program["programStages"][0]["id"],
        "orgUnit": unit["id"], "occurredAt": "2022-01-06", "status": "ACTIVE",
        "dataValues": [{"dataElement": element, "value": "true"}],
    }  # fmt: skip
    enrollment = {
        "enrollment": "TestEnrol01", "program": program["id"], "orgUnit": unit["id"], "status": "ACTIVE",
        "enrolledAt": "2022-01-05", "occurredAt": "2022-01-05", "events": [event],
    }  # fmt: skip
    person = {
        "trackedEntity": "TestCase001", "trackedEntityType": program["trackedEntityType"]["id"],
        "orgUnit": unit["id"], "enrollments": [enrollment],
        "attributes": [{"attribute": each, "value": "Syntetisk"} for each in names],
    }  # fmt: skip
    ask, uid = asking(server), unit["id"]
    place = Place(home=uid, away=uid, land=uid, prefix="no_", password=PASSWORD)
    make_accounts(ask, place)
    status, told = ask(
        place.name("sporer"), "POST", "/api/tracker?async=false", {"trackedEntities": [person]}
    )
    assert status == 200, told
