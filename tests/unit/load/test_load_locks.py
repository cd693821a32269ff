"""Tests of reading `uids.lock`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.load.text.locks import parse_lock
from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile, LockLine


def test_lines_are_read_in_order_with_their_places() -> None:
    """A line is a path, a colon and a UID; comments and blank lines say nothing."""
    lock, findings = parse_lock("# made by dhis2cfg lock\n\noptions/NO_K/A-B: eolJ3Nc4IzF\n", "p/uids.lock")
    place = Place(file="p/uids.lock", line=3, column=1, length=29)
    assert lock == LockFile(
        file="p/uids.lock",
        lines=(LockLine(path="options/NO_K/A-B", uid=Uid("eolJ3Nc4IzF"), place=place),),
        exists=True,
    )
    assert findings == ()


@pytest.mark.parametrize(
    ("text", "rule", "line", "column", "message"),
    [
        (
            "options/A/B: short\n",
            "uid-form",
            1,
            14,
            "short is no UID: 11 letters and digits, a letter first",
        ),
        (
            "options/A/B: 1olJ3Nc4IzF\n",
            "uid-form",
            1,
            14,
            "1olJ3Nc4IzF is no UID: 11 letters and digits, a letter first",
        ),
        (
            "options/A/B: eolJ3Nc4IzF\nx/Y: ZUwyVz9nf0V\noptions/A/B: ZUwyVz9nf0W\n",
            "duplicate-lock-line",
            3,
            1,
            "options/A/B stands here twice",
        ),
        ("just words\n", "lock-line", 1, 1, "this is no line `TYPE/KEY: UID`"),
        ("options: eolJ3Nc4IzF\n", "lock-line", 1, 1, "this is no line `TYPE/KEY: UID`"),
    ],
)
def test_lines_that_are_wrong(text: str, rule: str, line: int, column: int, message: str) -> None:
    """A wrong line is one finding with its place, and says how the file is written anew."""
    _, (found,) = parse_lock(text, "uids.lock")
    assert (found.rule, found.place.line, found.place.column, found.message) == (rule, line, column, message)
    assert found.following == "run dhis2cfg lock, which writes the file anew"


def test_an_unsolved_conflict_is_one_finding() -> None:
    """The marks of a merge are one finding, and the first side counts."""
    text = (
        "options/A/A: eolJ3Nc4IzF\n"
        "<<<<<<< HEAD\noptions/A/B: sIk2na5eZRS\n=======\noptions/A/B: SitkrDaIlME\n>>>>>>> other\n"
    )
    lock, (found,) = parse_lock(text, "uids.lock")
    assert (found.rule, found.place.line) == ("conflict-mark", 2)
    assert [(line.path, line.uid) for line in lock.lines] == [
        ("options/A/A", "eolJ3Nc4IzF"),
        ("options/A/B", "sIk2na5eZRS"),
    ]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text makes the reader fail."""
    parse_lock(text, "uids.lock")
