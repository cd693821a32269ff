"""Norway's fleet: who has what, and the package that nobody has."""

from dataclasses import replace

import pytest

from dhis2cfg.model.fleet import PackageChoice
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.resolve import choose, read_fleet, resolve
from tests.covid_no.package import TODAY, catalogue, fleet_source, source_of, state_of

TOWNS = [
    "alesund",
    "amot",
    "asker",
    "bergen",
    "drammen",
    "fredrikstad",
    "haram",
    "heroy-nordland",
    "kautokeino",
    "oslo",
    "sel",
    "tromso",
]
OWN_VALUES = {"amot", "oslo", "tromso"}
"""Who says something else than the package; a server for several can't hold that."""


def test_who_is_in_the_fleet() -> None:
    """Twelve with a server of their own, nine of them on the shared one too; waves name them all."""
    fleet, found = read_fleet(fleet_source()[0])
    assert found == ()
    assert sorted(each.name for each in fleet.municipalities) == TOWNS
    shared = {each.name for each in fleet.municipalities if "felles" in each.servers}
    assert shared == set(TOWNS) - OWN_VALUES
    assert {name for names in fleet.waves.values() for name in names} - {"*"} <= set(TOWNS)
    assert [choice.name for choice in fleet.environments["felles"]] == ["norge-2024"]


def test_points_of_entry_are_in_no_list() -> None:
    """Neither a municipality nor an environment names the package."""
    fleet, _ = read_fleet(fleet_source()[0])
    named = {choice.name for each in fleet.municipalities for choice in each.packages}
    named |= {choice.name for choices in fleet.environments.values() for choice in choices}
    assert named == {"covid-no", "norge-2020", "norge-2024"}


def test_enabling_points_of_entry_adds_exactly_its_objects() -> None:
    """Everything else stays as it is, field by field."""
    fleet, _ = read_fleet(fleet_source()[0])
    town = next(each for each in fleet.municipalities if each.name == "sel")
    choice = PackageChoice(name="covid-no-innreise", version="", parameters={}, place=Place(file="sel.yaml"))
    wanted = replace(town, packages=(*town.packages, choice))
    sources = choose([source_of()[0], source_of("covid-no-innreise")[0]])
    lock = fleet_source()[0].lock
    with_it, found = resolve(fleet, wanted, sources, catalogue(), lock=lock, today=TODAY)
    assert found == ()
    without = state_of("sel")[0].objects
    added = {ref: each for ref, each in with_it.objects.items() if ref not in without}
    assert {each.owner for each in added.values()} == {"covid-no-innreise"}
    assert Ref("programs", "NO_C19_INNREISE") in added
    assert all(with_it.objects[ref].fields == each.fields for ref, each in without.items())


@pytest.mark.parametrize("name", ["asker", "kautokeino"])
def test_what_differs_is_what_the_files_say(name: str) -> None:
    """Beside its own units a municipality has the same objects as the next, assigned to its own units."""
    one, two = state_of("sel")[0].objects, state_of(name)[0].objects
    package = {ref for ref, each in one.items() if each.owner == "covid-no"}
    assert package == {ref for ref, each in two.items() if each.owner == "covid-no"}
    differs = {
        (ref.type, field)
        for ref in package
        for field in one[ref].fields
        if one[ref].fields[field].value != two[ref].fields[field].value
    }
    assert differs == {("programs", "organisationUnits"), ("dataSets", "organisationUnits")}
