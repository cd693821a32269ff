"""Tests of the marks that hold the places of option combinations."""

from typing import Any

from dhis2cfg.model.names import Uid
from dhis2cfg.wire.combinations import Wanted, completed, mark, standing, wanted_in

COMBO, ONE, TWO = Uid("ComboCombo1"), Uid("CatOption01"), Uid("CatOption02")
WANTED = Wanted(combo=COMBO, options=frozenset({ONE, TWO}))
MADE = Uid("OptionComb1")


def test_marks_are_found_and_filled_anywhere() -> None:
    """In texts, lists and references; all else stays as it is."""
    text = f"#{{DataElemen1.{mark(COMBO, [TWO, ONE])}}}"
    body = {"numerator": text, "outputCombo": {"id": mark(COMBO, [ONE, TWO])}, "lists": [text, 1, None]}
    assert list(wanted_in(body)) == [WANTED] * 3
    filled = f"#{{DataElemen1.{MADE}}}"
    assert completed(body, {WANTED: MADE}) == {
        "numerator": filled,
        "outputCombo": {"id": MADE},
        "lists": [filled, 1, None],
    }


def test_a_mark_is_the_same_for_options_in_any_order() -> None:
    """So that two plans are the same bytes."""
    assert mark(COMBO, [TWO, ONE]) == mark(COMBO, [ONE, TWO])


def test_what_looks_like_one_is_none() -> None:
    """People write brackets too."""
    assert list(wanted_in("(combination of A,B)")) == []


def test_what_a_server_tells() -> None:
    """By category combination and options; one without a category combination is none of ours."""
    told: list[dict[str, Any]] = [
        {"id": MADE, "categoryCombo": {"id": COMBO}, "categoryOptions": [{"id": TWO}, {"id": ONE}]},
        {"id": "OptionComb2", "categoryOptions": []},
    ]
    assert standing(told) == {WANTED: MADE}
