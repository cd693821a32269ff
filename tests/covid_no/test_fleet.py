"""Norway's fleet: who has what, one server each and all on one, and the package that nobody has."""

from collections.abc import Mapping
from dataclasses import replace

from dhis2cfg.catalogue.oddities import MUNICIPAL_LISTS
from dhis2cfg.model.fleet import PackageChoice
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import State
from dhis2cfg.plan.between import between
from dhis2cfg.resolve import choose, read_fleet, resolve, together
from tests.covid_no.package import (
    TODAY,
    catalogue,
    fleet_source,
    source_of,
    state_of,
    states_in,
    workspace,
)

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
OWN_VALUES: Mapping[str, set[tuple[str, str]]] = {
    "amot": {("programRules", "condition"), ("programRuleActions", "content")},
    "oslo": {("dataElements", "formName")},
    "tromso": {("programs", "incidentDateLabel"), ("programRuleActions", "data")},
}
"""What three of them have otherwise on their own server: fever-free hours, a label, isolation and a label."""
OWN_UNITS = {"asker": 1, "bergen": 8, "drammen": 2, "fredrikstad": 1, "oslo": 15, "tromso": 1}
"""Units of their own beside the municipality itself."""
INNREISE = "covid-no-innreise"


def test_who_is_in_the_fleet() -> None:
    """Twelve with a server of their own and all on the shared one, Haram not in 2020; waves name them."""
    fleet, found = read_fleet(fleet_source()[0])
    assert found == ()
    assert sorted(each.name for each in fleet.municipalities) == TOWNS
    placed = {each.name: set(each.servers) for each in fleet.municipalities}
    assert {name for name in TOWNS if placed[name] == {"prod", "felles", "felles-2020"}} == set(TOWNS) - {
        "haram"
    }
    assert placed["haram"] == {"prod", "felles"}
    assert len({target.url for each in fleet.municipalities for target in each.servers.values()}) == 12 + 2
    assert {name for names in fleet.waves.values() for name in names} - {"*"} <= set(TOWNS)
    assert [choice.name for choice in fleet.environments["felles"]] == ["norge-2024"]


def test_on_their_own_servers_only_what_the_files_say_differs() -> None:
    """Beside its own units: the values of its file, and who works with what."""
    states = states_in("prod")
    assert {name: _differences(states["sel"], each) for name, each in states.items()} == {
        name: OWN_VALUES.get(name, set()) for name in TOWNS
    }
    assert {name: _units(each) - 1 for name, each in states.items()} == {
        name: OWN_UNITS.get(name, 0) for name in TOWNS
    }


def test_on_the_shared_server_nothing_differs() -> None:
    """One rule, one value: all twelve and the whole country are one state, nothing missing, nothing twice."""
    states = states_in("felles")
    assert sorted(states) == TOWNS
    assert {name for name, each in states.items() if _differences(states["sel"], each)} == set()
    united, found = together(list(states.values()))
    assert found == ()
    assert {ref for state in states.values() for ref in state.objects} == set(united.objects)
    assert _units(united) == 1 + 18 + 357 + sum(OWN_UNITS.values())
    works = united.objects[Ref("programs", "NO_C19_INDEKS")].fields["organisationUnits"].value
    assert isinstance(works, tuple)
    assert len(works) == 12 + 15 + 8 + 1 + 1


def test_points_of_entry_are_in_no_list() -> None:
    """Neither a municipality nor an environment names the package."""
    fleet, _ = read_fleet(fleet_source()[0])
    named = {choice.name for each in fleet.municipalities for choice in each.packages}
    named |= {choice.name for choices in fleet.environments.values() for choice in choices}
    assert named == {"covid-no", "norge-2020", "norge-2024"}


def test_enabling_points_of_entry_adds_exactly_its_objects_and_disabling_removes_them() -> None:
    """Everything else stays as it is, field by field, both ways."""
    without, with_it = state_of("sel")[0], _with_points_of_entry()
    own = {ref for ref, each in with_it.objects.items() if each.owner == INNREISE}
    assert own == with_it.objects.keys() - without.objects.keys()
    assert {Ref("programs", "NO_C19_INNREISE"), Ref("programs", "NO_C19_DUPLIKAT")} <= own
    added, gone = (
        between(before, after, catalogue()) for before, after in ((without, with_it), (with_it, without))
    )
    assert {(each.kind.value, each.field) for each in added} == {("create", "")}
    assert {(each.kind.value, each.field) for each in gone} == {("delete", "")}
    assert {Ref(each.type, each.path) for each in added} == own
    assert {Ref(each.type, each.path) for each in gone} == own


def _with_points_of_entry() -> State:
    """Sel as it would be with the package."""
    fleet = workspace().fleet
    town = next(each for each in fleet.municipalities if each.name == "sel")
    choice = PackageChoice(name=INNREISE, version="", parameters={}, place=Place(file="sel.yaml"))
    wanted = replace(town, packages=(*town.packages, choice))
    sources = choose([source_of()[0], source_of(INNREISE)[0]])
    state, found = resolve(fleet, wanted, sources, catalogue(), lock=fleet_source()[0].lock, today=TODAY)
    assert found == ()
    return state


def _differences(one: State, two: State) -> set[tuple[str, str]]:
    """Type and property of what the package's objects have otherwise, who works with what left out."""
    package = {ref for ref, each in one.objects.items() if each.owner == "covid-no"}
    assert package == {ref for ref, each in two.objects.items() if each.owner == "covid-no"}
    return {
        (ref.type, field)
        for ref in package
        for field in one.objects[ref].fields
        if (ref.type, field) not in MUNICIPAL_LISTS
        and one.objects[ref].fields[field].value != two.objects[ref].fields[field].value
    }


def _units(state: State) -> int:
    return sum(ref.type == "organisationUnits" for ref in state.objects)
