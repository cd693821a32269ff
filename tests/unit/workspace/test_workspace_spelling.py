"""Where the characters of a value stand in a file, and how something is put into an object."""

import pytest

from dhis2cfg.workspace.formatting.nodes import Edit, applied, composed, pairs
from dhis2cfg.workspace.formatting.quoting import quoted
from dhis2cfg.workspace.insertion import inserted
from dhis2cfg.workspace.spelling import Spelling


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: !tpl &x b KEY c\n", "KEY"),
        ("a: 'it''s KEY'\n", "KEY"),
        ('a: "say \\"KEY\\" \\\\ KEY2"\n', "KEY2"),
        ("a: >-\n  first\n\n  KEY\n", "KEY"),
        ("a: |\n  first\n  KEY\n", "KEY"),
        ("a: b\n  KEY\n", "KEY"),
    ],
)
def test_characters_are_found(text: str, word: str) -> None:
    """Tags, quotes, escapes and folded lines are looked through."""
    spelling = Spelling(text)
    (at,) = [place for place in range(len(text)) if spelling.value(place) not in (None, "a")]
    value = spelling.value(at)
    assert value is not None
    start = value.index(word)
    stretch = spelling.stretch(at, value, start, start + len(word))
    assert stretch is not None
    assert text[slice(*stretch)] == word


def test_what_cannot_be_found() -> None:
    """Signs that are written by their numbers, and places without a value, have no stretch."""
    spelling = Spelling('a: "\\x41KEY"\n')
    assert spelling.stretch(4, "AKEY", 1, 4) is None
    assert spelling.stretch(1, "x", 0, 1) is None
    assert spelling.stretch(4, "AKEY", 0, 99) is None
    assert spelling.value(1) is None
    assert spelling.offset(1, 4) == 3


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("A:\n", "A: {code: X}\n"),
        ("A: {}\n", "A: {code: X}\n"),
        ("A: {b: 1}\n", "A: {code: X, b: 1}\n"),
        ("A: {nb: a, en: b}\n", "A: {code: X, name: {nb: a, en: b}}\n"),
        ("A:\n  b: 1\n", "A:\n  code: X\n  b: 1\n"),
        ("A:\n  nb: a\n", None),
        ("A: [b]\n", None),
        ("A: text\n", None),
    ],
)
def test_one_property_more(text: str, result: str | None) -> None:
    """In braces, on a line of its own, where nothing stood; an option's name is put under `name:`."""
    edits = inserted(Spelling(text), 0, "code: X", ("nb", "en"))
    assert (applied(text, edits) if edits else None) == result


def test_edits_and_pairs() -> None:
    """An edit inside another one is left out; keys that are no texts have no name."""
    assert applied("abcdef", [Edit(1, 4, "X"), Edit(2, 3, "Y"), Edit(5, 6, "Z")]) == "aXeZ"
    assert [
        str(key.value) for key, _ in pairs(composed("{? [a] : b, c: [d, {e: f}], g: &x {h: i}, j: *x}"))
    ] == [
        "c",
        "g",
        "j",
        "h",
        "e",
    ]
    assert quoted('a"b') == "'a\"b'"
