"""Packages that an environment gives to everybody; a package that brings a municipality's own unit."""

from pathlib import Path

from tests.e2e.house import House

FLEET = """
name: norge
packages: packages/*
municipalities: municipalities/*.yaml
environments:
  shared: {packages: {country: {}, own: {version: ">=9"}}}
"""
TOWN = """
number: "5501"
name: Tromsø
servers:
  prod: {url: "http://127.0.0.1:8081", sandbox: true}
  shared: {url: "http://127.0.0.1:8082", sandbox: true}
organisationUnit: {code: "5501", name: Tromsø, openingDate: 2020-01-01}
organisationUnits: {TEAM: {name: Team, openingDate: 2020-01-01}}
packages: {own: {}}
"""
OWN = 'name: own\nversion: 1.0.0\ndhis2: ">=2.41"\nlocale: nb\n'
COUNTRY = OWN.replace("own", "country")
UNITS = """
organisationUnits:
  norge: {name: Norge, openingDate: 2020-01-01}
  tromso: {name: Tromsø i landet, code: "5501", parent: norge, openingDate: 2020-01-01}
"""


def a_house(folder: Path) -> House:
    """A municipality with a server of its own, and on a shared one that has the country."""
    house = House(folder=folder)
    house.write("fleet.yaml", FLEET)
    house.write("municipalities/tromso.yaml", TOWN)
    house.write("packages/own/package.yaml", OWN)
    house.write(
        "packages/own/groups.yaml", "constants: {C: {name: C, value: 1, sharing: {public: '--------'}}}\n"
    )
    house.write("packages/country/package.yaml", COUNTRY)
    house.write("packages/country/units.yaml", UNITS)
    house.serve("http://127.0.0.1:8081")
    house.serve("http://127.0.0.1:8082")
    return house


def created(house: House, environment: str) -> set[str]:
    """The units that a plan of an environment makes."""
    (plan,) = house.fine("plan", "--env", environment, "--format", "json").json["plans"]
    made = [each for each in plan["changes"] if each["kind"] == "create" and each["field"] == ""]
    return {each["path"] for each in made if each["type"] == "organisationUnits"}


def test_an_environment_brings_its_packages(tmp_path: Path) -> None:
    """Alone the municipality's unit is a root; in the country it is the package's, with the team below it."""
    house = a_house(tmp_path)
    house.fine("lock")
    house.fine("validate")
    assert created(house, "prod") == {"tromso", "TEAM"}
    assert created(house, "shared") == {"norge", "tromso", "TEAM"}
    house.fine("apply", "--env", "shared", "--yes")
    team = house.servers["http://127.0.0.1:8082"].found("organisationUnits", "Team")
    town = house.servers["http://127.0.0.1:8082"].found("organisationUnits", "5501")
    assert (team["parent"]["id"], town["name"]) == (town["id"], "Tromsø i landet")


def test_a_mistake_of_an_environment_is_seen_without_asking_a_server(tmp_path: Path) -> None:
    """A package that is not there."""
    house = a_house(tmp_path)
    house.change("fleet.yaml", "country: {}", "contry: {}")
    ran = house.run("validate")
    assert ran.code == 3, ran.said
    assert "package contry does not exist" in ran.flat
