"""Identity numbers that pass and fail, and which rules say so: worked out from the definition alone.

Nobody's: test persons (month + 80), numbers of institutions (month + 40), help numbers, people not born yet,
the number that explanations of the check digits use, and numbers that are wrong.
"""

from dataclasses import dataclass

from tests.covid_no.cases import PERSON
from tests.covid_no.engine import Case

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
DAYS, MONTHS = range(1, 32), range(1, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number: what kind it is, and whether it may be stored (a warning is not in the way)."""

    number: str
    kind: str
    passes: bool


IDENTITY = (
    Row(number="31129956715", kind="fødselsnummer", passes=True),
    Row(number="31129956714", kind="second check digit", passes=False),
    Row(number="31129956725", kind="first check digit", passes=False),
    Row(number="13129956715", kind="two digits changed places", passes=False),
    Row(number="3112995671", kind="ten digits", passes=False),
    Row(number="311299567150", kind="twelve digits", passes=False),
    Row(number="311299 56715", kind="with a blank", passes=False),
    Row(number="3112995671A", kind="with a letter", passes=False),
    Row(number="00000000000", kind="no day, no month", passes=False),
    Row(number="01018010000", kind="both check digits", passes=False),
    Row(number="32129910086", kind="day 32", passes=False),
    Row(number="01138010093", kind="month 13", passes=False),
    Row(number="41818010077", kind="D-number of a test person", passes=True),
    Row(number="41818010158", kind="D-number of a test person", passes=True),
    Row(number="41818010078", kind="D-number, second check digit", passes=False),
    Row(number="72818510019", kind="D-number, day 32", passes=False),
    Row(number="01418010181", kind="H-number", passes=True),
    Row(number="31528510046", kind="H-number in December", passes=True),
    Row(number="31528510047", kind="H-number, second check digit", passes=False),
    Row(number="01538010086", kind="H-number, month 13", passes=False),
    Row(number="01818010083", kind="test person", passes=True),
    Row(number="31928510029", kind="test person in December", passes=True),
    Row(number="31928510028", kind="test person, second check digit", passes=False),
    Row(number="01013210027", kind="number of 2032, remainder 1", passes=True),
    Row(number="01013210035", kind="number of 2032, remainder 2", passes=True),
    Row(number="01013210043", kind="number of 2032, remainder 3", passes=True),
    Row(number="01013210051", kind="remainder 4", passes=False),
    Row(number="01013210086", kind="remainder 7", passes=False),
    Row(number="01013210000", kind="remainder 10", passes=False),
    Row(number="81234510053", kind="help number in the wrong field", passes=False),
)
HELP = (
    Row(number="81234510053", kind="help number", passes=True),
    Row(number="99999910099", kind="help number", passes=True),
    Row(number="99999910250", kind="help number", passes=True),
    Row(number="81234510054", kind="second check digit", passes=False),
    Row(number="81234510153", kind="both check digits", passes=False),
    Row(number="71234510053", kind="begins with 7", passes=False),
    Row(number="8123451005", kind="ten digits", passes=False),
    Row(number="31129956715", kind="fødselsnummer in the wrong field", passes=False),
)


def remainders(number: str) -> tuple[int, int]:
    """What eleven leaves of both weighed sums, check digits counted once."""
    digits = [int(each) for each in number]
    first = sum(weight * digit for weight, digit in zip(FIRST, digits, strict=False)) + digits[9]
    second = sum(weight * digit for weight, digit in zip(SECOND, digits, strict=False)) + digits[10]
    return first % 11, second % 11


def identity_rules(number: str) -> frozenset[str]:
    """The rules that speak of a number typed as national identity number."""
    if len(number) != len("DDMMYY00000") or not number.isdecimal():
        return frozenset({"NO_R_FNR_LENGDE"})
    day, month, (first, second) = int(number[:2]), int(number[2:4]), remainders(number)
    said = {
        "NO_R_FNR_DATO": day % 40 not in DAYS or day > 71 or month not in _months(),
        "NO_R_FNR_KONTROLL1": first in (1, 2, 3),
        "NO_R_FNR_KONTROLL1_FEIL": first > 3,
        "NO_R_FNR_KONTROLL2": second != 0,
        "NO_R_D_NUMMER": number[0] in "4567",
        "NO_R_H_NUMMER": number[2] in "45",
        "NO_R_TESTPERSON": number[2] in "89",
    }
    return frozenset(rule for rule, speaks in said.items() if speaks)


def help_rules(number: str) -> frozenset[str]:
    """The rules that speak of a number typed as help number."""
    if len(number) != len("80000000000") or not number.isdecimal() or number[0] not in "89":
        return frozenset({"NO_R_HJELPENUMMER"})
    return frozenset() if remainders(number) == (0, 0) else frozenset({"NO_R_FHNR_KONTROLL"})


def number_cases() -> dict[str, Case]:
    """Every number as a case of both programs, by name; help numbers stand beside the ordinary number."""
    rows = [("NO_FNR", each) for each in IDENTITY] + [("NO_FHNR", each) for each in HELP]
    made = [
        Case(program=program, name=f"{field} {row.number}", person={**PERSON, field: row.number})
        for program in ("NO_C19_INDEKS", "NO_C19_NARKONTAKT")
        for field, row in rows
    ]
    return {f"{each.program} {each.name}": each for each in made}


def _months() -> set[int]:
    """January to December as they stand in numbers of people, of institutions and of test persons."""
    return {month + added for month in MONTHS for added in (0, 40, 80)}
