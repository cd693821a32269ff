"""Laws of replacement, ownership and order over random objects (facts §5)."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.sandbox.server import Server, element, option_set, uid

NAMES = st.text(alphabet="abcdefgh", min_size=1, max_size=3)
CODES = st.lists(NAMES, unique=True, max_size=5)
TEXTS = st.one_of(st.none(), st.text(min_size=2, max_size=8))
SHARING = st.sampled_from(["--------", "r-------", "rw------"])


@st.composite
def elements(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Data elements with some of their properties."""
    found = []
    for name in draw(st.lists(NAMES, unique=True, max_size=4)):
        more: dict[str, Any] = {}
        text = draw(TEXTS)
        if text is not None:
            more["description"] = text
        if draw(st.booleans()):
            more["sharing"] = {"public": draw(SHARING), "users": {}, "userGroups": {}}
        found.append(element(name) | more)
    return found


@given(first=elements(), second=elements())
@settings(max_examples=30, deadline=None)
def test_what_was_sent_last_stands_and_nothing_else(
    first: list[dict[str, Any]], second: list[dict[str, Any]]
) -> None:
    """A property left out of the second import is gone; what only the first named is as it was."""
    server = Server()
    server.commit(dataElements=first)
    server.commit(dataElements=second)
    last = {row["id"]: row for row in [*first, *second]}
    for row in last.values():
        stands = server.owner("dataElements", row["id"])
        text = row.get("description")
        assert stands.get("description") == (text or None)
        assert stands["sharing"]["public"] == row["sharing"]["public"]
        assert stands["sharing"]["owner"] == stands["createdBy"]["id"]
    assert len(server.get("/api/dataElements?paging=false")["dataElements"]) == len(last)


@given(first=CODES, second=CODES)
@settings(max_examples=30, deadline=None)
def test_the_list_of_the_set_is_the_order_and_who_is_left_out_stays_alone(
    first: list[str], second: list[str]
) -> None:
    """After each import the set's options are the sent list, numbered from 0."""
    server = Server()
    for codes in (first, second):
        server.commit(**option_set("OS", *codes))
        shown = server.get(f"/api/optionSets/{uid('OS')}?fields=options[code,sortOrder]")["options"]
        assert [(row["code"], row["sortOrder"]) for row in shown] == list(
            zip(codes, range(len(codes)), strict=True)
        )
    for code in set(first) - set(second):
        assert "optionSet" not in server.owner("options", uid("OS" + code))


@given(rows=elements())
@settings(max_examples=20, deadline=None)
def test_a_dry_run_changes_nothing_and_foretells_the_counts(rows: list[dict[str, Any]]) -> None:
    """VALIDATE says what COMMIT then does."""
    server = Server()
    foretold = server.send("importMode=VALIDATE", dataElements=rows).stats
    assert server.get("/api/dataElements?paging=false")["dataElements"] == []
    assert server.commit(dataElements=rows).stats == foretold
