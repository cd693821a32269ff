"""Option combinations from file to server: the server makes them, what names them goes after that."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dhis2cfg.model.http import Request, Response
from tests.e2e.house import House, Server, spoilt, without_stamps

MANIFEST = """\
name: example
version: 0.1.0
dhis2: ">=2.41,<2.44"
locale: en
sharing: {all: {public: r-------}}
defaults:
  categoryOptions: {sharing: all}
  categories: {sharing: all, dataDimensionType: DISAGGREGATION}
  categoryCombos: {sharing: all, dataDimensionType: DISAGGREGATION}
  dataElements: {sharing: all, domainType: AGGREGATE, valueType: INTEGER, aggregationType: SUM}
  indicators: {sharing: all, annualized: false, denominatorDescription: All}
  indicatorGroups: {sharing: all}
"""
PACKAGE = """\
categoryOptions:
  FEMALE: {name: Female, shortName: Female}
  MALE: {name: Male, shortName: Male}
  U5: {name: Under 5, shortName: Under 5}
  O5: {name: 5 and older, shortName: 5 and older}
categories:
  SEX: {name: Sex, shortName: Sex, categoryOptions: [FEMALE, MALE]}
  AGE: {name: Age, shortName: Age, categoryOptions: [U5, O5]}
categoryCombos:
  SEX_AGE: {name: Sex and age, categories: [SEX, AGE]}
dataElements:
  CASES: {name: Cases, shortName: Cases, categoryCombo: SEX_AGE}
  TESTED: {name: Tested, shortName: Tested}
indicatorTypes:
  PERCENT: {name: Percent of all, factor: 100, number: false}
indicators:
  GIRLS:
    name: Girls among cases
    shortName: Girls
    indicatorType: PERCENT
    numerator: "#{CASES.(FEMALE,U5)}"
    numeratorDescription: Girls
    denominator: "#{CASES} + #{TESTED.default}"
indicatorGroups: {CHILDREN: {name: Children, indicators: [GIRLS]}}
"""
OLDER = """\
  WOMEN:
    name: Women among cases
    shortName: Women
    indicatorType: PERCENT
    numerator: "#{CASES.(FEMALE,O5)}"
    numeratorDescription: Women
    denominator: "#{CASES}"
indicatorGroups:"""


@pytest.fixture
def hmis(house: House) -> House:
    """A workspace with aggregate data by sex and age."""
    (house.folder / "packages/example/dictionary.yaml").unlink()
    (house.folder / "packages/example/program.yaml").unlink()
    house.write("packages/example/package.yaml", MANIFEST)
    house.write("packages/example/uids.lock", "")
    house.write("packages/example/hmis.yaml", PACKAGE)
    house.change("municipalities/example.yaml", ", parameters: {follow_up_days: 7}", "")
    house.fine("lock")
    return house


LOCAL = {"id": "Lokalt00001", "name": "Local", "shortName": "Local", "code": "LOCAL"}


def made(server: Server) -> dict[frozenset[str], str]:
    """Names of the options → UID of each option combination of ours."""
    fields = "id,categoryOptions%5Bname%5D,categoryCombo%5Bname%5D"
    listed = server.call("GET", f"/api/categoryOptionCombos?fields={fields}&paging=false")
    return {
        frozenset(option["name"] for option in each["categoryOptions"]): each["id"]
        for each in listed["categoryOptionCombos"]
        if each["categoryCombo"]["name"] == "Sex and age"
    }


@pytest.mark.parametrize("version", ["2.41", "2.42", "2.43"])
def test_all_at_once(hmis: House, version: str) -> None:
    """Two calls, the server's upkeep between them; the second plan is empty, a rollback leaves nothing."""
    server = hmis.serve(version=version)
    before = server.everything()["metadata"]
    plan = hmis.plan()
    calls = [(step["kind"], sorted(step["body"])) for step in plan["steps"]]
    assert [kind for kind, _ in calls] == ["call", "maintenance", "call"]
    assert calls[2][1] == ["indicatorGroups", "indicators"]
    applied = hmis.fine("apply", "--yes")
    uids = made(server)
    assert len(uids) == 4
    girls = server.found("indicators", "Girls among cases")
    cases = server.found("dataElements", "Cases")["id"]
    assert girls["numerator"] == f"#{{{cases}.{uids[frozenset({'Female', 'Under 5'})]}}}"
    assert hmis.plan()["changes"] == []
    run = applied.flat.partition("dhis2cfg rollback ")[2][:4]
    hmis.fine("rollback", run, "--yes")
    left = server.everything()["metadata"]
    assert {name: len(each) for name, each in left.items()} == {
        name: len(each) for name, each in before.items()
    }


def test_one_more_on_a_server_that_has_them(hmis: House) -> None:
    """A combination that stands has its UID in the plan: one call, and keys in what people read."""
    hmis.fine("apply", "--yes")
    hmis.change("packages/example/hmis.yaml", "indicatorGroups:", OLDER)
    hmis.change("packages/example/hmis.yaml", "(FEMALE,U5)", "(U5, MALE)")
    hmis.fine("lock")
    plan = hmis.plan()
    assert [step["kind"] for step in plan["steps"]] == ["call"]
    assert "(combination" not in json.dumps(plan["steps"])
    (change,) = [each for each in plan["changes"] if each["field"] == "numerator"]
    assert (change["before"], change["after"]) == ("#{CASES.(FEMALE,U5)}", "#{CASES.(MALE,U5)}")
    hmis.fine("apply", "--yes")
    assert hmis.plan()["changes"] == []


def test_an_option_more(hmis: House) -> None:
    """The combinations of a new option are made first, whole, and counted."""
    hmis.fine("apply", "--yes")
    hmis.change("packages/example/hmis.yaml", "  U5: {", "  U1: {name: Under 1, shortName: Under 1}\n  U5: {")
    hmis.change("packages/example/hmis.yaml", "[U5, O5]", "[U1, U5, O5]")
    hmis.change("packages/example/hmis.yaml", "(FEMALE,U5)", "(FEMALE,U1)")
    hmis.fine("lock")
    assert [step["kind"] for step in hmis.plan()["steps"]] == ["call", "maintenance", "call"]
    hmis.fine("apply", "--yes", "--allow", "irreversible")
    assert len(made(hmis.server)) == 6
    assert hmis.plan()["changes"] == []


def idle(request: Request, onwards: Callable[[Request], Response]) -> Response:
    """A server that answers well and makes no combination."""
    return Response(status=204) if "/api/maintenance/" in request.path else onwards(request)


def test_a_server_that_makes_too_few(hmis: House) -> None:
    """They are counted after the upkeep; what is short ends the run, and all is laid back."""
    before = hmis.server.everything()["metadata"]
    with spoilt(hmis.server, idle):
        ran = hmis.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "the server made 0 of 4 option combinations of Sex and age" in ran.flat
    assert without_stamps(hmis.server.everything()["metadata"]) == without_stamps(before)


def test_what_nobody_can_find(hmis: House) -> None:
    """An element of the server without categories: refused by name, before anything is sent."""
    hmis.server.send_metadata(
        dataElements=[
            {
                "id": "Lokalt00001",
                "name": "Local",
                "shortName": "Local",
                "domainType": "AGGREGATE",
                "valueType": "INTEGER",
                "aggregationType": "SUM",
            }
        ]
    )
    hmis.change("packages/example/hmis.yaml", "CASES.(FEMALE,U5)", "id:Lokalt00001.(id:Ikkeher0001)")
    ran = hmis.run("plan")
    assert "no category combination is known that has the option combination (id:Ikkeher0001)" in ran.flat


def test_an_element_of_the_server(hmis: House) -> None:
    """Its category combination is read there, and that one's option combinations."""
    hmis.fine("apply", "--yes")
    server = hmis.server
    cases = server.found("dataElements", "Cases")
    server.send_metadata(dataElements=[{**cases, **LOCAL}])
    hmis.change("packages/example/hmis.yaml", "CASES.(FEMALE,U5)", "id:Lokalt00001.(FEMALE,U5)")
    assert [step["kind"] for step in hmis.plan()["steps"]] == ["call"]
    hmis.fine("apply", "--yes")
    assert (
        made(server)[frozenset({"Female", "Under 5"})]
        in server.found("indicators", "Girls among cases")["numerator"]
    )


def test_rename(hmis: House) -> None:
    """An option that is renamed is renamed in combinations."""
    hmis.fine("rename", "U5", "UNDER_5")
    assert '"#{CASES.(FEMALE,UNDER_5)}"' in hmis.read("packages/example/hmis.yaml")


def test_export(hmis: House) -> None:
    """A file cannot name what only a server makes: refused by name, with the way out."""
    ran = hmis.run("export", "example", "--dhis2", "2.42")
    assert ran.code == 4, ran.said
    assert "the package names default, and each server makes and numbers its own" in ran.flat
    hmis.change("packages/example/hmis.yaml", " + #{TESTED.default}", "")
    ran = hmis.run("export", "example", "--dhis2", "2.42")
    assert ran.code == 4, ran.said
    assert "not supported yet: option combinations in an exported file" in ran.flat
    assert "the package names (FEMALE,U5)" in ran.flat


def test_import_from_a_server(hmis: House) -> None:
    """Combinations come back by their options, and the second plan is empty."""
    hmis.fine("apply", "--yes")
    hmis.fine("import", "--from", "example", "--all", "-o", "packages/taken")
    files = hmis.folder.glob("packages/taken/**/*.yaml")
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert "#{CASES.(FEMALE,U5)}" in text
    assert ".default}" in text


def test_diff(hmis: House, tmp_path: Path) -> None:
    """A changed combination is told by keys, without a server."""
    shutil.copytree(hmis.folder, tmp_path / "before")
    hmis.change("packages/example/hmis.yaml", "(FEMALE,U5)", "(MALE,U5)")
    ran = hmis.fine("diff", str(tmp_path / "before"), str(hmis.folder))
    assert "(combination" not in ran.out
    assert "MALE" in ran.out
