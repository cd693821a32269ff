"""Tests of `adopt:`: what of the packages stands on a server already, and how it is found there."""

from pathlib import Path

import pytest

from dhis2cfg.model.names import Foreign, Ref, ServerDefault, Uid
from dhis2cfg.model.state import Formula
from dhis2cfg.resolve import choose, resolve
from tests.unit.resolve.building import PLAIN, a_fleet, a_source, a_state, catalogue, told, values

PACKAGE = """
indicatorTypes:
  PER_100: {name: Per cent, factor: 100, number: false}
  NUMBER: {name: Number, factor: 1, number: true}
trackedEntityTypes: {PERSON: {name: {nb: Person}}}
organisationUnitLevels: {KOMMUNE: {name: Kommune, level: 3}}
optionSets:
  S: {name: S, valueType: TEXT, options: {A: {name: A}, B: {name: B, code: BB}}}
dataElements:
  D: {name: D, domainType: TRACKER, valueType: TEXT, aggregationType: NONE, optionSet: {id: sssssssssss}}
programs: {P: {name: P, programType: WITHOUT_REGISTRATION, categoryCombo: {id: ccccccccccc}}}
dataEntryForms: {F: {name: F, htmlCode: "<input id='A-val' dataelementid='D'>"}}
"""


def adopting(
    root: Path, package: str = "", by: str = "", fleet: str = ""
) -> dict[str, tuple[dict[str, str], bool]]:
    """Of each object that is adopted, how it is found, and whether it must stand."""
    manifest = f"{PLAIN}adopt: {package}\n" if package else PLAIN
    more = f"adopt: {by}\n" if by else ""
    state, found = a_state(
        root,
        f"packages: {{p: {{}}}}\n{more}",
        PACKAGE,
        manifest=manifest,
        fleet=f"name: f\ndefaults: {{adopt: {fleet}}}\n" if fleet else "name: f\n",
    )
    assert found == []
    return {
        str(ref): (dict(each.adopt), each.must_stand) for ref, each in state.objects.items() if each.adopt
    }


def test_a_type_by_what_its_objects_say(tmp_path: Path) -> None:
    """A list of properties: each object is found by its own values, truths last; it may be made."""
    assert adopting(tmp_path, "{indicatorTypes: [number, factor], organisationUnitLevels: level}") == {
        "indicatorTypes/PER_100": ({"factor": "100", "number": "false"}, False),
        "indicatorTypes/NUMBER": ({"factor": "1", "number": "true"}, False),
        "organisationUnitLevels/KOMMUNE": ({"level": "3"}, False),
    }


def test_one_object_by_what_is_said_of_it(tmp_path: Path) -> None:
    """By UID, code, name or its own name; a municipality's must stand there, and it wins."""
    assert adopting(
        tmp_path,
        "{trackedEntityTypes/PERSON: [name], dataElements/D: {code: X}}",
        "{dataElements/D: {id: ddddddddddd}}",
        "{indicatorTypes/NUMBER: {name: Antall}}",
    ) == {
        "trackedEntityTypes/PERSON": ({"name": "Person"}, False),
        "dataElements/D": ({"id": "ddddddddddd"}, True),
        "indicatorTypes/NUMBER": ({"name": "Antall"}, True),
    }


def test_the_root_by_its_level(tmp_path: Path) -> None:
    """As a unit without parent is found anyway; a code is another way."""
    units = "organisationUnits: {N: {name: N, openingDate: 2020-01-01}}"
    for adopt, by in (("{level: 1}", {"level": "1"}), ("[code]", {"code": "N"})):
        state, found = a_state(
            tmp_path, f"packages: {{p: {{}}}}\nadopt: {{organisationUnits/N: {adopt}}}\n", units
        )
        assert found == []
        assert state.objects[Ref("organisationUnits", "N")].adopt == by


def test_one_server_may_hold_another_object(tmp_path: Path) -> None:
    """UIDs differ from server to server: what is said beside an address holds there alone."""
    source = a_source(tmp_path, PACKAGE)
    servers = (
        "servers: {prod: {url: https://a.example.org},"
        " test: {url: https://b.example.org, adopt: {dataElements/D: {id: bbbbbbbbbbb}}}}"
    )
    said = f"packages: {{p: {{}}}}\nadopt: {{dataElements/D: {{id: aaaaaaaaaaa}}}}\n{servers}\n"
    fleet, _, found = a_fleet(tmp_path, {"by": said})
    assert found == []
    (by,) = fleet.municipalities
    for environment, uid in (("prod", "aaaaaaaaaaa"), ("test", "bbbbbbbbbbb")):
        state, _ = resolve(fleet, by.on(environment), choose([source]), catalogue())
        assert state.objects[Ref("dataElements", "D")].adopt["id"] == uid


def test_options_go_along_with_their_set(tmp_path: Path) -> None:
    """Each by its code."""
    assert adopting(tmp_path, by="{optionSets/S: {code: SVAR}}") == {
        "optionSets/S": ({"code": "SVAR"}, True),
        "options/S/A": ({"code": "A"}, True),
        "options/S/B": ({"code": "BB"}, True),
    }


def test_what_is_named_by_uid_alone(tmp_path: Path) -> None:
    """Another object of the server, or the server's default, stands for it wherever it is named."""
    state, found = a_state(
        tmp_path,
        "{packages: {p: {}}, adopt: {optionSets/id:sssssssssss: {name: Svar},"
        " categoryCombos/id:ccccccccccc: default}}",
        PACKAGE,
    )
    assert found == []
    theirs = state.objects[Ref("optionSets", "id:sssssssssss")]
    assert (theirs.owner, theirs.fields, theirs.uid) == ("by", {}, "sssssssssss")
    assert (theirs.adopt, theirs.must_stand) == ({"name": "Svar"}, True)
    assert values(state.objects, "dataElements/D")["optionSet"] == theirs.ref
    assert values(state.objects, "programs/P")["categoryCombo"] == ServerDefault("categoryCombos")


def test_a_uid_of_ours_is_our_object(tmp_path: Path) -> None:
    """It goes by its key, as it does everywhere."""
    package = PACKAGE.replace("{name: S,", "{id: sssssssssss, name: S,")
    state, found = a_state(
        tmp_path, "{packages: {p: {}}, adopt: {optionSets/id:sssssssssss: {name: Svar}}}", package
    )
    assert found == []
    assert state.objects[Ref("optionSets", "S")].adopt == {"name": "Svar"}
    assert Ref("optionSets", "id:sssssssssss") not in state.objects


def test_a_default_that_a_package_brings_is_the_server_s(tmp_path: Path) -> None:
    """The object goes, and who names it names the server's own, in expressions too."""
    package = """
        categoryCombos: {MINE: {id: ccccccccccc, name: default2, dataDimensionType: DISAGGREGATION}}
        programs: {P: {name: P, programType: WITHOUT_REGISTRATION, categoryCombo: MINE}}
        """
    state, found = a_state(tmp_path, "packages: {p: {}}\nadopt: {categoryCombos/MINE: default}\n", package)
    assert found == []
    assert {str(ref) for ref in state.objects} == {"programs/P"}
    assert values(state.objects, "programs/P")["categoryCombo"] == ServerDefault("categoryCombos")


def test_texts_and_forms_name_what_is_adopted(tmp_path: Path) -> None:
    """Their references are references like all others, bound on each server."""
    state, _ = a_state(tmp_path, "packages: {p: {}}\nadopt: {dataElements/D: {code: X}}\n", PACKAGE)
    html = values(state.objects, "dataEntryForms/F")["htmlCode"]
    assert isinstance(html, Formula)
    assert Ref("dataElements", "D") in html.parts


@pytest.mark.parametrize(
    ("adopt", "message", "following"),
    [
        ("{dataElement/D: {code: X}}", "dataElement is no type of DHIS2", "did you mean dataElements?"),
        ("{zzz: [code]}", "zzz is no type of DHIS2", "write TYPE/KEY, as in dataElements/FEVER"),
        (
            "{options/S/A: {code: X}}",
            "options go along with their set",
            "write optionSets/KEY",
        ),
        (
            "{programs/P: {code: X}}",
            "programs cannot be adopted: what they hold could not be told apart on a server",
            "pin the UID that they have there (id:), or import them from that server",
        ),
        (
            "{dataElements/E: {code: X}}",
            "there is no dataElements/E to adopt",
            "did you mean dataElements/D?",
        ),
        (
            "{constants/E: {code: X}}",
            "there is no constants/E to adopt",
            "write TYPE/KEY of an object of the packages, or TYPE/id:UID",
        ),
        ("{dataElements/D: [legendSets]}", "dataElements cannot be found by legendSets", ""),
        ("{dataElements/D: {cod: X}}", "dataElements cannot be found by cod", "did you mean code?"),
        (
            "{dataElements/D: [description]}",
            "dataElements/D does not say its description, by which it is to be found",
            "write {description: VALUE}",
        ),
        (
            "{indicatorTypes/PER_100: [number]}",
            "nothing says how indicatorTypes/PER_100 is found",
            "write {id: UID}, {code: …}, {name: …}, or properties like [factor, number]",
        ),
        (
            "{dataElements/D: {}}",
            "nothing says how dataElements/D is found",
            "write {id: UID}, {code: …}, {name: …}, or properties like [factor, number]",
        ),
        (
            "{optionSets/id:sssssssssss: [name]}",
            "optionSets/id:sssssssssss does not say its name, by which it is to be found",
            "write {name: VALUE}",
        ),
        (
            "{optionSets/id:abcdefghijk: {name: X}}",
            "no package names optionSets abcdefghijk",
            "take it out of adopt:",
        ),
    ],
)
def test_what_cannot_be_adopted(tmp_path: Path, adopt: str, message: str, following: str) -> None:
    """Each mistake is one finding."""
    _, found = a_state(tmp_path, f"packages: {{p: {{}}}}\nadopt: {adopt}\n", PACKAGE)
    assert [(rule, said) for rule, _, said in told(found)] == [("adoption", message)]
    assert found[0].following.startswith(following)


def test_members_of_a_group_that_is_adopted(tmp_path: Path) -> None:
    """Nothing of it is written, so nobody can be put into it."""
    package = "userGroups: {G: {name: G}, H: {name: H, users: [ola]}}"
    said = "adopt: {userGroups/G: [code], userGroups/H: [code]}\nmembers: {userGroups/G: [kari]}\n"
    _, found = a_state(tmp_path, f"packages: {{p: {{}}}}\n{said}", package)
    assert told(found) == [
        (
            "adoption",
            "3:25",
            "userGroups/G is adopted and left as it is: its members would not be written",
        )
    ]


def test_a_package_adopts_what_it_has_itself(tmp_path: Path) -> None:
    """What it names by UID must stand there; a truth may have a value, and so may a whole number."""
    adopt = "{optionSets/id:sssssssssss: {code: SVAR}, indicatorTypes/PER_100: {factor: 1000, number: true}}"
    assert adopting(tmp_path, adopt) == {
        "optionSets/id:sssssssssss": ({"code": "SVAR"}, True),
        "indicatorTypes/PER_100": ({"factor": "1000", "number": "true"}, False),
    }
    state, _ = a_state(tmp_path, "packages: {p: {}}", PACKAGE)
    assert values(state.objects, "dataElements/D")["optionSet"] == Foreign("optionSets", Uid("sssssssssss"))
