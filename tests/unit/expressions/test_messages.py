"""Messages of notifications and boundaries of periods: their trees, their names, their mistakes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.expressions.meaning import check
from dhis2cfg.expressions.readings.comparing import differences
from dhis2cfg.expressions.syntax import grouped, parse_boundary, parse_message, print_back
from dhis2cfg.expressions.syntax.tree import Bare, Item, Template, Words
from dhis2cfg.expressions.vocabulary import Use
from tests.unit.expressions.known import judged


def said(text: str, use: Use) -> list[str]:
    """What is wrong, each with the stretch it stands in."""
    return [f"{text[each.start : each.end]}: {each.message}" for each in judged(text, use).mistakes]


def test_a_message_is_words_and_items() -> None:
    """Quotes, comments and operators are words like any others."""
    text = "Hi A{NAVN}, it's /* V{due_date} - #{SVAR}!"
    tree = parse_message(text).tree
    assert tree is not None
    assert isinstance(tree.root, Template)
    assert [type(piece) for piece in tree.root.pieces] == [Words, Item, Words, Item, Words, Item, Words]
    assert [text[piece.start : piece.end] for piece in tree.root.pieces][1::2] == [
        "A{NAVN}",
        "V{due_date}",
        "#{SVAR}",
    ]
    assert print_back(tree) == grouped(tree) == text


def test_an_item_that_is_not_closed() -> None:
    """It would be sent as it stands."""
    mistake = parse_message("Hi #{SVAR, you").mistake
    assert mistake is not None
    assert (mistake.message, mistake.suggestion) == ("#{ is not closed with }", "close it with }")
    assert (mistake.start, mistake.end) == (3, 5)


@given(st.text(max_size=100) | st.text("#AV{}ab_ ", max_size=100))
def test_any_message_prints_back(text: str) -> None:
    """A message is never too strange; what is not closed is said."""
    parsed = parse_message(text)
    assert parsed.mistake is not None if parsed.tree is None else print_back(parsed.tree) == text


@pytest.mark.parametrize(
    ("text", "use", "wanted"),
    [
        ("V{due_date} V{enrollment_date}", Use.MESSAGE, []),
        ("V{due_date}", Use.PROGRAM_MESSAGE, ["V{due_date}: a notification of a program has no V{due_date}"]),
        (
            "V{enrollment_date}",
            Use.STAGE_MESSAGE,
            ["V{enrollment_date}: a notification of a stage has no V{enrollment_date}"],
        ),
        (
            "V{ due_date }",
            Use.STAGE_MESSAGE,
            ["V{ due_date }: a notification of a stage has no V{ due_date }"],
        ),
        ("A{TEXT} #{TEXT}", Use.STAGE_MESSAGE, []),
        ("#{TEXT}", Use.PROGRAM_MESSAGE, ["#{TEXT}: #{TEXT} has no meaning in a notification of a program"]),
        ("V{rule_name} V{period}", Use.VALIDATION_MESSAGE, []),
        (
            "A{TEXT}",
            Use.VALIDATION_MESSAGE,
            ["A{TEXT}: A{TEXT} has no meaning in a notification of validation"],
        ),
        ("V{data_set_name}", Use.DATA_SET_MESSAGE, []),
        (
            "V{data_name}",
            Use.DATA_SET_MESSAGE,
            ["V{data_name}: a notification of a data set has no V{data_name}"],
        ),
        ("no item at all", Use.MESSAGE, []),
        ("", Use.MESSAGE, []),
    ],
)
def test_what_each_kind_of_message_may_hold(text: str, use: Use, wanted: list[str]) -> None:
    """Programs, stages, validation and data sets have names of their own."""
    assert said(text, use) == wanted


def test_a_near_name_is_suggested() -> None:
    """The name that was probably meant."""
    (mistake,) = check("V{enrolment_date}", Use.PROGRAM_MESSAGE).mistakes
    assert mistake.suggestion == "did you mean enrollment_date?"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("EVENT_DATE", Bare),
        ("SCHEDULED_DATE", Bare),
        ("PS_EVENTDATE:STAGE", Item),
        ("#{STAGE.DATE}", Item),
        ("A{DATE}", Item),
    ],
)
def test_what_bounds_a_period(text: str, kind: type) -> None:
    """One word or one item."""
    found = judged(text, Use.BOUNDARY)
    assert found.mistakes == ()
    assert found.tree is not None
    assert isinstance(found.tree.root, kind)
    assert print_back(found.tree) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [": the text is empty"]),
        ("EVENTDATE", ["EVENTDATE: EVENTDATE bounds no period"]),
        (" EVENT_DATE", [" EVENT_DATE: more than one date stands in  EVENT_DATE"]),
        ("PS_EVENTDATE: S", ["PS_EVENTDATE: S: a blank stands behind PS_EVENTDATE:"]),
        ("#{STAGE.DATE", ["#{: #{ is not closed with }"]),
        ("#{DATE}", ["#{DATE}: #{DATE}: this must be STAGE.ELEMENT"]),
        ("V{event_date}", ["V{event_date}: V{event_date} has no meaning in a period boundary"]),
        ("A{NUMBER}", ["A{NUMBER}: a period boundary needs a date, and this is a number"]),
    ],
)
def test_what_bounds_none(text: str, wanted: list[str]) -> None:
    """DHIS2 matches three patterns and four words, and takes all else for nothing."""
    assert said(text, Use.BOUNDARY) == wanted


def test_boundaries_are_parsed_without_a_world() -> None:
    """The tree alone."""
    assert parse_boundary("A{X}").tree is not None


def test_messages_are_compared_by_pieces() -> None:
    """What changed is one stretch of words, or one item."""
    trees = [parse_message(text).tree for text in ("Hi A{X}!", "Hi A{Y}!", "Hi A{X}!", "A{X}")]
    one, other, same, shorter = (tree for tree in trees if tree is not None)
    assert differences(one, same) == ()
    assert [(each.before, each.after) for each in differences(one, other)] == [("A{X}", "A{Y}")]
    assert len(differences(one, shorter)) == 1


@pytest.mark.parametrize(
    ("text", "use", "wanted"),
    [
        ("forEach ?x in :DEG:G --> #{?x} + #{?x.default}", Use.PREDICTOR, []),
        ("forEach ?x in :DEG:G --> #{?y}", Use.PREDICTOR, ["#{?y}: #{?y} stands for no element"]),
        ("#{?x}", Use.PREDICTOR, ["#{?x}: #{?x} stands for no element"]),
        (
            "forEach ?x in :DEG:G --> 1",
            Use.INDICATOR,
            ["forEach ?x in :DEG:G: an indicator has no forEach"],
        ),
        (
            "forEach ?x in :DEG:G --> 'a'",
            Use.PREDICTOR,
            ["'a': a predictor needs a number, and this is 'a'"],
        ),
    ],
)
def test_a_preprocessor_and_its_variable(text: str, use: Use, wanted: list[str]) -> None:
    """The variable stands where an element would; only predictors have one."""
    assert said(text, use) == wanted


def test_the_group_must_be_a_uid_on_a_server() -> None:
    """As it is sent."""
    texts = [f"forEach ?x in :DEG:{group} --> 1" for group in ("GROUP", "abcdefghijk")]
    assert [len(check(text, Use.PREDICTOR, are_uids=True).mistakes) for text in texts] == [1, 0]


def test_preprocessors_are_compared() -> None:
    """Another group is one difference; another variable is another expression."""
    texts = [f"forEach {v} in :DEG:{g} --> 1" for v, g in (("?x", "A"), ("?x", "B"), ("?y", "A"))]
    trees = [check(text, Use.PREDICTOR).tree for text in texts]
    one, group, variable = (tree for tree in trees if tree is not None)
    assert [(each.before, each.after) for each in differences(one, group)] == [("A", "B")]
    assert len(differences(one, variable)) == 1
