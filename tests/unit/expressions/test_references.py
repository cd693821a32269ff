"""References are found where DHIS2 reads them, and rewriting touches nothing else."""

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.expressions import Context, Found, Kind, find_problems, find_references, rewrite

RECORDED = Path(os.environ.get("DHIS2CFG_RECORDED", Path(__file__).parents[3] / ".." / "shared"))
CORPUS = RECORDED / "expressions" / "corpus.jsonl"
CONTEXTS = {
    ("indicator", "numerator"): Context.INDICATOR,
    ("indicator", "denominator"): Context.INDICATOR,
    ("programIndicator", "expression"): Context.PROGRAM_INDICATOR,
    ("programIndicator", "filter"): Context.PROGRAM_INDICATOR,
    ("analyticsPeriodBoundary", "boundaryTarget"): Context.BOUNDARY,
    ("programRule", "condition"): Context.RULE,
    ("programRuleAction", "data"): Context.RULE,
    ("programRuleAction", "content"): Context.RULE_MESSAGE,
    ("validationRule", "leftSide.expression"): Context.VALIDATION_RULE,
    ("validationRule", "rightSide.expression"): Context.VALIDATION_RULE,
    ("textPattern", "pattern"): Context.NONE,
}
ANY_CONTEXT = st.sampled_from(list(Context))
FRAGMENTS = st.sampled_from(
    [
        "#{", "A{", "V{", "OUG{", "}", "{", "a.b", "A/B.C", "'", '"', "\\", "/*", "*/", "(", ")", ",", " ",
        "d2:hasValue(", "d2:condition(", "d2:relationshipCount(", "orgUnit.group(", "PS_EVENTDATE:", "\n",
        "==", "id:AbCdEfGhIjK", "æ", "is(", " in ", "X_1", "<input id=", "-val", "\\u0041", "\\7",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=30).map("".join))


def _next(keys: Iterator[str], _: Found) -> str:
    """The next key, whatever the reference."""
    return next(keys)


def keys(text: str, context: Context) -> list[tuple[str, ...]]:
    """The keys of all references."""
    return [found.parts for found in find_references(text, context)]


@given(text=TEXTS, context=ANY_CONTEXT)
def test_writing_each_key_back_changes_nothing(text: str, context: Context) -> None:
    """Replacing each reference by its own characters gives the text back, whatever the text."""
    assert rewrite(text, context, lambda found: text[found.start : found.end]) == text
    assert rewrite(text, context, lambda found: None) == text


@given(text=TEXTS, context=ANY_CONTEXT)
def test_references_stand_apart_and_in_order(text: str, context: Context) -> None:
    """No two references overlap, and each key is what the text says at its place."""
    position = 0
    for found in find_references(text, context):
        assert position <= found.start < found.end <= len(text)
        position = found.end
    for problem in find_problems(text, context):
        assert 0 <= problem.start <= problem.end <= len(text)


@given(text=TEXTS, context=ANY_CONTEXT)
def test_there_and_back_is_where_one_began(text: str, context: Context) -> None:
    """Other keys in place of all keys, and the old ones in their place again, is the old text."""
    old = [text[found.start : found.end] for found in find_references(text, context)]
    new = iter(f"K{number}" for number in range(len(old)))
    there = rewrite(text, context, lambda found: next(new) if len(found.keys) == 1 else None)
    assert len(find_references(there, context)) == len(old)
    back = iter(old)
    assert rewrite(there, context, lambda found: next(back)) == text


def test_each_recorded_text_is_read_and_written_back_unchanged() -> None:
    """446 real texts: rewritten by the identity, none changes, and none has a problem."""
    if not CORPUS.exists():
        pytest.skip(f"no recorded texts at {CORPUS.name}")
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 446
    for row in rows:
        text, context = row["text"], CONTEXTS[(row["kind"], row["field"])]
        written = iter([text[found.start : found.end] for found in find_references(text, context)])
        assert rewrite(text, context, partial(_next, written)) == text
        assert find_problems(text, context) == ()


def test_each_recorded_item_is_found() -> None:
    """Every item that the official parser names in a real text is one of our references, and no other."""
    if not CORPUS.exists():
        pytest.skip(f"no recorded texts at {CORPUS.name}")
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        context = CONTEXTS[(row["kind"], row["field"])]
        if row.get("items") is None or context in {Context.RULE, Context.RULE_MESSAGE}:
            continue
        expected = {item.partition("{")[2][:-1] for item in row["items"] if item[0] in "#AICR"}
        found = find_references(row["text"], context)
        assert {".".join(one.parts) for one in found if not one.quoted} == expected, row["text"]


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("#{S.E} + A{X}", Context.PROGRAM_INDICATOR, [("S", "E"), ("X",)]),
        ("#{P/S.E} / C{K}", Context.PROGRAM_INDICATOR, [("P/S", "E"), ("K",)]),
        ("PS_EVENTDATE: S", Context.PROGRAM_INDICATOR, [("S",)]),
        ("PS_EVENTDATE:P/S", Context.BOUNDARY, [("P/S",)]),
        ("d2:relationshipCount('R')", Context.PROGRAM_INDICATOR, [("R",)]),
        ("d2:condition('#{S.E} < 5', 1, 0)", Context.PROGRAM_INDICATOR, [("S", "E")]),
        ("d2:countIfCondition(#{S.E}, '< A{X}')", Context.PROGRAM_INDICATOR, [("S", "E"), ("X",)]),
        ("#{date of birth} == A{other}", Context.RULE, [("date of birth",), ("other",)]),
        ("d2:hasValue( 'x y' ) && d2:hasValue(#{z})", Context.RULE, [("x y",), ("z",)]),
        ("d2:inOrgUnitGroup('G') || d2:hasUserRole(\"R\")", Context.RULE, [("G",), ("R",)]),
        ("d2:inUserGroup('id:AbCdEfGhIjK')", Context.RULE, [("id:AbCdEfGhIjK",)]),
        ("#{E} + #{E.default} + #{E.*.A}", Context.INDICATOR, [("E",), ("E", "default"), ("E", "*", "A")]),
        ("#{E.(KVINNE,U10)}", Context.PREDICTOR, [("E", "(KVINNE,U10)")]),
        ("#{deGroup:G.coGroup:A&B}", Context.INDICATOR, [("G", "A", "B")]),
        ("D{P.E} A{P.X} I{PI} R{DS.EXPECTED_REPORTS}", Context.INDICATOR,
         [("P", "E"), ("P", "X"), ("PI",), ("DS",)]),
        ("N{I} OUG{G} [days]", Context.INDICATOR, [("I",), ("G",)]),
        ("orgUnit.group(G-1, H)", Context.VALIDATION_RULE, [("G-1",), ("H",)]),
        ("forEach ?e in :DEG:G --> sum(#{?e.C}) + #{E}", Context.PREDICTOR, [("G",), ("E",)]),
        ("Kjære A{NAVN}, svaret er #{E} den V{event_date}.", Context.TEMPLATE, [("NAVN",), ("E",)]),
        ("Isn't #{x} high?", Context.RULE_MESSAGE, [("x",)]),
        ('<input id="S-E-val"><input attributeid="A">', Context.HTML_FORM, [("S", "E"), ("A",)]),
        ("<b indicatorid='I' dataelementid='D' id='other'>", Context.HTML_FORM, [("I",), ("D",)]),
        ("#{x}", Context.NONE, []),
    ],
)  # fmt: skip
def test_what_a_text_refers_to(text: str, context: Context, expected: list[tuple[str, ...]]) -> None:
    """Each form of reference gives its keys, in the order written."""
    assert keys(text, context) == expected
    assert find_problems(text, context) == ()


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("'#{S.E}' == \"A{X}\"", Context.PROGRAM_INDICATOR),
        ("1 /* #{S.E} */ + 1", Context.PROGRAM_INDICATOR),
        ("BA{X} == 1", Context.PROGRAM_INDICATOR),
        ("V{event_count} > 0", Context.PROGRAM_INDICATOR),
        ("'it\\'s #{x}'", Context.RULE),
        ("d2:concatenate('x', 'y')", Context.RULE),
        ("d2:hasValue('x' + 'y')", Context.RULE),
        ("d2:hasValue('')", Context.RULE),
        ("d2:relationshipCount('no key')", Context.PROGRAM_INDICATOR),
        ("orgUnit.group()", Context.PREDICTOR),
        ("orgUnit.group('G')", Context.PREDICTOR),
        ("orgUnit.group(sum(1))", Context.PREDICTOR),
        ("DATA{x} aV{y}", Context.TEMPLATE),
        ('<a myid="S-E-val" attributeid="no key">', Context.HTML_FORM),
    ],
)
def test_what_is_no_reference(text: str, context: Context) -> None:
    """Literals, comments, longer words and arguments of other functions are left alone."""
    assert keys(text, context) == []


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("1 + #{S.E", Context.PROGRAM_INDICATOR, ["#{ is not closed with }"]),
        ("#{S.E == 'x' && #{S.F}", Context.PROGRAM_INDICATOR, ["#{ is not closed with }"]),
        ("#{x} == 'abc", Context.RULE, ["the text that begins with ' is not closed on its line"]),
        ("#{x} == '\\'", Context.RULE, ["the text that begins with ' is not closed on its line"]),
        ("1 /* x", Context.INDICATOR, ["the comment is not closed with */"]),
        ("#{E} + 1", Context.PROGRAM_INDICATOR, ["#{E}: this must be STAGE.ELEMENT"]),
        ("OUG{G}", Context.PROGRAM_INDICATOR, ["OUG{…} has no meaning in a program indicator"]),
        ("PS_EVENTDATE:S", Context.RULE, ["PS_EVENTDATE has no meaning in a rule"]),
        ("#{}", Context.RULE, ["#{} names nothing"]),
        ("A{a b}", Context.PROGRAM_INDICATOR, ["A{a b}: 'a b' is no key of a tracked entity attribute"]),
        ("#{a b}", Context.INDICATOR, ["#{a b}: 'a b' is no key of a data element"]),
        ("#{a.co:b c}", Context.INDICATOR,
         ["#{a.co:b c}: 'co:b c' is no key of a category option combination"]),
        ("#{*}", Context.INDICATOR, ["#{*}: '*' is no key of a data element"]),
        ("#{a.b.c.d}", Context.INDICATOR, ["#{a.b.c.d}: at most ELEMENT.OPTIONCOMBO.ATTRIBUTECOMBO"]),
        ("R{D.reports}", Context.INDICATOR,
         ["R{D.reports}: this must be DATASET.REPORTING_RATE, or another of the five rates"]),
        ("N{I}", Context.PREDICTOR, ["N{…} has no meaning in a predictor"]),
        ("(1 + (2)", Context.INDICATOR, ["( is not closed with )"]),
        ("1) + 2", Context.INDICATOR, [") closes nothing"]),
        ("d2:condition('#{S.E', 1, 0)", Context.PROGRAM_INDICATOR, ["#{ is not closed with }"]),
        ("Kjære A{NAVN", Context.TEMPLATE, ["A{ is not closed with }"]),
        ("A{a b}", Context.TEMPLATE, ["A{a b}: 'a b' is no key of a tracked entity attribute"]),
    ],
)  # fmt: skip
def test_what_is_not_understood(text: str, context: Context, expected: list[str]) -> None:
    """What is not closed, or has no meaning in its context, is a problem and no exception."""
    assert [problem.message for problem in find_problems(text, context)] == expected


def test_keys_know_their_kind_and_place() -> None:
    """A pair of keys is one reference; each key has its own kind and stretch."""
    text = "1 + #{P/S.E}"
    found = find_references(text, Context.PROGRAM_INDICATOR)[0]
    assert found.kind is Kind.STAGE_DATA_ELEMENT
    assert [(key.kind, text[key.start : key.end]) for key in found.keys] == [
        (Kind.STAGE, "P/S"),
        (Kind.DATA_ELEMENT, "E"),
    ]
    assert text[found.start : found.end] == "P/S.E"


def test_a_key_in_quotes_is_replaced_inside_its_quotes() -> None:
    """The quotes of a quoted argument stay; other quoted texts are not touched."""
    text = "d2:hasValue('a') && #{a} == 'a'"
    assert [found.quoted for found in find_references(text, Context.RULE)] == [True, False]
    assert rewrite(text, Context.RULE, lambda found: "b") == "d2:hasValue('b') && #{b} == 'a'"
    assert rewrite(text, Context.RULE, lambda found: None if found.quoted else "b") == (
        "d2:hasValue('a') && #{b} == 'a'"
    )


def test_a_quoted_condition_is_rewritten_through_its_escapes() -> None:
    """Places inside an escaped inner text are places of the outer text."""
    text = 'd2:condition("\\"x\\" == A{X}", 1, 0) + A{X}'
    expected = 'd2:condition("\\"x\\" == A{YY}", 1, 0) + A{YY}'
    assert rewrite(text, Context.PROGRAM_INDICATOR, lambda found: "YY") == expected


def test_a_long_text_takes_linear_time() -> None:
    """Texts made to be slow for careless patterns are read at once."""
    for piece in ("#{", "'", "/*", "((", "A{a", "\\'", "d2:condition('", "''", "1.", "-val id='"):
        find_references(piece * 15_000, Context.PROGRAM_INDICATOR)
        find_references(piece * 15_000, Context.HTML_FORM)
