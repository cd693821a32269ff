"""Tests of references inside texts."""

from pathlib import Path

import pytest

from dhis2cfg.model.names import Foreign, Ref, Reference, Uid
from dhis2cfg.model.state import Formula, Text, Value
from tests.unit.resolve.building import a_package, told, values

DICTIONARY = """
dataElements:
  D: {id: ddddddddddd, name: D, domainType: TRACKER, valueType: TEXT, aggregationType: NONE}
trackedEntityAttributes: {A: {name: A, valueType: TEXT, aggregationType: NONE}}
constants: {C: {name: C, value: 1}}
programs:
  P:
    name: P
    programType: WITHOUT_REGISTRATION
    programStages: {S: {id: sssssssssss, name: S}}
    programRuleVariables:
      v: {programRuleVariableSourceType: CALCULATED_VALUE, name: !once a variable}
      w: {programRuleVariableSourceType: CALCULATED_VALUE}
"""
ELEMENT, STAGE = Ref("dataElements", "D"), Ref("programStages", "P/S")
ATTRIBUTE = Ref("trackedEntityAttributes", "A")


def rule(**properties: str) -> str:
    """A rule of the program with these properties."""
    return (
        DICTIONARY
        + "    programRules:\n      R:\n        name: R\n"
        + "".join(f"        {name}: {text}\n" for name, text in properties.items())
    )


def indicator(text: str, *, program: str = "P") -> str:
    """A program indicator at the top with this filter."""
    return f"{DICTIONARY}programIndicators:\n  I: {{name: I, program: {program}, filter: {text}}}\n"


def formula(*parts: str | Reference) -> Formula:
    """A formula of these parts."""
    return Formula(parts=parts)


def read(root: Path, text: str, name: str, prop: str) -> Value:
    """One value of a package that has no finding."""
    package, findings = a_package(root, text)
    assert findings == []
    return values(package.objects, name)[prop]


def test_rule_variables_become_their_names(tmp_path: Path) -> None:
    """A variable is written by its key, in `#{}`, in `A{}` and in quotes alike."""
    condition = """"#{v} == A{w} && d2:hasValue('v') && V{event_count} > C{C}" """
    assert read(tmp_path, rule(condition=condition), "programRules/P/R", "condition") == formula(
        "#{a variable} == A{w} && d2:hasValue('a variable') && V{event_count} > C{",
        Ref("constants", "C"),
        "}",
    )


def test_messages_of_rules_hold_variables(tmp_path: Path) -> None:
    """Content and data of an action see the variables of the rule's program."""
    text = rule(
        condition="'true'",
        programRuleActions="""[{programRuleActionType: SHOWWARNING, content: 'Se #{v}', data: '#{w}'}]""",
    )
    package, findings = a_package(tmp_path, text)
    assert findings == []
    fields = values(package.objects, "programRuleActions/P/R/SHOWWARNING")
    assert fields["content"] == Text(base="Se #{a variable}", locale="nb")
    assert fields["data"] == "#{w}"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("'#{S.D} == 1'", ("#{", STAGE, ".", ELEMENT, "} == 1")),
        ("'#{P/S.D} > A{A}'", ("#{", STAGE, ".", ELEMENT, "} > A{", ATTRIBUTE, "}")),
        ("'#{sssssssssss.ddddddddddd}'", ("#{", STAGE, ".", ELEMENT, "}")),
        (
            "'A{id:aaaaaaaaaaa} > 1'",
            ("A{", Foreign("trackedEntityAttributes", Uid("aaaaaaaaaaa")), "} > 1"),
        ),
    ],
)
def test_indicators_name_stages_elements_and_attributes(
    tmp_path: Path, text: str, parts: tuple[str | Reference, ...]
) -> None:
    """Keys inside the indicator's program, paths, UIDs that the package pins, and foreign UIDs."""
    assert read(tmp_path, indicator(text), "programIndicators/I", "filter") == Formula(parts=parts)


def test_a_text_without_references_stays_text(tmp_path: Path) -> None:
    """Only what names something is a formula."""
    assert (
        read(tmp_path, indicator("'V{event_count} > 1'"), "programIndicators/I", "filter")
        == "V{event_count} > 1"
    )


def test_expressions_inside_embedded_objects(tmp_path: Path) -> None:
    """The sides of a validation rule and the boundaries of an indicator are expressions too."""
    text = (
        DICTIONARY
        + """
validationRules:
  V:
    name: V
    operator: equal_to
    periodType: Monthly
    leftSide: {expression: '#{D}', description: D}
    rightSide: {expression: '#{D.*} * 2', description: D}
programIndicators:
  I:
    name: I
    program: P
    analyticsPeriodBoundaries:
      - {analyticsPeriodBoundaryType: AFTER_START_OF_REPORTING_PERIOD, boundaryTarget: 'PS_EVENTDATE:S'}
"""
    )
    package, findings = a_package(tmp_path, text)
    assert findings == []
    sides = values(package.objects, "validationRules/V")
    assert getattr(sides["leftSide"], "fields", {})["expression"].value == formula("#{", ELEMENT, "}")
    assert getattr(sides["rightSide"], "fields", {})["expression"].value == formula("#{", ELEMENT, ".*} * 2")
    boundaries = values(package.objects, "programIndicators/I")["analyticsPeriodBoundaries"]
    assert isinstance(boundaries, tuple)
    target = getattr(boundaries[0], "fields", {})["boundaryTarget"].value
    assert target == formula("PS_EVENTDATE:", STAGE)


@pytest.mark.parametrize(
    ("text", "expected", "following"),
    [
        (
            rule(condition='"#{x} == 1"'),
            ("unknown-reference", "17:23", "program rule variable x does not exist"),
            "define it under programRuleVariables",
        ),
        (
            rule(condition='"#{a variable} == 1"'),
            ("unknown-reference", "17:23", "program rule variable a variable does not exist"),
            "write its key, v",
        ),
        (
            indicator("'#{T.D} == 1'"),
            ("unknown-reference", "15:39", "program stage T does not exist"),
            "define it, or write {id: UID} for one that exists on the server",
        ),
        (
            indicator("'#{S.D == 1'"),
            ("expression-form", "15:37", "DHIS2 cannot read this: #{ is not closed with }"),
            "write it as DHIS2's expression language wants it, or pass it on untouched with !raw",
        ),
    ],
)
def test_what_an_expression_cannot_mean_is_told(
    tmp_path: Path, text: str, expected: tuple[str, str, str], following: str
) -> None:
    """The finding stands at the key inside the text."""
    _, findings = a_package(tmp_path, text)
    assert told(findings) == [expected]
    assert findings[0].following == following


def test_a_rule_outside_a_program_has_no_variables(tmp_path: Path) -> None:
    """A message template that is an action's content without a program is told so."""
    text = rule(condition='"#{x}"').replace("v:", "xx:").replace("name: !once a variable", "name: xx")
    _, findings = a_package(tmp_path, text)
    assert findings[0].label == "no variable of program P has this key"
    assert findings[0].following == "did you mean xx (p/objects.yaml:12)?"


def test_forms_name_stage_and_element(tmp_path: Path) -> None:
    """Fields of a form are found by key or UID; a UID that nobody pins stays."""
    fields = ("P/S-D", "sssssssssss-ddddddddddd", "D-zzzzzzzzzzz")
    html = f"""'{"".join(f'<input id="{field}-val">' for field in fields)}'"""
    text = f"{DICTIONARY}dataEntryForms: {{F: {{name: F, htmlCode: {html}}}}}\n"
    assert read(tmp_path, text, "dataEntryForms/F", "htmlCode") == formula(
        '<input id="', STAGE, "-", ELEMENT, '-val"><input id="', STAGE, "-", ELEMENT,
        '-val"><input id="', ELEMENT, '-zzzzzzzzzzz-val">',
    )  # fmt: skip


def test_a_form_field_that_nobody_knows_is_told(tmp_path: Path) -> None:
    """A key that is no UID must name something."""
    fields = ("zzzzzzzzzzz-NONE", "NONE-HllvX50cXC0", "P/S-NONE")
    html = f"""'{"".join(f'<input id="{field}-val">' for field in fields)}'"""
    text = f"{DICTIONARY}dataEntryForms: {{F: {{name: F, htmlCode: {html}}}}}\n"
    _, findings = a_package(tmp_path, text)
    assert [each.message for each in findings] == [
        "NONE names no category option combination",
        "data element NONE does not exist",
        "data element NONE does not exist",
    ]
