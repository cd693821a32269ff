"""The YAML printer: every text comes back as it was, short things stand on one line."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dhis2cfg.model.pages import Behind, TextPage, Yaml, YamlPage
from dhis2cfg.workspace.printing import printed, spelled_key
from dhis2cfg.workspace.scalars import spelled_text


def text_of(content: dict[str, Yaml], *comments: str) -> str:
    """A page as it is printed."""
    return printed(YamlPage(file="a.yaml", content=content, comments=comments))


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("TEXT", "TEXT"),
        ("Trives på hybelen", "Trives på hybelen"),
        ("NO", '"NO"'),
        ("0301", '"0301"'),
        ("12:30", '"12:30"'),
        ("a # b", '"a # b"'),
        ("#{x} > 1", '"#{x} > 1"'),
        (" edge ", '" edge "'),
        ("", '""'),
        ("a\u00a0b\u2028c\ufeff", '"a\\u00a0b\\u2028c\\ufeff"'),
        ("tab\there\r", '"tab\\there\\r"'),
    ],
)
def test_a_text_is_quoted_where_a_reader_would_see_something_else(text: str, spelled: str) -> None:
    """Words of other types, numbers, comments, signs that nobody sees."""
    assert spelled_text(text) == spelled
    assert yaml.safe_load(f"a: {spelled}")["a"] == text


def test_keys_are_quoted_alike() -> None:
    """A key that is a number for another reader, too."""
    assert [spelled_key(each) for each in ("NO_X", "033", "NO", "id:UID")] == [
        "NO_X",
        '"033"',
        '"NO"',
        '"id:UID"',
    ]


def test_short_things_stand_on_one_line() -> None:
    """Objects of objects in blocks, with an empty line between what stands at the top."""
    long: dict[str, Yaml] = {f"property{number}": "a value of some length" for number in range(6)}
    assert text_of(
        {
            "a": {"A": {"name": {"en": "One", "nb": "En"}, "on": True, "x": 1.5, "none": None}},
            "b": {"B": long, "C": {}},
        },
        "A comment.",
    ) == (
        "# A comment.\n"
        'a:\n  A:\n    name: {en: One, nb: En}\n    "on": true\n    x: 1.5\n    none: ~\n'
        "\n"
        "b:\n  B:\n"
        + "".join(f"    property{number}: a value of some length\n" for number in range(6))
        + "  C: {}\n"
    )


def test_lists_and_texts_of_several_lines() -> None:
    """Blocks keep every line; what a block cannot hold is quoted."""
    long: list[Yaml] = [{"key": "x" * 70, "other": "y" * 70}, "one\ntwo", "short"]
    content: dict[str, Yaml] = {
        "list": long,
        "kept": "one\ntwo\n\n",
        "clipped": "one\n  two\n",
        "odd": "one \ntwo",
        "edge": "\none\ntwo",
        "blank": " one\ntwo",
        "nested": [["a"], {"b": ["c"]}, {"d": "e\nf"}],
        "deep": {"x": {"y": {"z": "1"}}, "w": "v\nu"},
    }
    text = text_of(content)
    assert yaml.safe_load(text) == content
    assert "kept: |+\n  one\n  two\n\n" in text
    assert "clipped: |\n  one\n    two\n" in text
    assert 'odd: "one \\ntwo"' in text


def test_tags_and_other_files() -> None:
    """What stands behind a tag; tables and forms are written as they are."""
    content: dict[str, Yaml] = {"a": Behind(tag="!csv", text="x.csv"), "b": Behind(tag="!raw", text="V")}
    assert text_of(content) == 'a: !csv x.csv\nb: !raw "V"\n'
    assert printed(TextPage(file="a.csv", text="key\n")) == "key\n"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(TEXTS.filter(bool), VALUES, max_size=4))
def test_whatever_is_written_is_read_again(content: dict[str, Yaml]) -> None:
    """Every mapping, list and text comes back as it was."""
    assert (yaml.safe_load(text_of(content)) or {}) == content
