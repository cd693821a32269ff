"""What somebody means by a key."""

import pytest

from dhis2cfg.explain.lookup import find, near
from dhis2cfg.model.names import Combination, Ref
from tests.unit.explain.clinic import clinic


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("dataElements/SVAR", ["dataElements/SVAR"]),
        ("SVAR", ["dataElements/SVAR", "optionSets/SVAR"]),
        ("P/SKJUL", ["programRules/P/SKJUL"]),
        ("SKJUL", ["programRules/P/SKJUL"]),
        ("SKJUL/HIDEFIELD", ["programRuleActions/P/SKJUL/HIDEFIELD"]),
        ("PROVE/SVAR", ["P/PROVE/SVAR"]),
        ("P/PROVE/DATO", ["P/PROVE/DATO"]),
        ("P/FODT", ["P/FODT"]),
        ("SKJEMA/SVAR", ["SKJEMA/SVAR"]),
        ("ANNEN/SVAR", []),
        ("PROVE/NOSUCH", []),
        ("indAAAAAAAA", ["programIndicators/PI"]),
        ("prøvedato", ["dataElements/DATO"]),
        ("nosuch", []),
    ],
)
def test_what_a_key_means(text: str, wanted: list[str]) -> None:
    """By type and path, by path, by the end of one, in a stage, by UID, by name: the first that finds any."""
    assert [str(each) for each in find(clinic(), text)] == wanted


def test_what_was_probably_meant() -> None:
    """Keys and paths that are spelled nearly alike, whatever their case."""
    assert near(clinic(), "p/sjul") == ("P/SKJUL", "SKJUL", "P/sum")
    assert near(clinic(), "zzzzzzzzz") == ()


def test_a_combination_has_the_keys_of_its_options_for_a_name() -> None:
    """The server gives it none that a package could know."""
    meant = Combination(options=(Ref("categoryOptions", "U10"), Ref("categoryOptions", "WOMAN")))
    named = clinic().named(meant)
    assert (named.type, named.name) == ("categoryOptionCombos", "(U10,WOMAN)")
