"""Broken expressions, one mistake each: message, place and suggestion are as their files show them."""

from pathlib import Path

import pytest

from dhis2cfg.expressions.vocabulary import Use
from tests.unit.expressions.known import picture

BAD = Path(__file__).resolve().parents[2] / "expressions" / "bad"
FILES = sorted(BAD.glob("*.txt"))


def test_there_are_enough() -> None:
    """Forty mistakes at least are kept."""
    assert len(FILES) >= 40


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_broken_expression(file: Path) -> None:
    """The file holds the use, the text, and below it what is said of it: one mistake at least."""
    written = file.read_text(encoding="utf-8")
    use, text, *rest = written.split("\n")
    assert rest[0].lstrip().startswith("^")
    assert picture(text, Use(use)) == written
