"""System settings and data store entries, through the program and the embedded server."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.model.http import Request, Response
from tests.e2e.house import URL, House, Server, changes_of, spoilt

PACKAGE = """
name: kept
version: 1.0.0
dhis2: ">=2.41,<2.44"
locale: nb
locales: {inline: [en]}
parameters: {limit: {type: integer, default: 60000}}
"""
OBJECTS = """
systemSettings:
  applicationTitle: {nb: Smittevern, en: Infection control}
  keyAnalysisDisplayProperty: SHORTNAME
  keyAnalyticsMaxLimit: !var limit
  keyLockMultipleFailedLogins: true
  keyFlag: norway
dataStore:
  smittevern:
    layout: {columns: [1, 2.50, ~], open: true}
  smittevern/count: 5
"""
MUNICIPALITY = """
number: "5501"
name: By
server: {url: "http://127.0.0.1:8081", sandbox: true}
organisationUnit: {code: "5501", name: By, shortName: By, openingDate: 2020-01-01}
packages: {kept: {}}
patches:
  systemSettings/applicationTitle: {nb: Smittevern i By}
  dataStore/smittevern/layout: {open: false}
"""
FLEET = "name: kept\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n"
FILE = "packages/kept/settings.yaml"
TOWN = "municipalities/by.yaml"
APPLY = ("apply", "--yes", "--allow", "access")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A municipality whose package asks for nothing but settings and entries."""
    house = House(folder=tmp_path)
    house.write("packages/kept/package.yaml", PACKAGE)
    house.write(FILE, OBJECTS)
    house.write(TOWN, MUNICIPALITY)
    house.write("fleet.yaml", FLEET)
    return house


def settings(server: Server, *keys: str) -> dict[str, Any]:
    """What stands of these settings."""
    return dict(server.call("GET", "/api/systemSettings?" + "&".join(f"key={key}" for key in keys)))


def setting(server: Server, key: str) -> Any:
    """What stands of one setting."""
    return settings(server, key)[key]


@pytest.mark.parametrize("version", ["2.41", "2.43"])
def test_what_stands_after_apply(house: House, version: str) -> None:
    """Values, parameters, texts of other languages and entries stand as written; a second plan is empty."""
    server = house.serve(version=version)
    house.fine(*APPLY)
    assert settings(server, "applicationTitle", "keyAnalyticsMaxLimit", "keyLockMultipleFailedLogins") == {
        "applicationTitle": "Smittevern i By",
        "keyAnalyticsMaxLimit": 60000,
        "keyLockMultipleFailedLogins": True,
    }
    assert server.call("GET", "/api/dataStore/smittevern/layout") == {
        "columns": [1, 2.5, None],
        "open": False,
    }
    assert server.call("GET", "/api/dataStore/smittevern/count") == 5
    assert house.plan()["changes"] == []
    assert house.fine(*APPLY).out.count("as it was") + house.plan()["compared"] >= 1


def test_the_first_write_is_no_takeover(house: House) -> None:
    """The value before is shown; only what decides who gets in needs a word."""
    house.serve()
    plan = house.plan()
    told = {each["path"]: each for each in plan["changes"] if each["type"] == "systemSettings"}
    title = told["applicationTitle"]
    assert (title["reason"], title["risk"]) == ("new", "visible")
    assert told["keyAnalyticsMaxLimit"]["before"] == 100000
    assert told["keyLockMultipleFailedLogins"]["risk"] == "access"
    assert [each["word"] for each in plan["refusals"]] == ["access"]
    assert [step["kind"] for step in plan["steps"]] == ["setting", "call", "setting"]
    assert list(plan["steps"][0]["body"]) == ["systemSettings"]
    assert list(plan["steps"][2]["body"]) == ["dataStore"]


def test_an_entry_of_somebody_else_is_a_takeover(house: House) -> None:
    """What stands in the data store was put there by somebody; an equal one is found, and let go later."""
    server = house.serve()
    server.call("PUT", "/api/dataStore/smittevern/count", 7)
    server.call("PUT", "/api/dataStore/smittevern/layout", {"columns": [1, 2.5, None], "open": False})
    plan = house.plan()
    (change,) = [each for each in plan["changes"] if each["type"] == "dataStore"]
    assert (change["path"], change["reason"], change["before"]) == ("smittevern/count", "takeover", 7)
    house.fine(*APPLY, "--allow", "takeover")
    house.change(FILE, "    layout: {columns: [1, 2.50, ~], open: true}\n", "    other: 1\n")
    house.change(TOWN, "  dataStore/smittevern/layout: {open: false}\n", "")
    house.fine(*APPLY)
    assert server.call("GET", "/api/dataStore/smittevern/layout")["open"] is False


def test_drift_conflict_and_what_is_dropped(house: House) -> None:
    """By hand is set back; both changed is a conflict; left out goes back to the default, or is let go."""
    server = house.serve()
    house.fine(*APPLY)
    server.call("POST", "/api/systemSettings", {"keyAnalyticsMaxLimit": 7, "keyFlag": "sweden"})
    server.call("DELETE", "/api/dataStore/smittevern/count")
    told = {(each["path"], each["reason"]): each for each in house.plan()["changes"]}
    assert ("keyAnalyticsMaxLimit", "changed by hand") in told
    assert told["smittevern/count", "changed by hand"]["kind"] == "create"
    house.change(FILE, "keyFlag: norway", "keyFlag: denmark")
    (flag,) = [each for each in house.plan()["changes"] if each["path"] == "keyFlag"]
    assert (flag["reason"], flag["base"], flag["before"]) == ("conflict", "norway", "sweden")
    house.change(FILE, "  keyFlag: denmark\n", "")
    house.change(FILE, "  keyAnalysisDisplayProperty: SHORTNAME\n", "")
    house.change(FILE, "    layout: {columns: [1, 2.50, ~], open: true}\n", "    other: 1\n")
    house.change(FILE, "en: Infection control", "en: Infections")
    house.change(TOWN, "  dataStore/smittevern/layout: {open: false}\n", "")
    plan = house.plan()
    assert "no longer managed: systemSettings/keyFlag, which stays as it is" in plan["notes"]
    gone = {each["path"]: each for each in plan["changes"] if each["reason"] == "no longer in the package"}
    assert gone["keyAnalysisDisplayProperty"]["note"] == "back to the server's default"
    assert gone["smittevern/layout"]["kind"] == "delete"
    house.fine(*APPLY)
    assert setting(server, "keyAnalysisDisplayProperty") == "name"
    assert setting(server, "keyFlag") == "sweden"
    assert server.call("GET", "/api/dataStore/smittevern") == ["count", "other"]
    assert house.plan()["changes"] == []


def test_texts_of_a_language_come_and_go(house: House) -> None:
    """A language left out again has no text of its own any longer; by hand it is set back."""
    server = house.serve()
    house.fine(*APPLY)
    server.call("POST", "/api/systemSettings/applicationTitle?locale=en&value=By%20hand")
    (change,) = house.plan()["changes"]
    assert (change["field"], change["label"], change["before"]) == ("texts[en]", "text (en)", "By hand")
    house.fine(*APPLY)
    house.change(FILE, "{nb: Smittevern, en: Infection control}", "Smittevern")
    house.change(TOWN, "{nb: Smittevern i By}", "Smittevern i By")
    (gone,) = house.plan()["changes"]
    assert (gone["field"], gone["kind"]) == ("texts[en]", "delete")
    house.fine(*APPLY)
    assert house.plan()["changes"] == []


def test_starting_values_and_letting_go(house: House) -> None:
    """`!once` is written once and then the municipality's; `!keep` lets go without a write."""
    server = house.serve()
    house.change(FILE, "keyFlag: norway", "keyFlag: !once norway")
    house.fine(*APPLY)
    assert setting(server, "keyFlag") == "norway"
    server.call("POST", "/api/systemSettings", {"keyFlag": "sweden"})
    assert house.plan()["changes"] == []
    house.change(FILE, "!once norway", "!once denmark")
    plan = house.plan()
    assert plan["changes"] == []
    assert "systemSettings/keyFlag: the package now starts with denmark, here it is sweden" in plan["notes"]
    house.fine(*APPLY)
    house.change(FILE, "!var limit", "!keep")
    house.change("packages/kept/package.yaml", "parameters: {limit: {type: integer, default: 60000}}\n", "")
    plan = house.plan()
    assert plan["changes"] == []
    assert "no longer managed: systemSettings/keyAnalyticsMaxLimit, which stays as it is" in plan["notes"]
    house.fine(*APPLY)
    assert setting(server, "keyAnalyticsMaxLimit") == 60000


def test_a_value_that_became_a_starting_value(house: House) -> None:
    """It is no longer set back, and nothing is said of it."""
    server = house.serve()
    house.fine(*APPLY)
    house.change(FILE, "keyFlag: norway", "keyFlag: !once norway")
    server.call("POST", "/api/systemSettings", {"keyFlag": "sweden"})
    plan = house.plan()
    assert plan["changes"] == []
    assert not any("keyFlag" in note for note in plan["notes"])


def test_a_setting_that_the_server_does_not_tell(house: House) -> None:
    """Nobody knows what a write would take away, so it is refused."""
    server = house.serve()

    def forgetful(request: Request, onwards: Callable[[Request], Response]) -> Response:
        path = request.path.replace("key=keyFlag", "key=keyNothing")
        return onwards(replace(request, path=path))

    with spoilt(server, forgetful):
        plan = house.plan()
    said = [each["message"] for each in plan["refusals"] if not each["word"]]
    reason = "it does not know it, or not for us"
    assert said == [f"the server does not tell what systemSettings/keyFlag is: {reason}"]
    assert "keyFlag" not in {each["path"] for each in plan["changes"]}


def test_two_packages_and_one_value(house: House) -> None:
    """A server has one value of a setting."""
    house.serve()
    house.write("packages/more/package.yaml", PACKAGE.replace("kept", "more").replace("limit:", "limit2:"))
    house.write(
        "packages/more/s.yaml", "systemSettings: {keyFlag: sweden, keyAnalyticsMaxLimit: !var limit2}\n"
    )
    house.change(TOWN, "packages: {kept: {}}", "packages: {kept: {}, more: {}}")
    ran = house.run("validate")
    assert ran.code == 3
    assert "kept and more both give systemSettings/keyFlag a value, and not the same" in ran.flat


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("keyFlag: norway", "keyFlag: !secret FLAG", "systemSettings/keyFlag takes no secret"),
        ("keyFlag: norway", "keyFlag: [norway]", "keyFlag takes a text, not a list"),
        ("smittevern/count: 5", "smittevern/layout: 5", "dataStore/smittevern/layout is written twice"),
        ("smittevern/count: 5", "other: 5", "other is a namespace, and takes its keys"),
        ("smittevern/count: 5", "smittevern/count: {a: !once 5}", "!once stands before the whole of"),
        ("keyFlag: norway", "keyAnalysisDisplayProperty2: x", "DHIS2 has no system setting"),
        ("!var limit", "!tpl 'x{{limit}}'", "'x60000' is no value for keyAnalyticsMaxLimit"),
        ("!var limit", "!var limits", "nothing is called limits here"),
        ("SHORTNAME", "shortname", "keyAnalysisDisplayProperty cannot be"),
    ],
)
def test_what_cannot_be_written(house: House, old: str, new: str, said: str) -> None:
    """Each mistake is found in the files, with its place."""
    house.change(FILE, old, new)
    ran = house.run("validate")
    assert ran.code == 3, ran.said
    assert said in ran.flat


def test_a_patch_of_what_no_package_sets(house: House) -> None:
    """A municipality changes values; which there are, packages say."""
    house.change(TOWN, "dataStore/smittevern/layout", "dataStore/smittevern/layouts")
    ran = house.run("validate")
    assert "there is no dataStore/smittevern/layouts to patch" in ran.flat
    assert "did you mean dataStore/smittevern/layout" in ran.flat


def test_another_fleets_setting(house: House) -> None:
    """What the record of another fleet holds is not changed without a word."""
    house.serve()
    house.fine(*APPLY)
    house.change("fleet.yaml", "name: kept", "name: other")
    house.change(FILE, "keyFlag: norway", "keyFlag: sweden")
    plan = house.plan()
    messages = [each["message"] for each in plan["refusals"] if each["word"] == "takeover"]
    assert any("of what the fleet kept wrote would change" in each for each in messages)


def test_only_the_entry_is_told(house: House) -> None:
    """In text a setting is called by its key once, an entry by its namespace and key."""
    house.serve()
    text = house.fine("plan").out
    assert "~ system setting keyFlag\n" in text
    assert "+ data store entry smittevern/count " in text
    assert ("systemSettings", "keyFlag", "value") in changes_of(house.plan())
    assert URL in house.plan()["url"]
