"""The package of this repository as the tests look at it: read once, resolved once a municipality."""

import os
from functools import lru_cache
from pathlib import Path

from dhis2cfg.catalogue import shipped
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.catalogue.union import unite
from dhis2cfg.load import load_fleet, load_package
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.model.sources import FleetSource, PackageSource
from dhis2cfg.model.state import DesiredObject, Field, Formula, State, Text
from dhis2cfg.pipeline.reading import Read, read
from dhis2cfg.resolve import Memory, choose, read_fleet, resolve

ROOT = Path(__file__).parents[2]
RECORDED = Path(os.environ.get("DHIS2CFG_RECORDED", ROOT.parent / "shared"))
VERSIONS = ("2.41", "2.42", "2.43")
TODAY = "2026-11-25"


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """What 2.41, 2.42 and 2.43 accept, as one."""
    return unite([shipped.load(version) for version in VERSIONS])


@lru_cache(maxsize=8)
def source_of(name: str = "covid-no") -> tuple[PackageSource, tuple[Finding, ...]]:
    """One package of the repository, read."""
    package, found = load_package(ROOT, f"packages/{name}", catalogue())
    assert package is not None
    return package, found


@lru_cache(maxsize=1)
def fleet_source() -> tuple[FleetSource, tuple[Finding, ...]]:
    """Norway's fleet, read."""
    return load_fleet(ROOT, catalogue())


@lru_cache(maxsize=1)
def workspace() -> Read:
    """Every file of the repository's workspace."""
    return read(ROOT)


def states_in(environment: str) -> dict[str, State]:
    """What everybody asks of their servers in an environment, by name."""
    files, memory = workspace(), Memory()
    states = {}
    for each in files.fleet.municipalities:
        if environment in each.servers:
            there = files.fleet.in_environment(each, environment)
            states[each.name], found = resolve(
                files.fleet, there, files.packages, files.catalogue, lock=files.source.lock, memory=memory
            )
            assert found == ()
    return states


@lru_cache(maxsize=12)
def state_of(name: str = "amot", environment: str = "prod") -> tuple[State, tuple[Finding, ...]]:
    """What one municipality asks of its server in an environment."""
    fleet, found = read_fleet(fleet_source()[0])
    there = next(each for each in fleet.municipalities if each.name == name)
    municipality = fleet.in_environment(there, environment)
    sources = [source_of(choice.name)[0] for choice in municipality.packages]
    lock = fleet_source()[0].lock
    state, also = resolve(fleet, municipality, choose(sources), catalogue(), lock=lock, today=TODAY)
    return state, (*found, *also)


def of_type(name: str) -> dict[str, DesiredObject]:
    """The package's objects of a type by their path."""
    state, _ = state_of()
    return {ref.path: each for ref, each in state.objects.items() if ref.type == name}


def words(field: Field | None) -> str:
    """A text as it would be sent, references by their keys."""
    value = field.value if field else ""
    inner = value.base if isinstance(value, Text) else value
    if isinstance(inner, Formula):
        return "".join(part if isinstance(part, str) else str(part) for part in inner.parts)
    return str(inner or "")


def refs(field: Field | None) -> list[Ref]:
    """The references of a list."""
    value = field.value if field else ()
    return [each for each in value if isinstance(each, Ref)] if isinstance(value, tuple) else []
