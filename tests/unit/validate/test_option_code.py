"""option-code: texts compared with codes that no option has."""

import pytest

from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.state import DesiredObject, Field, Value
from dhis2cfg.validate.rules.option_code import check
from tests.unit.validate.states import field, formula, found, messages, text, thing, thing_of

ATTRIBUTE, ELEMENT = Ref("trackedEntityAttributes", "NO_KJONN"), Ref("dataElements", "NO_SYMPTOM")
SEX = (
    thing("optionSets/NO_KJONN"),
    thing("options/NO_KJONN/KVINNE", code="KVINNE", name=text("Kvinne", en="Female")),
    thing("options/NO_KJONN/MANN", code="MANN", name=text("Mann", en="Male")),
    thing("options/NO_KJONN/INGEN", code=None),
    thing("trackedEntityAttributes/NO_KJONN", optionSet=Ref("optionSets", "NO_KJONN")),
    thing("dataElements/NO_SYMPTOM", optionSet=Ref("optionSets", "NO_KJONN"), valueType="MULTI_TEXT"),
)


def indicator(*parts: str | Ref, length: int = 1, column: int = 1) -> DesiredObject:
    """A program indicator with this filter."""
    return thing("programIndicators/I", filter=field(formula(*parts), 41, column, length))


def rule(condition: str, **variable: Value) -> tuple[DesiredObject, ...]:
    """A rule and its one variable, which takes its value from the attribute."""
    source: dict[str, Value | Field] = {"trackedEntityAttribute": ATTRIBUTE, **variable}
    return (
        thing("programRules/P/R", condition=condition),
        thing_of("programRuleVariables/P/kjonn", source),
    )


def test_a_literal_that_is_no_code() -> None:
    """The literal is marked with its quotes, the codes are listed, a name leads to its code."""
    (finding,) = found(
        check, *SEX, indicator("A{", ATTRIBUTE, "} == 'Female' && 1 > 0", length=32, column=13)
    )
    assert finding.message == "'Female' is no option of NO_KJONN"
    assert finding.label == "the codes are KVINNE, MANN"
    assert finding.following == (
        "did you mean KVINNE? This indicator would count nothing, and DHIS2 accepts it without a word"
    )
    assert (finding.place.line, finding.place.column, finding.place.length) == (41, 28, 8)


@pytest.mark.parametrize(("length", "column"), [(32, 28), (34, 13), (20, 13)])
def test_the_place_of_a_literal(length: int, column: int) -> None:
    """A literal is marked where the file spells the text as it is, else the whole value."""
    filtered = indicator("A{", ATTRIBUTE, "} == 'Female' && 1 > 0", length=length, column=13)
    (finding,) = found(check, *SEX, filtered)
    assert finding.place.column == column


def test_the_nearest_code_is_offered() -> None:
    """A misspelt code is corrected, capitals aside; a strange one is not."""
    near, far = found(check, *SEX, indicator("A{", ATTRIBUTE, "} == 'mann ' || A{", ATTRIBUTE, "} == 'zzzz'"))
    assert near.following.startswith("did you mean MANN? This indicator")
    assert far.following.startswith("this indicator")


def test_what_is_fine_in_an_indicator() -> None:
    """Codes, the empty text, and one of several choices are fine; so is what has no option set of ours."""
    foreign = Foreign("optionSets", Uid("uYjxkTbwRNf"))
    free = (
        thing("trackedEntityAttributes/FREE", name="x"),
        thing("trackedEntityAttributes/OUT", optionSet=foreign),
    )
    stage = Ref("programStages", "P/S")
    texts = [
        indicator("A{", ATTRIBUTE, "} == 'MANN' || A{", ATTRIBUTE, "} == ''"),
        indicator("#{", stage, ".", ELEMENT, "} == 'MANN,KVINNE'"),
        indicator("A{", Ref("trackedEntityAttributes", "FREE"), "} == 'x'"),
        indicator("A{", Ref("trackedEntityAttributes", "OUT"), "} == 'x'"),
        thing("programIndicators/I", filter="A{uYjxkTbwRNf} == 'x'"),
    ]
    for each in texts:
        assert messages(check, *SEX, *free, each) == []


def test_a_rule_compares_by_code() -> None:
    """A variable that holds codes is compared with codes, in conditions and in the data of actions."""
    objects = rule("#{kjonn} == 'Mann'", useCodeForOptionSet=True)
    action = thing("programRuleActions/P/R/A", data="d2:condition(\"#{kjonn} == 'Kvinne'\", 1, 2)")
    first, second = found(check, *SEX, *objects, action)
    assert first.label == "the codes are KVINNE, MANN"
    assert first.following.startswith("did you mean MANN? This rule would never see it")
    assert second.message == "'Kvinne' is no option of NO_KJONN"


def test_a_rule_compares_by_name() -> None:
    """Without codes a variable holds the names; a code in its place gets its own advice."""
    code, unknown = found(check, *SEX, *rule("#{kjonn} == 'MANN' || #{kjonn} == 'Man'"))
    assert code.message == "'MANN' is a code, and kjonn holds names of options"
    assert code.following == "write useCodeForOptionSet: true for the variable kjonn"
    assert unknown.label == "the names are Kvinne, Female, Mann, Male"
    assert unknown.following.startswith("did you mean Mann?")


@pytest.mark.parametrize(
    "condition",
    [
        "#{kjonn} == 'Mann' || #{kjonn} == 'Male' || #{kjonn} == ''",
        "d2:countIfValue('kjonn', 'MANN') > 0",
        "#{other} == 'x'",
        "C{K} == 'x'",
    ],
)
def test_what_is_fine_in_a_rule(condition: str) -> None:
    """Names in any language, codes where values are counted, and what is not ours to judge."""
    assert messages(check, *SEX, *rule(condition)) == []


def test_a_variable_without_options() -> None:
    """A calculated variable takes any text."""
    assert messages(check, *SEX, *rule("#{kjonn} == 'x'", trackedEntityAttribute=None)) == []


def test_several_choices_are_searched_by_items() -> None:
    """A variable of several choices is compared by its items, not as a whole."""
    source: dict[str, Value | Field] = {"dataElement": ELEMENT, "useCodeForOptionSet": True}
    variable = thing_of("programRuleVariables/P/s", source)
    whole = thing("programRules/P/A", condition="#{s} == 'MANN,KVINNE'")
    item = thing("programRules/P/B", condition="d2:containsItems(#{s}, 'HEST')")
    assert messages(check, *SEX, variable, whole, item) == ["'HEST' is no option of NO_KJONN"]
