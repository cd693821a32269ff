"""Given (server, record, package) · do · then (plan line, steps, state, exit): the table, embedded."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.live.conftest import new_stage
from tests.live.server import embedded_server
from tests.live.stage import Stage
from tests.live.table.languages import SEEN, what_users_read
from tests.live.table.row import Row, applied
from tests.live.table.rows import ROWS


@pytest.fixture(scope="session")
def stood(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A stage on which the package stands as applied; copied, never used itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        stage = new_stage(embedded_server("2.42"), "ZTEST_", tmp_path_factory.mktemp("stood"))
        applied(stage)
    return stage


@pytest.mark.parametrize("row", ROWS, ids=lambda each: each.name)
def test_row(row: Row, stood: Stage, tmp_path: Path) -> None:
    """What the row says."""
    if row.given is not applied:
        row.run(new_stage(embedded_server("2.42"), "ZTEST_", tmp_path))
        return
    shutil.copytree(stood.folder, tmp_path, dirs_exist_ok=True)
    server = replace(stood.server)
    server.restore(stood.server.saved())
    row.goes_on(Stage(server=server, folder=tmp_path, p=stood.p, unit=stood.unit))


def test_each_row_has_a_name_of_its_own() -> None:
    """And each that is not for a real server says why."""
    names = [row.name for row in ROWS]
    assert len(set(names)) == len(names)
    assert {row.name for row in ROWS if row.endangers} == {
        "a program with an enrolment is not pruned",
        "a role that would take the tool's own right",
        "the database restored to before the last apply",
    }


@pytest.mark.parametrize("version", ["2.41", "2.42", "2.43"])
def test_what_users_of_each_language_read(version: str, tmp_path: Path) -> None:
    """Users with the database language `no`, `nb`, `en` and none: a table of twelve."""
    what_users_read(new_stage(embedded_server(version), "ZTEST_", tmp_path))


def test_the_table_of_languages_has_twelve_rows() -> None:
    """Four languages on each of three versions."""
    assert len(SEEN) == 12
