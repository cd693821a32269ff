"""Findings as a person reads them."""

from inline_snapshot import snapshot

from dhis2cfg.model.findings import Related, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.report.findings import cells, count_text, findings_text
from tests.unit.report.building import a_document, a_finding, a_place

FILE = "packages/covid-no/indicators.yaml"
LINES = a_document(FILE, "    name: Kvinner", "    filter: A{NO_KJONN} == 'Female' && V{event_count} > 0", "")
FEMALE = a_finding(
    place=Place(file=FILE, line=2, column=28, length=8),
    label="the codes are KVINNE, MANN, UKJENT",
    following="this indicator would count nothing, and DHIS2 accepts it without a word",
)


def test_a_finding_is_shown_in_its_line() -> None:
    """The sentence, the place, the line before, the line with carets, what next."""
    assert findings_text([FEMALE], LINES, 100) == snapshot("""\
error[option-code] 'Female' is no option of NO_KJONN
  packages/covid-no/indicators.yaml:2:28
  1 │     name: Kvinner
  2 │     filter: A{NO_KJONN} == 'Female' && V{event_count} > 0
    │                            ^^^^^^^^ the codes are KVINNE, MANN, UKJENT
      = this indicator would count nothing, and DHIS2 accepts it without a word

""")


def test_in_a_narrow_window_the_label_stands_below() -> None:
    """At 60 columns nothing is longer than the window."""
    assert findings_text([FEMALE], LINES, 60) == snapshot("""\
error[option-code] 'Female' is no option of NO_KJONN
  packages/covid-no/indicators.yaml:2:28
  1 │     name: Kvinner
  2 │     filter: A{NO_KJONN} == 'Female' && V{event_count}…
    │                            ^^^^^^^^
    │   the codes are KVINNE, MANN, UKJENT
      = this indicator would count nothing, and DHIS2
        accepts it without a word

""")


def test_what_is_meant_can_be_seen_in_a_long_line() -> None:
    """The line is shown from where the carets are."""
    long = a_document(FILE, "before", "    filter: " + "x" * 90 + " == 'Female' && " + "y" * 60)
    finding = a_finding(place=Place(file=FILE, line=2, column=107, length=8), label="no such option")
    assert findings_text([finding], long, 80) == snapshot("""\
error[option-code] 'Female' is no option of NO_KJONN
  packages/covid-no/indicators.yaml:2:107
  2 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxx == 'Female' && yyyyyyyyyyyyyyyyyyyyyyyyyyyy…
    │                                  ^^^^^^^^ no such option

""")


def test_the_whole_of_a_long_passage_is_never_wider_than_the_window() -> None:
    """Carets end with the window."""
    long = a_document(FILE, "x" * 300)
    finding = a_finding(place=Place(file=FILE, line=1, column=1, length=300), label="too long")
    assert findings_text([finding], long, 60) == snapshot("""\
error[option-code] 'Female' is no option of NO_KJONN
  packages/covid-no/indicators.yaml:1:1
  1 │ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
    │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    │   too long

""")


def test_related_places_are_named() -> None:
    """A second place stands below, with its turn of for_each."""
    first = Related(message="first defined here", place=Place(file="a.yaml", line=3, turn="sex=K"))
    finding = a_finding("duplicate-key", "twice", place=Place(file="b.yaml"), related=(first,), label="again")
    assert findings_text([finding], {}, 100) == snapshot("""\
error[duplicate-key] twice
  b.yaml:1:1
      = again
      = first defined here: a.yaml:3:1 (sex=K)

""")


def test_a_finding_without_text_is_its_place_alone() -> None:
    """A line that the file does not have is not shown."""
    finding = a_finding(place=a_place(FILE, 99), severity=Severity.WARNING)
    assert findings_text([finding], LINES, 100) == snapshot("""\
warning[option-code] 'Female' is no option of NO_KJONN
  packages/covid-no/indicators.yaml:99:5

""")


def test_texts_of_files_cannot_steer_the_terminal() -> None:
    """Escape sequences, line breaks and tabs in messages, labels and quoted lines are neutralised."""
    hostile = a_document("a\x1b[2J.yaml", "\tname: \x1b]0;pwned\x07 \u202eevil\r")
    finding = a_finding(
        "rule",
        "no\nfinding.\x1b[1A",
        place=Place(file="a\x1b[2J.yaml", line=1, column=2, length=4),
        label="\x9b",
    )
    assert findings_text([finding], hostile, 100) == snapshot("""\
error[rule] no finding.�[1A
  a�[2J.yaml:1:2
  1 │  name: �]0;pwned� �evil
    │  ^^^^ �

""")


def test_carets_stand_below_wide_and_composed_letters() -> None:
    """A letter of two columns takes two, a ring above takes none."""
    wide = a_document("a.yaml", "日本a\u030a: x")
    finding = a_finding("rule", "x", place=Place(file="a.yaml", line=1, column=7, length=1))
    assert findings_text([finding], wide, 80).split("\n")[2:4] == ["  1 │ 日本a\u030a: x", "    │        ^"]
    assert cells("日本a\u030a") == 5


def test_the_last_line_counts() -> None:
    """Nothing found, one of a kind, several; the worst one's rule is offered."""
    warning = a_finding("no-sharing", severity=Severity.WARNING)
    note = a_finding("raw-text", severity=Severity.INFO)
    assert count_text([], 1, 612) == "1 file, 612 objects: no finding.\n"
    assert count_text([note, note, warning, FEMALE, FEMALE], 43, 612) == (
        "2 errors, 1 warning, 2 info in 43 files. More on a rule: dhis2cfg explain option-code\n"
    )
