"""Trees of both languages: grouping, places, mistakes, and laws over any text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.expressions import Context
from dhis2cfg.expressions.meaning import check
from dhis2cfg.expressions.syntax import Fault, Language, grouped, parse, print_back, walk
from dhis2cfg.expressions.syntax.cursor import Cursor
from dhis2cfg.expressions.syntax.parsing import DEEPEST
from dhis2cfg.expressions.syntax.tree import ForEach
from dhis2cfg.expressions.tokens import Token, tokenise
from dhis2cfg.expressions.vocabulary import Use
from tests.unit.expressions.written import expressions

RULES, SERVER = Language.RULES, Language.SERVER
both = pytest.mark.parametrize("language", Language)


def grouping(text: str, language: Language) -> str:
    """The text with all its parentheses."""
    tree = parse(text, language).tree
    assert tree is not None
    return grouped(tree)


def mistake_of(text: str, language: Language = SERVER) -> tuple[str, str, int, int]:
    """What is wrong in a text: sentence, suggestion, place."""
    mistake = parse(text, language).mistake
    assert mistake is not None
    assert mistake.fault is Fault.SYNTAX
    return mistake.message, mistake.suggestion, mistake.start, mistake.end


@pytest.mark.parametrize(
    ("text", "rules", "server"),
    [
        ("10-4+3", "(10-(4+3))", "((10-4)+3)"),
        ("12/2*3", "(12/(2*3))", "((12/2)*3)"),
        ("12%5*2", "(12%(5*2))", "((12%5)*2)"),
        ("2^3^2", "((2^3)^2)", "(2^(3^2))"),
        ("6 ^ 2 ^ - -1 ^ 4", "(((6^2)^(-(-1)))^4)", "(6^(2^(-(-(1^4)))))"),
        ("2 * -1 ^ 4", "(2*(-(1^4)))", "(2*(-(1^4)))"),
        ("2^-1*3", "((2^(-1))*3)", "((2^(-1))*3)"),
        ("-2^2", "(-(2^2))", "(-(2^2))"),
        ("- -5", "(-(-5))", "(-(-5))"),
        ("1 > 2 < 3", "(1>(2<3))", "((1>2)<3)"),
        ("(1).stageOffset(1)", "(1).stageOffset(1)", "(1).stageOffset(1)"),
        ("1 == 2 != 3 == 4", "((1==2)!=(3==4))", "(((1==2)!=3)==4)"),
        ("true or false and true", "(true||(false&&true))", "(true||(false&&true))"),
        ("not true == false", "((!true)==false)", "((!true)==false)"),
        ("1and1", "(1&&1)", "(1&&1)"),
        ("not2e1 or1.5", "((!2e1)||1.5)", "((!2e1)||1.5)"),
        ("( 1 +(2) )*3", "((1+2)*3)", "((1+2)*3)"),
        ("-#{a}.periodOffset( 1 )", "(-#{a}.periodOffset( 1 ))", "(-#{a}.periodOffset( 1 ))"),
        ("count(distinct #{a})", "count(distinct #{a})", "count(distinct #{a})"),
        ("is( 1 in 2 , 3 )", "is(1 in 2,3)", "is(1 in 2,3)"),
        ("orgUnit.group(id:A, B/C-1)", "orgUnit.group(id:A,B/C-1)", "orgUnit.group(id:A,B/C-1)"),
        ("PS_EVENTDATE: S", "PS_EVENTDATE: S", "PS_EVENTDATE: S"),
        ("[days] + V{x} /* c */", "([days]+V{x})", "([days]+V{x})"),
        ("d2:relationshipCount()", "d2:relationshipCount()", "d2:relationshipCount()"),
    ],
)
def test_how_texts_group(text: str, rules: str, server: str) -> None:
    """In rules each operator has a level of its own; elsewhere they share as at school."""
    assert (grouping(text, RULES), grouping(text, SERVER)) == (rules, server)


def test_a_preprocessor_stands_before_the_expression() -> None:
    """A predictor's `forEach` is part of the tree, its group with its place."""
    text = "forEach ?x in :DEG:GROUP --> #{?x} + 1"
    tree = parse(text, SERVER).tree
    assert tree is not None
    assert isinstance(tree.root, ForEach)
    assert (tree.root.variable, tree.root.group.text) == ("?x", "GROUP")
    assert text[tree.root.group.start : tree.root.group.end] == "GROUP"
    assert [text[node.start : node.end] for node in walk(tree.root)][-2:] == ["#{?x} + 1", text]
    assert grouped(tree) == "forEach ?x in :DEG:GROUP --> (#{?x}+1)"
    assert print_back(tree) == text
    assert grouping(grouped(tree), SERVER) == grouped(tree)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("forEach", "the variable is a question mark, a letter, and letters or digits", ""),
        (
            "forEach x in :DEG:G --> 1",
            "the variable is a question mark, a letter, and letters or digits",
            "x",
        ),
        ("forEach?x in :DEG:G --> 1", "the preprocessor begins with forEach and a blank", "forEach?x"),
        ("forEach ?x of :DEG:G --> 1", "in was expected behind the variable", "of"),
        ("forEach ?x in DEG:G --> 1", "a group of data elements was expected: :DEG: and its key", "DEG:G"),
        ("forEach ?x in :DEG:G -> 1", "--> was expected before the expression", "->"),
        ("forEach ?x in :DEG:G -->", "a value was expected, and the text ends after >", ""),
    ],
)
def test_mistakes_in_a_preprocessor(text: str, message: str, place: str) -> None:
    """Each of its five words has a place of its own."""
    said, _, start, end = mistake_of(text)
    assert (said, text[start:end]) == (message, place)


def test_places() -> None:
    """Each part knows its stretch of the text, each operator its own."""
    text = "if( #{a} > 1,'x' , -2 )"
    tree = parse(text, SERVER).tree
    assert tree is not None
    shown = [text[node.start : node.end] for node in walk(tree.root)]
    assert shown == ["#{a}", "1", "#{a} > 1", "'x'", "2", "-2", text]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 /* open", "the comment is not closed with */"),
        ("[Days]", "a value was expected before ["),
        ("[ days ]", "a value was expected before ["),
        ("#{a}. periodOffset(1)", "a blank stands inside .periodOffset("),
        ("#{a}.periodOffset (1)", "a blank stands inside .periodOffset("),
        ("#{a}. nosuch", "a modifier was expected after the point"),
        ("#{a}.periodOffset(1", ".periodOffset( at character 6 is not closed"),
        ("if(1 2)", ", or ) was expected before 2"),
        ("(1 2)", ") was expected before 2"),
        ("orgUnit.group(A", "orgUnit.group( at character 1 is not closed"),
        ("1 +\u200b1", "a value was expected before \u200b"),
        ("1 +\u20031", "a blank that DHIS2 does not know as one"),
        ("1 <\n> 2", "a value was expected before >"),
        ("d2:hasValue (#{a})", "a blank stands between d2:hasValue and its parentheses"),
        ("X{aaaaaaaaaaa}", "X{…} is no item"),
        ("1 and", "a value was expected, and the text ends after d"),
        ("1 }", "an operator was expected before }"),
        (f"1 '{'x' * 40}'", f"an operator was expected before '{'x' * 26}…"),
        ("2 And 3", "And is no operator"),
        ("2 => 3", "=> is no operator"),
        ("or 1", "a value was expected before or"),
    ],
)
def test_mistakes(text: str, message: str) -> None:
    """The sentence says what was expected; the file of a broken expression shows more of them."""
    assert mistake_of(text)[0] == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 * +-2", "rules fail where - follows the sign +"),
        ("+ !true", "rules fail where ! follows the sign +"),
        ("- - not true", "rules fail where not follows the sign -"),
        ("1 >!true", "rules read >! as one sign"),
        ("1 <! true", "rules read <! as one sign"),
    ],
)
def test_signs_that_break_rules(text: str, message: str) -> None:
    """The rule engine's own parser fails on them; the server's reads them."""
    assert mistake_of(text, RULES)[0] == message
    assert parse(text, SERVER).tree is not None


@pytest.mark.parametrize("text", ["-+2", "--2", "+ +2", "!-1", "!+1", "1 + -1", "1 >= !true", "1 > !true"])
def test_signs_that_do_not(text: str) -> None:
    """Signs that stand in each other's way nowhere."""
    assert parse(text, RULES).tree is not None


def test_an_open_comment_ends_a_rule() -> None:
    """The rule engine reads a comment without an end; the server does not."""
    assert grouping("1 /* open", RULES) == "1"


def test_the_place_of_a_mistake() -> None:
    """Start and end hold exactly what is wrong."""
    assert mistake_of("1 +\n  foo")[2:] == (6, 9)
    assert mistake_of("#{a} + #{b")[1:] == ("close it with }", 7, 9)
    assert mistake_of("'a")[1] == "close it with '"


@both
def test_depth(language: Language) -> None:
    """Parentheses nest deeper than anybody writes; beyond that it is a mistake, not a crash."""
    assert parse("(" * DEEPEST + "1" + ")" * DEEPEST, language).tree is not None
    mistake = parse("(" * 10_000, language).mistake
    assert mistake is not None
    assert mistake.message == "more than 100 parentheses inside each other"


@both
@pytest.mark.parametrize(
    "text", ["1" + "+1" * 5000, "-" * 5000 + "1", "!" * 5000 + "true", "1" + "^1" * 5000]
)
def test_long_texts(text: str, language: Language) -> None:
    """A long chain is a deep tree, and no trouble."""
    tree = parse(text, language).tree
    assert tree is not None
    assert print_back(tree) == text
    assert len(grouped(parse("1+2", language).tree or tree)) == 5


@both
@given(st.text(max_size=300) | st.text("#{}A'\"()[]&|!=<>+-*/%^.,: \nabcd2V1_", max_size=300))
def test_no_text_is_too_strange(language: Language, text: str) -> None:
    """Any text is a tree that prints back, or a mistake that stands in it."""
    parsed = parse(text, language)
    if parsed.tree is not None:
        assert print_back(parsed.tree) == text
    else:
        assert parsed.mistake is not None
        assert 0 <= parsed.mistake.start <= parsed.mistake.end <= len(text)


@pytest.mark.parametrize("use", Use)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ten_thousand_random_characters(use: Use, seed: int) -> None:
    """They are judged like any other text, wherever they stand."""
    dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
    signs = "#{}AVC'\"()[]&|!=<>+-*/%^.,:\\ \n\tæabcd2:019_" + "".join(map(chr, range(32, 500)))
    text = "".join(dice.choice(signs) for _ in range(10_000))
    found = check(text, use)
    assert found.tree is None or print_back(found.tree) == text
    assert check(f"'{text}", use).mistakes or use.context is Context.TEMPLATE


@both
@given(expressions())
def test_printing_and_parsing_are_each_others_reverse(language: Language, text: str) -> None:
    """A tree prints what was read, and its full parentheses read as the same tree."""
    tree = parse(text, language).tree
    assert tree is not None
    assert print_back(tree) == text
    assert grouping(grouped(tree), language) == grouped(tree)


@both
@pytest.mark.parametrize(
    "piece",
    [
        "#{a} > d2:round(1.5) && ",
        "(1 + ",
        "- ",
        "not ",
        "if(true, 1, ",
        "2 ^ ",
        "'a' == ",
        "is(1 in 2, ",
        "? ",
    ],
)
def test_tokens_looked_at(language: Language, piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the text is twice the looks, whether it can be read or not."""
    looks = 0
    token = Cursor.__dict__["token"].fget

    def look(cursor: Cursor) -> Token:
        nonlocal looks
        looks += 1
        found: Token = token(cursor)
        return found

    monkeypatch.setattr(Cursor, "token", property(look))
    counts = []
    for times in (20, 40, 80):
        looks = 0
        parse(f"{piece * times}1", language)
        counts.append(looks)
    assert counts[2] - counts[1] <= 2 * (counts[1] - counts[0])
    assert counts[2] <= 20 * 80 * len(tokenise(piece).significant)


@pytest.mark.parametrize(
    "use", [use for use in Use if use.context not in {Context.TEMPLATE, Context.BOUNDARY}]
)
@given(text=expressions())
def test_every_use_prints_back(use: Use, text: str) -> None:
    """Whatever is said of a text, its tree is the text."""
    found = check(text, use)
    assert found.tree is not None
    assert print_back(found.tree) == text


@both
def test_tokens_are_passed_once(language: Language) -> None:
    """Ten times the text is ten times the tokens, each in the tree once."""
    counts = []
    for times in (10, 100):
        tree = parse(" && ".join(["#{a} > d2:round(1.5)"] * times), language).tree
        assert tree is not None
        counts.append(sum(1 for _ in walk(tree.root)))
    assert counts == [10 * 5 - 1, 100 * 5 - 1]
