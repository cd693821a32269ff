"""Two values beside each other: texts, expressions, sequences, rights, and how a sentence is written."""

from typing import Any

import pytest

from dhis2cfg.model.diff import Affected
from dhis2cfg.model.plan import Kind, Mark, Reason, Risk, Touched
from dhis2cfg.report.diffs.access import access_rows
from dhis2cfg.report.diffs.people import anonymous, few
from dhis2cfg.report.diffs.sentences import aside, for_whom, predicate, risk_word, sign_of, subject
from dhis2cfg.report.pull_requests.markdown import as_markdown, code, escaped, fenced, item, table
from dhis2cfg.report.sentences.marked import marked
from dhis2cfg.report.sentences.rights import authority, in_words, rights_changed
from dhis2cfg.report.sentences.spans import Span, Style, as_text, coded, cut, joined, named, say, some
from dhis2cfg.report.sentences.values import told_values
from tests.unit.report.building import BY_HAND, a_change


def values(before: Any, after: Any, field: str = "name", **more: Any) -> str:
    """What is told of two values."""
    return as_text(told_values(a_change("programRules", "P/R", field, before=before, after=after, **more)))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b c", "a x c", "a [-b-] {+x+} c"),
        ("a b", "a b c", "a b{+ c+}"),
        ("a b c", "a c", "a [-b -]c"),
        ("one " * 9 + "end", "one " * 9 + "stop", "…one one one one [-end-] {+stop+}"),
        (
            "x " + "same " * 20 + "y",
            "z " + "same " * 20 + "w",
            "[-x-] {+z+} same same same same…same same same same [-y-] {+w+}",
        ),
    ],
)
def test_words_that_went_and_came(before: str, after: str, told: str) -> None:
    """Words are marked; of what is equal only what stands beside them is left."""
    assert as_text(marked(before, after)) == told


def test_very_long_texts() -> None:
    """Of a form of thousands of words the first that differ, and how many there are."""
    told = as_text(marked("a " * 3000, "a " * 1500 + "b " * 1500))
    assert told.startswith("…a a a a [-a a a")
    assert told.endswith("(6000 and 6000 words)")
    assert as_text(marked("a " * 3000, "a " * 3000 + "b")).endswith("(6000 and 6001 words)")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, True, "– → yes"),
        (False, None, "no → –"),
        ("TEXT", "NUMBER", "TEXT → NUMBER"),
        ("Debut", "Feber", "“Debut” → “Feber”"),
        (38, 38.5, "38 → 38.5"),
        (["A", "B"], ["B", "C"], "+ C, - A"),
        (["A", "B"], ["B", "A"], "another order: B, A"),
        ({"a": 1}, ("X",), "a: 1 → X"),
        ({"a"}, None, "{'a'} → –"),
        ("", "x" * 300, f"– → “{'x' * 200}… (300 characters)”"),
    ],
)
def test_values(before: Any, after: Any, told: str) -> None:
    """Yes and no, codes, texts in quotes, lists as sets, nothing as a dash."""
    assert values(before, after) == told


def test_names_beside_keys() -> None:
    """A reference is told by its name, its key behind it."""
    names = {"P/S": "Bakgrunn", "T": "Prøve"}
    assert values("P/S", "T", "programStage", names=names) == "Bakgrunn (S) → Prøve (T)"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("#{a} > 38.0", "#{a} > 38.5", "38.0 → 38.5"),
        ("#{a} > 1 && #{b}", "#{b}  && #{a} > 1", "written otherwise, means the same"),
        ("#{a}", "#{a} && #{b}", "and now #{b}"),
        ("#{a} && #{b} && #{c}", "#{a} && #{c}", "no longer #{b}"),
        ("#{a} >", "#{a} > 1", "#{a} > → #{a} > 1"),
        (None, "#{a}", "– → #{a}"),
        (
            " && ".join(f"#{{a{n}}} == {n}" for n in range(9)),
            " && ".join(f"#{{a{n}}} == {n + 10}" for n in range(9)),
            None,
        ),
    ],
)
def test_expressions_by_their_parts(before: str | None, after: str, told: str | None) -> None:
    """What differs of two expressions; as a whole where one cannot be read, or where too much differs."""
    said = values(before, after, "condition")
    assert said == told if told is not None else said.startswith("#{a0} == 0 &&")


def test_keys_of_expressions_have_names() -> None:
    """Keys that stand in an expression are told with their names."""
    change = a_change(
        "programIndicators",
        "I",
        "filter",
        before="#{S.E} > 1",
        after="#{S.E} > 2",
        names={"P/S": "Stage", "E": "Element"},
    )
    assert as_text(told_values(change)) == "1 → 2; where S is Stage and E is Element"
    odd = a_change("programIndicators", "I", "filter[", before="a", after="b")
    assert as_text(told_values(odd)) == "“a” → “b”"
    aggregate = a_change("indicators", "I", "numerator", before="#{E}", after="#{F}")
    assert as_text(told_values(aggregate)) == "#{E} → #{F}"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (["A", "B", "C"], ["C", "A", "B"], "order of stages: C now comes first"),
        (["A", "B", "C"], ["A", "C", "B"], "order of stages: C now comes after A"),
        (["A", "B"], ["A", "B"], "order of stages: another order"),
        (None, None, "order of stages: another order"),
        (list("ABCDEFGH"), list("HGFEDCBA"), None),
    ],
)
def test_moves(before: list[str] | None, after: list[str] | None, told: str | None) -> None:
    """The fewest members that moved, each with its neighbour; of many how many."""
    change = a_change("programs", "P", "stages#order", before=before, after=after, kind=Kind.MOVE)
    said = as_text(predicate(change))
    assert said == told if told is not None else said.endswith("4 more move")


def test_rights() -> None:
    """Access strings and authorities in the words of those who register."""
    assert rights_changed("r-r-----", "rw------") == (("change it",), ("see what is registered",))
    assert in_words(None) == "nothing"
    assert (
        as_text(authority("M_dhis-web-line-listing")) == "open the app line listing (M_dhis-web-line-listing)"
    )
    assert as_text(authority("F_X")) == "use F_X"
    assert as_text(authority("ALL")) == "do everything (ALL)"


SHARED = "sharing.userGroups[G]"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (a_change("programs", "P", title="Program", after={}), "program Program: new"),
        (
            a_change("programs", "P", title="Program", after={}, note="was deleted by hand"),
            "program Program: new, was deleted by hand",
        ),
        (a_change("programs", "P", title="Program", kind=Kind.ADOPT, note="found"), "program Program: found"),
        (
            a_change("options", "S/O", "name", title="Positiv", within=("Svar",), before="a", after="b"),
            "option Positiv of Svar: name “a” → “b”",
        ),
        (
            a_change("programs", "P", SHARED, label="access of Leger", before="r-rw----", after="r-------"),
            "program P: group Leger may no longer see what is registered and register (r-rw---- → r-------)",
        ),
        (
            a_change("programs", "P", SHARED, label="access of Leger", before="r-r-----", after="rw------"),
            (
                "program P: group Leger may now change it and may no longer see what is registered "
                "(r-r----- → rw------)"
            ),
        ),
        (
            a_change("programs", "P", SHARED, label="access of Leger", before="r", after="r!"),
            "program P: group Leger may see it (“r” → “r!”)",
        ),
        (
            a_change("programs", "P", "sharing.public", before="--------", after="r-------"),
            "program P: everybody may now see it (-------- → r-------)",
        ),
        (
            a_change("userRoles", "R", "authorities[ALL]", title="Rolle", before=True),
            "user role Rolle: may no longer do everything (ALL)",
        ),
        (
            a_change("programs", "P", "translations[NAME,en]", label="name (en)", before="a", after="b"),
            "program P: name (en) “a” → “b”",
        ),
        (
            a_change("programs", "P", "translations[NAME,en]", label="name (en)", after="b"),
            "program P: name (en) new: “b”",
        ),
        (
            a_change(
                "programs",
                "P",
                "programTrackedEntityAttributes[A].mandatory",
                label="Navn: mandatory",
                before=True,
                after=False,
            ),
            "program P: Navn need not be filled in any more (compulsory yes → no)",
        ),
        (
            a_change(
                "programRules", "P/R", "programStage", title="Regel", before="P/S", names={"P/S": "Steg"}
            ),
            "rule Regel: no longer only in stage Steg (S)",
        ),
        (
            a_change(
                "programRules", "P/R", "programStage", title="Regel", after="P/S", names={"P/S": "Steg"}
            ),
            "rule Regel: applies only in stage Steg (S)",
        ),
        (
            a_change(
                "programRuleActions",
                "P/R/SENDMESSAGE_X",
                "data",
                within=("P", "Regel"),
                before="a",
                after="b",
            ),
            "rule Regel, where it sends a message: data a → b",
        ),
        (
            a_change("programRuleActions", "P/R/ODD", "data", within=("P", "Regel"), before="1", after="2"),
            "rule Regel, where it acts: data 1 → 2",
        ),
        (
            a_change(
                "programRuleActions",
                "P/R/HIDEFIELD_X",
                title="",
                kind=Kind.DELETE,
                within=("P", "Regel"),
                before={"programRuleActionType": "HIDEFIELD", "dataElement": "X"},
                after=None,
                note="goes",
                names={"X": "Felt"},
            ),
            "action of Regel: goes; it held: hides Felt",
        ),
        (
            a_change("programs", "P", "programStages[S]", label="Steg", before=True, kind=Kind.DELETE),
            "program P: stage Steg goes out",
        ),
        (
            a_change("packages", "p", "title", label="title", before="a", after="b"),
            "package p: title “a” → “b”",
        ),
        (
            a_change("municipalities", "m", "packages.p", label="package p", title="Bø", before=True),
            "municipality Bø: - package p",
        ),
    ],
)
def test_sentences(change: Any, told: str) -> None:
    """Whose it is, and what becomes another thing."""
    assert as_text(say(subject(change), ": ", predicate(change))) == told


def test_a_rule_that_cannot_be_taken_apart() -> None:
    """What does not look like a rule is told without what it does."""
    assert as_text(predicate(a_change("programRules", "P/R", after=None))) == "new"


def test_what_stands_beside() -> None:
    """Phones, data touched, what was changed by hand."""
    change = a_change(
        "dataElements",
        "E",
        "valueType",
        marks=(Mark.DEVICES,),
        touched=Touched(count=12, what="events"),
        reason=Reason.DRIFT,
        note="a note",
    )
    assert aside(change) == (
        "phones must synchronise before this is applied",
        "a note",
        "touches 12 events",
        "set back: it was changed by hand",
    )
    conflict = a_change("dataElements", "E", "name", reason=Reason.CONFLICT, touched=Touched(count=None))
    assert aside(conflict)[0] == "touches unknown registered values"
    assert few(Touched(count=4)) == "< 5"


@pytest.mark.parametrize(
    ("affected", "told"),
    [
        (Affected(), "unknown"),
        (Affected(groups=("A",)), "A"),
        (Affected(groups=("A", "B"), municipalities=1), "2 groups in 1 municipality"),
        (Affected(groups=tuple("ABCD"), municipalities=2), "4 groups in 2 municipalities"),
        (Affected(municipalities=3), "3 municipalities"),
    ],
)
def test_for_whom(affected: Affected, told: str) -> None:
    """A number, or that nobody knows."""
    assert as_text(for_whom(affected)) == told


def test_signs_and_risks() -> None:
    """`+`, `-` and `~`; the word of a risk."""
    assert sign_of(a_change("programs", "P")) == "+"
    assert sign_of(a_change("programs", "P", before={}, after=None, kind=Kind.DELETE)) == "-"
    assert sign_of(a_change("programs", "P", "a#order", kind=Kind.MOVE)) == "~"
    assert sign_of(a_change("programs", "P", "a.b", after=True)) == "~"
    assert risk_word(a_change("programs", "P", "a", reason=Reason.TAKEOVER)) == "takeover"
    assert risk_word(a_change("programs", "P", "a", risk=Risk.BREAKING)) == "breaking"


def test_who_may_do_more() -> None:
    """More before less; what opens something for everybody is told as it is."""
    rows = list(
        access_rows(
            [
                a_change(
                    "programs", "P", SHARED, label="access of Leger", before="r-r-----", after="--------"
                ),
                a_change("programs", "P", "sharing.public", before="--------", after="r-------"),
                a_change("programs", "P", "accessLevel", label="accessLevel", before="CLOSED", after="OPEN"),
            ]
        )
    )
    assert [(as_text(row.who), row.more, as_text(row.what), as_text(row.on)) for row in rows] == [
        ("everybody", True, "see it", "program P"),
        ("all who use it", True, "accessLevel: CLOSED → OPEN", "program P"),
        ("group Leger", False, "see it, see what is registered", "program P"),
    ]


def test_persons_have_no_names() -> None:
    """Usernames are left out of fields, labels and whole objects; what is no name stays."""
    change = a_change("programs", "P", "sharing.users[kari]", label="access of kari", author=BY_HAND)
    told = anonymous(change)
    assert (told.field, told.label, told.author) == ("sharing.users[a user]", "access of a user", None)
    whole = anonymous(a_change("userGroups", "G", after={"name": "G", "users[kari]": True}))
    assert whole.after == {"name": "G"}
    member = a_change("municipalities", "m", "members.userGroups/G.kari", label="member kari of G")
    assert anonymous(member).label == "member a user of G"


def test_phrases() -> None:
    """Joined, cut, counted; blanks around a name stay outside of its frame."""
    assert as_text(some([say("a"), say("b"), say("c")], 2)) == "a, b and 1 more"
    assert as_text(joined([say("a"), (), say("b")], last=" and ")) == "a and b"
    assert cut(say("abc", "def"), 4) == (Span("abc"), Span("d"), Span("…"))
    assert (
        as_markdown(say(Span(" a ", Style.NAME), Span(" ", Style.NAME), coded("x"), named("y")))
        == " *a*  `x`*y*"
    )


def test_markdown_is_harmless() -> None:
    """Signs of Markdown, HTML, mentions, issues, links and rows of tables are text."""
    assert escaped("<b>*a*</b> @x #1 https://a :tada: $x$") == (
        "&lt;b&gt;\\*a\\*&lt;/b&gt; @<!-- -->x #<!-- -->1 https:<!-- -->//a :<!-- -->tada: \\$<!-- -->x\\$"
    )
    assert code("a`b") == "``a`b``"
    assert code("`") == "`` ` ``"
    assert fenced(["```", "::error::"], "diff") == ["````diff", "```", ": :error: :", "````"]
    assert item("# a") == "- \\# a"
    assert item("1. a") == "- 1\\. a"
    assert table(("a",), [("`b|c`",)]) == ["| a |", "| --- |", "| `b\\|c` |"]
