"""What a municipality made by hand stays, through an apply of a changed package, and is listed as its own."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.house import House, Server, locals_of

UNIT, OPTION, PERSON, ELEMENT, GROUP = (
    "HandUnit001",
    "HandOption1",
    "HandPerson1",
    "HandElemen1",
    "HandGroup01",
)
CHANGED = [
    ("packages/example/program.yaml", "    name: Example follow-up\n", "    name: Follow-up of cases\n"),
    ("packages/example/dictionary.yaml", "    name: Test result\n", "    name: Result of a test\n"),
    ("packages/example/dictionary.yaml", "{name: Example team,", "{name: Team of the example,"),
    (
        "packages/example/dictionary.yaml",
        "EX_TEST_RESULT: {name: Result of the test,",
        "EX_TEST_RESULT: {name: Result of this test,",
    ),
]
"""The package moves on in every object that the municipality added something to."""


def extra_unit(server: Server) -> None:
    """An organisation unit more works with the program."""
    unit = {"id": UNIT, "name": "Outpost", "shortName": "Outpost", "openingDate": "2020-01-01"}
    root = server.found("organisationUnits", "0001")
    server.send_metadata(organisationUnits=[{**unit, "parent": {"id": root["id"]}}])
    program = server.found("programs", "EX_FOLLOW_UP")
    server.edit("programs", "EX_FOLLOW_UP", organisationUnits=[*program["organisationUnits"], {"id": UNIT}])


def extra_option(server: Server) -> None:
    """An option more in the option set."""
    option_set = server.found("optionSets", "EX_RESULT")
    option = {"id": OPTION, "code": "LOST", "name": "Lost", "optionSet": {"id": option_set["id"]}}
    options = [*option_set["options"], {"id": OPTION}]
    server.send_metadata(options=[option], optionSets=[{**option_set, "options": options}])


def extra_member(server: Server) -> None:
    """Somebody more in the group."""
    (role,) = server.call("GET", "/api/userRoles?fields=id&filter=name:eq:Superuser")["userRoles"]
    group = server.found("userGroups", "EX_TEAM")
    person = {
        "id": PERSON,
        "username": "kari",
        "firstName": "Kari",
        "surname": "Nordmann",
        "password": "Kari-2026-xyz",
        "userRoles": [role],
        "userGroups": [{"id": group["id"]}],
    }
    server.call("POST", "/api/users", person)


def extra_translation(server: Server) -> None:
    """The name of an element in a language that the package does not speak."""
    element = server.found("dataElements", "EX_TEST_RESULT")
    text = {"locale": "fr", "property": "NAME", "value": "Résultat du test"}
    server.edit("dataElements", "EX_TEST_RESULT", translations=[*element["translations"], text])


def extra_sharing(server: Server) -> None:
    """A group of the municipality's own may read an element."""
    server.send_metadata(userGroups=[{"id": GROUP, "name": "Statistics", "code": "STAT"}])
    element = server.found("dataElements", "EX_TEST_RESULT")
    groups = {**element["sharing"]["userGroups"], GROUP: {"id": GROUP, "access": "r-r-----"}}
    server.edit("dataElements", "EX_TEST_RESULT", sharing={**element["sharing"], "userGroups": groups})


def local_element(server: Server) -> None:
    """A data element of the municipality's own in the package's stage."""
    element = {
        "id": ELEMENT,
        "name": "Room",
        "shortName": "Room",
        "valueType": "TEXT",
        "domainType": "TRACKER",
        "aggregationType": "NONE",
    }
    server.send_metadata(dataElements=[element])
    stage = server.found("programStages", "Test")
    elements = [*stage["programStageDataElements"], {"dataElement": {"id": ELEMENT}, "sortOrder": 9}]
    server.send_metadata(programStages=[{**stage, "programStageDataElements": elements}])


def units(server: Server) -> Any:
    """Who works with the program."""
    return sorted(each["id"] for each in server.found("programs", "EX_FOLLOW_UP")["organisationUnits"])


def options(server: Server) -> Any:
    """The options of the set, in order."""
    return [each["id"] for each in server.found("optionSets", "EX_RESULT")["options"]]


def members(server: Server) -> Any:
    """Who is in the group."""
    return [each["id"] for each in server.found("userGroups", "EX_TEAM")["users"]]


def translations(server: Server) -> Any:
    """The languages of the element's name."""
    return [each["value"] for each in server.found("dataElements", "EX_TEST_RESULT")["translations"]]


def sharing(server: Server) -> Any:
    """The groups that may do something with the element."""
    return list(server.found("dataElements", "EX_TEST_RESULT")["sharing"]["userGroups"])


def elements(server: Server) -> Any:
    """The elements of the stage."""
    stage = server.found("programStages", "Test")
    return [each["dataElement"]["id"] for each in stage["programStageDataElements"]]


@pytest.mark.parametrize(
    ("add", "look", "extra", "own"),
    [
        (extra_unit, units, UNIT, ("programs", "EX_FOLLOW_UP", f"organisationUnits[id:{UNIT}]")),
        (extra_option, options, OPTION, ("optionSets", "EX_RESULT", f"options[id:{OPTION}]")),
        (extra_member, members, PERSON, ("userGroups", "EX_TEAM", f"users[id:{PERSON}]")),
        (
            extra_translation,
            translations,
            "Résultat du test",
            ("dataElements", "EX_TEST_RESULT", "translations[NAME,fr]"),
        ),
        (
            extra_sharing,
            sharing,
            GROUP,
            ("dataElements", "EX_TEST_RESULT", f"sharing.userGroups[id:{GROUP}]"),
        ),
        (
            local_element,
            elements,
            ELEMENT,
            ("programStages", "EX_FOLLOW_UP/EX_TEST", f"programStageDataElements[id:{ELEMENT}]"),
        ),
    ],
    ids=["unit", "option", "member", "translation", "sharing", "element"],
)
def test_an_addition_by_hand_survives_a_changed_package(
    applied: House,
    add: Callable[[Server], None],
    look: Callable[[Server], Any],
    extra: str,
    own: tuple[str, str, str],
) -> None:
    """It is listed as the municipality's own before, and stands there after."""
    add(applied.server)
    before = look(applied.server)
    assert extra in before
    for passage in CHANGED:
        applied.change(*passage)
    plan = applied.plan()
    assert {each["kind"] for each in plan["changes"]} == {"update"}, plan["changes"]
    assert own[:2] in {each[:2] for each in locals_of(plan)}, plan["local"]
    applied.fine("apply", "--yes")
    assert look(applied.server) == before
    assert applied.run("plan", "--exit-code").code == 0
    assert own in locals_of(applied.plan())
