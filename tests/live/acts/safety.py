"""What ends an apply before it writes: stale plans, locks, accounts that may not see everything."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from dhis2cfg.dhis2.credentials import name_of, origin_of
from dhis2cfg.errors import Exit, Locked
from tests.live.package import both
from tests.live.stage import Stage, random_uid

PASSWORD = "Zt-Weak-2026!"  # noqa: S105 - of an account that lives for one test


def the_commands_and_their_codes(stage: Stage) -> None:
    """`validate`, `plan --exit-code`, `apply --yes` and `status`, through the program's own door."""
    stage.write()
    assert stage.run("validate").code == Exit.FINE
    assert stage.run("plan", "--exit-code").code == Exit.CHANGES
    done = stage.run("apply", "--yes")
    assert done.code == Exit.FINE, done.said
    assert "read back: as planned" in done.out + done.err
    assert stage.run("plan", "--exit-code").code == Exit.FINE
    status = stage.run("status")
    assert (status.code, "as applied" in status.out) == (Exit.FINE, True), status.said
    stage.edit("dataElements", f"{stage.p}TEMP", formName="Feber")
    assert stage.run("plan", "--exit-code").code == Exit.FINE
    stage.edit("dataElements", f"{stage.p}TEMP", name=f"{stage.p}Feber")
    plan = stage.run("plan", "--exit-code")
    assert plan.code == Exit.CHANGES
    assert "last saved by" in plan.out
    doctor = stage.run("doctor")
    assert doctor.code == Exit.FINE, doctor.said


def a_saved_plan_goes_stale(stage: Stage) -> None:
    """Somebody edits what a saved plan would write: exit 6, and nothing is written."""
    stage.applied()
    stage.program["name"] = both(f"{stage.p}Tilfelle", f"{stage.p}Case")
    stage.write()
    saved = stage.folder / "plan.json"
    assert stage.run("plan", "--out", str(saved)).code == Exit.FINE
    stage.edit("programs", stage.path, description="Redigert")
    before = stage.standing()
    applied = stage.run("apply", str(saved), "--yes")
    assert applied.code == Exit.STALE, applied.said
    assert stage.standing() == before


def a_saved_plan_is_applied(stage: Stage) -> None:
    """A saved plan is applied as it was shown, once; a second time it is stale."""
    stage.write()
    saved = stage.folder / "plan.json"
    assert stage.run("plan", "--out", str(saved)).code == Exit.FINE
    applied = stage.run("apply", str(saved), "--yes")
    assert applied.code == Exit.FINE, applied.said
    assert stage.run("apply", str(saved), "--yes").code == Exit.STALE


def lock_keys(stage: Stage) -> dict[str, Any]:
    """The locks that stand, by key."""
    keys = stage.server.call("GET", "/api/dataStore/dhis2cfg")
    return {
        key: stage.server.call("GET", f"/api/dataStore/dhis2cfg/{key}")
        for key in keys
        if key.startswith("lock-")
    }


def a_lock_is_held(stage: Stage) -> None:
    """While somebody else is at work nothing is done, exit 7; afterwards all is as planned."""
    with stage.opened() as (_, ports), ports.store.lock("another run", wait_seconds=0):
        held = stage.run("apply", "--yes")
        assert held.code == Exit.LOCKED, held.said
        assert "another run" in held.err
    stage.applied()


def a_lock_has_ended(stage: Stage) -> None:
    """A lock whose holder died is taken over once its time is up, by the server's clock."""
    with stage.opened() as (_, ports):
        holder = ports.store.lock("a run that died", wait_seconds=0)
        with holder:
            key, claim = max(lock_keys(stage).items(), key=lambda item: int(item[0].removeprefix("lock-")))
            with pytest.raises(Locked), ports.store.lock("we", wait_seconds=0):
                pass
            ended = datetime.fromisoformat(claim["expires"]) - timedelta(hours=1)
            stage.server.call(
                "PUT", f"/api/dataStore/dhis2cfg/{key}", {**claim, "expires": ended.isoformat()}
            )
            stage.applied()
    assert {each["state"] for each in lock_keys(stage).values()} == {"released"}


def an_account_that_sees_less(stage: Stage) -> None:
    """An object that stands and may not be seen is no absent one: refused by name, exit 4."""
    stage.applied()
    role, user = random_uid(), random_uid()
    username = f"{stage.p}weak".lower()
    stage.server.hand_in(
        userRoles=[{"id": role, "name": f"{stage.p}Svak", "authorities": ["F_METADATA_IMPORT"]}]
    )
    person = {
        "id": user,
        "username": username,
        "firstName": "Zt",
        "surname": "Weak",
        "password": PASSWORD,
        "userRoles": [{"id": role}],
        "organisationUnits": [{"id": stage.unit}],
    }
    stage.server.call("POST", "/api/users", person)
    group = stage.live("userGroups", f"{stage.p}SPORER")
    stage.edit("userGroups", f"{stage.p}SPORER", users=[*(group.get("users") or ()), {"id": user}])
    for type_name, path in (("dataElements", f"{stage.p}TEMP"), ("programs", stage.path)):
        sharing = stage.live(type_name, path)["sharing"]
        stage.edit(type_name, path, sharing={**sharing, "userGroups": {}, "users": {}})
    before = stage.standing()
    name = name_of(origin_of(stage.server.url))
    stage.environ = {f"DHIS2CFG_USERNAME__{name}": username, f"DHIS2CFG_PASSWORD__{name}": PASSWORD}
    stage.server.ask("DELETE", f"/api/dataStore/dhis2cfg/record-{stage.name}")
    stage.server.ask("DELETE", f"/api/dataStore/dhis2cfg/run-{stage.name}")
    applied = stage.run("apply", "--yes")
    assert applied.code == Exit.UNSAFE, applied.said
    assert "may not see it" in applied.out + applied.err, applied.said
    assert stage.standing() == before


SCENARIOS = (
    the_commands_and_their_codes,
    a_saved_plan_goes_stale,
    a_saved_plan_is_applied,
    a_lock_is_held,
    a_lock_has_ended,
    an_account_that_sees_less,
)
