"""Tests of one municipality's state: packages, units, assignments, members, patches."""

from pathlib import Path

import pytest

from dhis2cfg import load
from dhis2cfg.model.names import Ref, ServerDefault, Username
from dhis2cfg.model.sources import PackageSource
from dhis2cfg.model.state import Origin, PackageUse, Text
from dhis2cfg.resolve import choose, mint, resolve, resolve_package
from tests.unit.resolve.building import (
    MANIFEST,
    a_fleet,
    a_source,
    a_state,
    catalogue,
    rules,
    told,
    values,
    without_lock,
    write,
)

PACKAGE = """
programs:
  P: {name: {nb: P, en: P}, programType: WITHOUT_REGISTRATION, description: {nb: Gammel, en: Old}}
  Q: {name: {nb: Q, en: Q}, programType: WITHOUT_REGISTRATION}
userGroups: {G: {name: {nb: G, en: G}}}
"""
BY = """
number: "5501"
name: Byen
organisationUnit: {code: "5501"}
packages: {p: {version: ">=1"}}
organisationUnits:
  EAST: {name: Øst, openingDate: 2020-01-01}
  HOUSE: {name: Hus, openingDate: 2020-01-01, parent: EAST}
"""


def test_a_state_is_packages_and_units(tmp_path: Path) -> None:
    """Everything that one municipality asks for, with its owner; the own unit has no UID of ours."""
    state, findings = a_state(tmp_path, BY, PACKAGE, manifest=MANIFEST)
    assert findings == []
    assert state.municipality == "by"
    (use,) = state.packages
    assert use == PackageUse(name="p", version="1.0.0", locale="nb", digest=use.digest, dhis2=">=2.41,<2.44")
    assert len(use.digest) == 64
    owners = {str(ref): each.owner for ref, each in state.objects.items()}
    assert owners == {
        "programs/P": "p",
        "programs/Q": "p",
        "userGroups/G": "p",
        "organisationUnits/by": "by",
        "organisationUnits/EAST": "by",
        "organisationUnits/HOUSE": "by",
    }
    own = state.objects[Ref("organisationUnits", "by")]
    assert (own.uid, own.adopt, own.fields) == (None, {"code": "5501"}, {})


def test_own_units_hang_below_the_own_unit(tmp_path: Path) -> None:
    """A parent left out is the municipality's unit; the UID is hashed with the municipality's name."""
    state, _ = a_state(tmp_path, BY, PACKAGE, manifest=MANIFEST)
    east = state.objects[Ref("organisationUnits", "EAST")]
    assert east.uid == mint("by", "organisationUnits", "EAST")
    fields = values(state.objects, "organisationUnits/EAST")
    assert fields["parent"] == Ref("organisationUnits", "by")
    assert fields["shortName"] == Text(base="Øst", locale="nb")
    assert (fields["code"], fields["openingDate"]) == ("EAST", "2020-01-01")
    assert east.fields["name"].origin is Origin.MUNICIPALITY
    assert values(state.objects, "organisationUnits/HOUSE")["parent"] == Ref("organisationUnits", "EAST")


def test_programs_work_with_the_own_unit_unless_assigned(tmp_path: Path) -> None:
    """`assign` says exactly who; what it does not name gets the municipality's unit alone."""
    state, findings = a_state(tmp_path, BY + "assign: {programs/P: [by, EAST]}\n", PACKAGE, manifest=MANIFEST)
    assert findings == []
    assert values(state.objects, "programs/P")["organisationUnits"] == (
        Ref("organisationUnits", "by"),
        Ref("organisationUnits", "EAST"),
    )
    assert values(state.objects, "programs/Q")["organisationUnits"] == (Ref("organisationUnits", "by"),)
    assert state.objects[Ref("programs", "P")].fields["organisationUnits"].origin is Origin.MUNICIPALITY


def test_what_the_package_assigns_stays_assigned(tmp_path: Path) -> None:
    """Units and members that the package names come first; nothing is named twice."""
    package = """
        organisationUnits: {N: {name: N, openingDate: 2020-01-01}}
        programs: {P: {name: P, programType: WITHOUT_REGISTRATION, organisationUnits: [N, "id:aaaaaaaaaaa"]}}
        userGroups: {G: {name: G, users: [ola]}}
        categories: {C: {name: C, dataDimensionType: ATTRIBUTE, categoryOptions: [default]}}
        """
    state, findings = a_state(
        tmp_path,
        "{organisationUnit: {id: uuuuuuuuuuu}, packages: {p: {}},"
        " assign: {programs/P: [by, N]}, members: {userGroups/G: [ola, kari]}}",
        package,
    )
    assert findings == []
    units = values(state.objects, "programs/P")["organisationUnits"]
    assert isinstance(units, tuple)
    assert [str(each) for each in units] == [
        "organisationUnits/N",
        "organisationUnits/id:aaaaaaaaaaa",
        "organisationUnits/by",
    ]
    assert values(state.objects, "userGroups/G")["users"] == (Username("ola"), Username("kari"))
    assert values(state.objects, "categories/C")["categoryOptions"] == (ServerDefault("categoryOptions"),)
    own = state.objects[Ref("organisationUnits", "by")]
    assert (own.uid, own.adopt) == ("uuuuuuuuuuu", {"id": "uuuuuuuuuuu"})


def test_without_a_unit_nothing_is_assigned(tmp_path: Path) -> None:
    """A municipality that names no unit assigns nothing by itself."""
    state, findings = a_state(tmp_path, "packages: {p: {}}", PACKAGE, manifest=MANIFEST)
    assert findings == []
    assert "organisationUnits" not in values(state.objects, "programs/P")


def test_a_unit_with_an_opening_date_may_be_made(tmp_path: Path) -> None:
    """It has the municipality's name and number, and hangs below the package's root if there is one."""
    state, findings = a_state(
        tmp_path,
        "{name: Byen, number: '5501', packages: {p: {}},"
        " organisationUnit: {name: By, openingDate: 1970-01-01}}",
        "organisationUnits: {N: {name: N, openingDate: 2020-01-01}}",
    )
    assert findings == []
    own = state.objects[Ref("organisationUnits", "by")]
    assert own.adopt == {"name": "By"}
    fields = values(state.objects, "organisationUnits/by")
    assert fields == {
        "name": Text(base="By", locale="nb"),
        "shortName": Text(base="By", locale="nb"),
        "openingDate": "1970-01-01",
        "code": "5501",
        "parent": Ref("organisationUnits", "N"),
    }
    state, findings = a_state(
        tmp_path / "other",
        "{name: Byen, organisationUnit: {code: '1', openingDate: 1970-01-01, parent: 'id:aaaaaaaaaaa'}}",
    )
    assert findings == []
    fields = values(state.objects, "organisationUnits/by")
    assert (fields["name"], str(fields["parent"])) == (
        Text(base="Byen", locale="en"),
        "organisationUnits/id:aaaaaaaaaaa",
    )


def test_patches_lie_over_the_package(tmp_path: Path) -> None:
    """A text replaces, a map of languages joins, mappings merge; the origin is the municipality's."""
    manifest = MANIFEST + "parameters: {days: {type: integer, default: 6}}\n"
    package = """
        programs:
          P:
            name: {nb: P, en: P}
            programType: WITHOUT_REGISTRATION
            description: {nb: Gammel, en: Old}
            style: {color: "#fff"}
          Q: {name: {nb: Q, en: Q}, programType: WITHOUT_REGISTRATION, code: !tpl "{{days}}"}
        """
    by = """
        packages: {p: {}}
        patches:
          programs/P: {description: Vår egen, style: {icon: virus}, expiryDays: 3, code: !tpl "P{{days}}"}
          programs/Q: {name: {se: Q}, style: {color: "#000"}}
        """
    state, findings = a_state(tmp_path, by, package, manifest=manifest)
    assert findings == []
    program = state.objects[Ref("programs", "P")]
    assert program.fields["description"].value == Text(base="Vår egen", locale="nb")
    assert program.fields["description"].origin is Origin.MUNICIPALITY
    assert program.fields["description"].place.file == "municipalities/by.yaml"
    assert (program.fields["expiryDays"].value, program.fields["code"].value) == (3, "P6")
    style = program.fields["style"].value
    assert {name: each.value for name, each in getattr(style, "fields", {}).items()} == {
        "color": "#fff",
        "icon": "virus",
    }
    assert values(state.objects, "programs/Q")["name"] == Text(
        base="Q", locale="nb", locales={"en": "Q", "se": "Q"}
    )


def test_a_language_may_be_laid_over_a_plain_text(tmp_path: Path) -> None:
    """The plain text becomes the base; patches of the fleet's defaults are the municipality's too."""
    state, findings = a_state(
        tmp_path,
        "packages: {p: {}}",
        "constants: {C: {name: Grense, value: 1}}",
        manifest=MANIFEST.replace("required: [en], ", ""),
        fleet="name: f\ndefaults: {patches: {constants/C: {name: {se: Rádji}}}}\n",
    )
    assert findings == []
    field = state.objects[Ref("constants", "C")].fields["name"]
    assert field.value == Text(base="Grense", locale="nb", locales={"se": "Rádji"})
    assert field.origin is Origin.MUNICIPALITY


def test_a_mapping_laid_over_a_list_takes_its_place(tmp_path: Path) -> None:
    """A list cannot be merged key by key, so the patch stands alone."""
    package = """
        dataElements:
          D: {name: D, domainType: TRACKER, valueType: TEXT, aggregationType: NONE}
          E: {name: E, domainType: TRACKER, valueType: TEXT, aggregationType: NONE}
        programs:
          P:
            name: P
            programType: WITHOUT_REGISTRATION
            programStages: {S: {name: S, programStageDataElements: [D]}}
        """
    patch = "{programStageDataElements: {E: {compulsory: true}}}"
    by = f"{{packages: {{p: {{}}}}, patches: {{programStages/P/S: {patch}}}}}"
    state, findings = a_state(tmp_path, by, package)
    assert findings == []
    elements = values(state.objects, "programStages/P/S")["programStageDataElements"]
    assert isinstance(elements, tuple)
    assert [getattr(each, "key", "") for each in elements] == ["E"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "patches: {programs/PP: {code: x}}",
            ("unknown-reference", "9:11", "there is no programs/PP to patch"),
        ),
        (
            "patches: {programs/P: {id: aaaaaaaaaaa}}",
            ("patch-not-allowed", "9:24", "a patch may not change id of programs/P"),
        ),
        (
            "patches: {programs/P: {programStages: {S: {name: S}}}}",
            ("patch-not-allowed", "9:24", "a patch may not change programStages of programs/P"),
        ),
        ("assign: {programs/X: [by]}", ("unknown-reference", "9:10", "there is no programs/X")),
        (
            "assign: {programs/P: [WEST]}",
            ("unknown-reference", "9:23", "organisation unit WEST does not exist"),
        ),
        ("members: {userRoles/G: [kari]}", ("unknown-reference", "9:11", "there is no userRoles/G")),
    ],
)
def test_what_a_municipality_says_of_nothing_is_told(
    tmp_path: Path, more: str, expected: tuple[str, str, str]
) -> None:
    """One mistake is one finding in the municipality's file."""
    _, findings = a_state(tmp_path, BY + more, PACKAGE, manifest=MANIFEST)
    assert told(findings) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("packages: {q: {}}", ("unknown-package", "1:12", "package q does not exist")),
        (
            "packages: {p: {version: '>=2'}}",
            ("package-version", "1:12", "p is 1.0.0 here, and >=2 is asked for"),
        ),
        (
            "organisationUnit: {openingDate: 2020-01-01}",
            ("unit-unknown", "1:19", "the organisation unit of by cannot be found"),
        ),
        (
            "organisationUnits: {E: {name: !var days, openingDate: 2020-01-01}}",
            ("undefined-parameter", "1:36", "nothing is called days here"),
        ),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    """A package that is missing or of another version, a unit that cannot be found."""
    _, findings = a_state(tmp_path, text, PACKAGE, manifest=MANIFEST)
    assert told(findings) == [expected]


def test_keys_of_units_may_not_clash(tmp_path: Path) -> None:
    """A municipality's unit needs a key that no package has."""
    _, findings = a_state(
        tmp_path,
        "{packages: {p: {}}, organisationUnits: {N: {name: N2, openingDate: 2020-01-01}}}",
        "organisationUnits: {N: {name: N, openingDate: 2020-01-01}}",
    )
    assert told(findings) == [("duplicate-key", "1:41", "organisationUnits/N is a unit of p and of by")]


def test_permissions_expire(tmp_path: Path) -> None:
    """A permission whose date has passed is a warning, one without date never is."""
    text = "allow: [{kind: a, on: x, until: 2026-11-01}, {kind: b, on: x, until: 2026-12-01}, {kind: c}]"
    _, findings = a_state(tmp_path, text, today="2026-11-25")
    assert [(each.rule, each.severity.value) for each in findings] == [("expired-allowance", "warning")]
    _, findings = a_state(tmp_path, text)
    assert findings == []


def two_packages(root: Path, first: str, second: str, *, requires: str = "") -> list[PackageSource]:
    """Packages `p` and `q`; `q` may require others."""
    source = a_source(root, first)
    manifest = f"name: q\nversion: 2.0.0\nlocale: nb\ndhis2: '>=2.41'\n{requires}\n"
    write(root, {"q/package.yaml": manifest, "q/objects.yaml": second})
    other, findings = load.load_package(root, "q", catalogue())
    assert findings == ()
    assert other is not None
    return [source, other]


def test_packages_see_what_they_require(tmp_path: Path) -> None:
    """A key is looked up in the own package, then in those required, also at second hand."""
    element = "domainType: TRACKER, valueType: TEXT, aggregationType: NONE, optionSet: S"
    first, second = two_packages(
        tmp_path,
        "optionSets: {S: {name: S, valueType: TEXT}}",
        f"dataElements: {{D: {{name: D, {element}}}}}",
        requires='requires: {p: ">=1"}',
    )
    package, findings = resolve_package(second, catalogue(), required=[first])
    assert without_lock(findings) == []
    assert values(package.objects, "dataElements/D")["optionSet"] == Ref("optionSets", "S")
    fleet, _, _ = a_fleet(tmp_path, {"by": "packages: {p: {}, q: {}}", "land": "packages: {q: {}}"})
    by, land = fleet.municipalities
    sources = choose([first, second])
    state, found = resolve(fleet, by, sources, catalogue())
    assert (without_lock(found), len(state.objects)) == ([], 2)
    _, found = resolve(fleet, land, sources, catalogue())
    assert told(without_lock(found)) == [
        ("missing-requirement", "1:12", "q requires p >=1, which land does not use"),
        ("unknown-reference", "1:101", "option set S does not exist"),
    ]


def test_two_packages_share_an_object_by_its_uid(tmp_path: Path) -> None:
    """One UID and equal values are one object; another UID or value is a finding."""
    fleet, _, _ = a_fleet(tmp_path, {"by": "packages: {p: {}, q: {}}"})
    shared = "constants: {C: {id: aaaaaaaaaaa, name: C, value: 1}}"
    sources = choose(
        two_packages(tmp_path, shared, "constants: {C: {id: aaaaaaaaaaa, name: C, description: x}}")
    )
    state, found = resolve(fleet, fleet.municipalities[0], sources, catalogue())
    assert without_lock(found) == []
    assert set(values(state.objects, "constants/C")) == {"code", "name", "shortName", "value", "description"}
    sources = choose(two_packages(tmp_path, shared, "constants: {C: {id: aaaaaaaaaaa, name: D}}"))
    _, found = resolve(fleet, fleet.municipalities[0], sources, catalogue())
    assert [each.message for each in found] == ["p and q both define constants/C, with another name"]
    sources = choose(two_packages(tmp_path, shared, "constants: {C: {id: bbbbbbbbbbb, name: C}}"))
    _, found = resolve(fleet, fleet.municipalities[0], sources, catalogue())
    assert [each.message for each in found] == ["p and q both define constants/C, with another UID"]
    assert rules(found) == ["two-packages"]
