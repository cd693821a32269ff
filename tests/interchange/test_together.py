"""Published packages together on one embedded server: what they share, who decides, nothing is left."""

import random

import pytest

from dhis2cfg.pipeline.reading import read, resolved
from tests.e2e.house import URL, House
from tests.interchange.conftest import PACKAGES

FILES = {
    "c19-agg": "C19_AGG_DHIS2.39",
    "c19-cs": "C19_CS_COMPLETE_1.0.2_DHIS2.37",
    "c19-poe": "C19_POE_DHIS2.36",
    "cvc-eir": "CVC_EIR_DHIS2.39",
    "ids-mpox": "IDS_MPOX_DHIS2.40",
}
FLEET = "name: together\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n"
CASES = [
    pytest.param(("c19-agg", "ids-mpox"), 1, "2.42", id="two on 2.42"),
    *(
        pytest.param(tuple(FILES), seed, version, marks=pytest.mark.packages, id=f"all on {version}")
        for seed, version in ((1, "2.41"), (2, "2.42"), (3, "2.43"))
    ),
]
DIFFERING = {
    "c19-agg and ids-mpox": {
        "categoryOptionGroups/P0Y--P5Y, with another sharing",
        "categoryOptions/P0Y--P5Y (ids-mpox calls it 0-4Y), with another code, sharing",
    },
    "c19-agg and cvc-eir": {
        "categoryOptions/F (cvc-eir calls it FEMALE), with another code, sharing",
        "categoryOptions/M (cvc-eir calls it MALE), with another code, sharing",
    },
    "c19-cs and c19-poe": 19,
    "c19-cs and ids-mpox": 4,
}
"""Of which objects two packages say different things; of many only how many."""
SHARED = {2: 4, 5: 297}
"""How many objects more than one of two or of five packages has."""


def with_packages(house: House, names: tuple[str, ...], decided: tuple[str, ...] = ()) -> None:
    """The fleet file with these packages; where they differ, those decided count, the first of them first."""
    shared = f"  shared: {{'*': [{', '.join(decided)}]}}\n" if decided else ""
    used = "".join(f"    {name}: {{}}\n" for name in names)
    house.write("fleet.yaml", f"{FLEET}defaults:\n  packages:\n{used}{shared}")


def owned_by_several(house: House) -> int:
    """How many objects more than one package has."""
    (state,) = resolved(read(house.folder)).states.values()
    return sum(len(each.owners) > 1 for each in state.objects.values())


def differing(house: House) -> dict[str, set[str]]:
    """What `validate` says of two packages, each finding with a place in both of them."""
    told: dict[str, set[str]] = {}
    for each in house.run("validate", "--format", "json").json["findings"]:
        if each["rule"] == "two-packages":
            pair, _, what = each["message"].partition(" both define ")
            files = [each["place"]["file"], *(other["place"]["file"] for other in each["related"])]
            folders = sorted(file.split("/")[1] for file in files)
            assert " and ".join(folders) == pair
            told.setdefault(pair, set()).add(what)
    return told


@pytest.mark.skipif(not PACKAGES.is_dir(), reason=f"published packages are not at {PACKAGES}")
@pytest.mark.parametrize(("names", "seed", "version"), CASES)
def test_together(names: tuple[str, ...], seed: int, version: str, house: House) -> None:
    """Differences are told with both places until the fleet file decides; then each plan ends empty."""
    for name in names:
        file = str((PACKAGES / f"{FILES[name]}.json").resolve())
        assert house.run("import", file, "-o", f"packages/{name}").code == 0
    house.write("municipalities/by.yaml", f"name: By\nserver: {{url: '{URL}', sandbox: true}}\n")
    house.serve(version=version)
    with_packages(house, names)
    told = differing(house)
    assert house.run("plan").code == 3
    assert owned_by_several(house) == SHARED[len(names)]
    for pair, what in told.items():
        assert DIFFERING[pair] in (what, len(what)), (pair, what)
    in_order = random.Random(seed).sample(names, len(names))  # noqa: S311 - a seeded order, no secret
    for count in range(1, len(names) + 1):
        with_packages(house, tuple(in_order[:count]), names)
        house.fine("apply", "--yes", "--allow", "access", "--allow", "breaking")
        assert house.plan()["changes"] == []
