"""Tests of what the YAML parser refuses, said in our words."""

import pytest
import yaml

from dhis2cfg.load.text import syntax
from dhis2cfg.load.text.events import parse
from dhis2cfg.load.text.spots import Spots


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "following"),
    [
        (
            "dhis2: >=2.41,<2.44\n",
            1,
            8,
            "`>` and `|` begin a block of lines here",
            'a version goes in quotes: ">=1.4"',
        ),
        ("a: 'b\nc: d\n", 1, 4, "the text that begins here has no closing quote", "close the quote"),
        (
            'a: "\\d+"\n',
            1,
            5,
            "a backslash means something in double quotes",
            "write \\\\, or use single quotes",
        ),
        (
            "a: b: c\n",
            1,
            5,
            "a colon and a blank begin a new value, and here none can begin",
            "put the value in quotes, or correct the indentation",
        ),
        (
            "a: 1\nb\nc: 2\n",
            3,
            1,
            "this line has no `key: value`",
            "add the colon, or correct the indentation",
        ),
        (
            "a:\n  b: 1\n c: 2\n",
            3,
            2,
            "this line does not stand under the ones before",
            "correct the indentation",
        ),
        (
            "a:\n  - 1\n  b: 2\n",
            3,
            3,
            "the list above ends here, and this is no `- item`",
            "begin the line with `- `, or correct the indentation",
        ),
        ("a: - b\n", 1, 4, "a list cannot begin here", "begin it on the next line, one `- item` a line"),
        (
            "a: [b, c\nd: 1\n",
            2,
            2,
            "the list that begins with [ goes wrong here",
            "add the comma or the closing ]",
        ),
        (
            "a: {b: c\nd: 1\n",
            2,
            2,
            "the mapping that begins with { goes wrong here",
            "add the comma or the closing }",
        ),
        ("a: @b\n", 1, 4, "a value cannot begin with this sign", "put the whole value in quotes"),
        ("a: `b`\n", 1, 4, "a value cannot begin with this sign", "put the whole value in quotes"),
        (
            "a: {b: !keep}\n",
            1,
            8,
            "a tag (!var, !keep …) ends with a blank",
            "write a blank behind the tag",
        ),
        (
            "a: !x!y b\n",
            1,
            4,
            "this tag is not one of ours",
            "use !var !tpl !once !keep !secret !csv !file !raw",
        ),
        ("a: * b\n", 1, 5, "`*` begins the name of an alias", "put the whole value in quotes"),
        ("a: & b\n", 1, 5, "`&` begins the name of an anchor", "put the whole value in quotes"),
        ("%a\n", 1, 3, "a line that begins with % is a YAML directive", "put the whole value in quotes"),
        ("a: 1\n...\nb: 2\n", 3, 1, "the file has ended before this line", "correct the indentation"),
    ],
)
def test_mistakes_of_yaml(text: str, line: int, column: int, message: str, following: str) -> None:
    """Each says what is wrong, where, and what to do, in our words."""
    document, (found,) = parse(text, "a.yaml")
    assert document.root is None
    assert (found.rule, found.message, found.following) == ("yaml-syntax", message, following)
    assert (found.place.line, found.place.column) == (line, column)


@pytest.mark.parametrize(("text", "line", "column"), [("a:\n\tb: 1\n", 2, 1), ("a:\n  b:\n  \tc: 1\n", 3, 3)])
def test_tabs(text: str, line: int, column: int) -> None:
    """A tab in the indentation is named, not the sign after it."""
    _, (found,) = parse(text, "a.yaml")
    assert (found.rule, found.message) == ("tab", "this line is indented with a tab")
    assert (found.place.line, found.place.column) == (line, column)


def test_a_control_character() -> None:
    """A character that YAML forbids is named with its place, behind letters of several bytes too."""
    _, (found,) = parse("ø: æ\nb: \x07\n", "a.yaml")
    assert (found.rule, found.message) == ("control-character", "the character U+0007 cannot stand in YAML")
    assert (found.place.line, found.place.column) == (2, 4)


def test_an_error_without_a_place() -> None:
    """What the parser says without a mark is still a finding at the top of the file."""
    found = syntax.finding(yaml.YAMLError("?"), Spots("a: 1", "a.yaml"))
    assert (found.rule, found.place.line) == ("control-character", 1)


def test_an_error_that_no_row_knows() -> None:
    """A parser that learns new words is understood in general."""
    mark = yaml.Mark("a", 0, 0, 0, "", 0)
    found = syntax.finding(yaml.MarkedYAMLError("new", None, "words", mark), Spots("a: 1", "a.yaml"))
    assert (found.rule, found.message) == ("yaml-syntax", "this is not YAML")


def test_the_other_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML has no C parser its own one gives the same tree."""
    text = 'a: {b: !tpl "x", c: [1, ~]}\nd: &x |\n  ø\ne: *x\n'
    fast = parse(text, "a.yaml")
    monkeypatch.setattr("dhis2cfg.load.text.dialect.Loader", yaml.Loader)
    assert parse(text, "a.yaml") == fast
