"""Tests of the comment trap: values that YAML would cut at ` #{`."""

import pytest

from dhis2cfg.load.text.comments import quoted
from dhis2cfg.load.text.events import parse
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Mapping, Node, Scalar, Tagged


def read(text: str) -> tuple[Mapping | None, tuple[Finding, ...]]:
    """The tree and the findings of a text."""
    document, findings = parse(text, "a.yaml")
    return document.root, findings


@pytest.mark.parametrize(
    ("text", "line", "column", "length", "meant"),
    [
        ("condition: #{x} != ''\n", 1, 12, 10, "\"#{x} != ''\""),
        ("filter: V{event_count} > #{A.B} && 1\n", 1, 26, 11, '"V{event_count} > #{A.B} && 1"'),
        ("data: !tpl #{onset}\n", 1, 12, 8, '"#{onset}"'),
        ("data: &x #{onset}\n", 1, 10, 8, '"#{onset}"'),
        ("list:\n  - #{x}\n", 2, 5, 4, '"#{x}"'),
        ("list: [#{x}, b]\n", 1, 8, 8, '"#{x}"'),
        ("R: {condition: #{x} > f(1, 2), priority: 1}\nS: 1\n", 1, 16, 28, '"#{x} > f(1, 2)"'),
        ("list: [#{x}\n, b]\n", 1, 8, 4, '"#{x}"'),
        ("R: {condition: #{x} > 1}\n", 1, 16, 9, '"#{x} > 1"'),
        ('condition: #{x} == "a"\n', 1, 12, 11, "'#{x} == \"a\"'"),
        ("condition:\n  #{x} > 1\nb: 2\n", 2, 3, 8, '"#{x} > 1"'),
        ("condition:\n  # a note\n\n  #{x} > 1\n", 4, 3, 8, '"#{x} > 1"'),
        ("condition: V{a} &&\n  #{x} > 1\nb: 2\n", 2, 3, 8, '"V{a} && #{x} > 1"'),
        ("condition:\n  #{x} > 1 &&\n  V{y}\nb: 2\n", 2, 3, 11, '"#{x} > 1 &&"'),
        ("condition: #{x}\n", 1, 12, 4, '"#{x}"'),
        ("a: 1\ncondition:\t#{x}\n", 2, 12, 4, '"#{x}"'),
    ],
)
def test_values_that_would_be_cut(text: str, line: int, column: int, length: int, meant: str) -> None:
    """Each is one error at the sign that begins the comment, with the form in quotes."""
    _, (found,) = read(text)
    assert (found.rule, found.place) == (
        "comment-trap",
        Place(file="a.yaml", line=line, column=column, length=length),
    )
    assert found.following == f"write it in quotes: {meant}"


@pytest.mark.parametrize(
    "text",
    [
        "condition: \"#{x} != ''\"\n",
        "condition: '#{x}' #{a note}\n",
        "condition: |\n  #{x} > 1\n",
        "condition: a#{x}\n",
        "a: 1\n#{old: 2}\nb: 3\n",
        "a: # {x}\n",
        "programs:\n  #{x} is what follows\n  P: {name: a}\n",
        "programs: #{x} is what follows\n  P: {name: a}\n",
        "a:\n  b: 1\n#{x} > 1\nc: 2\n",
        "#{x}\na: 1\n",
        "# see #{x}\na: 1\n",
    ],
)
def test_comments_and_texts_that_are_meant(text: str) -> None:
    """Quotes, blocks and comments that cut nothing are left in peace."""
    assert read(text)[1] == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: #{x} > 1\n", "#{x} > 1"),
        ("a: V{b} > #{x}\n", "V{b} > #{x}"),
        ("a: !tpl #{x}\n", "#{x}"),
        ("a:\n  #{x} > 1\n", "#{x} > 1"),
    ],
)
def test_what_was_meant_is_handed_on(text: str, value: str) -> None:
    """The value is what its author meant, so that later stages find no second mistake."""
    root, _ = read(text)
    assert root is not None
    node: Node | None = root.get("a")
    node = node.value if isinstance(node, Tagged) else node
    assert isinstance(node, Scalar)
    assert (node.value, node.multiline) == (value, True)


def test_two_traps_are_two_findings() -> None:
    """Every place is said at once."""
    assert [found.place.line for found in read("a: #{x}\nb: 1\nc: #{y}\n")[1]] == [1, 3]


def test_a_hundred_traps_are_enough() -> None:
    """A file full of them is not listed to its end."""
    assert len(read("list:\n" + "- #{x}\n" * 500)[1]) == 100


def test_an_error_before_the_trap_is_said_too() -> None:
    """Only what the trap itself breaks behind it is kept quiet."""
    text = "a: 'b\n"
    assert [found.rule for found in read("c: #{x}\n" + text)[1]] == ["comment-trap"]
    assert [found.rule for found in read("a: b: c\nd: #{x}\n")[1]] == ["yaml-syntax"]


@pytest.mark.parametrize(
    ("text", "form"), [("a", '"a"'), ('say "a"', "'say \"a\"'"), ("it's \\d", "'it''s \\d'")]
)
def test_the_form_in_quotes(text: str, form: str) -> None:
    """Double quotes where nothing must be escaped, else single ones."""
    assert quoted(text) == form
