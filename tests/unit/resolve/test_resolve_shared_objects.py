"""Tests of objects that several packages have: one UID is one object, and who decides where they differ."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from dhis2cfg import load
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.state import Attributes, Child, Formula, Sharing, State, Text
from dhis2cfg.resolve import Memory, choose, resolve, together
from tests.unit.resolve.building import a_fleet, catalogue, rules, values, without_lock, write

FIRST, SECOND, THIRD = "aaaaaaaaaaa", "bbbbbbbbbbb", "ccccccccccc"


def resolved(
    root: Path, packages: Mapping[str, str], by: str = "", *, fleet: str = "name: f\n"
) -> tuple[State, list[Finding]]:
    """The state of a municipality that has all these packages, in the order written."""
    sources = []
    for name, text in packages.items():
        manifest = f"name: {name}\nversion: 1.0.0\nlocale: nb\ndhis2: '>=2.41'\nlocales: {{inline: [en]}}\n"
        write(root, {f"{name}/package.yaml": manifest, f"{name}/objects.yaml": text})
        source, found = load.load_package(root, name, catalogue())
        assert found == ()
        assert source is not None
        sources.append(source)
    used = f"packages: {{{', '.join(f'{name}: {{}}' for name in packages)}}}\n"
    read, _, found_there = a_fleet(root, {"by": used + by}, fleet=fleet)
    assert found_there == []
    state, told = resolve(read, read.municipalities[0], choose(sources), catalogue())
    return state, without_lock(told)


def constant(**values: str) -> str:
    """One constant, the same in every package but for what is said here."""
    said = "".join(f", {name}: {value}" for name, value in values.items())
    return f"constants: {{C: {{id: {FIRST}, name: C, value: 1{said}}}}}"


def test_equal_content_is_one_object_of_both(tmp_path: Path) -> None:
    """What only one says is said; who has it is counted; the order of packages says nothing."""
    one = constant(description="{nb: Her, en: Here}")
    two = constant(description="{nb: Her}", sharing="{public: r-------}")
    for packages in ({"p": one, "q": two}, {"q": two, "p": one}):
        state, found = resolved(tmp_path, packages)
        assert found == []
        each = state.objects[Ref("constants", "C")]
        assert each.owners == ("p", "q")
        assert values(state.objects, "constants/C")["description"] == Text(
            base="Her", locale="nb", locales={"en": "Here"}
        )
        assert values(state.objects, "constants/C")["sharing"] == Sharing(public="r-------")


def test_other_content_is_one_finding_with_both_places(tmp_path: Path) -> None:
    """All properties in which two of three packages differ; what only follows from another is not named."""
    one, two = constant(description="{nb: a}"), constant(description="{nb: b}").replace("name: C", "name: D")
    state, found = resolved(tmp_path, {"p": one, "q": two, "r": two})
    assert [(each.rule, each.message) for each in found] == [
        ("two-packages", "p and q both define constants/C, with another name, description")
    ]
    assert (found[0].place.file, found[0].place.line) == ("q/objects.yaml", 1)
    assert [(each.message, each.place.file) for each in found[0].related] == [("in p", "p/objects.yaml")]
    assert "shared: {constants/C: p}" in found[0].following
    assert state.objects[Ref("constants", "C")].owners == ("p", "q", "r")


def test_what_a_default_of_a_package_says_is_told_at_the_object(tmp_path: Path) -> None:
    """A line of package.yaml stands for many objects."""
    state, _ = resolved(tmp_path, {"p": constant(shortName="A"), "q": constant()})
    assert state.objects[Ref("constants", "C")].owner == "p"
    _, found = resolved(tmp_path, {"p": constant(), "q": constant(shortName="A")})
    assert [each.message for each in found] == ["p and q both define constants/C, with another shortName"]
    assert found[0].related[0].place.line == 1


@pytest.mark.parametrize(
    ("shared", "description"),
    [
        ("{constants/C: q}", "b"),
        ("{constants: q, '*': p}", "b"),
        ("{constants/C: [q, p], constants: p}", "b"),
        ("{'*': p}", "a"),
    ],
)
def test_a_municipality_decides(tmp_path: Path, shared: str, description: str) -> None:
    """By object, by type, or for everything; the narrowest word holds."""
    packages = {"p": constant(description="a"), "q": constant(description="b")}
    state, found = resolved(tmp_path, packages, f"shared: {shared}")
    assert found == []
    assert values(state.objects, "constants/C")["description"] == Text(base=description, locale="nb")


def test_the_fleet_decides_and_a_municipality_otherwise(tmp_path: Path) -> None:
    """`defaults:` of the fleet file lie under what the municipality says."""
    packages = {"p": constant(description="a"), "q": constant(description="b")}
    fleet = "name: f\ndefaults: {shared: {constants/C: q}}\n"
    state, found = resolved(tmp_path, packages, fleet=fleet)
    assert found == []
    assert values(state.objects, "constants/C")["description"] == Text(base="b", locale="nb")
    state, found = resolved(tmp_path, packages, "shared: {constants/C: p}", fleet=fleet)
    assert values(state.objects, "constants/C")["description"] == Text(base="a", locale="nb")


def test_a_decision_for_who_does_not_have_it_decides_nothing(tmp_path: Path) -> None:
    """A third package has no word in it; one that there is not is a finding, and so is an unknown type."""
    packages = {"p": constant(description="a"), "q": constant(description="b"), "r": ""}
    _, found = resolved(tmp_path, packages, "shared: {constants/C: r}")
    assert rules(found) == ["two-packages"]
    _, found = resolved(tmp_path, packages, "shared: {constant/C: p, constants: x, '*': p}")
    assert [(each.rule, each.message) for each in found] == [
        ("unknown-type", "constant is no type of DHIS2"),
        ("unknown-package", "package x does not exist"),
    ]


def test_a_patch_decides(tmp_path: Path) -> None:
    """It may name what any of the municipality's packages has, though neither package may."""
    group = f"userGroups: {{G: {{id: {SECOND}, name: G, sharing: {{public: '--------'}}}}}}"
    packages = {
        "p": constant(sharing="{public: r-------}"),
        "q": constant(sharing="{public: rw------}"),
        "r": group,
    }
    patch = "patches: {constants/C: {sharing: {public: '--------', userGroups: {G: r-------}}}}"
    state, found = resolved(tmp_path, packages, patch)
    assert found == []
    assert values(state.objects, "constants/C")["sharing"] == Sharing(
        public="--------", user_groups={Ref("userGroups", "G"): "r-------"}
    )
    _, found = resolved(tmp_path, packages, patch.replace("{G:", "{H:"))
    assert set(rules(found)) == {"unknown-reference"}
    packages["q"] = packages["q"].replace("{public: rw------}", "{userGroups: {G: r-------}}")
    _, found = resolved(tmp_path, packages)
    assert "unknown-reference" in rules(found)


def test_a_patch_of_one_of_two_names_holds_for_the_object(tmp_path: Path) -> None:
    """A municipality's word counts before what packages say."""
    packages = {
        "p": f"constants: {{C: {{id: {FIRST}, name: C, code: C, value: 1}}}}",
        "q": f"constants: {{D: {{id: {FIRST}, name: D, code: C, value: 1}}}}",
    }
    state, found = resolved(tmp_path, packages, "patches: {constants/D: {name: E, shortName: E}}")
    assert found == []
    assert values(state.objects, "constants/C")["name"] == Text(base="E", locale="nb")


SETS = {
    "p": f"""
        optionSets:
          YES:
            id: {FIRST}
            name: Ja
            code: YES
            valueType: TEXT
            options: {{J: {{id: {SECOND}, name: Ja}}}}
        """,
    "q": f"""
        optionSets:
          YES_NO:
            id: {FIRST}
            name: Ja
            code: YES
            valueType: TEXT
            options: {{JA: {{id: {SECOND}, name: Ja, code: J}}, N: {{id: {THIRD}, name: Nei}}}}
        dataElements:
          D: {{name: D, domainType: TRACKER, valueType: TEXT, aggregationType: NONE, optionSet: YES_NO}}
        """,
}


def test_one_uid_under_two_keys_is_one_object(tmp_path: Path) -> None:
    """The first package in the alphabet names it; references and children of the other go along."""
    state, found = resolved(tmp_path, SETS, "shared: {optionSets/YES_NO: q}")
    assert found == []
    assert {str(ref) for ref in state.objects} == {
        "optionSets/YES",
        "options/YES/J",
        "options/YES/N",
        "dataElements/D",
    }
    assert state.objects[Ref("optionSets", "YES")].owners == ("p", "q")
    assert values(state.objects, "dataElements/D")["optionSet"] == Ref("optionSets", "YES")
    assert values(state.objects, "options/YES/N")["optionSet"] == Ref("optionSets", "YES")
    assert values(state.objects, "optionSets/YES")["options"] == (
        Ref("options", "YES/J"),
        Ref("options", "YES/N"),
    )


def test_another_list_of_options_is_other_content(tmp_path: Path) -> None:
    """Their order means something; both together is a way out."""
    _, found = resolved(tmp_path, SETS)
    assert [each.message for each in found] == [
        "p and q both define optionSets/YES (q calls it YES_NO), with another options"
    ]
    state, found = resolved(tmp_path, SETS, "shared: {optionSets: [p, q]}")
    assert found == []
    assert values(state.objects, "optionSets/YES")["options"] == (
        Ref("options", "YES/J"),
        Ref("options", "YES/N"),
    )


def test_a_uid_that_another_package_has_is_that_object(tmp_path: Path) -> None:
    """`{id: …}` names it by the key it goes by, so that it is found wherever it is adopted."""
    element = "domainType: TRACKER, valueType: TEXT, aggregationType: NONE"
    packages = {
        "p": f"optionSets: {{S: {{id: {FIRST}, name: S, valueType: TEXT}}}}",
        "q": f"""
        dataElements:
          D: {{name: D, {element}, optionSet: {{id: {FIRST}}}}}
          E: {{name: E, {element}, optionSet: {{id: {THIRD}}}}}
        """,
    }
    state, found = resolved(tmp_path, packages)
    assert found == []
    assert values(state.objects, "dataElements/D")["optionSet"] == Ref("optionSets", "S")
    assert values(state.objects, "dataElements/E")["optionSet"] == Foreign("optionSets", Uid(THIRD))


def test_a_municipality_may_use_either_name(tmp_path: Path) -> None:
    """What its own units name goes by the name that counts as well."""
    units = f"organisationUnits: {{N: {{id: {FIRST}, name: N, code: N, openingDate: 2020-01-01}}}}"
    packages = {
        "p": units,
        "q": units.replace("{N:", "{NORGE:") + "\nuserGroups: {G: {name: G, users: [kari]}}",
    }
    own = "organisationUnits: {EAST: {name: Øst, openingDate: 2020-01-01, parent: NORGE}}"
    state, found = resolved(tmp_path, packages, own)
    assert found == []
    assert values(state.objects, "organisationUnits/EAST")["parent"] == Ref("organisationUnits", "N")


def test_order_and_place_of_children_are_no_difference(tmp_path: Path) -> None:
    """Members of a set in another order, legends and elements on other lines are the same."""
    legends = f"""
        legendSets:
          L:
            id: {FIRST}
            name: L
            legends: [{{name: Lav, startValue: 0, endValue: 5}}, {{name: Høy, startValue: 5, endValue: 9}}]
        indicatorGroups: {{G: {{id: {SECOND}, name: G, indicators: [{{id: {FIRST}}}, {{id: {THIRD}}}]}}}}
        """
    other = legends.replace(f"[{{id: {FIRST}}}, {{id: {THIRD}}}]", f"[{{id: {THIRD}}}, {{id: {FIRST}}}]")
    _, found = resolved(tmp_path, {"p": legends, "q": "\n\n" + other})
    assert found == []
    _, found = resolved(tmp_path, {"p": legends, "q": other.replace("endValue: 9", "endValue: 10")})
    assert [each.message for each in found] == ["p and q both define legendSets/L, with another legends"]


def test_both_together(tmp_path: Path) -> None:
    """Sharing, metadata attributes, members and translations are put together; else the first counts."""
    packages = {
        name: f"""
        attributes:
          A: {{id: {THIRD}, name: A, valueType: TEXT, constantAttribute: true}}
        constants:
          C:
            id: {FIRST}
            name: {{nb: C, en: "{name}"}}
            shortName: C
            value: {number}
            description: !once {name}
            attributeValues: {{"id:A{name * 10}": x, A: {name}}}
            sharing:
              public: r-------
              userGroups: {{"id:G{name * 10}": r-------, "id:{SECOND}": "{access}"}}
        """
        for name, number, access in (("p", 1, "r-------"), ("q", 2, "rw------"))
    }
    state, found = resolved(tmp_path, packages, "shared: {constants/C: [q, p]}")
    assert found == []
    said = values(state.objects, "constants/C")
    assert said["value"] == 2
    assert said["name"] == Text(base="C", locale="nb", locales={"en": "q"})
    assert said["attributeValues"] == Attributes(
        values={
            Foreign("attributes", Uid("Apppppppppp")): "x",
            Ref("attributes", "A"): "q",
            Foreign("attributes", Uid("Aqqqqqqqqqq")): "x",
        }
    )
    assert said["sharing"] == Sharing(
        public="r-------",
        user_groups={
            Foreign("userGroups", Uid("Gpppppppppp")): "r-------",
            Foreign("userGroups", Uid(SECOND)): "rw------",
            Foreign("userGroups", Uid("Gqqqqqqqqqq")): "r-------",
        },
    )


def test_settings_are_decided_alike(tmp_path: Path) -> None:
    """Two values of one setting: by its name, by its type or for everything."""
    packages = {name: f"systemSettings: {{applicationTitle: {name}}}" for name in ("p", "q")}
    _, found = resolved(tmp_path, packages)
    assert rules(found) == ["two-packages"]
    assert "shared: {systemSettings/applicationTitle: p}" in found[0].following
    for chosen in ("p", "q"):
        state, found = resolved(tmp_path, packages, f"shared: {{systemSettings/applicationTitle: {chosen}}}")
        assert found == []
        assert state.settings[Ref("systemSettings", "applicationTitle")].value == chosen


def test_expressions_name_what_counts(tmp_path: Path) -> None:
    """A key inside a text is a reference like any other."""
    element = "domainType: AGGREGATE, valueType: NUMBER, aggregationType: SUM"
    packages = {
        "p": f"dataElements: {{A: {{id: {FIRST}, code: X, name: A, {element}}}}}",
        "q": f"""
        dataElements: {{B: {{id: {FIRST}, code: X, name: A, {element}}}}}
        indicatorTypes: {{T: {{name: T, factor: 1, number: true}}}}
        indicators:
          I: {{name: I, indicatorType: T, numerator: "#{{B}}", denominator: "1", annualized: false}}
        """,
    }
    state, found = resolved(tmp_path, packages)
    assert found == []
    assert values(state.objects, "indicators/I")["numerator"] == Formula(
        parts=("#{", Ref("dataElements", "A"), "}")
    )


def on_one_server(
    root: Path, packages: Mapping[str, str], *municipalities: str
) -> tuple[State, list[tuple[str, str]]]:
    """Municipalities that use these packages each (`p q`), as one state of their server."""
    states = []
    for number, names in enumerate(municipalities):
        state, found = resolved(root, {name: packages[name] for name in names.split()})
        assert found == []
        states.append(replace(state, municipality=f"m{number}"))
    united, told = together(states)
    return united, [(each.rule, each.message) for each in told]


CALLED_OTHERWISE = {
    "p": f"constants: {{C: {{id: {FIRST}, code: C, name: C, shortName: C, value: 1, description: x}}}}",
    "q": f"""
        constants: {{D: {{id: {FIRST}, code: C, name: C, shortName: C, value: 1}}}}
        userGroups: {{G: {{name: G, users: [kari]}}}}
        predictors:
          P:
            name: P
            output: {{id: ooooooooooo}}
            periodType: Daily
            organisationUnitLevels: [{{id: lllllllllll}}]
            generator: {{expression: "C{{D}}"}}
        """,
}


@pytest.mark.parametrize("municipalities", [("p q", "q"), ("q", "p q"), ("p", "q"), ("q", "p")])
def test_one_server_for_municipalities_with_other_packages(
    tmp_path: Path, municipalities: tuple[str, ...]
) -> None:
    """An object is one there too, by one name, and everybody's packages count as its owners."""
    state, found = on_one_server(tmp_path, CALLED_OTHERWISE, *municipalities)
    assert found == []
    (constant_ref,) = (ref for ref in state.objects if ref.type == "constants")
    assert set(state.objects[constant_ref].owners) == {"p", "q"}
    assert set(values(state.objects, str(constant_ref))) == {
        "code",
        "name",
        "shortName",
        "value",
        "description",
    }
    generator = values(state.objects, "predictors/P")["generator"]
    assert isinstance(generator, Child)
    assert generator.fields["expression"].value == Formula(parts=("C{", constant_ref, "}"))


def test_one_server_for_packages_that_differ(tmp_path: Path) -> None:
    """Nobody has both packages, so nobody could decide."""
    packages = {"p": constant(description="a"), "q": constant(description="b")}
    _, found = on_one_server(tmp_path, packages, "p", "q")
    assert found == [("two-packages", "p and q both define constants/C on one server, and not alike")]


def test_what_municipalities_share_stays_the_very_same(tmp_path: Path) -> None:
    """Objects of several packages are united once, so that rules judge them once; a patch makes others."""
    sources = []
    for name, text in SETS.items():
        manifest = f"name: {name}\nversion: 1.0.0\nlocale: nb\ndhis2: '>=2.41'\n"
        write(tmp_path, {f"{name}/package.yaml": manifest, f"{name}/objects.yaml": text})
        source, _ = load.load_package(tmp_path, name, catalogue())
        assert source is not None
        sources.append(source)
    used = "packages: {p: {}, q: {}}\nshared: {optionSets: q}\n"
    patched = f"{used}patches: {{dataElements/D: {{description: x}}}}\n"
    fleet, _, _ = a_fleet(tmp_path, {"a": used, "b": used, "c": patched})
    memory = Memory()
    one, two, three = (
        resolve(fleet, each, choose(sources), catalogue(), memory=memory)[0] for each in fleet.municipalities
    )
    assert all(
        one.objects[ref].fields[name] is field
        for ref, each in two.objects.items()
        for name, field in each.fields.items()
    )
    element = Ref("dataElements", "D")
    assert "description" in three.objects[element].fields
    assert one.objects.keys() == three.objects.keys()
