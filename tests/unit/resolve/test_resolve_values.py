"""Tests of values: what properties become by their shape, and what follows from key and place."""

from pathlib import Path

import pytest

from dhis2cfg.model.names import Foreign, Ref, ServerDefault, Uid, Username
from dhis2cfg.model.state import Attributes, Child, Keep, Once, Opaque, Origin, Secret, Text, Value
from dhis2cfg.resolve import mint
from tests.unit.resolve.building import a_package, rules, told, values

ELEMENT = "domainType: TRACKER, valueType: TEXT, aggregationType: NONE"


def children(value: Value) -> dict[str, dict[str, Value]]:
    """Key → property → value of embedded children."""
    assert isinstance(value, tuple)
    read = [each for each in value if isinstance(each, Child)]
    assert len(read) == len(value)
    return {each.key: {name: field.value for name, field in each.fields.items()} for each in read}


def test_scalars_are_what_their_property_says(tmp_path: Path) -> None:
    """Text stays as written, numbers and truths are typed, null is managed and empty."""
    package, findings = a_package(
        tmp_path,
        """
        dataElements:
          D:
            name: 0301
            description: ~
            domainType: TRACKER
            valueType: TEXT
            aggregationType: NONE
            zeroIsSignificant: true
            aggregationLevels: [1, 2]
        legendSets: {L: {name: L, legends: [{name: A, startValue: 1.50, endValue: 2}]}}
        """,
    )
    assert findings == []
    fields = values(package.objects, "dataElements/D")
    assert fields["name"] == Text(base="0301", locale="nb")
    assert fields["description"] is None
    assert (fields["zeroIsSignificant"], fields["aggregationLevels"]) == (True, (1, 2))
    legends = children(values(package.objects, "legendSets/L")["legends"])
    assert legends == {"1.5_2": {"name": "A", "startValue": 1.5, "endValue": 2}}


def test_the_key_is_the_code_where_types_have_codes(tmp_path: Path) -> None:
    """Unless `code` says otherwise, and never for types whose objects have none."""
    package, _ = a_package(
        tmp_path,
        """
        constants:
          A: {name: A, value: 1}
          B: {name: B, value: 1, code: other}
          C: {name: C, value: 1, code: null}
        visualizations: {V: {name: V, type: COLUMN}}
        """,
    )
    codes = {key: values(package.objects, f"constants/{key}")["code"] for key in "ABC"}
    assert codes == {"A": "A", "B": "other", "C": None}
    assert package.objects[Ref("constants", "A")].fields["code"].origin is Origin.DERIVED
    assert "code" not in values(package.objects, "visualizations/V")


def test_a_variable_is_called_by_its_key(tmp_path: Path) -> None:
    """A rule variable without a name has its key as name."""
    package, _ = a_package(
        tmp_path,
        """
        programs:
          P:
            name: P
            programType: WITHOUT_REGISTRATION
            programRuleVariables:
              a: {programRuleVariableSourceType: CALCULATED_VALUE}
              b: {programRuleVariableSourceType: CALCULATED_VALUE, name: a name}
        """,
    )
    assert values(package.objects, "programRuleVariables/P/a")["name"] == "a"
    assert values(package.objects, "programRuleVariables/P/b")["name"] == "a name"


def test_references_are_keys_paths_and_uids(tmp_path: Path) -> None:
    """A key, a path, a pinned UID of ours, a foreign UID in two spellings, and the server's own default."""
    package, findings = a_package(
        tmp_path,
        f"""
        optionSets: {{S: {{id: sssssssssss, name: S, valueType: TEXT, options: {{A: {{name: A}}}}}}}}
        optionGroups: {{G: {{name: G, optionSet: S, options: [S/A, "id:aaaaaaaaaaa"]}}}}
        dataElements:
          D: {{name: D, {ELEMENT}, optionSet: {{id: sssssssssss}}, categoryCombo: default}}
          E: {{name: E, {ELEMENT}, optionSet: "id:bbbbbbbbbbb"}}
          F: {{name: F, {ELEMENT}, optionSet: {{id: ccccccccccc}}}}
        userGroups: {{U: {{name: U, users: [kari01]}}}}
        """,
    )
    assert findings == []
    assert values(package.objects, "optionGroups/G")["options"] == (
        Ref("options", "S/A"),
        Foreign("options", Uid("aaaaaaaaaaa")),
    )
    first = values(package.objects, "dataElements/D")
    assert (first["optionSet"], first["categoryCombo"]) == (
        Ref("optionSets", "S"),
        ServerDefault("categoryCombos"),
    )
    assert values(package.objects, "dataElements/E")["optionSet"] == Foreign("optionSets", Uid("bbbbbbbbbbb"))
    assert values(package.objects, "dataElements/F")["optionSet"] == Foreign("optionSets", Uid("ccccccccccc"))
    assert values(package.objects, "userGroups/U")["users"] == (Username("kari01"),)


def test_a_locked_uid_of_ours_is_ours(tmp_path: Path) -> None:
    """Naming an object of the package by the UID of its lock line names the object."""
    uid = mint("p", "optionSets", "S")
    package, findings = a_package(
        tmp_path,
        f"""
        optionSets: {{S: {{name: S, valueType: TEXT}}}}
        dataElements: {{D: {{name: D, {ELEMENT}, optionSet: {{id: {uid}}}}}}}
        """,
    )
    assert findings == []
    assert values(package.objects, "dataElements/D")["optionSet"] == Ref("optionSets", "S")


def test_children_are_keyed_by_what_they_refer_to(tmp_path: Path) -> None:
    """Stage elements may be a mapping, a list of keys, or a list of mappings; order is the order written."""
    package, findings = a_package(
        tmp_path,
        f"""
        dataElements: {{D: {{name: D, {ELEMENT}}}, E: {{name: E, {ELEMENT}}}}}
        programs:
          P:
            name: P
            programType: WITHOUT_REGISTRATION
            programStages:
              A: {{name: A, programStageDataElements: {{E: {{compulsory: true, id: eeeeeeeeeee}}, D: }}}}
              B: {{name: B, programStageDataElements: [D, "id:fffffffffff"]}}
              C: {{name: C, programStageDataElements: [{{dataElement: E, compulsory: false}}]}}
              G: {{name: G, programStageDataElements: {{D: {{dataElement: D}}}}}}
        """,
    )
    assert findings == []
    element, other = Ref("dataElements", "D"), Ref("dataElements", "E")
    written = {
        key: values(package.objects, f"programStages/P/{key}")["programStageDataElements"] for key in "ABCG"
    }
    assert children(written["A"]) == {
        "E": {"dataElement": other, "compulsory": True},
        "D": {"dataElement": element},
    }
    assert list(children(written["A"])) == ["E", "D"]
    assert children(written["B"]) == {
        "D": {"dataElement": element},
        "id:fffffffffff": {"dataElement": Foreign("dataElements", Uid("fffffffffff"))},
    }
    assert children(written["C"]) == {"E": {"dataElement": other, "compulsory": False}}
    assert children(written["G"]) == {"D": {"dataElement": element}}
    first = written["A"]
    assert isinstance(first, tuple)
    assert isinstance(first[0], Child)
    assert first[0].id == "eeeeeeeeeee"


def test_other_children_have_keys_of_choice_or_of_content(tmp_path: Path) -> None:
    """A mapping's keys, an `id`, else what identifies the child; equal ones are numbered."""
    package, findings = a_package(
        tmp_path,
        """
        visualizations: {V: {name: V, type: COLUMN}}
        dashboards:
          D:
            name: D
            dashboardItems:
              - {visualization: V}
              - {visualization: V}
              - {text: Hei, id: ttttttttttt}
              - {width: 3}
              - {map: {id: mmmmmmmmmmm}}
        legendSets:
          L: {name: L, legends: {low: {name: Low, startValue: 0, endValue: 5}}}
        """,
    )
    assert findings == []
    items = children(values(package.objects, "dashboards/D")["dashboardItems"])
    assert list(items) == [
        "V",
        "V_2",
        "ttttttttttt",
        "dashboardItem",
        "mmmmmmmmmmm",
    ]
    assert list(children(values(package.objects, "legendSets/L")["legends"])) == ["low"]


def test_one_embedded_object_is_a_child_without_key(tmp_path: Path) -> None:
    """A style is an embedded object; what no schema describes is kept as JSON."""
    package, findings = a_package(
        tmp_path,
        """
        programs: {P: {name: P, programType: WITHOUT_REGISTRATION, style: {color: "#ff0000", icon: virus}}}
        organisationUnits:
          O: {name: O, openingDate: 2020-01-01, geometry: {type: Point, coordinates: [10.5, 60]}}
        """,
    )
    assert findings == []
    style = values(package.objects, "programs/P")["style"]
    assert isinstance(style, Child)
    assert {name: field.value for name, field in style.fields.items()} == {
        "color": "#ff0000",
        "icon": "virus",
    }
    assert values(package.objects, "organisationUnits/O")["geometry"] == Opaque(
        json={"type": "Point", "coordinates": [10.5, 60]}
    )


def test_attribute_values_are_always_text(tmp_path: Path) -> None:
    """They are written by the attribute's key, or its UID."""
    package, findings = a_package(
        tmp_path,
        """
        attributes: {SNOMED: {name: SNOMED, valueType: TEXT, dataElementAttribute: true}}
        constants:
          C: {name: C, value: 1, attributeValues: {SNOMED: 255246003, "id:aaaaaaaaaaa": "x", SNOMEDD: y}}
        """,
    )
    assert told(findings) == [("unknown-reference", "4:86", "attribute SNOMEDD does not exist")]
    assert values(package.objects, "constants/C")["attributeValues"] == Attributes(
        values={Ref("attributes", "SNOMED"): "255246003", Foreign("attributes", Uid("aaaaaaaaaaa")): "x"}
    )


def test_tags_become_values(tmp_path: Path) -> None:
    """`!once` and `!keep` are values of their own, `!secret` inside its part; `!raw` passes a text on."""
    package, findings = a_package(
        tmp_path,
        """
        constants:
          C: {name: !once C, value: !once 1, description: !keep , shortName: !raw "#{x"}
        routes: {R: {name: R, auth: {type: api-token, token: !secret ROUTE_TOKEN}}}
        """,
    )
    fields = values(package.objects, "constants/C")
    assert fields["name"] == Once(value=Text(base="C", locale="nb"))
    assert fields["value"] == Once(value=1)
    assert fields["description"] == Keep()
    assert fields["shortName"] == Text(base="#{x", locale="nb")
    auth = {"type": "api-token", "token": Secret(name="ROUTE_TOKEN")}
    assert values(package.objects, "routes/R")["auth"] == Opaque(json=auth)
    assert [(each.rule, each.severity.value) for each in findings] == [("raw-text", "info")]


def test_a_list_of_children_may_be_let_go(tmp_path: Path) -> None:
    """`!keep` under a collection lets go of the list."""
    text = "programs: {P: {name: P, programType: WITHOUT_REGISTRATION, programStages: !keep }}"
    package, findings = a_package(tmp_path, text)
    assert findings == []
    assert values(package.objects, "programs/P")["programStages"] == Keep()


def test_defaults_fill_in_what_an_object_does_not_say(tmp_path: Path) -> None:
    """A default of the package knows its origin; what is written wins."""
    manifest = """
        name: p
        version: 1.0.0
        dhis2: ">=2.41"
        locale: nb
        defaults: {dataElements: {domainType: TRACKER, valueType: TEXT, aggregationType: NONE}}
        """
    package, findings = a_package(
        tmp_path, "dataElements: {D: {name: D, valueType: DATE}}", manifest=manifest
    )
    assert findings == []
    fields = package.objects[Ref("dataElements", "D")].fields
    assert (fields["valueType"].value, fields["valueType"].origin) == ("DATE", Origin.WRITTEN)
    assert (fields["domainType"].value, fields["domainType"].origin) == ("TRACKER", Origin.DEFAULT)
    assert fields["domainType"].place.file == "p/package.yaml"


def test_an_object_may_be_complete(tmp_path: Path) -> None:
    """`complete: true` is said of the object, and is no property."""
    package, _ = a_package(
        tmp_path, "constants: {C: {name: C, value: 1, complete: true}, D: {name: D, value: 1}}"
    )
    assert package.objects[Ref("constants", "C")].complete
    assert not package.objects[Ref("constants", "D")].complete
    assert "complete" not in values(package.objects, "constants/C")


def test_a_root_is_adopted_and_a_second_one_told(tmp_path: Path) -> None:
    """One unit of a package may have no parent: it is the root that a server has."""
    package, findings = a_package(
        tmp_path,
        """
        organisationUnits:
          N: {name: N, openingDate: 2020-01-01}
          A: {name: A, openingDate: 2020-01-01, parent: N}
          M: {name: M, openingDate: 2020-01-01}
        """,
    )
    assert told(findings) == [
        ("unit-parent", "5:3", "organisationUnits/M has no parent, and a server has one root")
    ]
    assert package.objects[Ref("organisationUnits", "N")].adopt == {"level": "1"}
    assert package.objects[Ref("organisationUnits", "A")].adopt == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                f"dataElements: {{D: {{name: D, {ELEMENT}, optionSet: SEX}}}}\n"
                "optionSets: {SEXX: {name: S, valueType: TEXT}}"
            ),
            ("unknown-reference", "option set SEX does not exist"),
        ),
        (
            (
                "optionSets: {S: {name: S, valueType: TEXT, options: {A: {name: A}}}}\n"
                "optionGroups: {G: {name: G, optionSet: S, options: [A]}}"
            ),
            ("unknown-reference", "option A is not in reach here"),
        ),
        (
            (
                "optionSets: {S: {name: S, valueType: TEXT, options: {A: {name: A}}},"
                " T: {name: T, valueType: TEXT, options: {A: {name: A}}}}\n"
                "optionGroups: {G: {name: G, optionSet: S, options: [A]}}"
            ),
            ("ambiguous-reference", "option A is not in reach here"),
        ),
        (
            "categories: {C: {name: C, dataDimensionType: ATTRIBUTE, categoryOptions: [default, default]}}",
            ("wrong-form", "categoryOptions/default stands twice in categoryOptions"),
        ),
        (
            (
                f"dataElements: {{D: {{name: D, {ELEMENT}}}}}\n"
                "programs: {P: {name: P, programType: WITHOUT_REGISTRATION,"
                " programStages: {S: {name: S, programStageDataElements: [D, D]}}}}"
            ),
            ("wrong-form", "D stands twice in programStageDataElements"),
        ),
        (
            (
                f"dataElements: {{D: {{name: D, {ELEMENT}}}}}\n"
                "programs: {P: {name: P, programType: WITHOUT_REGISTRATION,"
                " programStages: {S: {name: S, programStageDataElements: {D: {dataElement: E}}}}}}"
            ),
            ("wrong-form", "dataElement is not D"),
        ),
        (
            (
                "programs: {P: {name: P, programType: WITHOUT_REGISTRATION,"
                " programStages: {S: {name: S, programStageDataElements: [D]}}}}"
            ),
            ("unknown-reference", "data element D does not exist"),
        ),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, text: str, expected: tuple[str, str]) -> None:
    """One mistake is one finding."""
    _, findings = a_package(tmp_path, text)
    assert [(each.rule, each.message) for each in findings] == [expected]


def test_an_unknown_reference_says_what_next(tmp_path: Path) -> None:
    """The nearest key with its place, else how to name what is on the server."""
    element = f"{{name: D, {ELEMENT}, optionSet: "
    text = f"dataElements: {{D: {element}NO_KJON}}, E: {element}X}}}}"
    _, findings = a_package(tmp_path, text + "\noptionSets: {NO_KJONN: {name: K, valueType: TEXT}}")
    assert rules(findings) == ["unknown-reference", "unknown-reference"]
    assert findings[0].label == "no option set of this package or of what it requires has this key"
    assert findings[0].following == "did you mean NO_KJONN (p/objects.yaml:2)?"
    assert findings[1].following == "define it, or write {id: UID} for one that exists on the server"
