"""Objects that two packages have: counted in the record, gone only when nobody has them any more."""

from pathlib import Path

import pytest

from dhis2cfg.sandbox.seed import SANDBOX_TOKEN
from tests.e2e.house import URL, House, changes_of

MANIFEST = """\
name: {name}
version: 1.0.0
dhis2: ">=2.41,<2.44"
locale: en
defaults: {{dataElements: {{aggregationType: NONE, domainType: TRACKER, sharing: {{public: "r-------"}}}}}}
"""
SHARED = "  FEVER: {id: FeverShared, name: Fever, valueType: BOOLEAN, description: SAID}\n"
FLEET = """\
name: demo
packages: packages/*
municipalities: municipalities/*.yaml
defaults:
  packages: {PACKAGES}
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Two packages with one element of their own each, and one that both have."""
    house = House(folder=tmp_path, environ={"DHIS2CFG_TOKEN": SANDBOX_TOKEN})
    using(house, "{p: {}, q: {}}")
    house.write("municipalities/by.yaml", f"name: By\nserver: {{url: {URL}, sandbox: true}}\n")
    for name in ("p", "q"):
        house.write(f"packages/{name}/package.yaml", MANIFEST.format(name=name))
        own = f"  OF_{name.upper()}: {{name: Of {name}, valueType: BOOLEAN}}\n"
        house.write(f"packages/{name}/elements.yaml", f"dataElements:\n{SHARED}{own}")
    house.fine("lock")
    house.serve()
    return house


def using(house: House, packages: str) -> None:
    """The fleet file with these packages."""
    house.write("fleet.yaml", FLEET.replace("{PACKAGES}", packages))


def owners(house: House) -> dict[str, tuple[str, ...]]:
    """Who has each element, as the record says."""
    recorded = house.server.kept("record-demo")["objects"]["dataElements"].values()
    return {each["path"]: (each["owner"], *each.get("also", ())) for each in recorded}


def test_prune_takes_what_no_package_has_any_more(house: House) -> None:
    """What the other one still has stays; once both are gone it goes as well."""
    house.fine("apply", "--yes")
    assert owners(house) == {"FEVER": ("p", "q"), "OF_P": ("p",), "OF_Q": ("q",)}
    using(house, "{q: {}}")
    assert changes_of(house.plan("--prune")) == {("dataElements", "OF_P", "")}
    allowed = ("--allow", "destructive", "--allow", "irreversible", "--allow", "breaking")
    house.fine("apply", "--prune", "--yes", *allowed)
    assert owners(house) == {"FEVER": ("q",), "OF_Q": ("q",)}
    house.write("packages/r/package.yaml", MANIFEST.format(name="r"))
    using(house, "{q: {}, r: {}}")
    house.fine("apply", "--yes")
    using(house, "{r: {}}")
    assert changes_of(house.plan("--prune")) == {("dataElements", "FEVER", ""), ("dataElements", "OF_Q", "")}


def test_contents_that_differ_are_refused_until_the_fleet_decides(house: House) -> None:
    """One finding with both places; the plan that follows is for what was decided."""
    house.fine("apply", "--yes")
    house.change("packages/q/elements.yaml", "SAID", "OTHERWISE")
    ran = house.run("plan")
    assert ran.code == 3, ran.said
    assert ran.err.count("error[two-packages]") == 1
    assert "p and q both define dataElements/FEVER, with another description" in ran.flat
    assert "packages/q/elements.yaml:2:" in ran.flat
    assert "in p: packages/p/elements.yaml:2:" in ran.flat
    using(house, "{p: {}, q: {}}\n  shared: {dataElements/FEVER: q}")
    (change,) = house.plan()["changes"]
    assert (change["field"], change["after"]) == ("description", "OTHERWISE")
    house.fine("apply", "--yes")
    (plan,) = house.fine("plan", "--server", URL, "--format", "json").json["plans"]
    assert plan["changes"] == []
    using(house, "{p: {}, q: {}}\n  patches: {dataElements/FEVER: {description: OTHERWISE}}")
    assert house.plan()["changes"] == []


def test_a_package_is_exported_with_what_it_shares(house: House) -> None:
    """Whichever of the owners is named first."""
    house.fine("export", "q", "-m", "by", "-o", str(house.folder / "out"))
    texts = [path.read_text(encoding="utf-8") for path in (house.folder / "out").glob("*.json")]
    assert any("FeverShared" in text for text in texts)
    assert not any("OF_P" in text for text in texts)
