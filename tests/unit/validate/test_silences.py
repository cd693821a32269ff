"""Findings silenced in place: the reason, the line, and what cannot be silenced."""

from dhis2cfg.load.text.events import parse
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.validate.silences import silenced, silences_in

FILE = "packages/demo/a.yaml"
KNOWN = frozenset({"no-sharing", "raw-text", "unit-parent", "wrong-form"})
OVER_STATES = frozenset({"no-sharing", "unit-parent"})


def document(text: str, file: str = FILE) -> Document:
    """A file."""
    return parse(text, file)[0]


def told(rule: str, line: int, severity: Severity = Severity.ERROR) -> Finding:
    """A finding on a line."""
    return Finding(rule=rule, message="x", place=Place(file=FILE, line=line), severity=severity)


def rest(text: str, *findings: Finding) -> list[tuple[str, int]]:
    """What is left of findings, and what is said of comments: rule and line."""
    left = silenced(findings, {FILE: document(text)}, known=KNOWN, over_states=OVER_STATES)
    return [(each.rule, each.place.line) for each in left]


def test_on_the_line_and_above_it() -> None:
    """A comment speaks of the line that it ends, or of the first one below that is no comment."""
    text = (
        "a: 1  # dhis2cfg: ignore no-sharing: a trial\n"
        "# dhis2cfg: ignore unit-parent: two roots here\n"
        "# dhis2cfg: ignore no-sharing: nobody sees it\n"
        "# another comment\n"
        "b: 2\n"
    )
    assert rest(text, told("no-sharing", 1), told("unit-parent", 5), told("no-sharing", 5)) == []
    assert rest(text, told("no-sharing", 1), told("unit-parent", 1), told("no-sharing", 5)) == [
        ("unit-parent", 1),
        ("silence-effect", 2),
    ]


def test_at_the_end_of_a_file() -> None:
    """A comment with nothing below it speaks of nothing."""
    assert rest("a: 1\n# dhis2cfg: ignore no-sharing: why") == [("silence-effect", 2)]


def test_without_a_reason() -> None:
    """It silences nothing, and says what to write."""
    text = (
        "a: 1  # dhis2cfg: ignore no-sharing\n"
        "b: 2  # dhis2cfg: ignore no-sharing:\n"
        "c: 3  # dhis2cfg: ignore\n"
    )
    assert rest(text, told("no-sharing", 1)) == [
        ("no-sharing", 1),
        ("silence-reason", 1),
        ("silence-reason", 2),
        ("silence-reason", 3),
    ]
    findings = silenced([], {FILE: document(text)}, known=KNOWN, over_states=OVER_STATES)
    first, _, last = findings
    assert first.message == "the comment does not say why no-sharing is silenced"
    assert first.following == "write # dhis2cfg: ignore RULE: reason"
    assert (first.place.column, first.place.length) == (7, 29)
    assert last.message == "the comment names no rule"


def test_a_rule_that_there_is_not() -> None:
    """It is told, with what was meant."""
    text = "a: 1  # dhis2cfg: ignore no-sharings: why\n"
    (finding,) = silenced([], {FILE: document(text)}, known=KNOWN, over_states=OVER_STATES)
    assert (finding.rule, finding.following) == ("unknown-rule", "did you mean no-sharing?")


def test_what_cannot_be_silenced() -> None:
    """Errors that make a file unreadable stay; their warnings may go."""
    text = "a: 1  # dhis2cfg: ignore wrong-form: I know\nb: 2  # dhis2cfg: ignore raw-text: checked by hand\n"
    assert rest(text, told("wrong-form", 1), told("raw-text", 2, Severity.INFO)) == [
        ("wrong-form", 1),
        ("silence-effect", 1),
    ]


def test_what_is_no_comment() -> None:
    """A text that looks so, in whatever holds texts; a table; a file without any."""
    text = (
        'a: "x # dhis2cfg: ignore no-sharing: a text"\n'
        'b: ["y # dhis2cfg: ignore no-sharing: text", {c: !raw "z # dhis2cfg: ignore no-sharing: text"}]\n'
        "d: 'x#dhis2cfg: ignore'\n"
    )
    assert list(silences_in(document(text))) == []
    table = Document(file="a.csv", root=None, text="# dhis2cfg: ignore no-sharing: x\n")
    assert list(silences_in(table)) == []
    assert list(silences_in(document("a: 1  # a comment\n"))) == []
    assert len(list(silences_in(Document(file=FILE, root=None, text=table.text)))) == 1
