"""Tests of YAML text becoming a tree that knows its places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.load.text.events import parse
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Entry, Mapping, Node, Scalar, Sequence, Tagged


def root_of(text: str) -> Mapping:
    """The tree of a text without findings."""
    document, findings = parse(text, "a.yaml")
    assert findings == ()
    assert document.root is not None
    return document.root


def value_of(text: str, key: str) -> Node:
    """The value of a key."""
    value = root_of(text).get(key)
    assert value is not None
    return value


def only(text: str) -> Finding:
    """The one finding of a text."""
    _, findings = parse(text, "a.yaml")
    (found,) = findings
    return found


def place(line: int, column: int, length: int = 1) -> Place:
    """A place in the file of these tests."""
    return Place(file="a.yaml", line=line, column=column, length=length)


def test_a_whole_tree() -> None:
    """Keys, texts, lists and tags come out with line, column and length, counted from 1."""
    text = "NO: 0301\nlist:\n  - \"a b\"\n  - !once 'x'\n"
    quoted = Scalar(value="a b", text="a b", place=place(3, 6, 3), plain=False)
    once = Tagged(
        tag="!once",
        value=Scalar(value="x", text="x", place=place(4, 12), plain=False),
        place=place(4, 5, 5),
    )
    assert root_of(text) == Mapping(
        place=place(1, 1, 8),
        entries=(
            Entry(
                key="NO",
                key_place=place(1, 1, 2),
                value=Scalar(value="0301", text="0301", place=place(1, 5, 4)),
            ),
            Entry(
                key="list",
                key_place=place(2, 1, 4),
                value=Sequence(items=(quoted, once), place=place(3, 3, 7)),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x: [æ😀å, y]", 1, 10),
        ("😀😀: ø\n😀: {ø: y}", 2, 8),
        ("a: 1\r\nx:   y", 2, 6),
        ("a: 'u\u2028v'\nx: y", 2, 4),
        ("a: 'u\u0085v'\nx: y", 2, 4),
    ],
)
def test_places_count_characters_and_editors_lines(text: str, line: int, column: int) -> None:
    """Letters beyond ASCII count one, and only a line feed ends a line."""
    root = root_of(text.replace("\r\n", "\n"))
    node: Node = root.entries[-1].value
    while isinstance(node, Mapping | Sequence):
        node = node.entries[-1].value if isinstance(node, Mapping) else node.items[-1]
    assert (node.place.line, node.place.column) == (line, column)


@pytest.mark.parametrize(
    "written", ["0301", "NO", "no", "1.10", "12:30", "2026-11-24", "true", "on", "1_000", "0x1F", "=", "1e3"]
)
def test_plain_texts_stay_as_written(written: str) -> None:
    """YAML's own guesses about types play no part, for values and keys alike."""
    node = value_of(f"{written}: {written}", written)
    assert isinstance(node, Scalar)
    assert (node.value, node.text) == (written, written)


@pytest.mark.parametrize("written", ["", " ~", " null", " # nothing"])
def test_null_is_written_in_three_ways(written: str) -> None:
    """`~`, `null` and nothing at all are null."""
    node = value_of(f"a:{written}\n", "a")
    assert isinstance(node, Scalar)
    assert node.value is None


@pytest.mark.parametrize("written", ["'~'", '"null"', "''", "NULL", "|-\n  null", "Null"])
def test_what_looks_like_null_and_is_text(written: str) -> None:
    """In quotes, in a block or spelled otherwise it is a text."""
    node = value_of(f"a: {written}\n", "a")
    assert isinstance(node, Scalar)
    assert node.value is not None
    assert node.value == node.text


@pytest.mark.parametrize(
    ("written", "value", "is_multiline"),
    [
        ("'a b'", "a b", False),
        ("'a''b'", "a'b", True),
        ('"a\\tb"', "a\tb", True),
        ("|\n  a\n  b\n", "a\nb\n", True),
        (">-\n  a\n  b\n", "a b", True),
        ("a\n  b\n", "a b", True),
        ("a b", "a b", False),
    ],
)
def test_where_columns_inside_a_text_can_be_counted(written: str, value: str, *, is_multiline: bool) -> None:
    """A text that is not written as it reads is marked, so that nobody counts columns in it."""
    node = value_of(f"a: {written}", "a")
    assert isinstance(node, Scalar)
    assert (node.value, node.multiline) == (value, is_multiline)


def test_a_tag_before_a_block_and_an_anchor() -> None:
    """The content begins behind tag, anchor and comment."""
    node = value_of('a: !tpl &x # why\n  "b"\nc: *x\n', "a")
    assert isinstance(node, Tagged)
    assert (node.place, node.value.place) == (place(1, 4, 4), place(2, 4))


def test_tags_in_braces() -> None:
    """Tags stand in short mappings too, also without a value."""
    node = value_of('a: {b: !tpl "x", c: !keep , d: !once {e: f}}', "a")
    assert isinstance(node, Mapping)
    assert [entry.value.tag for entry in node.entries if isinstance(entry.value, Tagged)] == [
        "!tpl",
        "!keep",
        "!once",
    ]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "---\n...\n", "~\n", "\n\n"])
def test_files_without_content(text: str) -> None:
    """An empty file has no tree and no finding."""
    document, findings = parse(text, "a.yaml")
    assert (document.root, document.text, findings) == (None, text, ())


@pytest.mark.parametrize(
    ("text", "rule", "at", "message"),
    [
        ("- 1\n", "not-a-mapping", place(1, 1, 3), "a file is a mapping of keys to values"),
        ("words\n", "not-a-mapping", place(1, 1, 5), "a file is a mapping of keys to values"),
        ("a: 1\n---\nb: 2\n", "second-document", place(2, 1, 3), "a second document begins here"),
        ("a: 1\n<<: {b: 2}\n", "merge-key", place(2, 1, 2), "merge keys are not read"),
        ("a: 1\n: 2\n", "empty-key", place(2, 1), "a key is missing before the colon"),
        ("a: {: 2}\n", "empty-key", place(1, 5), "a key is missing before the colon"),
        ("?\n: 2\n", "empty-key", place(1, 2), "a key is missing before the colon"),
        ("? [a]\n: 1\n", "key-not-text", place(1, 3, 3), "a key is a plain text"),
        ("? !var a\n: 1\n", "key-not-text", place(1, 3, 4), "a key is a plain text"),
        ("a: *b\n", "unknown-anchor", place(1, 4, 2), "no anchor &b stands before this"),
        ("a: &b [*b]\n", "unknown-anchor", place(1, 8, 2), "no anchor &b stands before this"),
        ("a: !foo x\n", "unknown-tag", place(1, 4, 4), "!foo is not a tag of dhis2cfg"),
        ("a: !!str x\n", "unknown-tag", place(1, 4, 5), "!!str is not a tag of dhis2cfg"),
        ("a: ! x\n", "unknown-tag", place(1, 4), "! is not a tag of dhis2cfg"),
    ],
)
def test_what_is_not_read(text: str, rule: str, at: Place, message: str) -> None:
    """What YAML allows and a package does not is one finding each, at its place."""
    found = only(text)
    assert (found.rule, found.place, found.message) == (rule, at, message)
    assert found.following


def test_a_misspelled_tag() -> None:
    """A tag that is nearly one of ours is asked about."""
    assert only("a: !vra x\n").following == "did you mean !var?"


def test_a_duplicate_key_names_both_places() -> None:
    """The second one is the finding, the first stands beside it, and the first is kept."""
    document, (found,) = parse("a: 1\n'a': 2\n", "a.yaml")
    assert found == Finding(
        rule="duplicate-key",
        message="a stands here twice",
        place=place(2, 2),
        following="keep one of the two",
        related=(Related(message="first written here", place=place(1, 1)),),
    )
    assert document.root is not None
    assert len(document.root.entries) == 1


def test_plain_aliases_are_fine() -> None:
    """An alias is what its anchor was, with the place where it is written."""
    assert value_of("a: &x [1, 2]\nb: *x\n", "b") == value_of("a: &x [1, 2]\nb: *x\n", "a")


def test_a_quoted_merge_key_is_a_key() -> None:
    """Only the plain sign means merging."""
    assert isinstance(value_of("'<<': x\n", "<<"), Scalar)


def test_aliases_that_explode() -> None:
    """A file that its aliases make ten times as large is a finding, and is never expanded."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    document, (found,) = parse("\n".join(lines), "a.yaml")
    assert (document.root, found.rule, found.place) == (None, "anchors-explode", place(1, 1))


def test_aliases_that_grow_less_than_tenfold() -> None:
    """Nine aliases of one list are still fine."""
    text = "a: &a [" + "x, " * 20 + "x]\n" + "".join(f"b{n}: *a\n" for n in range(7))
    assert len(root_of(text).entries) == 8


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 64 + "]" * 64, "a: " + "[" * 100_000, "a: " + "{b: " * 5000, "- " * 5000]
)
def test_deep_nesting(text: str) -> None:
    """More than 64 levels are a finding, however deep it goes on."""
    found = only(text)
    assert (found.rule, found.message) == ("too-deep", "this stands more than 64 levels deep")


def test_sixty_four_levels_are_read() -> None:
    """The limit itself is fine."""
    assert root_of("a: " + "[" * 62 + "x" + "]" * 62).entries


def test_aliases_count_as_deep_as_they_are() -> None:
    """Nesting by aliases is nesting."""
    text = "a: &a " + "[" * 40 + "x" + "]" * 40 + "\nb: " + "[" * 30 + "*a" + "]" * 30
    assert only(text).rule == "too-deep"


def test_more_mistakes_than_anybody_reads() -> None:
    """Reading ends after a hundred mistakes, and says so."""
    document, findings = parse("a: 1\n" * 5000, "a.yaml")
    assert document.root is None
    assert (len(findings), findings[0].rule) == (102, "too-many-mistakes")


def test_more_values_than_anybody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may hold two million values, whatever its size."""
    monkeypatch.setattr("dhis2cfg.load.text.events.NODES", 1000)
    found = only("a: [" + "x, " * 1000 + "]")
    assert (found.rule, found.message) == ("too-large", "this file has more than 1000 values")


@given(st.text(alphabet=st.sampled_from("ab:-#{}[]&*!'\"|>%@`\t\n ~?,.<$"), max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    """Whatever signs of YAML come together, there is a document or a finding, never a traceback."""
    document, findings = parse(text, "a.yaml")
    for found in findings:
        assert 1 <= found.place.line <= document.text.count("\n") + 1
        assert found.place.column >= 1


@given(
    st.dictionaries(
        st.from_regex(r"[A-Za-z_]{1,8}", fullmatch=True), st.from_regex(r"[ -~]{0,20}", fullmatch=True)
    )
)
def test_quoted_texts_come_back(values: dict[str, str]) -> None:
    """Any printable text in single quotes is read as it was."""
    text = "".join(f"{key}: '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in values.items())
    document, findings = parse(text, "a.yaml")
    assert findings == ()
    entries = document.root.entries if document.root else ()
    assert {entry.key: entry.value.value for entry in entries if isinstance(entry.value, Scalar)} == values
