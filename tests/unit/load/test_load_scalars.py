"""Tests of reading one text as one type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.catalogue.types import SCALARS, Shape
from dhis2cfg.load.forms.scalars import Misread, guess, read
from dhis2cfg.model.tree import Atom


@pytest.mark.parametrize(
    ("text", "shape", "value"),
    [
        ("0301", Shape.TEXT, "0301"),
        ("NO", Shape.TEXT, "NO"),
        ("no", Shape.TEXT, "no"),
        ("12:30", Shape.TEXT, "12:30"),
        ("1.10", Shape.TEXT, "1.10"),
        ("2026-11-24", Shape.TEXT, "2026-11-24"),
        ("true", Shape.TEXT, "true"),
        ("TEXT", Shape.CONSTANT, "TEXT"),
        ("true", Shape.BOOLEAN, True),
        ("false", Shape.BOOLEAN, False),
        ("14", Shape.INTEGER, 14),
        ("-3", Shape.INTEGER, -3),
        ("0", Shape.INTEGER, 0),
        ("65", Shape.NUMBER, 65),
        ("38.5", Shape.NUMBER, 38.5),
        ("-1e3", Shape.NUMBER, -1000.0),
        ("2026-11-24", Shape.DATE, "2026-11-24"),
        ("2026-11-24T08:30", Shape.DATE, "2026-11-24T08:30"),
        ("2026-11-24T08:30:00.000+0100", Shape.DATE, "2026-11-24T08:30:00.000+0100"),
    ],
)
def test_what_is_read(text: str, shape: Shape, value: Atom) -> None:
    """The property's type decides, from the characters as written."""
    found = read(text, shape)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("yes", "write true"),
        ("on", "write true"),
        ("1", "write true"),
        ("True", "write true"),
        ("ja", "write true"),
        ("no", "write false"),
        ("off", "write false"),
        ("0", "write false"),
        ("FALSE", "write false"),
        ("nei", "write false"),
        ("kanskje", "write true or false"),
        ("", "write true or false"),
    ],
)
def test_words_that_are_no_booleans(text: str, following: str) -> None:
    """Only true and false are; the finding says the right word."""
    assert read(text, Shape.BOOLEAN) == Misread(
        rule="not-a-boolean", takes="true or false", following=following
    )


@pytest.mark.parametrize(
    ("text", "shape", "rule"),
    [
        ("007", Shape.INTEGER, "not-an-integer"),
        ("5.0", Shape.INTEGER, "not-an-integer"),
        ("+5", Shape.INTEGER, "not-an-integer"),
        ("1_000", Shape.INTEGER, "not-an-integer"),
        ("0x1F", Shape.INTEGER, "not-an-integer"),
        ("٣", Shape.INTEGER, "not-an-integer"),
        ("9" * 5000, Shape.INTEGER, "not-an-integer"),
        ("14\n", Shape.INTEGER, "not-an-integer"),
        ("", Shape.INTEGER, "not-an-integer"),
        ("38,5", Shape.NUMBER, "not-a-number"),
        (".5", Shape.NUMBER, "not-a-number"),
        ("nan", Shape.NUMBER, "not-a-number"),
        (".inf", Shape.NUMBER, "not-a-number"),
        ("1e999", Shape.NUMBER, "not-a-number"),
        ("24.11.2026", Shape.DATE, "not-a-date"),
        ("2026-13-01", Shape.DATE, "not-a-date"),
        ("2026-02-30", Shape.DATE, "not-a-date"),
        ("2026-11-24T08:30 nonsense", Shape.DATE, "not-a-date"),
        ("20261124", Shape.DATE, "not-a-date"),
    ],
)
def test_texts_that_are_no_value_of_their_type(text: str, shape: Shape, rule: str) -> None:
    """Numbers and dates are read strictly."""
    found = read(text, shape)
    assert isinstance(found, Misread)
    assert found.rule == rule


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("5", 5), ("1.5", 1.5), ("0301", "0301"), ("yes", "yes"), ("x", "x")],
)
def test_values_without_a_type(text: str, value: Atom) -> None:
    """Where no type is known a text is read as JSON writes it, and what JSON cannot write stays text."""
    found = guess(text)
    assert (found, type(found)) == (value, type(value))


@given(st.text(), st.sampled_from(sorted(SCALARS, key=str)))
def test_reading_never_fails(text: str, shape: Shape) -> None:
    """Any text is either read or a misreading with a rule and what to write."""
    found = read(text, shape)
    assert not isinstance(found, Misread) or (found.rule and found.following)
    guess(text)
