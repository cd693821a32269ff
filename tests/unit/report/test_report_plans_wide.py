"""Plans on a wide terminal."""
# ruff: noqa: E501 - lines of 160 columns, as they are printed

from inline_snapshot import snapshot

from tests.unit.report.building import told
from tests.unit.report.release import RELEASE


def test_the_same_at_160_columns() -> None:
    """There is room for everything on one line."""
    assert told(RELEASE, width=160, saved="plan.json") == snapshot("""\
covid-no 1.4.0 → 1 target (prod)
  + create  ~ change  - delete  = adopt  ! needs a word from you    612 objects compared, 608 as they should be

tromso
! ~ option set Prøvesvar · NO_PROVESVAR
        option Positiv: code POS → POSITIV                                     breaking                    option-sets/prove.yaml:6
          touches 412 events
  program Indeksregistrering og oppfølging · NO_C19_INDEKS
    ~ stage Bakgrunnsundersøkelse
        Eksponeringssted: compulsory no → yes                                  phones: sync first          stages/bakgrunn.yaml:14
        + Årsak til utenlandsopphold                                                                       program.yaml:9
    + rule Skjul årsak til utenlandsopphold                                                                rules.yaml:88
        hides Årsak til utenlandsopphold when #{smittested} != 'LAND'
  along the way: version of program NO_C19_INDEKS +1, phones download it again
  2 calls: a rule acts on an element that its stage gains (E4047); call 2 can be tried only after call 1.

1 target to change · 2 creates, 3 changes, 0 deletes · 1 breaking · 1 mark for phones
As it stands apply refuses it: --allow breaking is missing.
Apply it: dhis2cfg apply plan.json --allow breaking
""")
