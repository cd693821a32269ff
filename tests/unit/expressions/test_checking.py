"""What DHIS2 would refuse, per use and version; the files of broken expressions show more."""

import pytest

from dhis2cfg.expressions.meaning import check
from dhis2cfg.expressions.syntax import Fault
from dhis2cfg.expressions.vocabulary import Type, Use
from dhis2cfg.expressions.vocabulary.values import Constant
from tests.unit.expressions.known import Known, judged, messages

PI, FILTER, INDICATOR, CONDITION, DATA = (
    Use.PROGRAM_INDICATOR,
    Use.FILTER,
    Use.INDICATOR,
    Use.CONDITION,
    Use.DATA,
)


@pytest.mark.parametrize(
    ("use", "text"),
    [
        (
            INDICATOR,
            "if(isNull(#{NUMBER.*.C}), 1, log(#{A.B.C}, 2)) / I{P} * N{Q} - OUG{G} + [yearlyPeriodCount]",
        ),
        (INDICATOR, "#{deGroup:G.coGroup:A&B.C} + #{A.co:B} + R{S.REPORTING_RATE} + D{P.E} + A{P.A} + C{K}"),
        (INDICATOR, "subExpression(#{TEXT} * 2).aggregationType(SUM).minDate(2021-1-1).yearToDate()"),
        (INDICATOR, "if('5' * 2 > 9 && contains('a', 1), firstNonNull(null, 2), 3)"),
        (Use.VALIDATION_RULE, "if(orgUnit.group(A, id:B), [days], greatest(1, 2))"),
        (INDICATOR, "if(10, 1, 0)"),
        (DATA, "d2:concatenate('a', 1, true)"),
        (
            Use.PREDICTOR,
            "forEach ?x in :DEG:G --> avg(#{NUMBER}) + 2 * stddev(#{NUMBER}.maxDate(2021-12-31)) + #{?x}",
        ),
        (Use.SKIP_TEST, "1"),
        (Use.SKIP_TEST, "'true'"),
        (PI, "d2:condition(\"#{S.TEXT} == 'a'\", 1, 2) + d2:countIfCondition(#{S.NUMBER}, '> 5')"),
        (PI, "d2:countIfValue(#{S.NUMBER}, '5') + d2:relationshipCount('TYPE') + d2:zpvc(#{S.YESNO}, 1)"),
        (PI, "d2:maxValue(#{S.NUMBER}) + d2:daysBetween(PS_EVENTDATE:S, '2024-01-01')"),
        (PI, "(#{S.NUMBER} + 1).stageOffset(-1)"),
        (
            FILTER,
            "d2:hasValue(V{event_date}) && #{S.YESNO} && !(#{S.YESNO} == 1) && V{event_date} > '2024-01-01'",
        ),
        (FILTER, "is(#{S.TEXT} in 'a', 'b') or not isNotNull(A{DATE})"),
        (FILTER, "null"),
        (CONDITION, "#{n} > 5 && d2:hasValue('t') && !#{b} && V{ event_count } >= 1 && 'a' == #{t}"),
        (CONDITION, "d2:daysBetween(#{t}, V{current_date}) > -10 && d2:round(#{n}, 2) != 1"),
        (CONDITION, "d2:lastEventDate('n') == null"),
        (CONDITION, "#{x}"),
        (CONDITION, "d2:condition('#{n} > 1', true, false)"),
        (DATA, "d2:concatenate(#{t}, 'x') == d2:left(#{t}, +2)"),
        (DATA, "'\\u0041\\n\\\\'"),
        (DATA, "null"),
        (DATA, "007"),
    ],
)
def test_what_is_accepted(use: Use, text: str) -> None:
    """Every use takes its own functions, items, modifiers and casts."""
    assert messages(text, use) == []


@pytest.mark.parametrize(
    ("use", "text", "said"),
    [
        (INDICATOR, "#{A.*.*}", "#{A.*.*}: tags and * stand in other places"),
        (INDICATOR, "#{co:A}", "#{co:A}: tags and * stand in other places"),
        (INDICATOR, "#{A.deGroup:B}", "#{A.deGroup:B}: tags and * stand in other places"),
        (INDICATOR, "V{event_count}", "V{event_count} has no meaning in an indicator"),
        (INDICATOR, "log(1, 2, 3)", "log takes 1 to 2 arguments, here are 3"),
        (INDICATOR, "greatest()", "greatest takes 1 or more arguments, here are 0"),
        (INDICATOR, "foo(1)", "an indicator has no function foo"),
        (INDICATOR, "if(2.5, 1, 0)", "if needs a boolean, and this is a number"),
        (INDICATOR, "if(true, 1, 'a')", "if needs a number, and this is 'a'"),
        (FILTER, "!'x'", "! needs a boolean, and this is 'x'"),
        (INDICATOR, "1.yearToDate()", "an operator was expected before yearToDate"),
        (INDICATOR, "#{A}.yearToDate( )", ".yearToDate() takes nothing, not even a blank"),
        (INDICATOR, "#{A}.minDate(x)", "'x' is no date"),
        (INDICATOR, "#{A}.aggregationType(qq)", "'qq' is no aggregation type"),
        (INDICATOR, "#{A}.stageOffset(1)", "an indicator has no modifier .stageOffset"),
        (Use.PREDICTOR, "#{DATE} + 1", "+ needs a number, and this is a date"),
        (PI, "d2:relationshipCount(A{NUMBER})", "d2:relationshipCount takes this argument in quotes"),
        (PI, "d2:relationshipCount('a b')", "'a b' names no object"),
        (Use.PREDICTOR, "if(orgUnit.group(A, B == C), 1, 0)", "'B == C' names no object"),
        (PI, "d2:daysBetween(#{S.DATE}, 'x')", "d2:daysBetween needs a date, and this is 'x'"),
        (PI, "d2:countIfCondition(#{S.NUMBER}, 'nonsense')", "an operator was expected before nonsense"),
        (PI, "d2:countIfValue(#{S.NUMBER}, 'x')", "d2:countIfValue needs a number, and this is 'x'"),
        (PI, "d2:minValue(1 + 1)", "d2:minValue takes #{…} or A{…} or PS_EVENTDATE:… or V{…} first"),
        (FILTER, "'abc'", "a program indicator filter needs a boolean, and this is 'abc'"),
        (CONDITION, "!#{t}", "! needs a boolean, and this is a text"),
        (CONDITION, "#{b} && 'yes'", "&& needs a boolean, and 'yes' is none"),
        (CONDITION, "#{b} && 2.5", "&& needs a boolean, and a number is none"),
        (CONDITION, "'x' > 1", "> needs a number, and 'x' is none"),
        (CONDITION, "#{d} < V{current_date}", "< needs a number, and this is a date"),
        (CONDITION, "d2:hasValue('nosuch')", "there is no program rule variable nosuch"),
        (CONDITION, "d2:hasValue(1 + 1)", "d2:hasValue takes #{…} or A{…} or V{…} or a name in quotes first"),
        (CONDITION, "d2:round(#{n}, -2) > 1", "d2:round takes its digits as a whole number, written out"),
        (CONDITION, "'\\101' == 'A'", "\\1 breaks the rule engine"),
        (CONDITION, "'\\u00' == 'A'", "\\u is read as u alone"),
        (CONDITION, "'yes'", "a rule acts only where its condition is true, and this is 'yes'"),
        (CONDITION, "#{t}", "a rule acts only where its condition is true, and this is a text"),
        (CONDITION, "[days] > 1", "[days] has no meaning in a rule condition"),
        (CONDITION, "foo(1)", "a rule condition has no function foo"),
        (CONDITION, "orgUnit.group(A)", "a rule condition has no function orgUnit.group"),
        (DATA, "#{n}.periodOffset(1)", "rule action data has no modifier .periodOffset"),
        (DATA, "d2:ceil(-'x')", "- needs a number, and 'x' is none"),
        (DATA, "d2:concatenate(-#{n}, 'x')", "d2:concatenate needs a text, and this is a number"),
    ],
)
def test_what_is_refused(use: Use, text: str, said: str) -> None:
    """The first thing that is said of a text."""
    assert messages(text, use)[:1] == [said]


def test_each_mistake_is_told_once() -> None:
    """A text may have several mistakes, each at its place, in order."""
    found = judged("d2:foo(1) > #{nosuch} && V{bar} == 'x'").mistakes
    assert [mistake.fault for mistake in found] == [Fault.FUNCTION, Fault.ITEM, Fault.VARIABLE]
    assert [(mistake.start, mistake.end) for mistake in found] == [(0, 6), (12, 21), (25, 31)]


def test_only_what_surely_breaks_is_sure() -> None:
    """What the engine coerces or only the server's check refuses is no sure mistake."""
    sure = {
        text: judged(text).mistakes[0].is_sure for text in ("#{t} > 5", "'x' > 5", "#{t}", "'TRUE'", "'no'")
    }
    assert sure == {"#{t} > 5": False, "'x' > 5": True, "#{t}": False, "'TRUE'": False, "'no'": True}
    assert not judged("#{d} > #{t}").mistakes[0].is_sure
    assert judged("#{d} > 'x'").mistakes[0].is_sure


def test_places_inside_quotes() -> None:
    """A mistake in a condition in quotes stands at its place in the whole text, escapes counted."""
    text = "d2:condition('#{t} == \\'a\\' && #{nosuch} > 1', 1, 2)"
    (mistake,) = judged(text, Use.DATA).mistakes
    assert text[mistake.start : mistake.end] == "#{nosuch}"


def test_names_are_asked_at_their_places() -> None:
    """Who looks a name up by its place gets the place in the whole text, inside quotes too."""
    text = "d2:condition('#{t} == 1', d2:countIfValue(#{n}, 1), 2)"
    asked: list[str] = []

    class Asked(Known):
        def type_of(self, found: object) -> Type | None:
            start, end = getattr(found, "start", 0), getattr(found, "end", 0)
            asked.append(text[start:end])
            return Type.ANY

    check(text, Use.DATA, Asked())
    assert set(asked) == {"t", "n"}


def test_conditions_in_conditions_end_somewhere() -> None:
    """Quotes inside quotes are looked into a few times only."""
    text = "1 +"
    for _ in range(7):
        text = "d2:condition('" + text.replace("\\", "\\\\").replace("'", "\\'") + "', true, false)"
    assert judged(text, Use.DATA).is_accepted


@pytest.mark.parametrize(
    ("version", "sure"),
    [
        ("2.41", [False]),
        ("2.41.3", [True]),
        ("2.41.9.1", []),
        ("2.42.4", [True]),
        ("2.43.1-SNAPSHOT", []),
    ],
)
def test_functions_that_came_with_a_patch(version: str, sure: list[bool]) -> None:
    """A minor version alone cannot tell; a patch release that is older surely lacks the function."""
    found = judged("d2:minutesBetween(#{d}, #{d}) > 1", version=version).mistakes
    assert [mistake.is_sure for mistake in found] == sure
    assert {mistake.fault for mistake in found} <= {Fault.VERSION}


def test_functions_that_all_have() -> None:
    """Outside rules, and for most functions in them, all supported versions are alike."""
    assert messages("d2:minutesBetween(V{event_date}, V{due_date})", PI, "2.41.0") == []
    assert messages("d2:inUserGroup('x')", version="2.43") == []


def test_names_of_events_in_rules_of_enrollments() -> None:
    """A rule without a stage also runs where there is no event."""
    assert judged("d2:hasValue(V{event_date})").is_accepted
    (mistake,) = judged("d2:hasValue(V{event_date})", enrollment=True).mistakes
    assert mistake.message == "V{event_date} is unknown while a rule runs for an enrollment"
    assert not mistake.is_sure


def test_uids() -> None:
    """As servers have texts, each name is a UID; as packages have them, a key."""
    text = "#{aaaaaaaaaaa.*} + #{KEY}"
    assert check(text, INDICATOR).is_accepted
    (mistake,) = check(text, INDICATOR, are_uids=True).mistakes
    assert (mistake.message, mistake.start) == ("#{KEY}: this is no UID", 19)
    quoted = check("d2:relationshipCount('KEY')", PI, are_uids=True).mistakes
    assert [each.message for each in quoted] == ["'KEY' names no object"]


@pytest.mark.parametrize(
    ("use", "text", "wanted"),
    [
        (DATA, "#{n} + 1", Type.NUMBER),
        (DATA, "d2:addDays(#{d}, 1)", Type.DATE),
        (DATA, "(#{t})", Type.TEXT),
        (DATA, "d2:condition('true', 'a', 'b')", Type.TEXT),
        (DATA, "null", Type.NULL),
        (DATA, "V{org_unit}", Type.TEXT),
        (PI, "#{S.YESNO}", Type.NUMBER),
        (PI, "if(true, A{DATE}, null)", Type.DATE),
        (PI, "d2:maxValue(#{S.NUMBER})", Type.NUMBER),
        (PI, "firstNonNull(null)", Type.ANY),
        (FILTER, "isNull(#{S.TEXT})", Type.BOOLEAN),
        (INDICATOR, "orgUnit.group(A)", Type.ANY),
        (INDICATOR, "#{1 2}", Type.NUMBER),
        (Use.VALIDATION_RULE, "#{1 2}", Type.ANY),
        (Use.VALIDATION_RULE, "V{x}", Type.ANY),
        (Use.VALIDATION_RULE, "PS_EVENTDATE:S", Type.DATE),
        (Use.VALIDATION_RULE, "#{TEXT}", Type.TEXT),
    ],
)
def test_types(use: Use, text: str, wanted: Type) -> None:
    """The type of the whole follows from its parts."""
    found = judged(text, use)
    assert found.tree is not None
    assert found.types[found.tree.root].type is wanted


@pytest.mark.parametrize(
    ("use", "text", "wanted"),
    [
        (DATA, "-(10 - 4 + 3)", -3.0),
        (INDICATOR, "-(10 - 4 + 3)", -9.0),
        (INDICATOR, "+5", 5.0),
        (DATA, "+5", 5.0),
        (INDICATOR, "1 < 2 && !false", True),
        (INDICATOR, "1 > 2 || #{A} > 1", None),
        (CONDITION, "true || #{b}", True),
        (CONDITION, "!(1 == 2)", True),
        (CONDITION, "'a' < 'b'", True),
        (CONDITION, "!#{b}", None),
        (INDICATOR, "!#{A}", None),
        (INDICATOR, "-#{A}", None),
    ],
)
def test_constants(use: Use, text: str, wanted: Constant) -> None:
    """What hangs on no value has one of its own, computed as its language does."""
    found = judged(text, use)
    assert found.tree is not None
    assert found.types[found.tree.root].constant == wanted
