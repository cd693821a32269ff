"""The package on embedded servers: applied twice, moved to 2024, worked with by those it is for."""

import base64
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.model.http import Request
from dhis2cfg.sandbox.bridge import SandboxTransport
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
PASSWORD = "Syntetisk-2026"  # noqa: S105 - of accounts on a server that ends with the test
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


def basic(server: Server, who: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """What somebody gets who signs in with a password."""
    word = base64.b64encode(f"{who}:{PASSWORD}".encode()).decode()
    headers = {
        "Authorization": f"Basic {word}",
        "Content-Type": "application/json",
        "X-Requested-With": "XMLHttpRequest",
    }
    content = b"" if body is None else json.dumps(body).encode()
    request = Request(method=method, path=path, headers=headers, body=content)
    answer = SandboxTransport(server.app, server.url).send(request)
    return answer.status, json.loads(answer.body or b"null")


def account(server: Server, name: str, role: str, group: str, unit: str) -> None:
    """An account with one role, in one group, at one unit."""
    rights = {"id": server.found("userRoles", role)["id"]}
    where = {"id": server.found("organisationUnits", unit)["id"]}
    server.call(
        "POST",
        "/api/users",
        {
            "username": name,
            "firstName": "Syntetisk",
            "surname": name,
            "password": PASSWORD,
            "userRoles": [rights],
            "organisationUnits": [where],
            "dataViewOrganisationUnits": [where],
            "teiSearchOrganisationUnits": [where],
            "userGroups": [{"id": server.found("userGroups", group)["id"]}],
        },
    )


def ids(server: Server, type_name: str, *codes: str) -> list[str]:
    """UIDs by code or name."""
    return [str(server.found(type_name, code)["id"]) for code in codes]


def test_a_case_from_enrolment_to_another_municipality(shared: House) -> None:
    """A tracer enrols, follows up, completes, hands over; whoever is in no such group sees no person."""
    server = shared.server
    account(server, "sporer", "NO_UR_SMITTESPORER", "NO_UG_SPORER", "1507")
    account(server, "nabo", "NO_UR_SMITTESPORER", "NO_UG_SPORER", "3025")
    account(server, "admin2", "NO_UR_KOMMUNEADMIN", "NO_UG_ADMIN", "1507")
    account(server, "leser", "NO_UR_FHI_LESER", "NO_UG_FHI", "NO")
    home, away = ids(server, "organisationUnits", "1507", "3025")
    program, kind = "uYjxkTbwRNf", "MCPQUTHX1Ze"
    name, family, born, sex, phone = ids(
        server,
        "trackedEntityAttributes",
        "GIVEN_NAME",
        "FAMILY_NAME",
        "PATINFO_DOB",
        "NO_KJONN",
        "PHONE_LOCAL",
    )
    lives, status = ids(server, "trackedEntityAttributes", "NO_BOSTEDSKOMMUNE", "NO_KLINIKERMELDING")
    (outcome,) = ids(server, "dataElements", "NO_HELSEUTFALL")
    typed = {
        name: "Syntetisk", family: "Person", born: "1990-01-01", sex: "KVINNE", phone: "91234567",
        lives: "1507", status: "true",
    }  # fmt: skip
    event = {
        "event": "TestEvent01", "program": program, "programStage": "oqsk2Jv4k3s", "orgUnit": home,
        "occurredAt": "2022-01-06", "status": "COMPLETED",
        "dataValues": [{"dataElement": outcome, "value": "SYMP"}],
    }  # fmt: skip
    enrollment = {
        "enrollment": "TestEnrol01", "program": program, "orgUnit": home, "status": "ACTIVE",
        "enrolledAt": "2022-01-05", "occurredAt": "2022-01-05", "events": [event],
    }  # fmt: skip
    values = [{"attribute": uid, "value": value} for uid, value in typed.items()]
    case = {
        "trackedEntity": CASE, "trackedEntityType": kind, "orgUnit": home, "attributes": values,
        "enrollments": [enrollment],
    }  # fmt: skip
    body = {"trackedEntities": [case]}
    post, seen = "/api/tracker?async=false", f"/api/tracker/trackedEntities?program={program}"
    for who in ("admin2", "leser"):
        assert basic(server, who, "POST", post, body)[0] == 409
        assert basic(server, who, "GET", f"{seen}&orgUnit={home}")[0] == 400
    assert basic(server, "sporer", "POST", post, body)[0] == 200
    rows = basic(server, "sporer", "GET", f"{seen}&orgUnit={home}")[1]["trackedEntities"]
    assert [row["trackedEntity"] for row in rows] == [CASE]
    done = {"enrollments": [{**enrollment, "trackedEntity": CASE, "status": "COMPLETED", "events": []}]}
    assert basic(server, "sporer", "POST", post, done)[0] == 200
    assert basic(server, "nabo", "GET", f"{seen}&orgUnit={home}")[1]["trackedEntities"] == []
    handed = f"/api/tracker/ownership/transfer?trackedEntity={CASE}&program={program}&orgUnit={away}"
    assert basic(server, "nabo", "PUT", handed)[0] == 404
    assert basic(server, "sporer", "PUT", handed)[0] == 200
    rows = basic(server, "nabo", "GET", f"/api/tracker/enrollments?program={program}")[1]["enrollments"]
    assert [(row["enrollment"], row["status"]) for row in rows] == [("TestEnrol01", "COMPLETED")]
    assert (
        basic(server, "sporer", "GET", f"/api/tracker/enrollments?program={program}")[1]["enrollments"] == []
    )
    boards = basic(server, "leser", "GET", "/api/dashboards?fields=name&paging=false")[1]["dashboards"]
    assert [each["name"] for each in boards] == ["Nasjonal oversikt"]


def test_the_move_from_2020_to_2024(shared: House) -> None:
    """356 units keep their UID, 114 codes and 22 names move, Haram comes, nobody goes, no option changes."""
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
