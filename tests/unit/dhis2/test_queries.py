"""Selections become paths that fit a request line, a type once a read."""

from collections import Counter
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.dhis2.reads.queries import LONGEST_PATH, Selection, metadata_path, packed

UIDS = tuple(f"Uid{number:08}" for number in range(1500))


def by_id(type_name: str, uids: tuple[str, ...]) -> Selection:
    """A selection by id."""
    return Selection(type=type_name, path="id", values=uids, fields=":owner")


def test_one_path() -> None:
    """Brackets are encoded, commas between values are not; defaults are included."""
    path = metadata_path([by_id("options", ("a", "b")), by_id("programs", ("c",))])
    assert path == (
        "/api/metadata?options:filter=id:in:%5Ba,b%5D&options:fields=:owner"
        "&programs:filter=id:eq:c&programs:fields=:owner&defaults=INCLUDE"
    )
    assert metadata_path([by_id("options", ("a",))], skip_sharing=True).endswith("&skipSharing=true")


def test_a_stranger_is_asked_for_beside() -> None:
    """One more value makes the question another one, also where only one object is asked for."""
    selection = Selection(type="options", path="id", values=("a",), fields=":owner", stranger="0f")
    assert selection.text == "options:filter=id:in:%5Ba,0f%5D&options:fields=:owner"


def test_strange_values_go_alone() -> None:
    """A value with a comma or a bracket is compared by `eq`, wholly encoded: `in` would cut it."""
    selection = Selection(type="programs", path="name", values=("x", "a, b", "[c]", "y"), fields="id,name")
    assert [each.text for (each,) in packed([selection])] == [
        "programs:filter=name:in:%5Bx,y%5D&programs:fields=id,name",
        "programs:filter=name:eq:a%2C%20b&programs:fields=id,name",
        "programs:filter=name:eq:%5Bc%5D&programs:fields=id,name",
    ]


def test_many_ids_are_cut() -> None:
    """About 600 ids fit in one path."""
    reads = packed([by_id("options", UIDS), by_id("programs", UIDS[:5])])
    assert [len(read[0].values) for read in reads] == [600, 600, 300]
    assert [len(read) for read in reads] == [1, 1, 2]


def test_nothing() -> None:
    """No selection, no read."""
    assert packed([]) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["options", "programs", "dataElements"]),
            st.sampled_from(["id", "code"]),
            st.lists(st.text(min_size=1, max_size=60), max_size=400, unique=True),
        ),
        max_size=5,
    )
)
def test_every_value_is_asked_once(wanted: list[tuple[str, str, list[str]]]) -> None:
    """Every value of every selection is in exactly one read; no read is too long or filters a type twice."""
    selections = [
        Selection(type=type_name, path=path, values=tuple(values), fields="id")
        for type_name, path, values in wanted
    ]
    reads = packed(selections)
    asked = Counter((each.type, each.path, value) for read in reads for each in read for value in each.values)
    assert asked == Counter((each.type, each.path, value) for each in selections for value in each.values)
    for read in reads:
        assert len(metadata_path(read, skip_sharing=True)) <= LONGEST_PATH
        assert len({each.type for each in read}) == len(read)
        assert all(unquote(each.text).startswith(each.type) for each in read)
