"""How much there is of everything, and that nothing is named by a UID but where it gets one."""

import csv
import re
from collections import Counter

import pytest

from dhis2cfg.model.names import Ref
from dhis2cfg.resolve import resolve_package
from tests.covid_no.package import ROOT, catalogue, of_type, source_of, state_of

PROPOSED = {
    "trackedEntityAttributes": 40,
    "trackedEntityTypes": 2,
    "programs": 3,
    "programStages": 9,
    "relationshipTypes": 5,
    "userGroups": 7,
    "userRoles": 7,
    "dashboards": 4,
}
"""As the content was proposed (norway/facts.md), without a word."""
WORKED_OUT = {
    "dataElements": 112,
    "dataSets": 3,
    "indicators": 5,
    "maps": 3,
    "optionSets": 22,
    "programIndicators": 56,
    "programNotificationTemplates": 15,
    "programRules": 101,
    "programStageWorkingLists": 8,
    "trackedEntityInstanceFilters": 13,
    "visualizations": 20,
}
"""More or fewer than proposed; `docs/decisions.md` of the package says why, row by row."""
LINES = 500
FOLDERS = sorted(each for each in (ROOT / "packages").iterdir() if each.is_dir())


def test_the_numbers_of_objects() -> None:
    """What was proposed, and what became of the rest."""
    counted = Counter(ref.type for ref in state_of()[0].objects)
    assert {name: counted[name] for name in PROPOSED} == PROPOSED
    assert {name: counted[name] for name in WORKED_OUT} == WORKED_OUT
    assert sum(1 for path in of_type("programRules") if path.startswith("NO_C19_INDEKS/")) == 52


def test_municipality_numbers_keep_their_rows() -> None:
    """357 numbers of 2024, and the 114 of 2020 that went out of use, marked; no code twice."""
    text = (ROOT / "packages/covid-no/option-sets/kommune.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    marked = [row for row in rows if row["name.nb"].endswith("(t.o.m. 2023)")]
    assert (len(rows), len(marked), len({row["key"] for row in rows})) == (471, 114, 471)
    by_year = {}
    for year in ("2020", "2024"):
        table = (ROOT / f"packages/norge-{year}/kommuner.csv").read_text("utf-8")
        by_year[year] = {row["code"] for row in csv.DictReader(table.splitlines())}
    assert {row["key"] for row in rows} == by_year["2020"] | by_year["2024"]
    assert {row["key"] for row in marked} == by_year["2020"] - by_year["2024"]


def test_both_editions_know_a_unit_by_the_same_uid() -> None:
    """Every unit of 2020 is there in 2024, under the UID that it had."""
    locks = {
        year: resolve_package(source_of(f"norge-{year}")[0], catalogue())[0].lock for year in (2020, 2024)
    }
    lines = {year: set(text.splitlines()) for year, text in locks.items()}
    assert lines[2020] <= lines[2024]
    assert len([line for line in lines[2020] if line.startswith("organisationUnits/")]) == 1 + 11 + 356


@pytest.mark.parametrize(("year", "units"), [(2020, 1 + 11 + 356), (2024, 1 + 15 + 3 + 357)])
def test_the_country(year: int, units: int) -> None:
    """Country, counties (in 2024 three of before too, closed), municipalities; five levels, nine groups."""
    objects = resolve_package(source_of(f"norge-{year}")[0], catalogue())[0].objects
    assert Counter(ref.type for ref in objects) == {
        "organisationUnits": units,
        "organisationUnitLevels": 5,
        "organisationUnitGroups": 9,
        "organisationUnitGroupSets": 2,
    }


def test_long_lists_are_tables() -> None:
    """Whoever has more than twelve options has them in a table."""
    counted = Counter(path.split("/")[0] for path in of_type("options"))
    files = {path.split("/")[0]: each.place.file for path, each in of_type("options").items()}
    assert {name for name, count in counted.items() if count > 12} == {
        "NO_BYDEL", "NO_EKSPONERINGSSTED", "NO_INDIKASJON", "NO_KOMMUNE", "NO_LAND", "NO_SYKEHUS"
    }  # fmt: skip
    assert {name for name in counted if files[name].endswith(".yaml") and counted[name] > 12} == set()


def test_no_uid_is_written_but_where_an_object_gets_it() -> None:
    """References are keys: no UID of a lock, and none that is pinned, stands in any other line."""
    locked, pinned, written = set(), set(), []
    for folder in FOLDERS:
        locked |= set(
            re.findall(r": ([A-Za-z][A-Za-z0-9]{10})$", (folder / "uids.lock").read_text(), re.MULTILINE)
        )
        for file in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.csv"))):
            for line in file.read_text("utf-8").splitlines():
                own = re.match(r"\s*id: ([A-Za-z][A-Za-z0-9]{10})$", line)
                pinned |= {own[1]} if own else set()
                written += [] if own else re.findall(r"\b[A-Za-z][A-Za-z0-9]{10}\b", line)
    assert (locked | pinned) & set(written) == set()


def test_every_reference_is_a_key() -> None:
    """What an object points at is named by type and key, and is there."""
    state, _ = state_of()
    known = state.objects.keys()
    pointed = [
        (ref, field.value)
        for ref, each in state.objects.items()
        for field in each.fields.values()
        if isinstance(field.value, Ref)
    ]
    assert [pair for pair in pointed if pair[1] not in known] == []
    assert len(pointed) > 1000


def test_files_are_short() -> None:
    """No file of a package is longer than somebody reads; locks are not for reading."""
    long = {
        str(file.relative_to(ROOT)): count
        for folder in FOLDERS
        for file in folder.rglob("*")
        if file.is_file() and file.name != "uids.lock"
        if (count := len(file.read_text("utf-8").splitlines())) > LINES
    }
    assert long == {}
