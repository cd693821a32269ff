"""Renaming a key changes the expressions that name it, and those exactly."""

from collections.abc import Callable

import pytest
from hypothesis import given

from dhis2cfg.expressions import Context, Found, Key, Kind, rewrite_keys
from tests.unit.expressions.test_references import ANY_CONTEXT, TEXTS

UID = "dateofbirth"
"""Eleven letters: a UID by its form, and the name of a rule variable in real packages."""


def renamed(text: str, context: Context, old: str, new: str, *kinds: Kind) -> str:
    """A text in which the keys of some kinds have another name."""

    def name(key: Key, _: Found) -> str | None:
        return new if key.text == old and key.kind in kinds else None

    return rewrite_keys(text, context, name)


USES: tuple[tuple[str, Context], ...] = (
    ("#{S.OLD} > {n}", Context.PROGRAM_INDICATOR),
    ("d2:countIfValue( #{S.OLD} , '{n}' ) /* OLD */", Context.PROGRAM_INDICATOR),
    ("d2:condition('#{S.OLD} == {n}', 1, 0)", Context.PROGRAM_INDICATOR),
    ("#{OLD} + #{OLD.*.A} - {n}", Context.INDICATOR),
    ("D{P.OLD} * {n}", Context.VALIDATION_RULE),
    ("sum(#{OLD.(KVINNE,U10)}) + {n}", Context.PREDICTOR),
    ("#{S.OLD}", Context.BOUNDARY),
    ("Answer {n}: #{OLD}.", Context.TEMPLATE),
    ('<input id="S-OLD-val" name="{n}">', Context.HTML_FORM),
    ("<b dataelementid='OLD'>{n} OLD</b>", Context.HTML_FORM),
)
OTHERS: tuple[tuple[str, Context], ...] = (
    ("#{OLD.E} == {n}", Context.PROGRAM_INDICATOR),
    ("#{S.OLDER} + #{S.AN_OLD} + {n}", Context.PROGRAM_INDICATOR),
    ("#{S.E} == 'OLD' /* #{S.OLD} */", Context.PROGRAM_INDICATOR),
    ("A{OLD} == {n}", Context.PROGRAM_INDICATOR),
    ("d2:relationshipCount('OLD') + {n}", Context.PROGRAM_INDICATOR),
    ("#{OLD} > {n}", Context.RULE),
    ("d2:hasValue('OLD') && {n} > 1", Context.RULE),
    ("I{OLD} / N{OLD} * {n}", Context.INDICATOR),
    ("V{OLD} and the OLD words", Context.TEMPLATE),
    ('<input id="OLD-E-val" class="OLD">', Context.HTML_FORM),
)


def made(rows: tuple[tuple[str, Context], ...], count: int) -> list[tuple[str, Context]]:
    """So many texts, each with a number of its own."""
    chosen = (rows[number % len(rows)] for number in range(count))
    return [(text.replace("{n}", str(number)), context) for number, (text, context) in enumerate(chosen)]


def test_a_key_that_a_hundred_expressions_name() -> None:
    """Those change, in that key alone; as many others, which hold the word otherwise, do not."""
    kinds = (Kind.DATA_ELEMENT, Kind.FORM_FIELD)
    for text, context in made(USES, 100):
        wanted = text.replace("OLD", "NEW").replace("/* NEW */", "/* OLD */").replace("NEW</b>", "OLD</b>")
        assert renamed(text, context, "OLD", "NEW", *kinds) == wanted
    for text, context in made(OTHERS[:-1], 100):
        assert renamed(text, context, "OLD", "NEW", *kinds) == text
    text, context = OTHERS[-1]
    assert renamed(text, context, "OLD", "NEW", Kind.DATA_ELEMENT) == text


@pytest.mark.parametrize(
    "text",
    [
        f"#{{{UID}}} > 1",
        f"A{{{UID}}} == 'x'",
        f"d2:hasValue('{UID}')",
        f"d2:yearsBetween(A{{{UID}}}, V{{current_date}})",
        f'd2:condition("#{{{UID}}} > 1", 1, 0)',
    ],
)
def test_a_variable_whose_name_looks_like_a_uid(text: str) -> None:
    """It is known to be a variable, so that whoever exchanges UIDs leaves it alone."""
    objects = tuple(kind for kind in Kind if kind is not Kind.RULE_VARIABLE)
    assert renamed(text, Context.RULE, UID, "abcdefghijk", *objects) == text
    assert UID not in renamed(text, Context.RULE, UID, "born", Kind.RULE_VARIABLE)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        (f"#{{aaaaaaaaaaa.x{UID}}}", Context.PROGRAM_INDICATOR),
        (f"#{{aaaaaaaaaaa.{UID}x}}", Context.PROGRAM_INDICATOR),
        (f"A{{bbbbbbbbbbb}} == '{UID}'", Context.PROGRAM_INDICATOR),
        (f"A{{bbbbbbbbbbb}} == 'A{{{UID}}}'", Context.PROGRAM_INDICATOR),
        (f"1 /* A{{{UID}}} */", Context.PROGRAM_INDICATOR),
        (f"xA{{{UID}}}", Context.TEMPLATE),
        (f"the word {UID}", Context.TEMPLATE),
        (f'<p id="{UID}" data-x="{UID}">{UID}</p>', Context.HTML_FORM),
    ],
)
def test_a_uid_that_names_nothing(text: str, context: Context) -> None:
    """Inside a longer word, a quoted text or a comment it is left alone."""
    assert renamed(text, context, UID, "NEW", *Kind) == text


@pytest.mark.parametrize(
    ("text", "context", "kind", "wanted"),
    [
        ("d2:hasValue('OLD')", Context.RULE, Kind.RULE_VARIABLE, "d2:hasValue('NEW')"),
        ('d2:lastEventDate("OLD")', Context.RULE, Kind.RULE_VARIABLE, 'd2:lastEventDate("NEW")'),
        ("#{OLD}", Context.RULE_MESSAGE, Kind.RULE_VARIABLE, "#{NEW}"),
        ("d2:inOrgUnitGroup('OLD')", Context.RULE, Kind.ORGUNIT_GROUP, "d2:inOrgUnitGroup('NEW')"),
        ("d2:hasUserRole('OLD')", Context.RULE, Kind.USER_ROLE, "d2:hasUserRole('NEW')"),
        ("d2:relationshipCount('OLD')", Context.PROGRAM_INDICATOR, Kind.RELATIONSHIP_TYPE,
         "d2:relationshipCount('NEW')"),
        ("d2:condition(\"d2:hasValue('OLD')\", 1, 0)", Context.RULE, Kind.RULE_VARIABLE,
         "d2:condition(\"d2:hasValue('NEW')\", 1, 0)"),
        ("orgUnit.group( OLD,X )", Context.PREDICTOR, Kind.ORGUNIT_GROUP, "orgUnit.group( NEW,X )"),
        ("forEach ?x in :DEG:OLD --> #{?x}", Context.PREDICTOR, Kind.DATA_ELEMENT_GROUP,
         "forEach ?x in :DEG:NEW --> #{?x}"),
        ("#{deGroup:OLD.coGroup:A&OLD}", Context.INDICATOR, Kind.CATEGORY_OPTION_GROUP,
         "#{deGroup:OLD.coGroup:A&NEW}"),
        ("R{OLD.ACTUAL_REPORTS}", Context.INDICATOR, Kind.DATASET, "R{NEW.ACTUAL_REPORTS}"),
        ("#{P/OLD.OLD}", Context.PROGRAM_INDICATOR, Kind.DATA_ELEMENT, "#{P/OLD.NEW}"),
        ("PS_EVENTDATE: OLD", Context.PROGRAM_INDICATOR, Kind.STAGE, "PS_EVENTDATE: NEW"),
        ("<b attributeid='OLD'>", Context.HTML_FORM, Kind.ATTRIBUTE, "<b attributeid='NEW'>"),
    ],
)  # fmt: skip
def test_where_a_key_may_stand(text: str, context: Context, kind: Kind, wanted: str) -> None:
    """In quotes, conditions in quotes, bare arguments, targets of ASSIGN, groups, tags: all else stays."""
    assert renamed(text, context, "OLD", "NEW", kind) == wanted


def written(text: str, context: Context, name: Callable[[Key], str | None]) -> str:
    """A text with other keys."""
    return rewrite_keys(text, context, lambda key, _: name(key))


@given(text=TEXTS, context=ANY_CONTEXT)
def test_the_same_keys_are_the_same_text(text: str, context: Context) -> None:
    """Replacing each key by itself, or none, changes nothing, whatever the text."""
    assert written(text, context, lambda key: text[key.start : key.end]) == text
    assert written(text, context, lambda key: None) == text


@given(text=TEXTS, context=ANY_CONTEXT)
def test_other_keys_and_back(text: str, context: Context) -> None:
    """Each plain key by another one, and the old ones again, is the old text."""
    old: list[str] = []

    def other(key: Key) -> str | None:
        if key.text.startswith("(") or key.kind is Kind.ANY:
            return None
        old.append(text[key.start : key.end])
        return f"K{len(old)}K"

    there = written(text, context, other)
    back = iter(old)

    def again(key: Key) -> str | None:
        return next(back) if key.text.startswith("K") and key.text.endswith("K") else None

    assert written(there, context, again) == text
