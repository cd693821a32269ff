"""Tests of option combinations, which are written by their options."""

from pathlib import Path

import pytest

from dhis2cfg.model.names import Combination, Foreign, Ref, ServerDefault, Uid
from dhis2cfg.model.state import Formula, Value
from tests.unit.resolve.building import a_package, told, values

PACKAGE = """
categoryOptions: {WOMAN: {name: W}, MAN: {name: M}, U10: {name: U}}
dataElements:
  D: {id: ddddddddddd, name: D, domainType: AGGREGATE, valueType: INTEGER, aggregationType: SUM}
indicatorTypes: {T: {name: T, factor: 1}}
"""
ELEMENT = Ref("dataElements", "D")
WOMAN, U10 = Ref("categoryOptions", "WOMAN"), Ref("categoryOptions", "U10")
OUTSIDE = Foreign("categoryOptions", Uid("ooooooooooo"))


def numerator(root: Path, text: str) -> Value:
    """The numerator of an indicator without findings."""
    row = f"indicators:\n  I: {{name: I, indicatorType: T, denominator: '1', numerator: '{text}'}}\n"
    package, findings = a_package(root, PACKAGE + row)
    assert findings == []
    return values(package.objects, "indicators/I")["numerator"]


def messages(root: Path, text: str) -> list[tuple[str, str, str]]:
    """What is found in the numerator of an indicator."""
    row = f"indicators:\n  I:\n    numerator: '{text}'\n    indicatorType: T\n"
    return told(a_package(root, f"{PACKAGE}{row}    name: I\n    denominator: '1'\n")[1])


def of_element(*options: Ref | Foreign, element: Ref | Foreign | None = ELEMENT) -> Combination:
    """A combination of an element."""
    return Combination(options=options, element=element)


def test_by_the_keys_of_options_in_any_order(tmp_path: Path) -> None:
    """Blanks count for nothing; the options are kept sorted, with the element that stands before."""
    meant = of_element(U10, WOMAN)
    assert numerator(tmp_path, "#{D.(WOMAN, U10)} + #{D.(U10,WOMAN)}") == Formula(
        parts=("#{", ELEMENT, ".", meant, "} + #{", ELEMENT, ".", meant, "}")
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("#{D.default}", ServerDefault("categoryOptionCombos")),
        ("#{D.id:kkkkkkkkkkk}", Foreign("categoryOptionCombos", Uid("kkkkkkkkkkk"))),
        ("#{D.(WOMAN,id:ooooooooooo)}", of_element(WOMAN, OUTSIDE)),
        ("#{D.*.(WOMAN)}", of_element(WOMAN, element=None)),
        ("#{id:eeeeeeeeeee.(WOMAN)}", of_element(WOMAN, element=Foreign("dataElements", Uid("eeeeeeeeeee")))),
        ("#{id:ddddddddddd.(WOMAN)}", of_element(WOMAN)),
    ],
)
def test_what_else_names_one(tmp_path: Path, text: str, meant: Value) -> None:
    """`default`, a UID, options outside; behind a `*` no element is meant."""
    value = numerator(tmp_path, text)
    assert isinstance(value, Formula)
    assert value.parts[-2] == meant


def test_groups_have_no_element(tmp_path: Path) -> None:
    """A combination of a whole group of elements is that of any of them."""
    group = "dataElementGroups: {G: {name: G, dataElements: [D]}}\n"
    row = (
        "indicators:\n  I: {name: I, indicatorType: T, denominator: '1', numerator: '#{deGroup:G.(WOMAN)}'}\n"
    )
    package, findings = a_package(tmp_path, PACKAGE + group + row)
    value = values(package.objects, "indicators/I")["numerator"]
    assert findings == []
    assert isinstance(value, Formula)
    assert value.parts[-2] == of_element(WOMAN, element=None)


def test_what_names_none(tmp_path: Path) -> None:
    """A key without brackets, empty brackets, an option that nobody knows, the default option."""
    assert messages(tmp_path, "#{D.WOMAN}") == [
        ("not-a-combination", "8:21", "WOMAN names no category option combination")
    ]
    assert messages(tmp_path, "#{D.(WOMAN,)}") == [
        ("not-a-combination", "8:21", "(WOMAN,) names no category option combination")
    ]
    assert messages(tmp_path, "#{D.(WOMAN,NONE)}") == [
        ("unknown-reference", "8:28", "category option NONE does not exist")
    ]
    assert messages(tmp_path, "#{D.(default)}") == [
        ("not-a-combination", "8:21", "(default) names no category option combination")
    ]


def test_in_a_form(tmp_path: Path) -> None:
    """The second half of a field's name; a UID that nobody pins stays."""
    html = '<input id="D-(WOMAN,U10)-val"><input id="D-default-val">'
    text = f"{PACKAGE}dataEntryForms: {{F: {{name: F, htmlCode: '{html}'}}}}\n"
    package, findings = a_package(tmp_path, text)
    assert findings == []
    assert values(package.objects, "dataEntryForms/F")["htmlCode"] == Formula(
        parts=(
            '<input id="', ELEMENT, "-", of_element(U10, WOMAN), '-val"><input id="', ELEMENT, "-",
            ServerDefault("categoryOptionCombos"), '-val">',
        )
    )  # fmt: skip


def test_where_a_reference_is_wanted(tmp_path: Path) -> None:
    """The output of a predictor, by its options, or by default."""
    row = "predictors:\n  P: {name: P, output: D, outputCombo: '(WOMAN,U10)', periodType: Monthly}\n"
    package, _ = a_package(tmp_path, PACKAGE + row)
    assert values(package.objects, "predictors/P")["outputCombo"] == of_element(U10, WOMAN, element=None)
