"""The server moves from one version to the next between two runs, or this program does: no phantom change."""

import pytest

from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.seed import upgraded
from tests.e2e.house import URL, House, Server


@pytest.mark.parametrize(("before", "after"), [("2.41", "2.42"), ("2.42", "2.43"), ("2.41", "2.43")])
def test_a_server_that_moved_on(bare: House, before: str, after: str) -> None:
    """The plan names it and is empty; the next apply writes nothing but the record, which knows it then."""
    old = bare.serve(version=before)
    bare.fine("apply", "--yes")
    instance = upgraded(old.instance, after)
    new = bare.servers[URL] = Server(instance=instance, app=make_app(instance), url=URL)
    plan = bare.plan()
    assert plan["changes"] == []
    moved = f"the server moved from DHIS2 {before}"
    assert any(note.startswith(moved) for note in plan["notes"])
    assert moved in bare.fine("plan").flat
    bare.fine("apply", "--yes")
    assert new.kept("record-example")["server_version"].startswith(after)
    assert not any(note.startswith(moved) for note in bare.plan()["notes"])


def test_a_base_of_an_older_normaliser(applied: House) -> None:
    """Numbers with a decimal, dates with a time, an empty text: the same values, and no change."""
    record = applied.server.kept("record-example")
    rewritten = 0
    for several in record["objects"].values():
        for each in several.values():
            for path, value in each["fields"].items():
                if path == "openingDate":
                    each["fields"][path] = f"{value}T00:00:00.000"
                    rewritten += 1
                elif isinstance(value, int) and not isinstance(value, bool):
                    each["fields"][path] = float(value) + 0.0
                    rewritten += 1
                elif path.endswith("compulsory"):
                    each["fields"][path] = value
                    rewritten += 1
    assert rewritten
    record["tool"] = "0.0.1"
    record["objects"]["dataElements"]["Gone0000000"] = {
        "path": "EX_GONE",
        "owner": "example",
        "fields": {"x": 1},
    }
    applied.server.call("PUT", "/api/dataStore/dhis2cfg/record-example", record)
    assert applied.plan()["changes"] == []
