"""Tests of where objects stand: files merged, scopes, nested lists, order."""

from pathlib import Path

import pytest

from dhis2cfg.model import tree
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.resolve.nodes import did_you_mean
from dhis2cfg.resolve.objects.actions import action_keys
from tests.unit.resolve.building import a_package, a_tree, rules, told, values

PROGRAM = "name: P, programType: WITHOUT_REGISTRATION"


def test_mappings_merge_over_files(tmp_path: Path) -> None:
    """One object may stand in several files, each with a part of it."""
    package, findings = a_package(
        tmp_path,
        "programs: {P: {name: P, programStages: {S: {name: S}}}}",
        more="programs: {P: {programType: WITHOUT_REGISTRATION, programRules: {R: {name: R}}}}",
        again="programs: {P: {programRules: {Q: {name: Q}}}}",
    )
    assert findings == []
    assert set(package.objects) == {
        Ref("programs", "P"),
        Ref("programStages", "P/S"),
        Ref("programRules", "P/R"),
        Ref("programRules", "P/Q"),
    }
    assert values(package.objects, "programs/P")["programStages"] == (Ref("programStages", "P/S"),)
    assert "programRules" not in values(package.objects, "programs/P")
    assert values(package.objects, "programRules/P/Q")["program"] == Ref("programs", "P")


def test_what_is_written_twice_is_told_once_an_object(tmp_path: Path) -> None:
    """A property in two files is a finding that names both places."""
    _, findings = a_package(
        tmp_path,
        "constants:\n  C: {name: C, value: 1}\n",
        second="constants:\n  C: {name: D, value: 2}\n",
    )
    assert told(findings) == [
        ("duplicate-key", "2:7", "constants/C is written twice: name and 1 more"),
    ]
    assert (findings[0].place.file, findings[0].related[0].place.file) == ("p/second.yaml", "p/objects.yaml")


def test_two_lists_of_one_name_are_told(tmp_path: Path) -> None:
    """Lists do not merge, and neither does a list with a mapping."""
    _, findings = a_package(
        tmp_path,
        "programs: {P: {name: P, programType: WITHOUT_REGISTRATION, programStages: [S]}}\n"
        "programStages: {S: {name: S, program: P}}",
        second="programs: {P: {programStages: {T: {name: T}}}}",
    )
    assert [each.message for each in findings] == ["programs/P is written twice: programStages"]


def test_an_order_over_two_files_is_told(tmp_path: Path) -> None:
    """An ordered mapping stands in one file, or its order is not known."""
    _, findings = a_package(
        tmp_path,
        f"programs: {{P: {{{PROGRAM}, programStages: {{A: {{name: A}}}}}}}}",
        second="programs: {P: {programStages: {B: {name: B}}}}",
    )
    assert [each.message for each in findings] == [
        "the order of B is not known: its list stands in two files"
    ]


def test_details_of_an_ordered_member_may_stand_elsewhere(tmp_path: Path) -> None:
    """What adds no member leaves the order as it was."""
    package, findings = a_package(
        tmp_path,
        f"programs: {{P: {{{PROGRAM}, programStages: {{A: {{name: A}}}}}}}}",
        second="programs: {P: {programStages: {A: {repeatable: true}}}}",
    )
    assert findings == []
    assert values(package.objects, "programStages/P/A")["repeatable"] is True


def test_children_may_stand_at_the_top(tmp_path: Path) -> None:
    """A scoped object at the top has the path it would have inside its parent, which gives the order."""
    package, findings = a_package(
        tmp_path,
        f"""
        programs: {{P: {{{PROGRAM}, programStages: [B, A]}}}}
        programStages:
          A: {{name: A, program: P}}
          B: {{name: B}}
        programStageSections: {{S: {{name: S, programStage: A}}}}
        """,
    )
    assert findings == []
    assert values(package.objects, "programs/P")["programStages"] == (
        Ref("programStages", "P/B"),
        Ref("programStages", "P/A"),
    )
    assert values(package.objects, "programStages/P/B")["program"] == Ref("programs", "P")
    assert values(package.objects, "programStages/P/A")["programStageSections"] == (
        Ref("programStageSections", "P/A/S"),
    )


def test_objects_of_the_other_side_may_be_nested_or_not(tmp_path: Path) -> None:
    """A program indicator has the same key path inside its program, listed there, and at the top."""
    package, findings = a_package(
        tmp_path,
        f"""
        programs:
          P: {{{PROGRAM}, programIndicators: {{I: {{name: I}}}}}}
          Q: {{name: Q, programType: WITHOUT_REGISTRATION, programIndicators: [K]}}
        programIndicators: {{J: {{name: J, program: P}}, K: {{name: K}}}}
        """,
    )
    assert findings == []
    programs = {key: values(package.objects, f"programIndicators/{key}")["program"] for key in "IJK"}
    assert programs == {"I": Ref("programs", "P"), "J": Ref("programs", "P"), "K": Ref("programs", "Q")}


def test_templates_are_listed_by_their_parent(tmp_path: Path) -> None:
    """A notification template names no parent; the list of the stage does, foreign ones included."""
    package, findings = a_package(
        tmp_path,
        f"""
        programs:
          P:
            {PROGRAM.replace(", ", chr(10) + "            ")}
            programStages: {{S: {{name: S, notificationTemplates: [N, "id:abcdefghijk"]}}}}
        programNotificationTemplates: {{N: {{name: N, messageTemplate: Hei}}}}
        """,
    )
    assert findings == []
    assert values(package.objects, "programStages/P/S")["notificationTemplates"] == (
        Ref("programNotificationTemplates", "N"),
        Foreign("programNotificationTemplates", Uid("abcdefghijk")),
    )


def test_an_empty_list_is_managed(tmp_path: Path) -> None:
    """Null and an empty mapping both say that there is no child."""
    package, _ = a_package(
        tmp_path,
        "programs: {P: {name: P, programType: WITHOUT_REGISTRATION, programStages: , programSections: {}}}",
    )
    fields = values(package.objects, "programs/P")
    assert (fields["programStages"], fields["programSections"]) in [(None, ()), ((), ())]


def test_actions_have_keys_of_their_own(tmp_path: Path) -> None:
    """An action is called by its type and target, numbered where two are alike."""
    package, findings = a_package(
        tmp_path,
        """
        dataElements: {D: {name: D, domainType: TRACKER, valueType: TEXT, aggregationType: NONE}}
        programs:
          P:
            name: P
            programType: WITHOUT_REGISTRATION
            programRules:
              R:
                name: R
                condition: "true"
                programRuleActions:
                  - {programRuleActionType: HIDEFIELD, dataElement: D}
                  - {programRuleActionType: HIDEFIELD, dataElement: D}
                  - {programRuleActionType: SHOWWARNING, content: Hei}
                  - {programRuleActionType: HIDEFIELD, dataElement: {id: abcdefghijk}}
                  - {programRuleActionType: HIDEFIELD, dataElement: "id:bbcdefghijk"}
                  - {content: Hei}
        """,
    )
    assert findings == []
    assert [ref.key for ref in package.objects if ref.type == "programRuleActions"] == [
        "HIDEFIELD_D",
        "HIDEFIELD_D_2",
        "SHOWWARNING",
        "HIDEFIELD_abcdefghijk",
        "HIDEFIELD_bbcdefghijk",
        "ACTION",
    ]
    listed = values(package.objects, "programRules/P/R")["programRuleActions"]
    assert isinstance(listed, tuple)
    assert len(listed) == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "programStages: {S: {name: S}}",
            ("missing-parent", "1:17", "programStages/S stands at the top and names no program"),
        ),
        (
            "programStages: {S: {name: S, program: PP}}\nprograms: {P: {name: P}}",
            ("unknown-reference", "1:39", "program PP does not exist"),
        ),
        (
            (
                "programStages: {S: {name: S, program: P}}\n"
                "programs: {P: {name: P, programStages: {S: {name: T}}}}"
            ),
            ("duplicate-key", "1:17", "programStages/P/S is defined twice"),
        ),
        (
            (
                "programs: {P: {name: P, programStages: [A]}}\n"
                "programStages: {A: {name: A, program: P}, B: {name: B, program: P}}"
            ),
            (
                "order-over-files",
                "2:43",
                "programStages/P/B belongs to programs/P, and where in programStages is not known",
            ),
        ),
        (
            (
                "programs: {P: {name: P, programIndicators: [I]}, Q: {name: Q}}\n"
                "programIndicators: {I: {name: I, program: Q}}"
            ),
            (
                "two-parents",
                "2:21",
                "programIndicators/I belongs to programs/Q and stands in the list of programs/P",
            ),
        ),
        (
            "programs: {P: {name: P, programStages: {S: {name: S, program: Q}}}, Q: {name: Q}}",
            (
                "two-parents",
                "1:63",
                "programStages/P/S belongs to programs/P and stands in the list of programs/Q",
            ),
        ),
        (
            "programs: {P: {name: P, programIndicators: [J]}}\nprogramIndicators: {I: {name: I}}",
            ("unknown-reference", "1:45", "program indicator J does not exist"),
        ),
        (
            "constants: {A: {name: A, value: 1}, a: {name: B, value: 1}}",
            ("duplicate-key", "1:37", "constants/a and constants/A differ only in case"),
        ),
        (
            "constants: {'A_{{x}}': {for_each: {x: ['a b']}, name: A, value: 1}}",
            ("key-form", "1:14", "'A_a b' cannot be a key"),
        ),
    ],
)
def test_what_stands_wrongly_is_told(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    """One mistake is one finding at the right place."""
    _, findings = a_package(tmp_path, text)
    assert expected in told(findings)
    assert rules(findings).count(expected[0]) == 1


def test_a_number_never_makes_the_key_of_another_action() -> None:
    """Two actions on X beside one on X_2 have three keys."""
    item = "{{programRuleActionType: HIDEFIELD, dataElement: {}}}"
    actions = a_tree(f"a: [{item.format('X')}, {item.format('X')}, {item.format('X_2')}]").get("a")
    assert isinstance(actions, tree.Sequence)
    assert action_keys(actions) == {0: "HIDEFIELD_X", 1: "HIDEFIELD_X_3", 2: "HIDEFIELD_X_2"}


def test_near_words_are_proposed() -> None:
    """A word that differs in case, or a little, is asked about; others are not."""
    assert did_you_mean("no_kjonn", ("NO_KJONN", "NO_ALDER")) == "did you mean NO_KJONN?"
    assert did_you_mean("NO_KJON", ("NO_KJONN",)) == "did you mean NO_KJONN?"
    assert did_you_mean("X", ("NO_KJONN",)) == ""
