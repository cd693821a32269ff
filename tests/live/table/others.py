"""Others on the server: what stood there before, other fleets, accounts that may less, lost records."""

from typing import Any

from dhis2cfg.dhis2.credentials import name_of, origin_of
from dhis2cfg.errors import Exit
from tests.live.stage import Stage, random_uid
from tests.live.table.hands import PASSWORD, a_person
from tests.live.table.row import Row


def nobody(_stage: Stage) -> None:
    """A server on which nothing of ours stands."""


def an_element(stage: Stage, **values: str) -> None:
    """A data element that hands made before the first apply."""
    named = {"name": f"{stage.p}Temperatur", "shortName": f"{stage.p}Temperatur"}
    kind = {"valueType": "NUMBER", "domainType": "TRACKER", "aggregationType": "NONE"}
    stage.server.hand_in(dataElements=[{"id": random_uid(), **named, **kind, **values}])


def the_same_code_and_another_value_type(stage: Stage) -> None:
    """Another thing under our code."""
    an_element(stage, code=f"{stage.p}TEMP", valueType="TEXT")


def the_same_unique_name(stage: Stage) -> None:
    """Somebody's element is called as ours."""
    an_element(stage, code=f"{stage.p}ANNEN")


def a_unit_at_the_top(stage: Stage) -> None:
    """The municipality asks for a unit that is not there, beside the root that is."""
    stage.municipality["organisationUnit"] = {
        "code": f"{stage.p}NY",
        "name": f"{stage.p}Ny",
        "shortName": f"{stage.p}Ny",
        "openingDate": "2020-01-01",
    }


def written_by_another_fleet(stage: Stage) -> None:
    """A record of another fleet holds an element of ours that it made before us."""
    stage.applied()
    key = f"/api/dataStore/dhis2cfg/record-{stage.name}"
    record = stage.server.call("GET", key)
    theirs = {**record, "fleet": f"{stage.name}-north"}
    stage.server.call("POST", f"{key}-north", theirs)
    for name in (f"record-{stage.name}", f"run-{stage.name}"):
        stage.server.ask("DELETE", f"/api/dataStore/dhis2cfg/{name}")


def we_change_it(stage: Stage) -> None:
    """Our package says something else of it."""
    stage.package["dataElements"][f"{stage.p}TEMP"]["name"] = f"{stage.p}Feber"


def theirs_stands(stage: Stage) -> None:
    """Nothing was written."""
    assert stage.live("dataElements", f"{stage.p}TEMP")["name"] == f"{stage.p}Temperatur"


def signed_in(stage: Stage, name: str, *authorities: str) -> None:
    """The program signs in as a person who may no more than this."""
    uid = a_person(stage, name, *authorities)
    group = stage.live("userGroups", f"{stage.p}SPORER")
    stage.edit("userGroups", f"{stage.p}SPORER", users=[*(group.get("users") or ()), {"id": uid}])
    origin = name_of(origin_of(stage.server.url))
    username = f"{stage.p}{name}".lower()
    stage.environ = {f"DHIS2CFG_USERNAME__{origin}": username, f"DHIS2CFG_PASSWORD__{origin}": PASSWORD}
    for key in ("record", "run"):
        stage.server.ask("DELETE", f"/api/dataStore/dhis2cfg/{key}-{stage.name}")


def a_reader(stage: Stage) -> None:
    """An account without any right to write."""
    stage.applied()
    signed_in(stage, "leser", "M_dhis-web-capture")
    we_change_it(stage)


def one_who_may_not_see(stage: Stage) -> None:
    """An account that may import, and may not see one of our objects."""
    stage.applied()
    signed_in(stage, "svak", "F_METADATA_IMPORT")
    sharing = stage.live("dataElements", f"{stage.p}TEMP")["sharing"]
    stage.edit("dataElements", f"{stage.p}TEMP", sharing={**sharing, "userGroups": {}, "users": {}})


def the_record_is_deleted(stage: Stage) -> None:
    """Somebody empties the tool's keys; then the package moves on."""
    for key in ("record", "run"):
        stage.server.call("DELETE", f"/api/dataStore/dhis2cfg/{key}-{stage.name}")
    we_change_it(stage)


def our_own_role(stage: Stage) -> None:
    """The tool's account has its rights from the role of the package."""
    role = stage.package["userRoles"][f"{stage.p}ROLLE"]
    role["authorities"] = ["ALL"]
    stage.applied("access")
    signed_in_as_role(stage)


def signed_in_as_role(stage: Stage) -> None:
    """A person with that role alone."""
    uid = a_person(stage, "verktoy")
    role = stage.uid("userRoles", f"{stage.p}ROLLE")
    user: dict[str, Any] = stage.server.call("GET", f"/api/users/{uid}")
    stage.server.call("PUT", f"/api/users/{uid}", {**user, "userRoles": [{"id": role}]})
    origin = name_of(origin_of(stage.server.url))
    username = f"{stage.p}verktoy".lower()
    stage.environ = {f"DHIS2CFG_USERNAME__{origin}": username, f"DHIS2CFG_PASSWORD__{origin}": PASSWORD}


def it_loses_all(stage: Stage) -> None:
    """The package takes the right to everything away."""
    stage.package["userRoles"][f"{stage.p}ROLLE"]["authorities"] = ["F_UNCOMPLETE_EVENT"]


def the_role_stands(stage: Stage) -> None:
    """With all its rights."""
    assert stage.live("userRoles", f"{stage.p}ROLLE")["authorities"] == ["ALL"]


def restored(stage: Stage) -> None:
    """A release is applied, then the database is set back to before it, the tool's keys too."""
    stage.applied()
    before = stage.server.saved()
    stage.package["dataElements"][f"{stage.p}TEMP"]["description"] = "I grader"
    stage.applied()
    stage.server.restore(before)


ROWS = (
    Row(
        name="same code, other value type",
        given=the_same_code_and_another_value_type,
        do=nobody,
        plan=("has the same code", "with another valueType"),
        refused=("has the same code",),
        exit=Exit.UNSAFE,
    ),
    Row(
        name="same unique name",
        given=the_same_unique_name,
        do=nobody,
        plan=("has the same name",),
        refused=("by its name alone",),
        exit=Exit.UNSAFE,
    ),
    Row(
        name="a second root unit",
        given=nobody,
        do=a_unit_at_the_top,
        plan=("would be a second root",),
        refused=("would be a second root",),
        exit=Exit.UNSAFE,
    ),
    Row(
        name="another fleet's object",
        given=written_by_another_fleet,
        do=we_change_it,
        plan=("the fleet", "wrote would change"),
        refused=("--allow takeover",),
        exit=Exit.UNSAFE,
        then=theirs_stands,
    ),
    Row(
        name="a read-only account",
        given=a_reader,
        do=nobody,
        plan=("seen as", "not tried by the server"),
        refused=("--allow",),
        exit=Exit.UNSAFE,
        then=theirs_stands,
    ),
    Row(
        name="an account that may not see an object",
        given=one_who_may_not_see,
        do=nobody,
        plan=("may not see it",),
        refused=("may not see it",),
        exit=Exit.UNSAFE,
    ),
    Row(
        name="a role that would take the tool's own right",
        given=our_own_role,
        do=it_loses_all,
        plan=("would take ALL from",),
        refused=("would take ALL from",),
        exit=Exit.UNSAFE,
        then=the_role_stands,
        endangers="it signs in as somebody who may do everything and has it from the package",
    ),
    Row(
        name="the record is deleted",
        do=the_record_is_deleted,
        plan=("no record of the fleet", "takeover"),
        refused=("--allow takeover is missing",),
        flags=("--allow", "takeover", "--allow", "access"),
    ),
    Row(
        name="the database restored to before the last apply",
        given=restored,
        do=nobody,
        plan=("description",),
        endangers="it sets a whole database back",
    ),
)
