"""Tests of dated permissions."""

import pytest

from dhis2cfg.model.fleet import Allowance
from dhis2cfg.model.places import Place
from dhis2cfg.pipeline.allowing import covers, is_dated, words


def an_allowance(on: str = "optionSets/A", until: str = "2026-12-01", why: str = "") -> Allowance:
    """A permission for breaking changes."""
    place = Place(file="municipalities/oslo.yaml", line=7)
    return Allowance(kind="breaking", on=on, until=until, why=why, place=place)


@pytest.mark.parametrize(
    ("on", "change", "is_covered"),
    [
        ("optionSets/A", ("optionSets", "A", "name"), True),
        ("optionSets/A", ("optionSets", "B", "name"), False),
        ("optionSets/A", ("options", "A/POS", "code"), True),
        ("optionSets/A", ("options", "AB/POS", "code"), False),
        ("optionSets/A", ("programStages", "A/S", "name"), False),
        ("programs/P", ("programStageSections", "P/S/X", "name"), True),
        ("programs/P", ("programRuleActions", "P/R/HIDEFIELD_A", "data"), True),
        ("programStages/P/S", ("programStageSections", "P/S/X", "name"), True),
        ("programStages/P/S", ("programs", "P", "name"), False),
        ("programs", ("programs", "P", "name"), False),
        ("programs", ("programStages", "P/S", "name"), False),
        ("", ("programs", "P", "name"), False),
    ],
)
def test_a_permission_is_for_one_object_and_what_stands_in_it(
    on: str, change: tuple[str, str, str], *, is_covered: bool
) -> None:
    """Never for another one, nor for a whole type."""
    assert covers(an_allowance(on), change) is is_covered


@pytest.mark.parametrize(
    ("until", "is_one"),
    [("2026-12-01", True), ("", False), ("soon", False), ("2026-13-01", False), ("20261201", False)],
)
def test_a_permission_ends_on_a_day(until: str, *, is_one: bool) -> None:
    """One without an end would be one for ever."""
    assert is_dated(an_allowance(until=until)) is is_one


def test_words() -> None:
    """As plan, run and record print it."""
    place = "(municipalities/oslo.yaml:7)"
    assert words(an_allowance(why="case 7")) == f"breaking on optionSets/A until 2026-12-01: case 7 {place}"
    assert words(an_allowance(until="")) == f"breaking on optionSets/A {place}"
