"""Tests of the packages with one mistake each: those whose mistake is one of form are found here."""

import json
from pathlib import Path

import pytest

from dhis2cfg.catalogue.shipped import VERSIONS, load
from dhis2cfg.catalogue.union import unite
from dhis2cfg.load import load_package

BAD = Path(__file__).parents[2] / "packages" / "bad"
OF_FORM = frozenset(
    {"comment-trap", "duplicate-key", "not-a-boolean", "not-utf8", "ragged-row", "unknown-property"}
)
FOLDERS = {path.name: json.loads((path / "expected.json").read_text()) for path in BAD.iterdir()}
OF_MEANING = frozenset(FOLDERS) - OF_FORM


def test_there_are_twenty_five() -> None:
    """Every folder says what is expected of it, and is named after its rule."""
    assert len(FOLDERS) == 25
    assert {name: expected["rule"] for name, expected in FOLDERS.items()} == {name: name for name in FOLDERS}


@pytest.mark.parametrize("name", sorted(OF_FORM))
def test_the_one_mistake_is_the_one_finding(name: str) -> None:
    """Rule, file, line and column are as written beside the package."""
    _, findings = load_package(BAD, name, unite([load(version) for version in VERSIONS]))
    expected = json.loads((BAD / name / "expected.json").read_text())
    assert [
        {
            "rule": found.rule,
            "file": found.place.file.removeprefix(f"{name}/"),
            "line": found.place.line,
            "column": found.place.column,
        }
        for found in findings
    ] == [expected]


@pytest.mark.parametrize("name", sorted(OF_MEANING))
def test_what_only_later_stages_can_know(name: str) -> None:
    """The form of these packages is right."""
    assert load_package(BAD, name, unite([load(version) for version in VERSIONS]))[1] == ()
