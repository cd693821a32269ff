"""Published packages come in and go out again: nothing is lost that no rule names."""

import json
from collections import Counter
from pathlib import Path

import pytest

from dhis2cfg.explain.describe import describe
from dhis2cfg.explain.lookup import Meant
from dhis2cfg.explain.objects import objects_of
from dhis2cfg.model.names import Uid
from dhis2cfg.pipeline.reading import read, resolved
from tests.e2e.house import House
from tests.interchange.comparing import compared
from tests.interchange.conftest import PACKAGES
from tests.interchange.making import mended_objects, sent, state_in, taken_from, write_pages

SMALL = ("C19_AGG_DHIS2.39", "CVC_EIR_DHIS2.39", "IDS_MPOX_DHIS2.40")
LARGE = (
    "C19_CS_COMPLETE_1.0.2_DHIS2.37",
    "C19_CS_DHIS2.33-en",
    "C19_CS_DHIS2.36",
    "C19_POE_DHIS2.36",
    "COVID19_TRACKER_V1_DHIS2.36",
)
ALL = (*SMALL, *(pytest.param(name, marks=pytest.mark.packages) for name in LARGE))
LATEST = "C19_CS_COMPLETE_1.0.2_DHIS2.37"

pytestmark = pytest.mark.skipif(not PACKAGES.is_dir(), reason=f"published packages are not at {PACKAGES}")


def test_every_published_package_is_tried() -> None:
    """The lists above name every file that is there."""
    assert sorted(each.stem for each in PACKAGES.glob("*.json")) == sorted((*SMALL, *LARGE))


@pytest.mark.parametrize("name", ALL)
def test_what_comes_out_is_what_came_in(name: str, tmp_path: Path) -> None:
    """Import, export, compare: equal but for what the list of normalisations names; the table is printed."""
    file = PACKAGES / f"{name}.json"
    taken = taken_from(file)
    write_pages(taken, tmp_path)
    original = json.loads(file.read_text(encoding="utf-8"))
    counts, unexplained = compared(original, sent(state_in(tmp_path), "2.42"), mended_objects(taken))
    account = taken.account
    print(f"\n{name}: {account.objects} objects, {account.properties} properties in the file")  # noqa: T201
    print(f"  taken over {account.taken_objects} objects, {account.taken} properties")  # noqa: T201
    for title, table in (("mended", account.mended), ("differences", counts)):
        for why, count in sorted(table.items()):
            print(f"  {title:11} {count:6}  {why}")  # noqa: T201
    assert unexplained == []
    assert counts["unexplained"] == 0


@pytest.mark.parametrize("name", ALL)
def test_the_account_adds_up(name: str) -> None:
    """Every object and every property of the file is taken over, or left out for a reason."""
    account = taken_from(PACKAGES / f"{name}.json").account
    assert account.objects == account.taken_objects + account.left_objects.total()
    assert account.properties == account.taken + account.left.total()


@pytest.mark.parametrize(
    "name", [SMALL[0], *(pytest.param(name, marks=pytest.mark.packages) for name in (*SMALL[1:], *LARGE))]
)
def test_twice_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    """The folder of a second import is the first one's, byte for byte."""
    for folder in ("one", "two"):
        write_pages(taken_from(PACKAGES / f"{name}.json"), tmp_path / folder)
    one, two = (
        {path.relative_to(tmp_path / folder): path.read_bytes() for path in (tmp_path / folder).rglob("*.*")}
        for folder in ("one", "two")
    )
    assert one == two


@pytest.fixture(scope="module")
def latest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """C19_CS 1.0.2 as a package on disk."""
    folder = tmp_path_factory.mktemp("latest")
    write_pages(taken_from(PACKAGES / f"{LATEST}.json"), folder)
    return folder


def test_a_field_tells_the_rules_that_hide_or_fill_it(latest: Path) -> None:
    """Every action of the file that hides or fills a field stands with it, with file and line."""
    original = json.loads((PACKAGES / f"{LATEST}.json").read_text(encoding="utf-8"))
    does = ("HIDEFIELD", "ASSIGN", "SHOWWARNING", "SETMANDATORYFIELD")
    wanted = Counter(
        (each["dataElement"]["id"], each["programRuleActionType"])
        for each in original["programRuleActions"]
        if "dataElement" in each and each["programRuleActionType"] in does
    )
    assert sum(wanted.values()) == 47
    (package,) = resolved(read(latest)).packages.values()
    objects = objects_of(package.objects.values())
    fields = {each.uid: each.ref for each in package.objects.values() if each.ref.type == "dataElements"}
    for (uid, action), count in wanted.items():
        told = [
            act
            for act in describe(objects, Meant(ref=fields[Uid(uid)])).acts
            if act.does == action and act.through is None
        ]
        assert len(told) == count, uid
        for act in told:
            lines = (latest / act.place.file).read_text(encoding="utf-8").splitlines()
            assert action in lines[act.place.line - 1]
            assert act.when


def test_it_stands_as_fmt_writes_it(latest: Path) -> None:
    """Nothing is to be written otherwise: order, quotes, keys in expressions."""
    ran = House(folder=latest).run("fmt", "--check")
    assert (ran.code, ran.out) == (0, "")


def test_the_package_is_one_that_people_read(latest: Path) -> None:
    """C19_CS 1.0.2: files and lines that a reviewer can hold; countries take a line each."""
    files = [path for path in latest.rglob("*.*") if path.is_file() and path.name != "uids.lock"]
    shown = [path for path in files if path.parent.name != "translations"]
    lines = {path: path.read_text(encoding="utf-8").splitlines() for path in shown}
    assert max(len(each) for each in lines.values()) <= 600
    assert sum(len(each) for each in lines.values()) < 4000
    long = [line for each in lines.values() for line in each if len(line) > 140]
    assert [line for line in long if ": " not in line or line.count('"') < 2] == []
    (countries,) = (each for path, each in lines.items() if path.name == "gen-countries-iso3-alpha2.csv")
    assert countries[0] == "key,name.en,name.nb"
    assert len(countries) == 1 + 249
    assert "AX,Aland Islands,Åland" in countries
