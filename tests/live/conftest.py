"""The real server of `DHIS2CFG_LIVE_URL`, a stage for each scenario, and everything put back at the end."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.live.server import Server, real_server
from tests.live.stage import Stage, random_letters, random_uid
from tests.live.sweeping import forget, must_be_clean, sweep

URL = "DHIS2CFG_LIVE_URL"
LEFT = re.compile(r"(?:record|run)-(zt-(zt[a-z]{8}))")
DESTRUCTIVE = "DHIS2CFG_LIVE_DESTRUCTIVE"
NEEDED = (
    f"{URL} names no server; with DHIS2CFG_LIVE_USERNAME and DHIS2CFG_LIVE_PASSWORD, or DHIS2CFG_LIVE_TOKEN, "
    "it may be a DHIS2 that holds no patients"
)


@pytest.fixture(scope="session")
def live_server() -> Iterator[Server]:
    """The server, if it may be used: nobody's data are on it, and no other fleet's record."""
    if not os.environ.get(URL):
        pytest.skip(NEEDED)
    server = real_server(os.environ[URL], os.environ)
    refuse_patients(server, os.environ)
    sweep_leftovers(server)
    before = tool_keys(server)
    foreign = [key for key in before if key.startswith("record-")]
    assert not foreign, f"{server.url} is configured by somebody: {foreign}"
    yield server
    for key in tool_keys(server):
        if not before and key.startswith("lock-"):
            server.ask("DELETE", f"/api/dataStore/dhis2cfg/{key}")
    assert [each for each in tool_keys(server) if not each.startswith("lock-")] == []
    server.wire.close()


def sweep_leftovers(server: Server) -> None:
    """What a run that was killed could not take away: its record tells its prefix."""
    for key in tool_keys(server):
        left = LEFT.fullmatch(key)
        if left is not None:
            sweep(server, f"{left[2].upper()}_")
            forget(server, left[1])


def tool_keys(server: Server) -> list[str]:
    """The keys of the tool that stand on the server."""
    if "dhis2cfg" not in (server.call("GET", "/api/dataStore") or ()):
        return []
    return list(server.call("GET", "/api/dataStore/dhis2cfg"))


def refuse_patients(server: Server, environ: Mapping[str, str]) -> None:
    """A server that holds tracked entities is used only where somebody says so.

    They are counted by the server's own summary: the tracker itself does not count where a type wants to be
    searched by its attributes.
    """
    counts = server.call("GET", "/api/dataSummary")["objectCounts"]
    count = counts.get("trackedEntity", counts.get("trackedEntityInstance"))
    if count != 0 and environ.get(DESTRUCTIVE) != "1":
        held = "an unknown number of" if count is None else str(count)
        pytest.exit(f"{server.url} holds {held} tracked entities: {DESTRUCTIVE}=1 uses it all the same", 1)


@pytest.fixture(scope="session")
def run_prefix(live_server: Server) -> Iterator[str]:
    """What every name and code of this run begins with; at the end nothing with it is left."""
    prefix = f"ZT{random_letters(5)}"
    yield prefix
    must_be_clean(live_server, prefix)


@pytest.fixture
def stage(live_server: Server, run_prefix: str, tmp_path: Path) -> Iterator[Stage]:
    """A stage with an organisation unit, below the server's root where it has one."""
    made = new_stage(live_server, f"{run_prefix}{random_letters(3)}_", tmp_path)
    try:
        yield made
    finally:
        made.put_back()
        forget(live_server, made.name)
        sweep(live_server, made.p)


def new_stage(server: Server, prefix: str, folder: Path) -> Stage:
    """A stage whose organisation unit hands have made."""
    unit = {
        "id": random_uid(),
        "name": f"{prefix}By",
        "shortName": f"{prefix}By",
        "openingDate": "2020-01-01",
    }
    roots = server.call("GET", "/api/organisationUnits?filter=level:eq:1&fields=id&paging=false")
    (root,) = roots["organisationUnits"][:1] or (None,)
    server.hand_in(organisationUnits=[{**unit, "parent": root} if root else unit])
    return Stage(server=server, folder=folder, p=prefix, unit=unit["id"])
