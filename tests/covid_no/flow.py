"""A synthetic case by real tracker calls: enrolled, followed up, closed, handed over; who sees what of it.

The same on an embedded server and on a real one: whoever calls brings units, the names of accounts and a way
to ask. Nothing that stands on a server for anything else is touched.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

PROGRAM, PERSON, STATUS = "uYjxkTbwRNf", "MCPQUTHX1Ze", "oqsk2Jv4k3s"
"""The program for index cases, the person, the stage for the state of health."""
TYPED = {
    "GIVEN_NAME": "Syntetisk",
    "FAMILY_NAME": "Person",
    "PATINFO_DOB": "1990-01-01",
    "NO_KJONN": "KVINNE",
    "PHONE_LOCAL": "91234567",
    "NO_BOSTEDSKOMMUNE": "1507",
    "NO_KLINIKERMELDING": "true",
}
ROLES = {
    "sporer": ("NO_UR_SMITTESPORER", "NO_UG_SPORER"),
    "nabo": ("NO_UR_SMITTESPORER", "NO_UG_SPORER"),
    "adm": ("NO_UR_KOMMUNEADMIN", "NO_UG_ADMIN"),
    "leser": ("NO_UR_FHI_LESER", "NO_UG_FHI"),
    "koord": ("NO_UR_KOORDINATOR", "NO_UG_KOORDINATOR"),
}
"""Tracers of two municipalities, an administrator, a reader at the institute, a coordinator."""
WEEK = "2022W1"
Ask = Callable[[str, str, str, Any], tuple[int, Any]]
"""Who (nobody: the superuser), method, path, body → status and JSON."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it happens: two municipalities of one country, by UID; `prefix` of the names of accounts."""

    home: str
    away: str
    land: str
    prefix: str
    password: str
    case: str = "TestCase001"
    enrollment: str = "TestEnrol01"
    event: str = "TestEvent01"

    def name(self, who: str) -> str:
        """The username of somebody."""
        return f"{self.prefix}{who}"


def found(ask: Ask, type_name: str, code: str) -> str:
    """The UID of an object of the package."""
    status, told = ask("", "GET", f"/api/{type_name}?filter=code:eq:{code}&fields=id", None)
    assert status == 200
    (one,) = told[type_name]
    return str(one["id"])


def make_accounts(ask: Ask, place: Place) -> None:
    """One account a role, each in its group and at its unit.

    Tracers search the whole country: DHIS2 hands a case over only to a unit among those that they search.
    Programs are closed, so a search shows nobody else's people.
    """
    units, searched = {"nabo": place.away, "leser": place.land}, {"sporer": place.land, "nabo": place.land}
    for who, (role, group) in ROLES.items():
        unit = {"id": units.get(who, place.home)}
        body = {
            "username": place.name(who),
            "firstName": "Syntetisk",
            "surname": who,
            "password": place.password,
            "userRoles": [{"id": found(ask, "userRoles", role)}],
            "organisationUnits": [unit],
            "dataViewOrganisationUnits": [unit],
            "teiSearchOrganisationUnits": [{"id": searched.get(who, unit["id"])}],
            "userGroups": [{"id": found(ask, "userGroups", group)}],
        }
        status, told = ask("", "POST", "/api/users", body)
        assert status in (200, 201), told


def follow_a_case(ask: Ask, place: Place) -> None:
    """The whole way of one case, with a look by each of the others."""
    names = {who: place.name(who) for who in ROLES}
    case, post = _case(ask, place), "/api/tracker?async=false"
    seen = f"/api/tracker/trackedEntities?program={PROGRAM}&orgUnit={place.home}"
    mine = f"/api/tracker/enrollments?program={PROGRAM}"
    for who in ("adm", "leser"):
        assert ask(names[who], "POST", post, {"trackedEntities": [case]})[0] == 409
        assert ask(names[who], "GET", seen, None)[0] in (400, 403)
    status, told = ask(names["sporer"], "POST", post, {"trackedEntities": [case]})
    assert status == 200, told
    assert _rows(ask(names["sporer"], "GET", mine, None)) == [(place.enrollment, "ACTIVE")]
    for who in ("adm", "leser"):
        assert ask(names[who], "GET", seen, None)[0] in (400, 403)
    closed = {**case["enrollments"][0], "trackedEntity": place.case, "status": "COMPLETED", "events": []}
    status, told = ask(names["sporer"], "POST", post, {"enrollments": [closed]})
    assert status == 200, told
    assert _rows(ask(names["nabo"], "GET", mine, None)) == []
    handed = (
        f"/api/tracker/ownership/transfer?trackedEntity={place.case}&program={PROGRAM}&orgUnit={place.away}"
    )
    assert ask(names["nabo"], "PUT", handed, None)[0] >= 400
    status, told = ask(names["sporer"], "PUT", handed, None)
    assert status == 200, told
    assert _rows(ask(names["nabo"], "GET", mine, None)) == [(place.enrollment, "COMPLETED")]
    assert _rows(ask(names["sporer"], "GET", mine, None)) == []
    boards = ask(names["leser"], "GET", "/api/dashboards?fields=name&paging=false", None)[1]["dashboards"]
    assert [each["name"] for each in boards] == ["Nasjonal oversikt"]


def read_totals(ask: Ask, place: Place) -> None:
    """A weekly total that the coordinator enters is read by the institute, who may not enter one.

    The embedded server does not ask who reads totals, so this is for real ones.
    """
    body = totals(ask, place)
    status, told = ask(place.name("koord"), "POST", "/api/dataValueSets", body)
    assert status == 200, told
    query = f"/api/dataValueSets?dataSet={body['dataSet']}&period={WEEK}&orgUnit={place.home}"
    status, told = ask(place.name("leser"), "GET", query, None)
    assert (status, [each["value"] for each in told["dataValues"]]) == (200, ["3"])
    assert ask(place.name("leser"), "POST", "/api/dataValueSets", body)[0] in (403, 409)
    assert ask(place.name("adm"), "GET", query, None)[0] in (403, 409)


def totals(ask: Ask, place: Place) -> dict[str, Any]:
    """One number of the weekly report."""
    element = found(ask, "dataElements", "NO_UR_KARANTENE")
    value = {"dataElement": element, "period": WEEK, "orgUnit": place.home, "value": "3"}
    sheet = found(ask, "dataSets", "NO_DS_UKERAPPORT")
    return {"dataSet": sheet, "period": WEEK, "orgUnit": place.home, "dataValues": [value]}


def _case(ask: Ask, place: Place) -> dict[str, Any]:
    """A person, enrolled, with one event of the stage on health."""
    outcome = found(ask, "dataElements", "NO_HELSEUTFALL")
    event = {
        "event": place.event,
        "program": PROGRAM,
        "programStage": STATUS,
        "orgUnit": place.home,
        "occurredAt": "2022-01-06",
        "status": "COMPLETED",
        "dataValues": [{"dataElement": outcome, "value": "SYMP"}],
    }
    enrollment = {
        "enrollment": place.enrollment,
        "program": PROGRAM,
        "orgUnit": place.home,
        "status": "ACTIVE",
        "enrolledAt": "2022-01-05",
        "occurredAt": "2022-01-05",
        "events": [event],
    }
    return {
        "trackedEntity": place.case,
        "trackedEntityType": PERSON,
        "orgUnit": place.home,
        "attributes": [
            {"attribute": found(ask, "trackedEntityAttributes", code), "value": value}
            for code, value in TYPED.items()
        ],
        "enrollments": [enrollment],
    }


def _rows(answer: tuple[int, Mapping[str, Any]]) -> list[tuple[str, str]]:
    status, told = answer
    assert status == 200, told
    return [(row["enrollment"], row["status"]) for row in told["enrollments"]]
