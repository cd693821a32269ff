"""`rename A B` changes exactly the places that name A, and servers see nothing of it."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.house import House

REVIEW = Path(__file__).resolve().parents[1] / "review" / "before"
KEY, NEW = "SP_TEMPERATUR", "SP_TEMP"
PACKAGE = "packages/sporing"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A workspace of its own."""
    shutil.copytree(REVIEW, tmp_path / "workspace")
    return House(folder=tmp_path / "workspace")


def indicators(count: int) -> str:
    """Program indicators that name an element twice each, in quotes, plain and over several lines."""
    lines = ["programIndicators:", f"  # {KEY} is counted here; {KEY}2 is not"]
    for number in range(count):
        filters = (
            '"#{SP_BAKGRUNN.@} > 38 && d2:hasValue(#{SP_BAKGRUNN.@})"',
            f"'#{{SP_BAKGRUNN.@}} > 38 && V{{event_status}} != ''{KEY}'' && d2:hasValue(#{{SP_BAKGRUNN.@}})'",
            ">-\n      #{SP_BAKGRUNN.@} > 38\n      && d2:hasValue(#{SP_BAKGRUNN.@})",
            f"|-\n      /* {KEY} */\n      #{{SP_BAKGRUNN.@}} > 38 &&\n      d2:hasValue(#{{SP_BAKGRUNN.@}})",
        )
        lines += [
            f"  SP_PI_{number}:",
            "    program: SP_INDEKS",
            f"    name: {{nb: Antall {number}, en: Count {number}}}",
            f"    description: {{nb: Ikke {KEY}, en: Not {KEY}}}",
            "    analyticsType: EVENT",
            "    sharing: dictionary",
            "    expression: V{event_count}",
            f"    filter: {filters[number % len(filters)]}",
        ]
    return "\n".join(lines) + "\n"


def test_a_key_in_a_hundred_places(house: House) -> None:
    """One hundred references change, to the character; comments, texts and longer keys stay."""
    house.write(f"{PACKAGE}/indicators.yaml", indicators(49).replace("@", KEY))
    house.fine("lock")
    before = {path: path.read_text(encoding="utf-8") for path in house.folder.rglob("*.yaml")}
    ran = house.fine("rename", KEY, NEW)
    assert ran.out == f"{KEY} is {NEW} now: 103 places in 5 files\n"
    expected = {
        "indicators.yaml": indicators(49).replace("@", NEW),
        "data-elements.yaml": before[house.folder / PACKAGE / "data-elements.yaml"].replace(
            f"  {KEY}:\n", f"  {NEW}:\n    code: {KEY}\n"
        ),
        "program.yaml": before[house.folder / PACKAGE / "program/program.yaml"].replace(KEY, NEW),
        "rules.yaml": before[house.folder / PACKAGE / "program/rules.yaml"].replace(KEY, NEW),
    }
    for path, text in before.items():
        assert path.read_text(encoding="utf-8") == expected.get(path.name, text), path
    assert house.fine("validate").out.endswith("no finding.\n")


def test_servers_see_nothing(house: House) -> None:
    """After a rename a diff tells the new key and nothing else; UIDs and codes stand as before."""
    shutil.copytree(house.folder, house.folder.parent / "old")
    house.fine("rename", "SP_INDEKS", "SP_PROGRAM")
    house.fine("rename", "options/SP_PROVESVAR/POS", "POSITIV")
    house.fine("rename", "temperatur", "grader")
    told = house.fine("diff", str(house.folder.parent / "old"), str(house.folder), "--format", "json").json
    changes = [item["change"] for package in told["packages"] for item in package["items"]]
    assert {(each["kind"], each["before"], each["after"]) for each in changes} == {
        ("move", "SP_INDEKS", "SP_PROGRAM"),
        ("move", "SP_PROVESVAR/POS", "SP_PROVESVAR/POSITIV"),
        ("move", "SP_INDEKS/temperatur", "SP_PROGRAM/grader"),
    }
    assert "POSITIV: {code: POS, name: {nb: Positiv, en: Positive}}" in house.read(
        f"{PACKAGE}/option-sets/prove.yaml"
    )
    assert "grader: {name: temperatur, " in house.read(f"{PACKAGE}/program/rules.yaml")
    assert "programStages/SP_PROGRAM/SP_PROVE: " in house.read(f"{PACKAGE}/uids.lock")


def test_codes_follow_when_asked(house: House) -> None:
    """`--follow` lets the code change with the key; that is no secret to a diff."""
    house.fine("rename", "dataElements/SP_HJEMKOMST", "SP_HJEM", "--follow")
    assert "code:" not in house.read(f"{PACKAGE}/data-elements.yaml")


def test_what_else_names_an_object(house: House) -> None:
    """Municipalities' patches, members and permissions, translations and tests name it too."""
    house.write(
        "municipalities/oslo.yaml",
        house.read("municipalities/oslo.yaml")
        + "patches: {dataElements/SP_TEMPERATUR: {description: !tpl 'Målt her'}}\n"
        + 'allow: [{kind: breaking, on: dataElements/SP_TEMPERATUR, until: 2030-01-01, why: "sak 1"}]\n',
    )
    house.write(
        f"{PACKAGE}/translations/fr.yaml", "dataElements:\n  SP_TEMPERATUR: {name: Température maximale}\n"
    )
    house.change(
        f"{PACKAGE}/package.yaml", "locales: {required: [en]}", "locales: {required: [en], optional: [fr]}"
    )
    house.write(f"{PACKAGE}/tests/fever.yaml", "fever: {given: {SP_TEMPERATUR: 39}, and: SP_TEMPERATUR2}\n")
    house.fine("rename", KEY, NEW)
    oslo = house.read("municipalities/oslo.yaml")
    assert "dataElements/SP_TEMP: {" in oslo
    assert "on: dataElements/SP_TEMP," in oslo
    assert house.read(f"{PACKAGE}/translations/fr.yaml").startswith("dataElements:\n  SP_TEMP: {")
    assert house.read(f"{PACKAGE}/tests/fever.yaml") == "fever: {given: {SP_TEMP: 39}, and: SP_TEMPERATUR2}\n"


def test_a_municipality(house: House) -> None:
    """Its file, its waves, its own unit and its lines in the lock."""
    house.write(
        "municipalities/tromso.yaml",
        house.read("municipalities/tromso.yaml")
        + "organisationUnits: {SP_SOR: {name: Sør, openingDate: 2020-01-01}}\n",
    )
    house.write("fleet.yaml", house.read("fleet.yaml") + 'waves: {"1": [oslo], "2": ["*"]}\n')
    house.change(
        "municipalities/oslo.yaml", "members:", "assign: {programs/SP_INDEKS: [oslo, SP_OST]}\nmembers:"
    )
    house.write(
        "municipalities/oslo.yaml",
        house.read("municipalities/oslo.yaml")
        + "organisationUnits: {SP_OST: {name: Oslo øst, openingDate: 2020-01-01, parent: oslo}}\n",
    )
    house.fine("lock")
    ran = house.fine("rename", "municipalities/oslo", "christiania")
    assert "moved municipalities/oslo.yaml to municipalities/christiania.yaml" in ran.out
    assert "[christiania, SP_OST]" in house.read("municipalities/christiania.yaml")
    assert "parent: christiania" in house.read("municipalities/christiania.yaml")
    assert '{"1": [christiania], "2": ["*"]}' in house.read("fleet.yaml")
    assert house.read("uids.lock").startswith("christiania/organisationUnits/SP_OST: ")
    house.fine("validate")


def test_a_unit_of_a_municipality(house: House) -> None:
    """Its definition, parents, what is assigned, paths, its line in the lock; its code stays, and its UID."""
    house.write(
        "municipalities/oslo.yaml",
        house.read("municipalities/oslo.yaml") + "organisationUnits:\n"
        "  SP_OST: {name: Oslo øst, openingDate: 2020-01-01}\n"
        "  SP_OST_B: {name: B, code: B1, id: abcdefghij9, openingDate: 2020-01-01, parent: SP_OST}\n"
        "assign: {programs/SP_INDEKS: [oslo, SP_OST, SP_OST_B]}\n"
        'allow: [{kind: breaking, on: organisationUnits/SP_OST, until: 2030-01-01, why: "sak 1"}]\n',
    )
    house.fine("lock")
    (line,) = (each for each in house.read("uids.lock").splitlines() if "SP_OST:" in each)
    ran = house.fine("rename", "SP_OST", "SP_EAST")
    assert ran.out == "SP_OST is SP_EAST now: 5 places in 2 files\n"
    oslo = house.read("municipalities/oslo.yaml")
    assert "  SP_EAST: {code: SP_OST, name: Oslo øst, " in oslo
    assert "parent: SP_EAST}" in oslo
    assert "[oslo, SP_EAST, SP_OST_B]" in oslo
    assert "on: organisationUnits/SP_EAST," in oslo
    assert line.replace("SP_OST:", "SP_EAST:") in house.read("uids.lock").splitlines()
    house.fine("validate")
    house.fine("rename", "oslo/organisationUnits/SP_OST_B", "SP_EAST_B")
    assert "  SP_EAST_B: {name: B, code: B1, " in house.read("municipalities/oslo.yaml")
    house.fine("rename", "municipalities/oslo/organisationUnits/SP_EAST", "SP_NORTH", "--follow")
    ran = house.run("rename", "SP_NORTH", "SP_EAST_B")
    assert (ran.code, "SP_EAST_B is no key for a unit of oslo" in ran.flat) == (64, True)


def test_a_unit_of_a_package_in_files_of_municipalities(house: House) -> None:
    """What is assigned and what stands below it; a municipality's own unit of the same key is another one."""
    unit = "organisationUnits: {SP_ROT: {name: {nb: Rot, en: Root}, openingDate: 2020-01-01}}\n"
    house.write(f"{PACKAGE}/units.yaml", unit)
    told = "assign: {programs/SP_INDEKS: [SP_ROT]}\n"
    below = "organisationUnits: {SP_NED: {name: Nede, openingDate: 2020-01-01, parent: SP_ROT}}\n"
    house.write("municipalities/tromso.yaml", house.read("municipalities/tromso.yaml") + told + below)
    own = "name: Oslo\nserver: {url: 'https://oslo.example.org'}\norganisationUnits:\n"
    own += "  SP_ROT: {name: A, openingDate: 2020-01-01}\n"
    own += "  SP_NED: {name: B, openingDate: 2020-01-01, parent: SP_ROT}\n"
    house.write("fleet.yaml", "name: sporing\n")
    house.write("municipalities/oslo.yaml", own)
    house.fine("lock")
    ran = house.run("rename", "SP_ROT", "SP_TOPP")
    assert ran.code == 64
    assert "municipalities/oslo/organisationUnits/SP_ROT" in ran.err
    house.fine("rename", "organisationUnits/SP_ROT", "SP_TOPP")
    assert house.read("municipalities/oslo.yaml") == own
    assert house.read("municipalities/tromso.yaml").endswith(
        told.replace("SP_ROT", "SP_TOPP") + below.replace("SP_ROT", "SP_TOPP")
    )


def test_a_package(house: House) -> None:
    """Its manifest, its folder, and who uses or requires it; the former name is noted."""
    house.write(
        "packages/other/package.yaml",
        "name: other\nversion: 1.0.0\ndhis2: \">=2.41\"\nlocale: nb\nrequires: {sporing: '>=1.0'}\n",
    )
    house.change("municipalities/tromso.yaml", "{sporing: {}}", "{sporing: {}, other: {}}")
    house.change("municipalities/tromso.yaml", 'org"}', 'org", packages: {sporing: {}}}')
    ran = house.fine("rename", "sporing", "tracing")
    assert 'org", packages: {tracing: {}}}' in house.read("municipalities/tromso.yaml")
    assert "moved packages/sporing to packages/tracing" in ran.out
    manifest = house.read("packages/tracing/package.yaml")
    assert manifest.startswith("name: tracing\n")
    assert manifest.endswith("was: [sporing]\n")
    assert "packages: {tracing: {}, other: {}}" in house.read("municipalities/tromso.yaml")
    assert "packages: {tracing: {version" in house.read("fleet.yaml")
    assert "requires: {tracing: " in house.read("packages/other/package.yaml")
    house.fine("rename", "tracing", "sporing2")
    assert "was: [sporing, tracing]\n" in house.read("packages/sporing2/package.yaml")


def test_what_is_shared_and_adopted_goes_along(house: House) -> None:
    """Keys in `shared:` and `adopt:`, and the packages whose values count."""
    house.change(
        "packages/sporing/package.yaml", "locale:", "adopt: {optionSets/SP_PROVESVAR: [code]}\nlocale:"
    )
    own = house.read("municipalities/tromso.yaml")
    house.write(
        "municipalities/tromso.yaml", f"{own}shared: {{optionSets/SP_PROVESVAR: [sporing], '*': sporing}}\n"
    )
    house.fine("rename", "optionSets/SP_PROVESVAR", "SP_SVARENE")
    house.fine("rename", "packages/sporing", "tracing")
    assert "adopt: {optionSets/SP_SVARENE: [code]}" in house.read("packages/tracing/package.yaml")
    shared = "shared: {optionSets/SP_SVARENE: [tracing], '*': tracing}"
    assert house.read("municipalities/tromso.yaml").endswith(f"{shared}\n")


def test_a_package_that_was_renamed_keeps_its_record(applied: House) -> None:
    """What it wrote under its former name is its own: nothing is claimed, changed or dropped."""
    applied.fine("rename", "packages/example", "follow-up")
    plan = applied.plan("--prune")
    assert (plan["changes"], plan["refusals"]) == ([], [])
    assert plan["applied"] == plan["packages"]
    applied.fine("apply", "--yes")
    assert set(applied.server.kept("record-example")["packages"]) == {"follow-up"}


def test_a_package_of_another_name_has_to_claim_the_record(applied: House) -> None:
    """Without `was:` nobody knows that it is the same package."""
    applied.fine("rename", "packages/example", "follow-up")
    applied.change("packages/follow-up/package.yaml", "was: [example]", "was: [other]")
    ran = applied.run("plan")
    assert ran.code == 4, ran.said
    assert "the record of the fleet example on example was written from elsewhere" in ran.flat


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("NOWHERE", "B"), "nothing here is called NOWHERE"),
        (("SP_PROVESVAR", "B-"), ""),
        (("SP_PROVESVAR", "å"), "å is no key"),
        (("SP_PROVESVAR", "SP_SMITTESTED"), "optionSets/SP_SMITTESTED is there already"),
        (("oslo", "tromso"), "tromso is no name for a municipality"),
        (("sporing", "sporing"), "sporing is no name for a package"),
        (("SP_SVAR", "SP_PROVEDATO"), "dataElements/SP_PROVEDATO is there already"),
    ],
)
def test_slips(house: House, words: tuple[str, str], said: str) -> None:
    """What cannot be meant is refused before anything is written."""
    before = {path: path.read_bytes() for path in house.folder.rglob("*") if path.is_file()}
    ran = house.run("rename", *words)
    if not said:
        assert ran.code == 0, ran.said
        return
    assert ran.code == 64, ran.said
    assert said in ran.flat
    assert {path: path.read_bytes() for path in house.folder.rglob("*") if path.is_file()} == before


def test_several_things_of_one_name(house: House) -> None:
    """A word that means several things is answered with their full names."""
    house.write(
        f"{PACKAGE}/constants.yaml", "constants: {SP_SVAR: {name: {nb: Svar, en: Answer}, value: 1}}\n"
    )
    house.fine("lock")
    ran = house.run("rename", "SP_SVAR", "SP_B")
    assert ran.code == 64
    assert "dataElements/SP_SVAR" in ran.err
    assert "constants/SP_SVAR" in ran.err


def test_files_with_errors_are_left_alone(house: House) -> None:
    """Errors are shown first, and nothing is renamed."""
    house.change(f"{PACKAGE}/data-elements.yaml", "optionSet: SP_SMITTESTED", "optionSet: SP_NOWHERE")
    ran = house.run("rename", KEY, NEW)
    assert ran.code == 3
    assert "nothing was renamed" in ran.err


def test_keys_from_templates_are_named(house: House) -> None:
    """What a template makes of parts is for a person to change, and is told with its place."""
    house.write(
        f"{PACKAGE}/indicators.yaml",
        "programIndicators:\n"
        "  SP_PI_{{what}}:\n"
        "    for_each: {what: [TEMPERATUR]}\n"
        "    program: SP_INDEKS\n"
        "    name: {nb: Antall, en: Count}\n"
        "    analyticsType: EVENT\n"
        "    expression: V{event_count}\n"
        '    filter: !tpl "#{SP_BAKGRUNN.SP_{{what}}} > 38"\n',
    )
    house.fine("lock")
    assert house.run("rename", "SP_PI_TEMPERATUR", "SP_PI_B").code == 64
    ran = house.fine("rename", KEY, NEW)
    assert "by hand: packages/sporing/indicators.yaml:8:19" in ran.out


def test_keys_of_tables(house: House) -> None:
    """A key in a table is its code too: that has no place there, so it changes only when asked for."""
    house.write(f"{PACKAGE}/option-sets/steder.csv", "key,name.nb,name.en\nA,Ei,One\nB,To,Two\n")
    house.write(
        f"{PACKAGE}/option-sets/steder.yaml",
        "optionSets:\n  SP_STEDER:\n    name: {nb: Steder, en: Places}\n    options: !csv steder.csv\n",
    )
    house.fine("lock")
    ran = house.run("rename", "options/SP_STEDER/A", "C")
    assert ran.code == 64
    assert "there is no room to write that down" in ran.flat
    house.fine("rename", "options/SP_STEDER/A", "0301", "--follow")
    assert house.read(f"{PACKAGE}/option-sets/steder.csv") == "key,name.nb,name.en\n0301,Ei,One\nB,To,Two\n"


def test_a_package_alone(house: House) -> None:
    """A workspace without a fleet and without a lock: every object has its id."""
    alone = House(folder=house.folder / "packages" / "alone")
    alone.write("package.yaml", 'name: alone\nversion: 1.0.0\ntitle: Alene\ndhis2: ">=2.41"\nlocale: nb\n')
    alone.write(
        "elements.yaml",
        "dataElements:\n"
        "  A_1: {id: ElementA001, name: A, valueType: TEXT, domainType: TRACKER, aggregationType: NONE}\n"
        "  A_2: {id: ElementA002, name: B, valueType: TEXT, domainType: TRACKER, aggregationType: NONE}\n",
    )
    (house.folder / "fleet.yaml").unlink()
    alone.fine("rename", "A_1", "A_3")
    assert "A_3: {code: A_1, id: ElementA001" in alone.read("elements.yaml")
    ran = alone.fine("rename", "packages/alone", "single")
    assert "moved" not in ran.out
    assert alone.read("package.yaml").startswith("name: single\n")
    alone.fine("diff", str(alone.folder), str(alone.folder))
    alone.fine("fmt")


def test_a_template_that_makes_the_whole_key(house: House) -> None:
    """A value that is nothing but a template names the key by hand; one that spells it out is changed."""
    house.write(
        f"{PACKAGE}/variables.yaml",
        "programs:\n  SP_INDEKS:\n    programRuleVariables:\n      var_{{what}}:\n"
        "        for_each: {what: [TEMPERATUR]}\n"
        "        programRuleVariableSourceType: DATAELEMENT_CURRENT_EVENT\n"
        '        dataElement: !tpl "SP_{{what}}"\n',
    )
    house.write(
        f"{PACKAGE}/indicators.yaml",
        "programIndicators:\n  SP_PI_{{limit}}:\n    for_each: {limit: ['38']}\n    program: SP_INDEKS\n"
        "    name: {nb: Antall, en: Count}\n    analyticsType: EVENT\n    expression: V{event_count}\n"
        '    filter: !tpl "{{limit}} < #{SP_BAKGRUNN.SP_TEMPERATUR}"\n',
    )
    house.fine("lock")
    ran = house.fine("rename", KEY, NEW)
    assert f"by hand: {PACKAGE}/variables.yaml:7" in ran.out
    assert f'"{{{{limit}}}} < #{{SP_BAKGRUNN.{NEW}}}"' in house.read(f"{PACKAGE}/indicators.yaml")


def test_what_is_in_the_way(house: House) -> None:
    """A name that stands there already as a folder; a municipality whose workspace has no lock."""
    (house.folder / "packages/tracing").mkdir()
    ran = house.run("rename", "packages/sporing", "tracing")
    assert ran.code == 64
    assert "is there already" in ran.flat
    house.fine("rename", "municipalities/tromso", "tromsoe")
    assert not (house.folder / "municipalities/tromso.yaml").exists()


def test_what_would_be_another_object(house: House) -> None:
    """A key that a shorter one elsewhere would then mean is refused, and nothing is written."""
    house.write(
        f"{PACKAGE}/program/more.yaml",
        "programs:\n  SP_INDEKS:\n    programRuleVariables:\n"
        "      annen: {name: fri, programRuleVariableSourceType: CALCULATED_VALUE, valueType: TEXT}\n",
    )
    house.fine("lock")
    before = house.read(f"{PACKAGE}/program/rules.yaml")
    ran = house.run("rename", "programRuleVariables/SP_INDEKS/annen", "TEMPERATUR")
    assert ran.code == 1
    assert "nothing was written" in ran.flat
    assert house.read(f"{PACKAGE}/program/rules.yaml") == before


def test_references_by_uid_and_by_parameter(house: House) -> None:
    """A UID stays; a parameter whose value is the key is for a person to change; other locks stay."""
    uid = next(
        line.partition(": ")[2]
        for line in house.read(f"{PACKAGE}/uids.lock").split("\n")
        if line.startswith(f"dataElements/{KEY}:")
    )
    house.write(
        "packages/two/package.yaml",
        'name: two\nversion: 1.0.0\ntitle: To\ndhis2: ">=2.41"\nlocale: nb\nrequires: {sporing: ">=1.0"}\n'
        f"parameters: {{felt: {{type: string, default: {KEY}, description: a}}}}\n",
    )
    house.write(
        "packages/two/groups.yaml",
        "dataElementGroups:\n"
        f"  TWO_A: {{name: A, shortName: A, dataElements: [{{id: {uid}}}]}}\n"
        "  TWO_B: {name: B, shortName: B, dataElements: [!var felt]}\n",
    )
    house.fine("lock")
    before = house.read("packages/two/groups.yaml")
    ran = house.fine("rename", KEY, NEW)
    assert "by hand: packages/two/groups.yaml:3" in ran.out
    assert house.read("packages/two/groups.yaml") == before
