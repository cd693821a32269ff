"""option-set-value-type: value types that do not go with their option set."""

from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.validate.rules.option_set_value_type import check
from tests.unit.validate.states import field, found, messages, thing

SET = Ref("optionSets", "S")


def test_two_value_types() -> None:
    """Element and option set must agree; both places are shown."""
    element = thing("dataElements/E", valueType="TEXT", optionSet=field(SET, 4))
    (finding,) = found(check, element, thing("optionSets/S", valueType=field("INTEGER", 9)))
    assert finding.message == "data element E is TEXT, its option set S is INTEGER"
    assert (finding.place.line, finding.related[0].place.line) == (4, 9)


def test_several_choices_need_an_option_set() -> None:
    """MULTI_TEXT without an option set is a finding."""
    attribute = thing("trackedEntityAttributes/A", valueType="MULTI_TEXT")
    assert messages(check, attribute) == ["tracked entity attribute A is MULTI_TEXT and has no option set"]


def test_a_comma_in_a_code() -> None:
    """Several choices cannot have a comma in a code; one choice can."""
    option = thing("options/S/A", code="A,B")
    multiple = thing("dataElements/E", valueType="MULTI_TEXT", optionSet=SET)
    single = thing("dataElements/F", valueType="TEXT", optionSet=SET)
    assert messages(check, multiple, option, thing("optionSets/S", valueType="MULTI_TEXT")) == [
        "data element E is MULTI_TEXT, and 'A,B' of S holds a comma"
    ]
    assert messages(check, single, option, thing("optionSets/S", valueType="TEXT")) == []


def test_what_cannot_be_judged() -> None:
    """Foreign sets and missing value types are said elsewhere or by the server."""
    foreign = Foreign("optionSets", Uid("uYjxkTbwRNf"))
    objects = (
        thing("dataElements/A", valueType="TEXT", optionSet=foreign),
        thing("dataElements/B", optionSet=SET),
        thing("dataElements/C", valueType="MULTI_TEXT", optionSet=foreign),
        thing("optionSets/S"),
    )
    assert messages(check, *objects) == []
