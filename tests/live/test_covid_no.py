"""The package of this repository on a real server: applied, worked with, and all of it taken away again."""

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.cli.app import run
from dhis2cfg.cli.world import World
from tests.covid_no.flow import PROGRAM, Ask, Place, follow_a_case, make_accounts, read_totals, totals
from tests.live.server import Server, basic
from tests.live.stage import random_letters, random_uid
from tests.live.sweeping import accounts, forget, sweep

ROOT = Path(__file__).parents[2]
FLEET = "name: {name}\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n"
TOWN = """
name: {name}
servers: {{prod: {{url: {url}}}}}
organisationUnit: {{id: {unit}}}
packages: {{covid-no: {{}}}}
"""
PASSWORD = "Syntetisk-2026"  # noqa: S105 - of accounts that go with the test
EMPTIED = ("Event", "Enrollment", "TrackedEntity")
"""What DHIS2 only marks as deleted, until somebody asks for more."""


class Workspace:
    """Two municipalities of the server, and the program run in their folder."""

    def __init__(self, server: Server, folder: Path, place: Place) -> None:
        self._server, self.folder = server, folder
        self.name = "zt-" + place.prefix
        shutil.copytree(ROOT / "packages/covid-no", folder / "packages/covid-no")
        (folder / "municipalities").mkdir()
        (folder / "fleet.yaml").write_text(FLEET.format(name=self.name), encoding="utf-8")
        for name, unit in (("heim", place.home), ("borte", place.away)):
            text = TOWN.format(name=name, url=server.url, unit=unit)
            (folder / "municipalities" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """One command that must end with 0; what it printed."""
        out, err = io.StringIO(), io.StringIO()
        world = World(
            transport=self._server.transport, environ=self._server.environ, is_terminal=lambda: False
        )
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["-C", str(self.folder), *arguments], world)
        assert code == 0, f"{out.getvalue()}\n{err.getvalue()}"
        return out.getvalue()

    def undo(self) -> None:
        """What the only run made goes again."""
        (runs,) = json.loads(self.run("history", "--all", "--format", "json"))["targets"].values()
        self.run("rollback", runs[0]["id"], "--all", "--yes", "--allow", "destructive")

    def changes(self) -> list[Any]:
        """What a plan of both would do."""
        (plan,) = json.loads(self.run("plan", "--all", "--format", "json"))["plans"]
        return list(plan["changes"])


@pytest.fixture
def place(live_server: Server, run_prefix: str) -> Iterator[Place]:
    """A country of two municipalities that hands have made for this run, and that goes with it."""
    prefix = f"{run_prefix}{random_letters(3)}_"
    land, home, away = random_uid(), random_uid(), random_uid()
    roots = live_server.call("GET", "/api/organisationUnits?filter=level:eq:1&fields=id&paging=false")
    (root,) = roots["organisationUnits"][:1] or (None,)
    for uid, name, above in (
        (land, "Land", root),
        (home, "Heim", {"id": land}),
        (away, "Borte", {"id": land}),
    ):
        title = f"{prefix}{name}"
        unit = {"id": uid, "name": title, "shortName": title, "openingDate": "2020-01-01"}
        live_server.hand_in(organisationUnits=[{**unit, "parent": above} if above else unit])
    yield Place(
        home=home,
        away=away,
        land=land,
        prefix=prefix.lower(),
        password=PASSWORD,
        case=random_uid(),
        enrollment=random_uid(),
        event=random_uid(),
    )
    sweep(live_server, prefix)


@pytest.mark.live
def test_a_case_by_real_tracker_calls(live_server: Server, place: Place, tmp_path: Path) -> None:
    """Enrolled, followed up, closed, handed over; others see nothing; the institute reads totals alone."""
    if live_server.is_there("programs", PROGRAM):
        pytest.skip(f"{live_server.url} works with this program already")
    workspace, ask = Workspace(live_server, tmp_path, place), asking(live_server)
    workspace.run("lock")
    before = workspace.changes()
    assert {each["kind"] for each in before} == {"create", "adopt"}, "the units stand, all else is new"
    try:
        workspace.run("apply", "--all", "--yes")
        assert workspace.changes() == []
        try:
            make_accounts(ask, place)
            follow_a_case(ask, place)
            read_totals(ask, place)
        finally:
            _remove_data(live_server, ask, place)
    finally:
        workspace.undo()
        forget(live_server, workspace.name)
    assert workspace.changes() == before


def asking(server: Server) -> Ask:
    """A way to ask as somebody who signs in with a password."""

    def ask(who: str, method: str, path: str, body: Any) -> tuple[int, Any]:
        answer = server.ask(method, path, body, basic(who, PASSWORD) if who else "")
        return answer.status, json.loads(answer.body or b"null")

    return ask


def _remove_data(server: Server, ask: Ask, place: Place) -> None:
    """The case and the totals, for good, by an account that may; then the accounts."""
    me = server.call("GET", "/api/me?fields=userRoles[id]")
    units = [{"id": place.land}]
    body = {
        "username": place.name("rydder"),
        "firstName": "Syntetisk",
        "surname": "rydder",
        "password": PASSWORD,
        "userRoles": me["userRoles"],
        "organisationUnits": units,
        "dataViewOrganisationUnits": units,
        "teiSearchOrganisationUnits": units,
    }
    assert ask("", "POST", "/api/users", body)[0] in (200, 201)
    who = place.name("rydder")
    tracked = {
        "events": [{"event": place.event}],
        "enrollments": [{"enrollment": place.enrollment}],
        "trackedEntities": [{"trackedEntity": place.case}],
    }
    (element,) = {each["dataElement"] for each in totals(ask, place)["dataValues"]}
    gone = [
        ask(who, "POST", "/api/tracker?async=false&importStrategy=DELETE", tracked),
        ask("", "POST", f"/api/maintenance/dataPruning/dataElements/{element}", None),
    ]
    query = "&".join(f"softDeleted{each}Removal=true" for each in EMPTIED)
    server.call("POST", f"/api/maintenance?{query}")
    for uid in accounts(server, place.prefix):
        server.call("DELETE", f"/api/users/{uid}")
    assert [status for status, _ in gone] == [200, 200], gone
