"""Tests of CSV files becoming mappings of rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.load.text.opening import decode
from dhis2cfg.load.text.tables import read_table
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Entry, Mapping, Scalar


def place(line: int, column: int, length: int) -> Place:
    """A place in the file of these tests."""
    return Place(file="t.csv", line=line, column=column, length=length)


def cell(text: str, at: Place) -> Scalar:
    """A value as a table gives it: text, whatever it looks like."""
    return Scalar(value=text, text=text, place=at, plain=False)


def rows_of(text: str) -> dict[str, dict[str, object]]:
    """The rows of a table without findings, as plain values."""
    table, findings = read_table(text, "t.csv")
    assert findings == ()
    return {entry.key: _plain(entry.value) for entry in table.entries if isinstance(entry.value, Mapping)}


def _plain(node: Mapping) -> dict[str, object]:
    return {
        entry.key: _plain(entry.value) if isinstance(entry.value, Mapping) else entry.value.text
        for entry in node.entries
        if isinstance(entry.value, Mapping | Scalar)
    }


def only(text: str) -> Finding:
    """The one finding of a table."""
    _, findings = read_table(text, "t.csv")
    (found,) = findings
    return found


def test_a_table_as_if_written_in_yaml() -> None:
    """Names come from the header, locales are gathered, each cell knows its place."""
    table, findings = read_table('key,name.nb,name.en,code\nA,"Ål, stor",Big eel,01\n', "t.csv")
    name = Mapping(
        place=place(2, 4, 8),
        entries=(
            Entry(key="nb", key_place=place(1, 5, 7), value=cell("Ål, stor", place(2, 4, 8))),
            Entry(key="en", key_place=place(1, 13, 7), value=cell("Big eel", place(2, 14, 7))),
        ),
    )
    code = Entry(key="code", key_place=place(1, 21, 4), value=cell("01", place(2, 22, 2)))
    row = Mapping(
        entries=(Entry(key="name", key_place=place(1, 5, 7), value=name), code), place=place(2, 1, 1)
    )
    entry = Entry(key="A", key_place=place(2, 1, 1), value=row)
    assert table == Mapping(entries=(entry,), place=Place(file="t.csv"))
    assert findings == ()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_header_shows_the_delimiter(sign: str) -> None:
    """Comma, semicolon and tab are read alike."""
    text = f"key{sign}name\nA{sign}a. b\n"
    assert rows_of(text) == {"A": {"name": "a. b"}}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("name;key\nBil, stor;A\n", {"A": {"name": "Bil, stor"}}),
        ("key\nA\nB\n", {"A": {}, "B": {}}),
        ("key,name\nA,x", {"A": {"name": "x"}}),
        ("key,name\n\nA,x\n\n\n", {"A": {"name": "x"}}),
        ("key,name\nA,\n", {"A": {}}),
        ('key,name\nA,""\n', {"A": {}}),
        ('key,name\nA,"say ""hi"""\n', {"A": {"name": 'say "hi"'}}),
        ('key,name\nA,"two\nlines"\nB,x\n', {"A": {"name": "two\nlines"}, "B": {"name": "x"}}),
        ("key , name\nA , x y \n", {"A": {"name": "x y"}}),
        ("key,name\nNO,0301\nA,~\n", {"NO": {"name": "0301"}, "A": {"name": "~"}}),
        ('key,name\nA,5" rør\n', {"A": {"name": '5" rør'}}),
        (
            "key,style.color,style.icon\nA,#fff,x\nB,,y\n",
            {"A": {"style": {"color": "#fff", "icon": "x"}}, "B": {"style": {"icon": "y"}}},
        ),
        ('"key";"a,b"\nA;x\n', {"A": {"a,b": "x"}}),
        ("key,name\nA,x\n,\n", {"A": {"name": "x"}}),
    ],
)
def test_what_tables_hold(text: str, rows: dict[str, object]) -> None:
    """Quotes, blanks, line breaks and empty cells are read as spreadsheets mean them."""
    assert rows_of(text) == rows


def test_a_table_with_a_mark_and_windows_lines() -> None:
    """What a spreadsheet saves is read: byte order mark and CRLF."""
    text = decode(b"\xef\xbb\xbfkey;name\r\nA;\xc3\x98y\r\n", "t.csv")
    assert isinstance(text, str)
    assert rows_of(text) == {"A": {"name": "Øy"}}


@pytest.mark.parametrize(
    ("text", "rule", "line", "column", "message"),
    [
        ("", "empty-table", 1, 1, "t.csv has no header"),
        ("\n \n", "empty-table", 1, 1, "t.csv has no header"),
        ("code,name\nA,x\n", "missing-column", 1, 1, "this table has no column key"),
        ("key,,name\nA,x,y\n", "empty-column", 1, 5, "this column has no name"),
        ("key,name,name\nA,x,y\n", "duplicate-column", 1, 10, "the column name stands here twice"),
        ("key,name,name.nb\nA,x,y\n", "duplicate-column", 1, 10, "the column name.nb stands here twice"),
        ("key,name.nb,name\nA,x,y\n", "duplicate-column", 1, 13, "the column name stands here twice"),
        ("key,name\nA,x,y\n", "ragged-row", 2, 5, "this row has 3 cells, the header 2"),
        ("key,name,code\nA,x\n", "ragged-row", 2, 3, "this row has 2 cells, the header 3"),
        ("key,name\n,x\n", "empty-key", 2, 1, "this row has no key"),
        ("key,name\nA,x\nA,y\n", "duplicate-key", 3, 1, "A stands here twice"),
        ('key,name\nA,"x\n', "csv-quote", 2, 3, "this quote does not end the cell"),
        ('key,name\nA,"x" y\n', "csv-quote", 2, 3, "this quote does not end the cell"),
    ],
)
def test_what_is_wrong_in_a_table(text: str, rule: str, line: int, column: int, message: str) -> None:
    """One finding each, at its cell."""
    found = only(text)
    assert (found.rule, found.place.line, found.place.column, found.message) == (rule, line, column, message)
    assert found.following


def test_a_duplicate_row_names_the_first() -> None:
    """The first place stands beside the second, and the first row is kept."""
    table, (found,) = read_table("key\nA\nB\nA\n", "t.csv")
    assert [entry.key for entry in table.entries] == ["A", "B"]
    assert [related.place.line for related in found.related] == [2]


@given(st.text(alphabet=st.sampled_from('key,;\t"\n a.'), max_size=40))
def test_no_table_makes_it_fail(text: str) -> None:
    """Whatever stands in the file, there are rows or findings."""
    _, findings = read_table(text, "t.csv")
    assert all(found.place.line <= text.count("\n") + 1 for found in findings)


_CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1)


@given(st.lists(_CELLS, min_size=1, max_size=5))
def test_quoted_cells_come_back(values: list[str]) -> None:
    """Whatever stands in quotes is read as it was."""
    lines = "".join(
        f'K{number};"{value.replace(chr(34), chr(34) * 2)}"\n' for number, value in enumerate(values)
    )
    expected = {f"K{number}": {"name": value} for number, value in enumerate(values)}
    assert rows_of("key;name\n" + lines) == expected


def test_more_cells_than_anybody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table may hold a million cells, whatever its size."""
    monkeypatch.setattr("dhis2cfg.load.text.tables.CELLS", 1000)
    table, (found,) = read_table("," * 1001, "t.csv")
    assert (table.entries, found.rule, found.message) == ((), "too-large", "t.csv has more than 1000 cells")


def test_more_mistakes_than_anybody_reads() -> None:
    """Reading ends after a hundred mistakes, and says so."""
    _, findings = read_table("key,name\n" + "A,x,y\n" * 5000, "t.csv")
    assert (len(findings), findings[-1].rule) == (102, "too-many-mistakes")
