"""Every rule acts and keeps still where it should, by the verdict of DHIS2's own rule engine."""

import os
from pathlib import Path

import pytest

from tests.covid_no.cases import cases
from tests.covid_no.engine import TODAY, ask, digest, question, rule_keys
from tests.covid_no.numbers import HELP, IDENTITY, help_rules, identity_rules
from tests.covid_no.package import of_type, words
from tests.covid_no.record import everything, recorded

PROGRAMS = ("NO_C19_INDEKS", "NO_C19_NARKONTAKT", "NO_C19_KLYNGE")
ENGINE = os.environ.get("DHIS2CFG_RULE_ENGINE", "")
ON_NUMBERS = frozenset({"NO_R_HJELPENUMMER", "NO_R_FHNR_KONTROLL", "NO_R_D_NUMMER", "NO_R_H_NUMMER"}) | {
    "NO_R_TESTPERSON",
    "NO_R_FNR_LENGDE",
    "NO_R_FNR_DATO",
    "NO_R_FNR_KONTROLL1",
    "NO_R_FNR_KONTROLL1_FEIL",
    "NO_R_FNR_KONTROLL2",
}
"""The rules that say something of a number."""


def test_the_verdicts_are_on_the_rules_as_they_stand() -> None:
    """Whoever changes a rule or a case asks the engine again: python -m tests.covid_no.record FOLDER."""
    assert recorded()[0] == digest([question(case) for case in everything().values()])


@pytest.mark.skipif(not ENGINE, reason="DHIS2CFG_RULE_ENGINE names no folder with @dhis2/rule-engine")
def test_the_engine_says_so_still() -> None:
    """Asked now, it says what was recorded."""
    named = everything()
    verdicts = ask(Path(ENGINE), [question(case) for case in named.values()])
    assert dict(zip(named, verdicts, strict=True)) == recorded()[1]


def test_every_case_fires_exactly_the_rules_it_names() -> None:
    """No rule more, none less, and none that the engine cannot run."""
    verdicts = recorded()[1]
    found = [(each, verdicts[f"{each.program} {each.name}"]) for each in cases()]
    wrong = {
        f"{each.program} {each.name}": sorted(each.fires ^ verdict.fired)
        for each, verdict in found
        if each.fires != verdict.fired or verdict.errors
    }
    assert wrong == {}


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_rule_has_a_case_for_it_and_one_against_it(program: str) -> None:
    """The count of rules that never act, or always, is 0."""
    fired = [each.fired for name, each in recorded()[1].items() if name.startswith(f"{program} ")]
    assert rule_keys(program) - frozenset.union(*fired) == frozenset()
    assert frozenset.intersection(*fired) == frozenset()


def test_days_that_are_counted() -> None:
    """Isolation, quarantine and age as the ordinary cases get them, from the municipality's values."""
    verdicts = recorded()[1]
    assert verdicts["NO_C19_INDEKS ordinary"].sets == {
        "NO_ALDER": "22",
        "NO_IX_SISTE_ISOLASJON": "2022-01-10",
        "NO_SISTE_ISOLASJON": "2022-01-10",
    }
    assert verdicts["NO_C19_INDEKS no onset"].sets["NO_SISTE_ISOLASJON"] == "2022-01-11"
    assert verdicts["NO_C19_NARKONTAKT ordinary"].sets == {
        "NO_ALDER": "22",
        "NO_NK_SISTE_KARANTENE": "2022-01-13",
        "NO_SISTE_KARANTENE": "2022-01-13",
    }
    assert TODAY == "2022-01-10"


@pytest.mark.parametrize("row", IDENTITY, ids=lambda row: f"{row.kind} {row.number}")
def test_identity_numbers(row: object) -> None:
    """The engine says of each number what its definition says, and stops exactly those that are wrong."""
    assert isinstance(row, type(IDENTITY[0]))
    said = recorded()[1][f"NO_C19_INDEKS NO_FNR {row.number}"].fired & ON_NUMBERS
    assert said == identity_rules(row.number)
    assert bool(said & _stopping()) is not row.passes


@pytest.mark.parametrize("row", HELP, ids=lambda row: f"{row.kind} {row.number}")
def test_help_numbers(row: object) -> None:
    """The same for help numbers, which have an attribute of their own."""
    assert isinstance(row, type(HELP[0]))
    said = recorded()[1][f"NO_C19_NARKONTAKT NO_FHNR {row.number}"].fired & ON_NUMBERS
    assert said == help_rules(row.number)
    assert bool(said & _stopping()) is not row.passes


def test_one_wrong_digit_is_always_seen() -> None:
    """Whichever digit of a good number is replaced by whichever other, a rule stops it."""
    good = "31129956715"
    for place in range(11):
        for digit in set("0123456789") - {good[place]}:
            assert identity_rules(good[:place] + digit + good[place + 1 :]) & _stopping()


def test_both_programs_of_persons_check_alike() -> None:
    """The texts of rules on numbers are the same in both."""
    rules = of_type("programRules")
    for key in ON_NUMBERS:
        texts = {words(rules[f"{program}/{key}"].fields["condition"]) for program in PROGRAMS[:2]}
        assert len(texts) == 1


def _stopping() -> frozenset[str]:
    """The rules that let nothing be stored."""
    return frozenset(
        path.split("/")[1]
        for path, each in of_type("programRuleActions").items()
        if str(each.fields["programRuleActionType"].value) == "SHOWERROR"
    )
