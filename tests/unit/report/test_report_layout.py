"""Lines that fit."""

from dhis2cfg.report.layout import beside, ended, folded


def test_a_long_text_is_folded_with_a_hanging_indent() -> None:
    """Words are kept whole, also those that are longer than the width."""
    text = "along the way: version of program NO_C19_INDEKS +1"
    assert folded(text, 40, 2) == ["  along the way: version of program", "    NO_C19_INDEKS +1"]
    assert folded("x" * 50, 40) == ["x" * 50]
    assert folded("", 40) == [""]


def test_a_place_stands_on_the_right_where_there_is_room() -> None:
    """Notes in one column, the place in the next, all on one line of 100."""
    assert beside("        code ALFA → ALPHA", ["breaking"], "smitte.yaml:6", 100) == [
        "        code ALFA → ALPHA                          breaking        smitte.yaml:6"
    ]


def test_a_narrow_line_has_its_place_below() -> None:
    """At 80 the place gets a line of its own."""
    assert beside("        code ALFA → ALPHA", [], "smitte.yaml:6", 80) == [
        "        code ALFA → ALPHA",
        "          smitte.yaml:6",
    ]


def test_a_long_place_moves_below() -> None:
    """What does not fit beside the notes stands below them."""
    place = "programs/indeks/stages/bakgrunn-og-mer.yaml:14"
    assert beside("        compulsory no → yes", ["phones: sync first"], place, 100) == [
        "        compulsory no → yes                        phones: sync first",
        f"          {place}",
    ]


def test_a_line_too_long_for_its_notes_closes_up() -> None:
    """The gap before the notes goes first."""
    text = "  ~ program Indeksregistrering og oppfølging · NO_C19"
    assert beside(text, ["set back"], "", 66) == [f"{text}   set back"]


def test_a_line_too_long_for_all_is_folded() -> None:
    """Then notes and place get lines of their own, and the text is folded."""
    assert beside("  " + "word " * 20, ["note"], "a.yaml:1", 60) == [
        "  word word word word word word word word word word word",
        "      word word word word word word word word word",
        "          note",
        "          a.yaml:1",
    ]
    assert beside("  " + "word " * 20, [], "", 60) == [
        "  word word word word word word word word word word word",
        "      word word word word word word word word word",
    ]
    short = "  " + "word " * 10 + "word"
    assert beside(short, ["a longer note"], "", 60) == [short, "          a longer note"]


def test_words_stand_behind_the_last_line_or_below() -> None:
    """As there is room."""
    assert ended(["a", "b"], "--full lists them", 40, 4) == ["a", "b    --full lists them"]
    assert ended(["a" * 30], "--full lists them", 40, 4) == ["a" * 30, "    --full lists them"]
