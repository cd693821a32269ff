"""Single values put into files of the user's."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.model.places import Place
from dhis2cfg.workspace.edits import with_patch, with_value
from dhis2cfg.workspace.scalars import spelled

HEAD = "number: '1'   # the number\n"


@given(st.one_of(st.text(), st.integers(), st.booleans()))
def test_what_is_spelled_reads_as_the_same(value: str | float) -> None:
    """Any YAML reader takes it for the value that was meant, also inside a flow mapping."""
    if isinstance(value, str) and not value.isprintable():
        return
    assert yaml.safe_load(f"[{spelled(value)}]") == [value]


def test_nothing_is_spelled_as_nothing() -> None:
    """A field that is managed and empty."""
    assert spelled(None) == "~"


@pytest.mark.parametrize(
    ("line", "old", "place", "written"),
    [
        ("name: Debut # dato", "Debut", (7, 5), "name: Ny dato # dato"),
        ('name: "Debut"', "Debut", (7, 7), "name: Ny dato"),
        ("on: true", True, (5, 4), "on: Ny dato"),
        ("n: 5", 5, (4, 1), "n: Ny dato"),
    ],
)
def test_a_value_in_its_place(line: str, old: str | int, place: tuple[int, int], written: str) -> None:
    """Only the value's own characters change."""
    where = Place(file="x", line=2, column=place[0], length=place[1])
    assert with_value(f"a: 1\n{line}\nz: 2\n", where, old, "Ny dato") == f"a: 1\n{written}\nz: 2\n"


@pytest.mark.parametrize(
    ("line", "old"),
    [("name: !var x", "Debut"), ("name: Other", "Debut"), ("name: [", "Debut"), ("name: ", None)],
)
def test_a_value_that_does_not_stand_there(line: str, old: str | None) -> None:
    """It was made of something else, or the file has changed: nothing is guessed."""
    assert with_value(line, Place(file="x", line=1, column=7, length=9), old, "x") is None
    assert with_value(line, Place(file="x", line=9, column=7, length=9), old, "x") is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (HEAD, HEAD + 'patches:\n  "programs/P": {name: N}\n'),
        ("number: '1'", "number: '1'\n" + 'patches:\n  "programs/P": {name: N}\n'),
        (
            HEAD + "patches:\n  # ours\n  programs/Q: {name: X}\nallow: []\n",
            HEAD + 'patches:\n  # ours\n  "programs/P": {name: N}\n  programs/Q: {name: X}\nallow: []\n',
        ),
        (HEAD + "patches: {}\n", HEAD + 'patches: {"programs/P": {name: N}}\n'),
        (
            HEAD + "patches: {programs/Q: {code: X}}\n",
            HEAD + 'patches: {"programs/P": {name: N}, programs/Q: {code: X}}\n',
        ),
        (
            HEAD + "patches:\n  programs/P:\n    code: X  # why\n",
            HEAD + "patches:\n  programs/P:\n    name: N\n    code: X  # why\n",
        ),
        (
            HEAD + "patches:\n  programs/P: {code: X}\n",
            HEAD + "patches:\n  programs/P: {name: N, code: X}\n",
        ),
        (
            HEAD + "patches:\n  programs/P: {name: X, code: X}\n",
            HEAD + "patches:\n  programs/P: {name: N, code: X}\n",
        ),
    ],
)
def test_a_patch_finds_its_place(text: str, written: str) -> None:
    """New at the end, else before what stands there, in the style of the file; comments stay."""
    assert with_patch(text, "programs/P", "name", "N") == written


@pytest.mark.parametrize(
    "text",
    [
        "{number: '1'}\n",
        "- x\n",
        HEAD + "patches:\n",
        HEAD + "patches:\n  programs/P: !var x\n",
        HEAD + "patches:\n  programs/P:\n    name:\n      nb: X\n",
        "",
    ],
)
def test_a_file_without_room(text: str) -> None:
    """A file in another form is left to a person."""
    assert with_patch(text, "programs/P", "name", "N") is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "servers: {prod: {url: u}}\n",
            'servers: {prod: {patches: {"programs/P": {name: N}}, url: u}}\n',
        ),
        (
            "servers:\n  prod:\n    url: u\n    patches:\n      programs/P: {code: C}\n",
            "servers:\n  prod:\n    url: u\n    patches:\n      programs/P: {name: N, code: C}\n",
        ),
        ("servers: {test: {url: u}}\n", None),
        ("server: {url: u}\n", None),
    ],
)
def test_a_patch_for_one_server(text: str, written: str | None) -> None:
    """It stands beside the address; where there is no such server, nowhere."""
    assert with_patch(text, "programs/P", "name", "N", alone="prod") == written
