"""What could not be read is named in the state, so that nobody takes it for missing."""

from pathlib import Path

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import Child
from tests.unit.resolve.building import a_package, rules, told

GROUPS = "dataElementGroups: {G: {name: G, shortName: G, dataElements: [A, B], description: d}}\n"


def unread(root: Path, text: str, ref: Ref) -> tuple[tuple[str, ...], list[str]]:
    """The properties of an object that could not be read, and the rules that say why."""
    package, findings = a_package(root, text)
    return package.objects[ref].unread, rules(findings)


def test_a_reference_to_nothing(tmp_path: Path) -> None:
    """The property is not there, and the state says that it was written."""
    text = "dataElements: {E: {name: E, optionSet: NOPE, valueType: TEXT}}"
    assert unread(tmp_path, text, Ref("dataElements", "E")) == (("optionSet",), ["unknown-reference"])


def test_a_list_of_references_to_nothing(tmp_path: Path) -> None:
    """A list of which nothing could be read is unread; an empty one is empty."""
    names, found = unread(tmp_path, GROUPS, Ref("dataElementGroups", "G"))
    assert (names, found) == (("dataElements",), ["unknown-reference", "unknown-reference"])
    empty = "dataElementGroups: {G: {name: G, shortName: G, dataElements: []}}"
    assert unread(tmp_path, empty, Ref("dataElementGroups", "G")) == ((), [])


def test_names_that_stand_for_nothing(tmp_path: Path) -> None:
    """Texts, numbers and references in which a name stands for nothing are unread, and that is said once."""
    text = """
        dataElements:
          E: {name: !tpl "Feber {{grad}}", formName: {nb: !tpl "{{grad}}"}, aggregationLevels: [!var nivaa]}
        dataSets: {D: {name: D, expiryDays: !var dager, periodType: !var periode}}
        dataElementGroups: {G: {name: G, shortName: G, dataElements: [E, !var element]}}
        """
    package, findings = a_package(tmp_path, text)
    assert set(rules(findings)) == {"undefined-parameter"}
    assert len(findings) == 6, told(findings)
    assert package.objects[Ref("dataElements", "E")].unread == ("name", "formName")
    assert package.objects[Ref("dataSets", "D")].unread == ("expiryDays", "periodType")
    assert package.objects[Ref("dataElementGroups", "G")].unread == ()


def test_a_child_names_what_it_could_not_read(tmp_path: Path) -> None:
    """Children say it as objects do."""
    text = """
        dataElements: {E: {name: E}}
        programs:
          P:
            name: P
            programStages: {S: {name: S, programStageDataElements: {E: {dataElement: E}}}}
        legendSets: {L: {name: L, legends: [{name: !tpl "{{x}}", startValue: 1}]}}
        """
    package, _ = a_package(tmp_path, text)
    legends = package.objects[Ref("legendSets", "L")].fields["legends"].value
    assert isinstance(legends, tuple)
    assert [each.unread for each in legends if isinstance(each, Child)] == [("name",)]


def test_a_mistake_in_a_template_stands_at_the_whole_of_it(tmp_path: Path) -> None:
    """Where a key stands in a text that was filled in cannot be told."""
    text = """
        programs:
          P_{{n}}:
            for_each: {n: [A]}
            name: P
            programRules: {R: {name: R, condition: !tpl "#{nope} == '{{n}}'"}}
        """
    _, findings = a_package(tmp_path, text)
    (lost,) = [each for each in findings if each.rule == "unknown-reference"]
    assert (lost.place.line, lost.place.length) == (6, 18)
