"""Plans as a reviewer reads them: whole terminal texts."""

from dataclasses import replace
from typing import Any

from inline_snapshot import snapshot

from dhis2cfg.errors import Unreachable
from dhis2cfg.model.findings import Severity
from dhis2cfg.model.plan import Author, Kind, Mark, Reason, Risk, StepKind, Touched
from dhis2cfg.model.run import Refused
from dhis2cfg.report.plans import question
from tests.unit.report.building import (
    BY_HAND,
    a_change,
    a_finding,
    a_local,
    a_member,
    a_place,
    a_plan,
    a_refusal,
    a_step,
    for_target,
    told,
)
from tests.unit.report.release import ACTION, DESCRIPTION, DRIFT, OWN, PROGRAM, RELEASE, RULE, STAGE


def test_a_release_for_three_targets_of_which_one_differs() -> None:
    """What is common stands once, below the targets that have just it; the other tells what it has more."""
    oslo = for_target(RELEASE, "oslo", DRIFT, local=OWN)
    plans = (RELEASE, for_target(RELEASE, "amot"), oslo)
    assert told(*plans, commit="4f3a2c1") == snapshot("""\
covid-no 1.4.0 → 3 targets (prod), commit 4f3a2c1
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 607 to 608 as they should be

tromso, amot: same plan
! ~ option set Prøvesvar · NO_PROVESVAR
        option Positiv: code POS → POSITIV         breaking        option-sets/prove.yaml:6
          touches 412 events
  program Indeksregistrering og oppfølging · NO_C19_INDEKS
    ~ stage Bakgrunnsundersøkelse
        Eksponeringssted: compulsory no → yes      phones: sync first  stages/bakgrunn.yaml:14
        + Årsak til utenlandsopphold                               program.yaml:9
    + rule Skjul årsak til utenlandsopphold                        rules.yaml:88
        hides Årsak til utenlandsopphold when #{smittested} != 'LAND'
  along the way: version of program NO_C19_INDEKS +1, phones download it again
  2 calls to each server: a rule acts on an element that its stage gains (E4047); call 2 can be
    tried only after call 1.

oslo: the same, and
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14
  kept as oslo's own: 2 options of Eksponeringssted, 1 organisation unit of NO_C19_INDEKS, 1
    translation of X, 1 sharing entry of NO_R, public access of NO_R, data element Eget felt

3 targets to change · each 2 creates, 3 to 4 changes, 0 deletes · 1 breaking · 1 mark for phones
As it stands apply refuses it: --allow breaking is missing.
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json --allow breaking
""")


def test_the_same_at_80_columns() -> None:
    """Places move to lines of their own, and long sentences are folded."""
    assert told(
        RELEASE, for_target(RELEASE, "oslo", DRIFT, local=OWN), width=80, selection="-m tromso"
    ) == snapshot("""\
covid-no 1.4.0 → 2 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 607 to 608 as they should be

tromso
! ~ option set Prøvesvar · NO_PROVESVAR
        option Positiv: code POS → POSITIV   breaking
          option-sets/prove.yaml:6
          touches 412 events
  program Indeksregistrering og oppfølging · NO_C19_INDEKS
    ~ stage Bakgrunnsundersøkelse
        Eksponeringssted: compulsory no → yes   phones: sync first
          stages/bakgrunn.yaml:14
        + Årsak til utenlandsopphold
          program.yaml:9
    + rule Skjul årsak til utenlandsopphold
          rules.yaml:88
        hides Årsak til utenlandsopphold when #{smittested} != 'LAND'
  along the way: version of program NO_C19_INDEKS +1, phones download it again
  2 calls: a rule acts on an element that its stage gains (E4047); call 2 can be
    tried only after call 1.

oslo: the same, and
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"
          program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14
  kept as oslo's own: 2 options of Eksponeringssted, 1 organisation unit of
    NO_C19_INDEKS, 1 translation of X, 1 sharing entry of NO_R, public access of
    NO_R, data element Eget felt

2 targets to change · each 2 creates, 3 to 4 changes, 0 deletes · 1 breaking · 1
  mark for phones
As it stands apply refuses it: --allow breaking is missing.
Keep it: dhis2cfg plan -m tromso --out plan.json
Apply it: dhis2cfg apply plan.json --allow breaking
""")


def test_a_conflict_says_what_all_three_sides_want() -> None:
    """Base, package and server, each with where it comes from; and the two ways out."""
    plan = a_plan(DESCRIPTION, refusals=(a_refusal("conflict"),), target="oslo")
    assert told(plan) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 611 as they should be

oslo
! ~ program Nærkontaktregistrering og oppfølging · NO_C19_NARKONTAKT   conflict, 1 field
        description
            last applied  "Oppfølging i 10 dager"
            the package   "Oppfølging i 7 dager"    program.yaml:9
            the server    "Oppfølging i 14 dager (vedtak 3/11)"
                          last saved by lokal.admin 2026-11-02 09:14
            take the package's: --allow conflict     keep the server's: write it into
              municipalities/oslo.yaml (patches)

1 target to change · 0 creates, 1 change, 0 deletes · 1 conflict
As it stands apply refuses it: --allow conflict is missing.
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json --allow conflict
""")


def test_a_conflict_over_several_targets_names_who_saved_what_where() -> None:
    """Authors that differ are told with their targets; what was removed by hand is not there."""
    first = a_plan(
        a_change("dataElements", "A", "name", reason=Reason.CONFLICT, base="a", after="b", author=BY_HAND)
    )
    other = a_change("dataElements", "A", "name", reason=Reason.CONFLICT, base="a", after="b", place=None)
    third = a_change(
        "dataElements",
        "A",
        "name",
        reason=Reason.CONFLICT,
        base="a",
        after="b",
        author=Author(username="kari", at="2026-11-03T16:40:00"),
    )
    text = told(first, a_plan(third, target="oslo"), a_plan(other, target="amot"))
    assert text == snapshot("""\
covid-no 1.4.0 → 3 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 as they should be

tromso, oslo, amot: same plan
! ~ data element A · A                             conflict, 1 field
        name
            last applied  "a"
            the package   "b"    program.yaml:9
            the server    not there
                          last saved by lokal.admin 2026-11-02 09:14 (tromso) and kari 2026-11-03
                            16:40 (oslo)
            take the package's: --allow conflict     keep the server's: write it into its
              municipality (patches)

3 targets to change · each 0 creates, 1 change, 0 deletes · 1 conflict
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")


def test_the_first_time_on_three_servers() -> None:
    """A new program is one line, other new objects are counted, deviations of a target are told apart."""
    values = {"programTrackedEntityAttributes[A]": True, "programTrackedEntityAttributes[A].mandatory": True}
    program = a_change("programs", "P", title=PROGRAM, after=values)
    stage = a_change(
        "programStages",
        "P/S",
        title="Prøve",
        within=(PROGRAM,),
        inside=True,
        after={"programStageDataElements[B]": True, "programStageDataElements#order": ["B"]},
    )
    rule = a_change(
        "programRules", "P/R", title="Skjul", within=(PROGRAM,), inside=True, after={"condition": "1 < 5"}
    )
    action = a_change("programRuleActions", "P/R/A", within=(PROGRAM, "Skjul"), inside=True)
    elements = [a_change("dataElements", f"E{at}", after={"name": f"E{at}", "order": at}) for at in range(12)]
    options = [a_change("options", f"SET/{at}", within=("Svar",), inside=True) for at in range(3)]
    option_set = a_change("optionSets", "SET", title="Svar")
    unit = a_change("organisationUnits", "oslo", title="Oslo", place=a_place("municipalities/oslo.yaml", 5))
    common = (program, stage, rule, action, *elements, option_set, *options)
    base = a_plan(*common, applied={})
    deviating = a_change(
        "programs",
        "P",
        title=PROGRAM,
        after={**values, "organisationUnits[oslo]": True, "incidentDateLabel": "Prøvedato", "version": None},
    )
    other = a_change(
        "programRules", "P/R", title="Skjul", within=(PROGRAM,), inside=True, after={"condition": "1 < 6"}
    )
    oslo = a_plan(
        deviating,
        stage,
        other,
        action,
        *elements,
        option_set,
        *options,
        unit,
        target="oslo",
        applied={},
        compared=613,
    )
    assert told(base, for_target(base, "amot"), oslo) == snapshot("""\
covid-no 1.4.0 → 3 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 to 613 objects compared on each, 592 as they should be

tromso, amot: same plan
  + program Indeksregistrering og oppfølging · P: 1 stage, 2 fields, 1 rule (1 action)
  + 12 data elements, 1 option set (3 options)    --full lists them

oslo: the same, and
  + organisation unit Oslo · oslo                                  municipalities/oslo.yaml:5
    program Indeksregistrering og oppfølging:
        incident date label "Prøvedato", elsewhere –
        + organisation unit oslo
    rule Skjul: condition "1 < 6", elsewhere "1 < 5"

3 targets to change · each 20 to 21 creates, 0 changes, 0 deletes
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")


def test_full_lists_what_is_new() -> None:
    """Every new object has a line, actions stand in words behind their rule."""
    program = a_change("programs", "NO_C19_INDEKS", title=PROGRAM)
    many = [
        a_change(
            "programRuleActions",
            f"NO_C19_INDEKS/NO_R_ARSAK/SHOW_{at}",
            within=(PROGRAM, "Skjul"),
            after={
                "programRuleActionType": "SHOWWARNING",
                "dataElement": f"E{at}",
                "content": "Er det riktig?",
            },
        )
        for at in range(5)
    ]
    plan = a_plan(program, RULE, ACTION, *many, local=OWN)
    assert told(plan, full=True) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 604 as they should be

tromso
  + program Indeksregistrering og oppfølging · NO_C19_INDEKS       program.yaml:9
        1 rule (6 actions)
    + rule Skjul årsak til utenlandsopphold                        rules.yaml:88
        hides NO_ARSAK and warns at E0, E1, E2, E3 and E4 "Er det riktig?" when #{smittested} !=
          'LAND'
  kept as tromso's own:
    option Marka of option set Eksponeringssted
    option Nordmarka of option set Eksponeringssted
    organisation unit Bjerke of program NO_C19_INDEKS
    translation name (nn) of data element X: "Prøve"
    access of Lokale of user role NO_R: "r-------"
    public access of user role NO_R: "r-------"
    data element Eget felt

1 target to change · 8 creates, 0 changes, 0 deletes
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")


def test_nothing_to_do_is_one_sentence() -> None:
    """Empty plans, with what the municipalities have of their own in numbers; --full lists it."""
    empty = a_plan(local=OWN[:2], target="oslo")
    assert told(a_plan(), empty, a_plan(target="amot", compared=620)) == snapshot("""\
covid-no 1.4.0 → 3 targets: no changes (612 to 620 objects compared on each). oslo has 2 things of
  its own.
""")
    assert told(a_plan(), empty, full=True) == snapshot("""\
covid-no 1.4.0 → 2 targets: no changes (612 objects compared on each).
  kept as oslo's own:
    option Marka of option set Eksponeringssted
    option Nordmarka of option set Eksponeringssted
""")
    assert told(a_plan()) == "covid-no 1.4.0 → 1 target: no changes (612 objects compared).\n"


def test_who_cannot_be_planned_is_a_row_of_its_own() -> None:
    """The others are shown all the same; unchanged ones in one line."""
    gone = Unreachable(
        "cannot sign in to oslo: https://oslo.example.org said 401",
        details=("the token comes from DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG, which is set but was refused",),
        following=("try it: dhis2cfg doctor -m oslo",),
    )
    assert told(a_plan(DRIFT), a_plan(target="amot"), failed={"oslo": gone}) == snapshot("""\
covid-no 1.4.0 → 2 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 to 612 as they should be

tromso
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14

amot: no changes

oslo: cannot be planned: cannot sign in to oslo: https://oslo.example.org said 401
  the token comes from DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG, which is set but was refused
  try it: dhis2cfg doctor -m oslo

1 target to change · 0 creates, 1 change, 0 deletes
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")
    assert told(failed={"oslo": gone}) == snapshot("""\
oslo: cannot be planned: cannot sign in to oslo: https://oslo.example.org said 401
  the token comes from DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG, which is set but was refused
  try it: dhis2cfg doctor -m oslo
""")


def test_what_no_word_allows_says_what_to_do() -> None:
    """Refusals and the server's own dry run, each once with its targets, and no command that would fail."""
    refusals = (
        a_refusal(following="members are existing usernames", place=a_place("municipalities/oslo.yaml", 7)),
        a_refusal(message="not supported yet: deleting optionSets/NO_X"),
    )
    plan = a_plan(DRIFT, refusals=refusals)
    assert told(plan, for_target(plan, "oslo")) == snapshot("""\
covid-no 1.4.0 → 2 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 as they should be

tromso, oslo: same plan
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14

2 targets to change · each 0 creates, 1 change, 0 deletes
tromso, oslo: refused: there is no user kari01 on the server
  municipalities/oslo.yaml:7
  next: members are existing usernames
tromso, oslo: refused: not supported yet: deleting optionSets/NO_X
  next: nothing is written to it before that is mended
""")


def test_a_takeover_and_what_is_adopted() -> None:
    """Somebody's value is shown with the word that allows it; what was found keeps its UID."""
    adopted = a_change(
        "organisationUnits",
        "oslo",
        kind=Kind.ADOPT,
        title="Oslo",
        note="found on the server; keeps its UID",
        after=None,
    )
    takeover = a_change(
        "organisationUnits",
        "oslo",
        "openingDate",
        reason=Reason.TAKEOVER,
        title="Oslo",
        before=None,
        after="1970-01-01",
    )
    unknown = a_change(
        "dataElements",
        "A",
        "valueType",
        risk=Risk.BREAKING,
        before="TEXT",
        after="NUMBER",
        touched=Touched(count=None),
    )
    assert told(a_plan(adopted, takeover, unknown)) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 610 as they should be

tromso
! ~ data element A · A
        value type TEXT → NUMBER                   breaking        program.yaml:9
          how many stored values it touches could not be learnt, and counts as touched
! = organisation unit Oslo · oslo                  found on the server; keeps its UID
        opening date – → 1970-01-01                takeover        program.yaml:9

1 target to change · 0 creates, 2 changes, 0 deletes · 1 adoption, 1 breaking, 1 takeover
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")


def test_what_goes() -> None:
    """Members, children and whole objects that are dropped, and moves."""
    gone = a_change(
        "programRules", "P/R", kind=Kind.DELETE, reason=Reason.DROPPED, title="Skjul", within=(PROGRAM,)
    )
    option = a_change("options", "S/A", kind=Kind.DELETE, reason=Reason.DROPPED, title="Ja", within=("Svar",))
    whole = a_change("programIndicators", "I", kind=Kind.DELETE, reason=Reason.DROPPED, title="Smittede")
    member = a_change(
        "programs",
        "P",
        "organisationUnits[oslo]",
        title=PROGRAM,
        kind=Kind.DELETE,
        reason=Reason.DROPPED,
        label="Oslo",
        before=True,
    )
    moved = a_change("programs", "P", "programStages#order", title=PROGRAM, kind=Kind.MOVE, after=["B", "A"])
    deep = a_change(
        "programStageSections",
        "P/S/X",
        "name",
        title="Smitte",
        within=STAGE,
        before="Smitte",
        after="Smittested",
    )
    assert told(a_plan(gone, option, whole, member, moved, deep)) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 607 as they should be

tromso
  ~ program Indeksregistrering og oppfølging · P
        - organisation unit Oslo                   no longer in the package  program.yaml:9
        order of program stages: B, A                              program.yaml:9
    - rule Skjul                                   no longer in the package
    ~ section Smitte in Bakgrunnsundersøkelse
        name "Smitte" → "Smittested"                               program.yaml:9
  ~ option set Svar · S                            no longer in the package
        - option Ja
  - program indicator Smittede · I                 no longer in the package

1 target to change · 0 creates, 3 changes, 3 deletes
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")


def test_what_is_new_inside_what_stands() -> None:
    """A new option is told once, not as a member too; a text in its second place is not repeated."""
    option = a_change("options", "S/A", title="Ja", within=("Svar",))
    member = a_member("optionSets", "S", "options[S/A]", "Ja", title="Svar")
    name = a_change("optionSets", "S", "name", title="Svar", before="Svar", after="Svaret")
    norwegian = a_change(
        "optionSets",
        "S",
        "translations[NAME,no]",
        label="name (no)",
        title="Svar",
        before="Svar",
        after="Svaret",
    )
    english = a_change(
        "optionSets",
        "S",
        "translations[NAME,en]",
        label="name (en)",
        title="Svar",
        before="Reply",
        after="Answer",
    )
    action = a_change(
        "programRuleActions",
        "P/R/X",
        title="SHOWERROR_A",
        within=(PROGRAM, "Skjul"),
        marks=(Mark.DEVICES,),
        after={"programRuleActionType": "SHOWERROR", "dataElement": "A", "content": "Nei"},
    )
    odd = a_change("programRuleActions", "P/R/Y", title="NEWTYPE_B", within=(PROGRAM, "Skjul"), after=None)
    plan = a_plan(option, member, name, norwegian, english, action, odd)
    assert told(plan) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 608 as they should be

tromso
  ~ option set Svar · S
        name "Svar" → "Svaret"                                     program.yaml:9
        name (en) "Reply" → "Answer"                               program.yaml:9
    + option Ja                                                    program.yaml:9
  program Indeksregistrering og oppfølging · P
    + action refuses A "Nei" in Skjul              phones: sync first  program.yaml:9
    + action NEWTYPE_B in Skjul                                    program.yaml:9

1 target to change · 3 creates, 4 changes, 0 deletes · 1 mark for phones
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")
    assert told(plan, full=True) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 608 as they should be

tromso
  ~ option set Svar · S
        + Ja                                                       program.yaml:9
        name "Svar" → "Svaret"                                     program.yaml:9
        name (no) "Svar" → "Svaret"                                program.yaml:9
        name (en) "Reply" → "Answer"                               program.yaml:9
    + option Ja                                                    program.yaml:9
  program Indeksregistrering og oppfølging · P
    + action refuses A "Nei" in Skjul              phones: sync first  program.yaml:9
    + action NEWTYPE_B in Skjul                                    program.yaml:9

1 target to change · 3 creates, 4 changes, 0 deletes · 1 mark for phones
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")


def test_many_new_things_inside_what_stands_are_counted() -> None:
    """More than a dozen are folded."""
    options = [a_change("options", f"S/{at}", within=("Svar",)) for at in range(13)]
    assert told(a_plan(*options)) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 599 as they should be

tromso
  ~ option set Svar · S
    + 13 options    --full lists them

1 target to change · 13 creates, 0 changes, 0 deletes
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")


def test_a_long_text_shows_what_differs() -> None:
    """Words that both sides have are left out; where even that is too long, each side has its line."""
    words = "Registrering av indekstilfeller, smitteoppsporing rundt dem og oppfølging"
    long = a_change("programs", "P", "description", before=f"{words} til over", after=f"{words} til hevet")
    longer = a_change(
        "programs",
        "P",
        "programTrackedEntityAttributes[A].someRatherLongPropertyOfThatChild",
        label="Siste isolasjonsdag etter vedtak: someRatherLongPropertyOfThatChild",
        before="en ganske lang verdi som stod her",
        after="en annen verdi",
    )
    assert told(a_plan(long, longer), width=80) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 611 as they should be

tromso
  ~ program P · P
        description
          program.yaml:9
            …dem og oppfølging til [-over-] {+hevet+}
        Siste isolasjonsdag etter vedtak: some rather long property of that
            child
          program.yaml:9
            "en ganske lang…" →
            "en annen verdi"

1 target to change · 0 creates, 2 changes, 0 deletes
Keep it: dhis2cfg plan --all --out plan.json
Apply it: dhis2cfg apply plan.json
""")


def test_targets_without_a_common_plan_stand_apart() -> None:
    """Plans from different versions on are families of their own, and say from where."""
    fresh = a_plan(a_change("dataElements", "A"), target="bodo", applied={})
    assert told(RELEASE, fresh, commands=False) == snapshot("""\
covid-no 1.4.0 → 2 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 608 to 611 as they should be

tromso: covid-no 1.3.2 is applied
! ~ option set Prøvesvar · NO_PROVESVAR
        option Positiv: code POS → POSITIV         breaking        option-sets/prove.yaml:6
          touches 412 events
  program Indeksregistrering og oppfølging · NO_C19_INDEKS
    ~ stage Bakgrunnsundersøkelse
        Eksponeringssted: compulsory no → yes      phones: sync first  stages/bakgrunn.yaml:14
        + Årsak til utenlandsopphold                               program.yaml:9
    + rule Skjul årsak til utenlandsopphold                        rules.yaml:88
        hides Årsak til utenlandsopphold when #{smittested} != 'LAND'
  along the way: version of program NO_C19_INDEKS +1, phones download it again
  2 calls: a rule acts on an element that its stage gains (E4047); call 2 can be tried only after
    call 1.

bodo: for the first time
  + data element A · A                                             program.yaml:9

2 targets to change · each 1 to 2 creates, 0 to 3 changes, 0 deletes · 1 breaking (tromso) · 1 mark
  for phones (tromso)
As it stands apply refuses it: --allow breaking is missing.
""")
    two = (a_plan(DRIFT), a_plan(a_change("dataElements", "B"), target="oslo"))
    assert told(*two, commands=False) == snapshot("""\
covid-no 1.4.0 → 2 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 as they should be

tromso
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14

oslo
  + data element B · B                                             program.yaml:9

2 targets to change · each 0 to 1 create, 0 to 1 change, 0 deletes
""")


def test_a_target_that_lacks_something_says_so() -> None:
    """What the others get and it does not is named."""
    less = a_plan(DRIFT, target="oslo")
    both = a_plan(DRIFT, a_change("dataElements", "B", title="Ny"))
    assert told(both, for_target(both, "amot"), less, commands=False) == snapshot("""\
covid-no 1.4.0 → 3 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 610 to 611 as they should be

tromso, amot: same plan
  + data element Ny · B                                            program.yaml:9
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14

oslo: the same, but
  but not
    + data element Ny · B
            program.yaml:9

3 targets to change · each 0 to 1 create, 1 change, 0 deletes
""")


def test_many_targets_are_counted_by_name() -> None:
    """The first few names and a number; --full names all."""
    plans = [for_target(a_plan(DRIFT), f"k{at}") for at in range(10)]
    assert told(*plans, commands=False).splitlines()[4] == "k0, k1, k2, k3, k4, k5 and 4 more: same plan"
    assert told(*plans, commands=False, full=True).splitlines()[4].endswith("k8, k9: same plan")


def test_notes_and_calls_that_differ_stand_with_their_target() -> None:
    """A note of one target, and the calls of one target."""
    steps = (a_step(1), a_step(2, "E4047: why"))
    first = a_plan(DRIFT, notes=("seen as robot, who may not see everything",))
    second = for_target(a_plan(DRIFT), "oslo", steps=steps)
    assert told(first, second, for_target(a_plan(DRIFT), "amot"), commands=False) == snapshot("""\
covid-no 1.4.0 → 3 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 as they should be

amot
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14

tromso: the same, and
  seen as robot, who may not see everything

oslo: the same, and
  2 calls: why (E4047).

3 targets to change · each 0 creates, 1 change, 0 deletes
""")


def test_what_the_server_tried_and_files_warn_of() -> None:
    """A refused dry run and findings stand once, each with what to do."""
    error = Refused(type="programRules", path="P/R", code="E4057", message="a rule of this name is there")
    warnings = (
        a_finding("no-sharing", "everybody may see it", severity=Severity.WARNING, following="write sharing"),
        a_finding("raw-text", "passed on untouched", severity=Severity.INFO),
    )
    plan = a_plan(DRIFT, trial=(error,), findings=warnings)
    assert told(plan, for_target(plan, "oslo"), a_plan(DRIFT, target="amot")) == snapshot("""\
covid-no 1.4.0 → 3 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 as they should be

tromso, oslo, amot: same plan
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14

3 targets to change · each 0 creates, 1 change, 0 deletes
tromso, oslo: the server's dry run refuses programRules/P/R: E4057 a rule of this name is there
  next: mend it in the files, or on the server, and plan again
warning[no-sharing] everybody may see it
  packages/covid-no/indicators.yaml:2
  write sharing
info[raw-text] passed on untouched
  packages/covid-no/indicators.yaml:2
Keep it: dhis2cfg plan --all --out plan.json    Apply it: dhis2cfg apply plan.json
""")


def test_what_many_municipalities_have_of_their_own_is_counted() -> None:
    """A dozen sentences at most; equal ones are one; many kinds of one target end in a number."""
    plans = [a_plan(DRIFT, target=f"k{at}", local=OWN[:1] * (at + 1)) for at in range(13)]
    assert told(*plans, commands=False) == snapshot("""\
covid-no 1.4.0 → 13 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 as they should be

k0, k1, k2, k3, k4, k5 and 7 more: same plan
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14
  kept as their own: 91 things on 13 targets    --full lists them

13 targets to change · each 0 creates, 1 change, 0 deletes
""")
    alike = [a_plan(DRIFT, target=name, local=OWN[:2]) for name in ("oslo", "amot", "bodo")]
    assert told(*alike, commands=False) == snapshot("""\
covid-no 1.4.0 → 3 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 as they should be

oslo, amot, bodo: same plan
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14
  kept as their own by oslo, amot and bodo: 2 options of Eksponeringssted

3 targets to change · each 0 creates, 1 change, 0 deletes
""")
    kinds = tuple(a_local("dataElements", f"E{at}", "users[x]", "x") for at in range(15))
    assert told(a_plan(DRIFT, local=kinds), commands=False) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 611 as they should be

tromso
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14
  kept as tromso's own: 1 member of E0, 1 member of E1, 1 member of E2, 1 member of E3, 1 member of
    E4, 1 member of E5, 1 member of E6, 1 member of E7, 1 member of E8, 1 member of E9, 1 member of
    E10, 1 member of E11, 3 more things (--full lists them)

1 target to change · 0 creates, 1 change, 0 deletes
""")
    assert told(*(a_plan(target=plan.target, local=plan.local) for plan in plans)) == snapshot("""\
covid-no 1.4.0 → 13 targets: no changes (612 objects compared on each).
  kept as their own: 91 things on 13 targets    --full lists them
""")


def test_a_rule_of_many_deeds_says_three() -> None:
    """What is more is counted."""
    actions = [
        a_change(
            "programRuleActions",
            f"NO_C19_INDEKS/NO_R_ARSAK/A{at}",
            within=(PROGRAM, "Skjul"),
            after={"programRuleActionType": "SHOWWARNING", "dataElement": "A", "content": f"Nr {at}"},
        )
        for at in range(5)
    ]
    assert told(a_plan(RULE, *actions), commands=False) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 606 as they should be

tromso
  program Indeksregistrering og oppfølging · NO_C19_INDEKS
    + rule Skjul årsak til utenlandsopphold                        rules.yaml:88
        warns at A "Nr 0", warns at A "Nr 1", warns at A "Nr 2" and 2 more when #{smittested} !=
          'LAND'

1 target to change · 6 creates, 0 changes, 0 deletes
""")


def test_what_deviates_is_told_in_words() -> None:
    """Members by number where they are many, texts of other locales, fields of children; no order."""
    usual = {"name": "A", "organisationUnits[a]": True}
    other = {
        "name": "B",
        "translations[NAME,no]": "B",
        "translations[NAME,en]": "Be",
        "stages#order": ["B", "A"],
        "children[K].compulsory": True,
        "style.color": "#fff",
        **{f"organisationUnits[{name}]": True for name in "bcde"},
    }
    first = a_plan(a_change("programs", "P", title=PROGRAM, after=usual))
    second = a_plan(a_change("programs", "P", title=PROGRAM, after=other), target="oslo")
    assert told(first, for_target(first, "amot"), second, commands=False) == snapshot("""\
covid-no 1.4.0 → 3 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 as they should be

tromso, amot: same plan
  + program Indeksregistrering og oppfølging · P

oslo: the same, and
    program Indeksregistrering og oppfølging:
        name B, elsewhere A
        name (en) "Be", elsewhere –
        order of stages B, A, elsewhere –
        children K compulsory yes, elsewhere –
        style color "#fff", elsewhere –
        - organisation unit a
        + 4 organisation units

3 targets to change · each 1 create, 0 changes, 0 deletes
""")


def test_touched_data_are_counted() -> None:
    """One, several, several kinds."""
    for touched, words in (
        (Touched(count=1, what="tracked entities"), "touches 1 tracked entity"),
        (Touched(count=2, what="tracked entities"), "touches 2 tracked entities"),
        (Touched(count=1, what="events and enrollments"), "touches 1 events and enrollments"),
        (Touched(count=0), "touches 0 stored values"),
    ):
        change = a_change("dataElements", "A", "valueType", before="TEXT", after="DATE", touched=touched)
        assert f"          {words}\n" in told(a_plan(change))


def test_a_long_member_is_folded_as_one() -> None:
    """What comes into a list has no value before and after."""
    member = a_member("programStages", "P/S", "programStageDataElements[A]", "et navn " * 12, within=("P",))
    assert "        + et navn" in told(a_plan(member), width=80)
    assert "→" not in told(a_plan(member), width=80).split("\n", 1)[1]


def test_what_must_be_known_first_stands_first() -> None:
    """Who looked and whether there is a record, then the changes, then what becomes of things."""
    notes = (
        "along the way: version of program P +1, phones download it again",
        "seen as robot, who may not see everything",
        "forgotten: options/A/B is gone from the server and from the package",
        *(f"orphan: dataElements/E{at} stays on the server (facts §5)" for at in range(13)),
    )
    assert told(a_plan(DRIFT, notes=notes), commands=False) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 611 as they should be

tromso
  seen as robot, who may not see everything
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14
  along the way: version of program P +1, phones download it again
  orphan: dataElements/E0 stays on the server
  orphan: dataElements/E1 stays on the server
  orphan: dataElements/E2 stays on the server
  orphan: 10 more    --full lists them

1 target to change · 0 creates, 1 change, 0 deletes
""")
    full = told(a_plan(DRIFT, notes=notes), commands=False, full=True)
    assert "  forgotten: options/A/B is gone" in full
    assert "  orphan: dataElements/E12 stays on the server\n" in full


def test_targets_without_changes_tell_what_is_to_know_all_the_same() -> None:
    """Notes and refusals of empty plans are not lost; what was forgotten waits for --full."""
    note = "run 7Q2M was left in call 2 of 2: dhis2cfg apply -m oslo finishes it"
    noted = a_plan(target="oslo", notes=(note,), refusals=(a_refusal(),))
    forgotten = a_plan(target="amot", notes=("forgotten: options/A/B is gone from the server",))
    assert told(noted, forgotten) == snapshot("""\
covid-no 1.4.0 → 2 targets: no changes (612 objects compared on each).
oslo:
  run 7Q2M was left in call 2 of 2: dhis2cfg apply -m oslo finishes it
oslo: refused: there is no user kari01 on the server
  next: nothing is written to it before that is mended
""")
    assert told(noted, for_target(noted, "bodo", refusals=()), a_plan(DRIFT), commands=False) == snapshot("""\
covid-no 1.4.0 → 3 targets (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared on each, 611 to 612 as they should be

tromso
  ~ data element Dato for symptomstart · PATCOURSE_DATEONSET   set back
        form name "Debut" → "Dato for symptomstart"                program.yaml:9
          last saved by lokal.admin 2026-11-02 09:14

oslo, bodo: no changes
oslo, bodo:
  run 7Q2M was left in call 2 of 2: dhis2cfg apply -m oslo finishes it

1 target to change · 0 creates, 1 change, 0 deletes
oslo: refused: there is no user kari01 on the server
  next: nothing is written to it before that is mended
""")
    assert "forgotten" in told(forgotten, full=True)


def test_the_question_says_what_is_dangerous() -> None:
    """Targets, changes and risks of all of them; the number of targets is the answer."""
    assert question([RELEASE, for_target(RELEASE, "oslo", DESCRIPTION)]) == (
        "2 targets, 11 changes, 2 breaking, 1 conflict. Go on? Type 2: "
    )
    assert question([a_plan(DRIFT)]) == "1 target, 1 change. Go on? Type 1: "


def test_what_goes_for_good() -> None:
    """Objects that are pruned, with the data on them; logic that was edited since, with who did it."""
    author = Author(username="lokal.admin", at="2026-11-02T09:14:00.000")
    given: dict[str, Any] = {"kind": Kind.DELETE, "reason": Reason.DROPPED}
    program = a_change(
        "programs",
        "P",
        title=PROGRAM,
        risk=Risk.DESTRUCTIVE,
        touched=Touched(count=0, what="enrolments and events"),
        **given,
    )
    combo = a_change(
        "categoryCombos", "C", title="Kjønn", risk=Risk.IRREVERSIBLE, touched=Touched(count=None), **given
    )
    option = a_change(
        "options",
        "S/A",
        title="Ja",
        within=("Svar",),
        risk=Risk.DESTRUCTIVE,
        touched=Touched(count=0, what="events"),
        **given,
    )
    edited = a_change(
        "programRules",
        "P/R",
        title="Skjul",
        within=(PROGRAM,),
        kind=Kind.DELETE,
        reason=Reason.CONFLICT,
        author=author,
        note="edited by hand since it was applied",
    )
    steps = (a_step(), replace(a_step(2, "what goes is deleted after"), kind=StepKind.DELETE))
    assert told(a_plan(program, combo, option, edited, steps=steps), commands=False) == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you
  612 objects compared, 608 as they should be

tromso
! - category combo Kjønn · C                       no longer in the package   irreversible
      how many stored values it touches could not be learnt, and counts as touched
! - program Indeksregistrering og oppfølging · P   no longer in the package   destructive
      touches 0 enrolments and events
    - rule Skjul                                   conflict   edited by hand since it was applied
      last saved by lokal.admin 2026-11-02 09:14
! ~ option set Svar · S                            no longer in the package   destructive
        - option Ja
          touches 0 events
  2 steps: what goes is deleted after.

1 target to change · 0 creates, 0 changes, 4 deletes · 2 destructive, 1 irreversible, 1 conflict
""")
