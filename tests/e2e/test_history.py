"""`history`: the last runs of a server, newest first."""

from tests.e2e.house import House


def test_the_runs_of_a_server(house: House) -> None:
    """Who, when, which packages, how it ended; and what undoes the newest."""
    assert house.fine("history").out == "example: no run is kept here\n"
    house.fine("apply", "--yes")
    house.change("packages/example/dictionary.yaml", "name: Full name", "name: Whole name")
    house.fine("apply", "--yes")
    (runs,) = house.fine("history", "--format", "json").json["targets"].values()
    assert [run["phase"] for run in runs] == ["done", "done"]
    first, second = runs[1]["id"], runs[0]["id"]
    lines = house.fine("history").out.splitlines()
    assert lines[0] == "example"
    assert lines[1].startswith(f"  {second}   ")
    assert "example 0.1.0   done   1 of 1 steps" in lines[1]
    assert any(line.startswith(f"  {first}   ") for line in lines)
    assert lines[-1] == f"  undo the newest: dhis2cfg rollback -m example {second}"


def test_after_a_rollback_the_run_before_is_the_next(house: House) -> None:
    """What was taken back is not offered again; with nothing left to undo no line says so."""
    house.fine("apply", "--yes")
    (runs,) = house.fine("history", "--format", "json").json["targets"].values()
    house.fine("rollback", runs[0]["id"], "--yes")
    out = house.fine("history").out
    assert "rolled back" in out
    assert "undo the newest" not in out


def test_an_unfinished_run_says_what_finishes_it(applied: House) -> None:
    """And what undoes it."""
    run = applied.server.kept("run-example")
    applied.server.call(
        "PUT", "/api/dataStore/dhis2cfg/run-example", {**run, "phase": "between", "allowed": ["breaking"]}
    )
    out = " ".join(applied.fine("history").out.split())
    assert f"dhis2cfg apply -m example --resume {run['id']}" in out
    assert f"dhis2cfg rollback -m example {run['id']}" in out
    assert "allowed: breaking" in out


def test_a_server_that_keeps_nonsense(applied: House) -> None:
    """It is said, with exit 1 or what the error asks for; the others would be shown."""
    applied.server.call("PUT", "/api/dataStore/dhis2cfg/run-example", {"format": 9})
    ran = applied.run("history")
    assert ran.code != 0
    assert "example: not known: run-example on" in " ".join(ran.out.split())
