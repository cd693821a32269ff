"""Texts made safe and short."""

from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.model.plan import Kind
from dhis2cfg.report.signs import (
    clean,
    contrasted,
    guarded,
    listed,
    moment,
    number,
    shortened,
    shown,
    tamed,
)
from tests.unit.report.building import a_change, a_plan, a_step


def test_an_escape_sequence_cannot_reach_a_terminal() -> None:
    """Control signs, signs that turn the direction and line breaks become visible or blank."""
    assert clean("\x1b[31mred\x9b2J\u202etxt\r\nnext line") == "�[31mred�2J�txt  next line"


def test_blanks_of_other_alphabets_are_blanks() -> None:
    """A no-break space is a space."""
    assert clean("10\u00a0dager") == "10 dager"


@given(st.text())
def test_a_clean_text_is_one_printable_line_of_the_same_length(text: str) -> None:
    """Whatever comes in, it prints, and carets below it still stand where they should."""
    assert clean(text).isprintable()
    assert len(clean(text)) == len(text)


def test_the_guard_leaves_lines_tabs_and_blanks() -> None:
    """What we lay out ourselves stays, what steers goes."""
    assert guarded("a\n\tb\u00a0c\x1b[0m\x85\u200f") == "a\n\tb\u00a0c�[0m��"
    assert guarded("plain → text\n") == "plain → text\n"


def test_a_value_is_tamed_all_through() -> None:
    """Texts in keys, tuples, lists and fields are cleaned; bodies for servers are dropped, the rest stays."""
    change = a_change("options", "A", title="x\x07", within=("y\n",), after={"k\x1b": ["v\x1b", 1, None]})
    plan = tamed(a_plan(change, steps=(a_step(),)))
    assert plan.changes[0].title == "x�"
    assert plan.changes[0].within == ("y ",)
    assert plan.changes[0].after == {"k�": ["v�", 1, None]}
    assert plan.changes[0].kind is Kind.CREATE


def test_values_are_said_in_words() -> None:
    """Yes and no, codes bare, sentences in quotes, nothing as a dash, lists as such, the rest as JSON."""
    values = [None, True, False, 7, 6.5, "POS", "Positiv", "", ["A", "b"], {"b": 1, "a": "å"}]
    assert [shown(each) for each in values] == [
        "–",
        "yes",
        "no",
        "7",
        "6.5",
        "POS",
        '"Positiv"',
        '""',
        'A, "b"',
        '{"a": "å", "b": 1}',
    ]


def test_a_long_value_is_cut() -> None:
    """An ellipsis stands for what is left out."""
    assert shortened("oppfølging i ti dager", 12) == "oppfølging…"
    assert shown("Oppfølging i ti dager", 12) == '"Oppfølging…"'


def test_of_two_long_texts_the_difference_is_shown() -> None:
    """Words that both have are left out but for those next to the difference."""
    before = "Registrering av indekstilfeller og oppfølging til isolasjonen er over, dag for dag i kommunen"
    after = "Registrering av indekstilfeller og oppfølging til isolasjonen er hevet, dag for dag i kommunen"
    assert contrasted([before, after], 40) == [
        '"…isolasjonen er over, dag for dag…"',
        '"…isolasjonen er hevet, dag for dag…"',
    ]


def test_texts_that_differ_at_their_beginning_are_shown_from_there() -> None:
    """Nothing is left out at the front where nothing is common."""
    assert contrasted(["Alt" + " x" * 30, "Ingenting"], 20) == ['"Alt x x x x x x x x…"', '"Ingenting"']


def test_a_text_that_begins_another_differs_where_it_ends() -> None:
    """The longer one's rest is what differs."""
    start = "en lang tekst som står her og der"
    assert contrasted([start, start + " og overalt"], 20) == ['"…står her og der"', '"…står her og der og…"']


def test_values_that_are_no_texts_are_shown_as_they_are() -> None:
    """A contrast is for texts."""
    assert contrasted([None, "x" * 90], 20)[0] == "–"


def test_numbers_and_names_are_listed() -> None:
    """One and several; commas and an "and"."""
    assert [number(1, "change"), number(2, "change"), number(2, "box", "boxes")] == [
        "1 change",
        "2 changes",
        "2 boxes",
    ]
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_moment_keeps_its_zone() -> None:
    """To the minute, with the zone where one is told; what is no time stays harmless."""
    assert moment("2026-11-24T10:15:58.123+01:00") == "2026-11-24 10:15 +01:00"
    assert moment("2026-11-24T10:15:58Z") == "2026-11-24 10:15 UTC"
    assert moment("2026-11-24T10:15:58.123") == "2026-11-24 10:15"
    assert moment("") == ""
