"""What is typed, and which rules act: an ordinary case of each program, and what differs from it.

Expected rules are written by hand; `ordinary` says all of them, every other case what comes on top (`more`)
and what falls away (`less`). All is looked at on 10 January 2022, with the values of Åmot (isolation 6 days,
fever 48 hours).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.covid_no.engine import Case, Event

PERSON = {
    "NO_FNR": "31129956715",
    "GIVEN_NAME": "Test",
    "FAMILY_NAME": "Person",
    "PATINFO_DOB": "1999-12-31",
    "NO_KJONN": "KVINNE",
    "PHONE_LOCAL": "91234567",
    "NO_POSTNR": "9008",
    "NO_SPRAK": "nb",
    "NO_KLINIKERMELDING": "true",
}
PROVE = {
    "NO_PROVEDATO": "2022-01-05",
    "NO_SVARDATO": "2022-01-06",
    "NO_PROVESVAR": "POSITIV",
    "NO_PROVETYPE": "PCR",
}
TRANSFER = {"NO_OVF_FRA": "unitUnit001", "NO_OVF_TIL": "unitUnit002"}
ORDINARY: Mapping[str, tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]] = {
    "NO_C19_INDEKS": (
        PERSON,
        {
            "NO_IX_BAKGRUNN": {
                "NO_SMITTESTED_NIVA": "KOMMUNE",
                "NO_EKSPONERING": "01",
                "NO_UL_HAR": "true",
                "NO_ANTATT_SMITTEDATO": "2022-01-01",
            },
            "NO_IX_HELSESTATUS": {
                "NO_SYMPTOMER": "true",
                "PATCOURSE_DATEONSET": "2022-01-04",
                "NO_HELSEUTFALL": "SYMP",
            },
            "NO_IX_PROVE": PROVE,
            "NO_IX_OVERFORING": TRANSFER,
        },
    ),
    "NO_C19_NARKONTAKT": (
        PERSON,
        {
            "NO_NK_OPPFOLGING": {
                "NO_NK_RELASJON": "VENN",
                "NO_NK_SISTE_KONTAKT": "2022-01-03",
                "NO_NK_STATUS": "KARANTENE",
            },
            "NO_NK_HELSESTATUS": {"NO_SYMPTOMER": "true"},
            "NO_NK_PROVE": PROVE,
            "NO_NK_OVERFORING": TRANSFER,
        },
    ),
    "NO_C19_KLYNGE": (
        {
            "NO_KL_NAVN": "Skolen",
            "NO_KL_TYPE": "SKOLE",
            "NO_KL_START": "2022-01-05T12:00:00",
            "NO_KL_SLUTT": "2022-01-08T12:00:00",
            "NO_KL_STEDTEKST": "Storgata 1",
        },
        {"NO_KL_STATUS": {"NO_KL_ANTALL_EKSPONERTE": "12"}},
    ),
}
"""Program → the person or cluster, and one event of each stage."""

SAME_FOR_PERSONS = frozenset({"NO_R_ALDER", "NO_R_FNR_SIFRE", "NO_R_FNR_SUMMER", "NO_R_FORESATT_SKJULES"})
ORDINARILY: Mapping[str, frozenset[str]] = {
    "NO_C19_INDEKS": SAME_FOR_PERSONS
    | {
        "NO_R_BYDEL_SKJULES",
        "NO_R_DODSDATO_SKJULES",
        "NO_R_ISOLERT_FRA_SYMPTOM",
        "NO_R_LAND_SKJULES",
        "NO_R_REISE_SKJULES",
        "NO_R_SISTE_ISOLASJON",
        "NO_R_SISTE_ISOLASJON_STATUS",
        "NO_R_SYKEHJEM_SKJULES",
        "NO_R_SYKEHUS_SKJULES",
        "NO_R_VERDENSDEL_SKJULES",
    },
    "NO_C19_NARKONTAKT": SAME_FOR_PERSONS
    | {
        "NO_R_POSITIV_OVERFORES",
        "NO_R_SISTE_KARANTENE",
        "NO_R_SISTE_KARANTENE_KONTAKT",
        "NO_R_SMS_TEST_NB",
        "NO_R_SYMPTOM_TEST",
        "NO_R_UNNTAK_SKJULES",
    },
    "NO_C19_KLYNGE": frozenset({"NO_R_KL_TIDER", "NO_R_KL_VINDU"}),
}
"""The rules that act in the ordinary case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """One case: what is typed otherwise (empty: nothing), and the rules that come on top or fall away."""

    program: str
    name: str
    typed: Mapping[str, str] = field(default_factory=dict)
    more: frozenset[str] = frozenset()
    less: frozenset[str] = frozenset()

    @property
    def case(self) -> Case:
        """The whole case."""
        person, stages = ORDINARY[self.program]
        known = set(person) | {
            name for name in self.typed if not any(name in values for values in stages.values())
        }
        events = tuple(
            Event(stage=stage, values=_typed({**values, **self._of_event(stage, values)}))
            for stage, values in stages.items()
        )
        given = {**person, **{name: value for name, value in self.typed.items() if _attribute(name, known)}}
        return Case(program=self.program, name=self.name, person=_typed(given), events=events)

    @property
    def fires(self) -> frozenset[str]:
        """All rules that act."""
        return (ORDINARILY[self.program] | self.more) - self.less

    def _of_event(self, stage: str, values: Mapping[str, str]) -> dict[str, str]:
        """What is typed into this stage: values that it has ordinarily, and those named `STAGE.ELEMENT`."""
        own = {name: value for name, value in self.typed.items() if name in values}
        named = {
            name.partition(".")[2]: value
            for name, value in self.typed.items()
            if name.partition(".")[0] == stage
        }
        return own | named


def _attribute(name: str, known: set[str]) -> bool:
    return "." not in name and name in known


def _typed(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _rules(text: str) -> frozenset[str]:
    return frozenset(f"NO_R_{each}" for each in text.split())


def _row(program: str, name: str, typed: Mapping[str, str], more: str = "", less: str = "") -> Differs:
    return Differs(program=f"NO_C19_{program}", name=name, typed=typed, more=_rules(more), less=_rules(less))


def cases() -> Iterator[Differs]:
    """Every case."""
    for program in ("INDEKS", "NARKONTAKT", "KLYNGE"):
        yield _row(program, "ordinary", {})
    for program in ("INDEKS", "NARKONTAKT"):
        yield from _persons(program, "IX" if program == "INDEKS" else "NK")
    yield from _indeks()
    yield from _narkontakt()
    yield from _klynge()


def _persons(program: str, short: str) -> Iterator[Differs]:
    """What holds of cases and contacts alike."""
    unread = "FNR_SIFRE FNR_SUMMER"
    yield _row(program, "number too short", {"NO_FNR": "3112995671"}, "FNR_LENGDE", unread)
    yield _row(program, "no number", {"NO_FNR": ""}, "UTEN_NUMMER", unread)
    yield _row(program, "second check digit", {"NO_FNR": "31129956716"}, "FNR_KONTROLL2")
    helped = "FHNR_SIFRE FHNR_SUMMER"
    yield _row(program, "help number", {"NO_FNR": "", "NO_FHNR": "81234510053"}, helped, unread)
    yield _row(program, "no help number", {"NO_FHNR": "1234"}, "HJELPENUMMER")
    yield _row(program, "child", {"PATINFO_DOB": "2010-05-01"}, "FORESATT_KREVES", "FORESATT_SKJULES")
    yield _row(program, "seventeen", {"PATINFO_DOB": "2004-05-01"}, "", "FORESATT_SKJULES")
    yield _row(program, "no date of birth", {"PATINFO_DOB": ""}, "", "ALDER FORESATT_SKJULES")
    yield _row(program, "landline", {"PHONE_LOCAL": "77612345"}, "MOBIL")
    yield _row(program, "with country code", {"PHONE_LOCAL": "+4791234567"})
    yield _row(program, "postal code", {"NO_POSTNR": "908"}, "POSTNR")
    doses = {"NO_VAKS1_DATO": "2021-11-01", "NO_VAKS2_DATO": "2021-09-01"}
    unless = "VAKSINERT_UNNTAK" if program == "NARKONTAKT" else ""
    yield _row(program, "doses turned round", doses, f"VAKSINEDATO {unless}")
    yield _row(program, "result before sample", {"NO_SVARDATO": "2022-01-04"}, "SVAR_FOR_PROVE")
    negative = "POSITIV_OVERFORES" if program == "NARKONTAKT" else ""
    yield _row(program, "negative", {"NO_PROVESVAR": "NEGATIV"}, "VARIANT_SKJULES", negative)
    yield _row(program, "self-test", {"NO_PROVETYPE": "SELV"}, "VARIANT_SKJULES LAB_SKJULES HJEMMETEST")
    yield _row(program, "same unit", {"NO_OVF_TIL": "unitUnit001"}, "SAMME_ENHET")
    told = "SYMPTOM_TEST SMS_TEST_NB" if program == "NARKONTAKT" else ""
    yield _row(
        program, "no symptoms", {f"NO_{short}_HELSESTATUS.NO_SYMPTOMER": "false"}, "SYMPTOMER_SKJULES", told
    )


def _indeks() -> Iterator[Differs]:
    """Cases alone."""
    place = "NO_SMITTESTED_NIVA"
    yield _row("INDEKS", "own municipality", {place: "EGEN"}, "KOMMUNE_SKJULES")
    yield _row("INDEKS", "district", {place: "BYDEL"}, "KOMMUNE_SKJULES", "BYDEL_SKJULES")
    yield _row(
        "INDEKS", "abroad", {place: "LAND"}, "KOMMUNE_SKJULES REISE_KREVES", "LAND_SKJULES REISE_SKJULES"
    )
    yield _row(
        "INDEKS", "continent", {place: "VERDENSDEL"}, "KOMMUNE_SKJULES", "VERDENSDEL_SKJULES REISE_SKJULES"
    )
    yield _row("INDEKS", "journey", {"NO_EKSPONERING": "16"}, "REISE_KREVES", "REISE_SKJULES")
    yield _row("INDEKS", "infected after onset", {"NO_ANTATT_SMITTEDATO": "2022-01-05"}, "SMITTEDATO")
    yield _row("INDEKS", "healthy before", {"NO_UL_HAR": ""}, "SYKDOMMER_SKJULES")
    yield _row("INDEKS", "man", {"NO_KJONN": "MANN"}, "GRAVID_SKJULES")
    yield _row("INDEKS", "in hospital", {"NO_HELSEUTFALL": "SYKEHUS"}, "", "SYKEHUS_SKJULES")
    yield _row("INDEKS", "in nursing home", {"NO_HELSEUTFALL": "SYKEHJEM"}, "", "SYKEHJEM_SKJULES")
    yield _row("INDEKS", "died", {"NO_HELSEUTFALL": "DOD"}, "DODSDATO_KREVES", "DODSDATO_SKJULES")
    yield _row("INDEKS", "no onset", {"PATCOURSE_DATEONSET": ""}, "ISOLERT_FRA_PROVE", "ISOLERT_FRA_SYMPTOM")
    yield _row(
        "INDEKS",
        "neither onset nor sample",
        {"PATCOURSE_DATEONSET": "", "NO_PROVEDATO": ""},
        "",
        "ISOLERT_FRA_SYMPTOM SISTE_ISOLASJON SISTE_ISOLASJON_STATUS",
    )
    status, shown = "NO_IX_HELSESTATUS", "VIS_ISOLASJON SMS_ISOLASJON"
    fever = {"NO_HELSEUTFALL": "FRISK", f"{status}.NO_FEBERFRI_DATO": "2022-01-09"}
    yield _row("INDEKS", "fever until yesterday", fever, "FRISK_MED_FEBER")
    yield _row("INDEKS", "no fever for two days", fever | {f"{status}.NO_FEBERFRI_DATO": "2022-01-08"})
    early = {"NO_HELSEUTFALL": "FRISK", "NO_SISTE_ISOLASJON": "2022-01-12"}
    yield _row("INDEKS", "lifted early", early, f"FRISK_FOR_TIDLIG {shown}_NB")
    yield _row("INDEKS", "nynorsk", {"NO_SISTE_ISOLASJON": "2022-01-10", "NO_SPRAK": "nn"}, f"{shown}_NN")
    yield _row("INDEKS", "Polish", {"NO_SISTE_ISOLASJON": "2022-01-12", "NO_SPRAK": "pl"}, f"{shown}_EN")
    yield _row("INDEKS", "long over", {"NO_SISTE_ISOLASJON": "2022-01-09"}, "VIS_ISOLASJON")
    yield _row("INDEKS", "not notified", {"NO_KLINIKERMELDING": "false"}, "KLINIKERMELDING")
    yield _row("INDEKS", "self-registered", {"NO_SELVREG": "true"}, "SELVREG_VARSEL")


def _narkontakt() -> Iterator[Differs]:
    """Contacts alone."""
    shown, last = "VIS_KARANTENE SMS_KARANTENE", "NO_SISTE_KARANTENE"
    yield _row("NARKONTAKT", "ahead", {"NO_NK_SISTE_KONTAKT": "2022-01-11"}, "KONTAKT_FRAM_I_TID")
    yield _row(
        "NARKONTAKT",
        "no contact dated",
        {"NO_NK_SISTE_KONTAKT": ""},
        "",
        "SISTE_KARANTENE SISTE_KARANTENE_KONTAKT",
    )
    yield _row("NARKONTAKT", "vaccinated", {"NO_VAKS2_DATO": "2021-12-27"}, "VAKSINERT_UNNTAK")
    yield _row("NARKONTAKT", "vaccinated too late", {"NO_VAKS2_DATO": "2021-12-28"})
    household = {"NO_VAKS2_DATO": "2021-12-01", "NO_NK_RELASJON": "HUSSTAND"}
    yield _row("NARKONTAKT", "vaccinated household", household)
    yield _row("NARKONTAKT", "exempt", {"NO_NK_STATUS": "UNNTATT"}, "UNNTAK_KREVES", "UNNTAK_SKJULES")
    yield _row("NARKONTAKT", "over", {last: "2022-01-09"}, "KARANTENE_OVER VIS_KARANTENE")
    yield _row("NARKONTAKT", "last day", {last: "2022-01-10"}, f"{shown}_NB")
    yield _row(
        "NARKONTAKT",
        "nynorsk",
        {last: "2022-01-13", "NO_SPRAK": "nn"},
        f"{shown}_NN SMS_TEST_NN",
        "SMS_TEST_NB",
    )
    yield _row(
        "NARKONTAKT",
        "Somali",
        {last: "2022-01-13", "NO_SPRAK": "so"},
        f"{shown}_EN SMS_TEST_EN",
        "SMS_TEST_NB",
    )


def _klynge() -> Iterator[Differs]:
    """Clusters."""
    yield _row(
        "KLYNGE", "ends before it starts", {"NO_KL_SLUTT": "2022-01-04T12:00:00"}, "KL_SLUTT_FOR_START"
    )
    yield _row("KLYNGE", "no place", {"NO_KL_STEDTEKST": ""}, "KL_UTEN_STED")
    yield _row("KLYNGE", "nursing home", {"NO_KL_TYPE": "SYKEHJEM"}, "KL_VARSEL_KREVES")
    over = {"NO_KL_STATUS.NO_KL_AVSLUTTET": "true"}
    yield _row("KLYNGE", "over", over)
    yield _row("KLYNGE", "over without an end", over | {"NO_KL_SLUTT": ""}, "KL_AVSLUTTET_UTEN_SLUTT")
    yield _row("KLYNGE", "no start", {"NO_KL_START": ""}, "", "KL_TIDER KL_VINDU")
