"""What stands on a server already is used under the UID that it has there, wherever a package names it."""

from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.sandbox.seed import SANDBOX_TOKEN
from tests.e2e.house import URL, House, changes_of

PACKAGE = """\
name: demo
version: 1.0.0
dhis2: ">=2.41,<2.44"
locale: en
sharing: {all: {public: "r-------"}}
defaults:
  dataElements: {aggregationType: NONE, domainType: TRACKER, sharing: all}
  optionSets: {sharing: all}
  programs: {sharing: all}
  programStages: {sharing: all}
  indicators: {sharing: all}
  programIndicators: {sharing: all}
  trackedEntityTypes: {sharing: all}
adopt:
  indicatorTypes: [factor, number]
  trackedEntityTypes/PERSON: [name]
  organisationUnitLevels: [level]
"""
OBJECTS = """\
indicatorTypes: {PER_CENT: {name: Per hundred, factor: 100, number: false}}
trackedEntityTypes: {PERSON: {name: Person}}
organisationUnits: {NORGE: {name: Norge, openingDate: 1990-01-01}}
organisationUnitLevels: {LAND: {name: Land, level: 1}}
optionSets: {ANSWERS: {name: Answers, valueType: TEXT, options: {YES: {name: Yes}, NO: {name: No}}}}
dataElements:
  FEVER: {name: Fever, valueType: TEXT, optionSet: ANSWERS}
  COUGH: {name: Cough, valueType: TEXT, optionSet: {id: OldSet00001}}
  COUNT: {name: Count, valueType: NUMBER, domainType: AGGREGATE, aggregationType: SUM}
indicators:
  SHARE: {name: Share, indicatorType: PER_CENT, numerator: "#{COUNT}", denominator: "1", annualized: false}
programs:
  P:
    name: P
    programType: WITH_REGISTRATION
    trackedEntityType: PERSON
    categoryCombo: {id: OldDefault1}
    programStages:
      S:
        name: S
        programStageDataElements: {FEVER: {compulsory: true}}
    programIndicators:
      FEVERS:
        name: Fevers
        analyticsType: EVENT
        expression: "V{event_count}"
        filter: "#{S.FEVER} == 'YES'"
dataEntryForms: {F: {name: F, htmlCode: !file form.html}}
"""
FORM = '<input id="COUNT-HllvX50cXC0-val" title="x"/> <b dataelementid="COUNT"></b>\n'
ADOPT = """\
adopt:
  optionSets/ANSWERS: {code: SVAR}
  dataElements/FEVER: {name: Feber}
  dataElements/COUNT: {id: CountTheirs}
  categoryCombos/id:OldDefault1: default
  optionSets/id:OldSet00001: {code: SVAR}
"""
THEIRS: dict[str, Any] = {
    "indicatorTypes": [{"id": "TypeTheirs1", "name": "Prosent", "factor": 100, "number": False}],
    "trackedEntityTypes": [{"id": "PersonTheir", "name": "Person", "shortName": "Person"}],
    "organisationUnits": [
        {"id": "NorgeTheirs", "name": "Noreg", "shortName": "Noreg", "openingDate": "1905-06-07"}
    ],
    "organisationUnitLevels": [{"id": "LevelTheirs", "name": "Nasjon", "level": 1}],
    "optionSets": [
        {"id": "SetTheirs01", "name": "Svar", "code": "SVAR", "valueType": "TEXT",
         "options": [{"id": "YesTheirs01"}, {"id": "NoTheirs001"}]}
    ],
    "options": [
        {"id": "YesTheirs01", "code": "YES", "name": "Ja", "optionSet": {"id": "SetTheirs01"}},
        {"id": "NoTheirs001", "code": "NO", "name": "Nei", "optionSet": {"id": "SetTheirs01"}},
    ],
    "dataElements": [
        {"id": uid, "name": name, "shortName": name, "valueType": value, "domainType": domain,
         "aggregationType": how, **more}
        for uid, name, value, domain, how, more in (
            ("FeverTheirs", "Feber", "TEXT", "TRACKER", "NONE", {"optionSet": {"id": "SetTheirs01"}}),
            ("CountTheirs", "Antall", "NUMBER", "AGGREGATE", "SUM", {}),
        )
    ],
}  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A package, a municipality that knows its server, and that server."""
    house = House(folder=tmp_path, environ={"DHIS2CFG_TOKEN": SANDBOX_TOKEN})
    house.write("fleet.yaml", "name: demo\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n")
    house.write("packages/demo/package.yaml", PACKAGE)
    house.write("packages/demo/objects.yaml", OBJECTS)
    house.write("packages/demo/form.html", FORM)
    house.write(
        "municipalities/by.yaml",
        f"name: By\nserver: {{url: {URL}, sandbox: true}}\npackages: {{demo: {{}}}}\n{ADOPT}",
    )
    house.fine("lock")
    house.serve().send_metadata(**THEIRS)
    return house


def stands(house: House) -> dict[str, Any]:
    """What the server held before us, as it is now."""
    return {
        each["id"]: house.server.call("GET", f"/api/{name}/{each['id']}?fields=:owner")
        for name, several in THEIRS.items()
        for each in several
    }


def test_theirs_is_used_in_every_reference(house: House) -> None:
    """In objects, rows, expressions and forms; nothing of theirs changes, and a second plan is empty."""
    before = stands(house)
    ran = house.fine("apply", "--yes")
    assert "10 adoptions" in ran.flat
    assert stands(house) == before
    program = house.server.found("programs", "P")
    assert program["trackedEntityType"]["id"] == "PersonTheir"
    stage = house.server.found("programStages", "S")
    assert stage["programStageDataElements"][0]["dataElement"]["id"] == "FeverTheirs"
    share = house.server.found("indicators", "SHARE")
    assert (share["indicatorType"]["id"], share["numerator"]) == ("TypeTheirs1", "#{CountTheirs}")
    fevers = house.server.found("programIndicators", "Fevers")
    assert fevers["filter"] == f"#{{{stage['id']}.FeverTheirs}} == 'YES'"
    form = house.server.found("dataEntryForms", "F")
    assert form["htmlCode"] == FORM.replace("COUNT", "CountTheirs")
    assert house.server.found("dataElements", "COUGH")["optionSet"]["id"] == "SetTheirs01"
    assert house.plan()["changes"] == []


def test_what_was_adopted_is_let_go(house: House) -> None:
    """Dropped by the package it stays, also with `--prune`."""
    house.fine("apply", "--yes")
    house.change("packages/demo/objects.yaml", "  COUNT: {name", "  #COUNT: {name")
    house.change("packages/demo/objects.yaml", "#{COUNT}", "1")
    house.write("packages/demo/form.html", "<b>nothing</b>\n")
    house.change("municipalities/by.yaml", "  dataElements/COUNT: {id: CountTheirs}\n", "")
    house.fine("lock")
    plan = house.plan("--prune")
    assert changes_of(plan) == {("indicators", "SHARE", "numerator"), ("dataEntryForms", "F", "htmlCode")}
    assert "let go: dataElements/COUNT stood there before us and stays" in plan["notes"]


def test_what_is_not_there_is_made_or_refused(house: House) -> None:
    """What the package adopts is made on an empty server; what the municipality names has to be there."""
    house.servers.clear()
    house.serve()
    ran = house.run("plan", "--gate")
    assert ran.code == 4, ran.said
    assert "the server has no one optionSets/ANSWERS of code SVAR: there is none" in ran.flat
    assert "dataElements/COUNT is not on the server: CountTheirs is gone" in ran.flat
    house.change("packages/demo/objects.yaml", "{id: OldSet00001}", "ANSWERS")
    house.change("municipalities/by.yaml", ADOPT, "adopt: {categoryCombos/id:OldDefault1: default}\n")
    house.fine("apply", "--yes")
    assert house.server.found("indicatorTypes", "Per hundred")["factor"] == 100
    assert house.plan()["changes"] == []
