"""Tests of `for_each`, `!var` and `!tpl`."""

from pathlib import Path

import pytest

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import Text
from tests.unit.resolve.building import a_package, rules, told, values

MANIFEST = """
name: p
version: 1.0.0
dhis2: ">=2.41"
locale: nb
parameters: {days: {type: integer, default: 6}, limit: {type: number, default: 38.50}}
"""
USED = "  USED: {name: !tpl '{{days}}', value: !var limit}\n"


def names(text: str, root: Path) -> dict[str, object]:
    """Key → base name of each constant."""
    package, _ = a_package(root, text)
    found = {ref.path: each.fields["name"].value for ref, each in package.objects.items()}
    return {key: text.base if isinstance(text, Text) else text for key, text in found.items()}


def test_each_turn_makes_an_object_the_first_name_slowest(tmp_path: Path) -> None:
    """Turns multiply in the order written; keys and texts take their values."""
    text = """
        constants:
          C_{{band}}_{{sex}}:
            for_each:
              band: {0_9: {from: 0, text: små}, 10_19: {from: 10, text: store}}
              sex: [K, M]
            name: !tpl "{{band.text}} {{ sex }} fra {{band.from}} {{{{"
            value: 1
        """
    assert names(text, tmp_path) == {
        "C_0_9_K": "små K fra 0 {{",
        "C_0_9_M": "små M fra 0 {{",
        "C_10_19_K": "store K fra 10 {{",
        "C_10_19_M": "store M fra 10 {{",
    }


def test_a_place_names_its_turn(tmp_path: Path) -> None:
    """What a turn made says which turn it was, inner turns after outer ones."""
    text = """
        programs:
          P_{{a}}:
            for_each: {a: [1, 2]}
            name: !tpl "P {{a}}"
            programType: WITHOUT_REGISTRATION
            programStages:
              S_{{b}}: {for_each: {b: [X, Y]}, name: !tpl "{{a}}{{b}}"}
        """
    package, _ = a_package(tmp_path, text)
    assert package.objects[Ref("programs", "P_2")].place.turn == "a=2"
    stage = package.objects[Ref("programStages", "P_2/S_Y")]
    assert stage.place.turn == "a=2, b=Y"
    assert values(package.objects, "programStages/P_2/S_Y")["name"] == Text(base="2Y", locale="nb")


def test_parameters_stand_for_their_values(tmp_path: Path) -> None:
    """`!var` keeps type and spelling; in a template the spelling counts."""
    package, findings = a_package(tmp_path, f"constants:\n{USED}", manifest=MANIFEST)
    assert findings == []
    fields = values(package.objects, "constants/USED")
    assert fields["name"] == Text(base="6", locale="nb")
    assert fields["value"] == 38.5


def test_a_list_repeats_too(tmp_path: Path) -> None:
    """An item with `for_each` is as many items as there are turns."""
    text = """
        legendSets:
          L:
            name: L
            legends:
              - for_each: {n: {a: {from: 0, to: 5}, b: {from: 5, to: 10}}}
                name: !tpl "{{n}}"
                startValue: !tpl "{{n.from}}"
                endValue: !tpl "{{n.to}}"
        """
    package, findings = a_package(tmp_path, text)
    assert findings == []
    legends = values(package.objects, "legendSets/L")["legends"]
    assert isinstance(legends, tuple)
    assert [getattr(each, "key", "") for each in legends] == ["0_5", "5_10"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "  A: {name: !var dayz, value: 1}\n",
            ("undefined-parameter", "2:18", "nothing is called dayz here"),
        ),
        (
            "  A: {name: !tpl 'of {{dayz}}', value: 1}\n",
            ("undefined-parameter", "2:22", "nothing is called dayz here"),
        ),
        ("  A: {name: !tpl 'of {{days}', value: 1}\n", ("bad-template", "2:22", "{{ is not closed")),
        (
            "  A_{{days}}: {for_each: {n: [1]}, name: A, value: 1}\n",
            ("undefined-parameter", "2:5", "nothing is called days here"),
        ),
        (
            "  A_{{days}}: {for_each: {days: [1]}, name: A, value: 1}\n",
            ("for-each-name", "2:27", "days is a parameter of the package and a name of for_each"),
        ),
        (
            "  A: {for_each: {n: {}}, name: A, value: 1}\n",
            ("for-each-name", "2:18", "n has no turns, so nothing is made"),
        ),
        (
            "  A: {for_each: {n: [1, 2]}, name: A, value: 1}\n",
            ("duplicate-key", "2:3", "for_each makes A twice"),
        ),
        (
            "  A: {name: A, value: !tpl '{{days}}x'}\n",
            ("wrong-form", "2:29", "'6x' is no value for value"),
        ),
    ],
)
def test_mistakes_are_told_where_they_stand(
    tmp_path: Path, text: str, expected: tuple[str, str, str]
) -> None:
    """One mistake is one finding, at the name itself."""
    _, findings = a_package(tmp_path, f"constants:\n{text}{USED}", manifest=MANIFEST)
    assert told(findings) == [expected]


def test_a_block_is_told_as_a_whole(tmp_path: Path) -> None:
    """In a text of many lines a column says nothing, so the finding stands at its beginning."""
    text = "constants:\n  A:\n    value: 1\n    name: !tpl |\n      one\n      {{dayz}}\n"
    _, findings = a_package(tmp_path, text + USED, manifest=MANIFEST)
    assert [(each.place.line, each.rule) for each in findings] == [(4, "undefined-parameter")]
    assert findings[0].following == "did you mean days (p/package.yaml:6)?"


def test_a_name_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    """Where no known name is near, the finding says where names are defined."""
    _, findings = a_package(tmp_path, "constants: {A: {name: !var zzz, value: 1}}")
    assert findings[0].following == "define it under parameters: in package.yaml"
    assert rules(findings) == ["undefined-parameter"]
