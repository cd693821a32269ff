"""What every test of the embedded server may ask for; tests of facts run on a real one as well (`live`)."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.unit.sandbox.live_server import NEEDED, URL, LiveServer, live_version, must_be_empty
from tests.unit.sandbox.recording import Recorder, write
from tests.unit.sandbox.server import Make, Server

RECORD = "DHIS2CFG_LIVE_RECORD"
TOLD_OF_DHIS2 = (
    "test_facts_",
    "test_checks",
    "test_data_values",
    "test_deletion",
    "test_expressions_and_merges",
    "test_import_details",
    "test_people",
    "test_reading_details",
    "test_tracker",
)
"""Modules whose tests tell what DHIS2 does, rather than what this server does beside."""

EMBEDDED, LIVE = "embedded", "live"
FAILED = pytest.StashKey[bool]()
"""Whether a test has failed: what was answered then is not kept."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure until the test's server is put back."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of what DHIS2 does meet two kinds of server, all others the embedded one."""
    if "make" not in metafunc.fixturenames:
        return
    name = metafunc.module.__name__.rpartition(".")[2]
    live = [pytest.param(LIVE, marks=pytest.mark.live)] if name.startswith(TOLD_OF_DHIS2) else []
    metafunc.parametrize("make", [EMBEDDED, *live], indirect=True)


@pytest.fixture
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    """A fresh server of a version, or of any where the text is empty."""
    if request.param == EMBEDDED:
        yield lambda version: Server(version or "2.42")
        return
    url = os.environ.get(URL)
    if not url:
        pytest.skip(NEEDED)
    version = live_version(url)
    made: list[LiveServer] = []

    def real(wanted: str) -> Server:
        if wanted not in {"", version}:
            pytest.skip(f"told of {wanted}, the server is {version}")
        server = Recorder(url, version)
        made.append(server)
        must_be_empty(server)
        return server

    yield real
    left = [line for server in made for line in server.put_back()]
    for server in made:
        server.transport.close()
    folder = os.environ.get(RECORD)
    if folder and made and not request.node.stash.get(FAILED, False):
        steps = [step for server in made if isinstance(server, Recorder) for step in server.steps]
        write(Path(folder) / version, request.node.name, steps)
    assert left == []


@pytest.fixture
def server(make: Make) -> Server:
    """A fresh 2.42, or the real server whatever its version."""
    return make("")
