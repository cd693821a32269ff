"""Laws of flat fields: what is laid over an object is what is then read of it, and nothing else changes."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dhis2cfg.catalogue import shipped
from dhis2cfg.plan import sequences
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat, flatten
from dhis2cfg.wire.overlay import REMOVED, overlay

CATALOGUE = shipped.load("2.43")
UIDS = tuple(f"UidUidUid{number:02}" for number in range(5))
BOUNDED = settings(max_examples=60, deadline=None, derandomize=True)

texts = st.sampled_from(("", "alpha", "beta", " ")) | st.none()
uids = st.lists(st.sampled_from(UIDS), unique=True)
references = uids.map(lambda found: [{"id": uid} for uid in found])
access = st.sampled_from(("--------", "r-------", "rw------"))
entries = st.dictionaries(st.sampled_from(UIDS), access).map(
    lambda found: {uid: {"id": uid, "access": value} for uid, value in found.items()}
)
translations = st.dictionaries(
    st.tuples(st.sampled_from(("NAME", "DESCRIPTION")), st.sampled_from(("nb", "en"))),
    st.sampled_from(("alpha", "beta")),
).map(lambda found: [{"property": p, "locale": loc, "value": v} for (p, loc), v in found.items()])
attribute_values = st.dictionaries(st.sampled_from(UIDS), st.sampled_from(("1", "two  blanks"))).map(
    lambda found: [{"attribute": {"id": uid}, "value": value} for uid, value in found.items()]
)
children = uids.map(
    lambda found: [
        {"id": f"Child{uid[5:]}", "dataElement": {"id": uid}, "compulsory": uid in UIDS[:2], "sortOrder": n}
        for n, uid in enumerate(found, 1)
    ]
)
stages = st.fixed_dictionaries(
    {
        "id": st.just("StageStage1"),
        "name": texts,
        "description": texts,
        "minDaysFromStart": st.sampled_from((0, 1, 2.0, 2.5)),
        "repeatable": st.booleans(),
        "program": st.sampled_from(({"id": UIDS[0]}, {"id": UIDS[1]})),
        "programStageDataElements": children,
        "programStageSections": references,
        "notificationTemplates": references,
        "translations": translations,
        "attributeValues": attribute_values,
        "style": st.sampled_from(({}, {"color": "#fff"}, {"color": "#000", "icon": "dots"})),
        "sharing": st.fixed_dictionaries(
            {"owner": st.just(UIDS[0]), "public": access, "userGroups": entries, "users": entries}
        ),
    }
)


def edits_between(live: Flat, wanted: Flat) -> dict[str, Any]:
    """What turns the one into the other: whole children go and come, orders are given whole."""
    edits: dict[str, Any] = {}
    for path in {**live, **wanted}:
        child = path.partition("].")[0] + "]" if "]." in path else None
        if child in edits:
            continue
        if path not in wanted:
            edits[path] = REMOVED
        elif live.get(path) != wanted[path] and path:
            edits[path] = wanted[path]
    return edits


def _alike(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Fields without empties: null and not there are one."""
    return {path: value for path, value in flat.items() if value not in (None, ())}


@BOUNDED
@given(live=stages, wanted=stages)
def test_overlay_then_flatten_is_exactly_the_edits(live: dict[str, Any], wanted: dict[str, Any]) -> None:
    """The live object with edits laid over it has the live fields with exactly these edits."""
    before, after = (flatten(CATALOGUE, "programStages", each) for each in (live, wanted))
    edits = edits_between(before, after)
    body = overlay(CATALOGUE, "programStages", live, edits, wanted)
    assert _alike(flatten(CATALOGUE, "programStages", body)) == _alike(after)
    assert body["sharing"]["owner"] == UIDS[0]
    assert body["id"] == "StageStage1"


@BOUNDED
@given(live=stages)
def test_overlay_without_edits_changes_nothing(live: dict[str, Any]) -> None:
    """Nothing laid over an object is the object, but for nulls, which are left out."""
    body = overlay(CATALOGUE, "programStages", live, {}, {})
    assert body == {name: value for name, value in live.items() if value is not None}


@BOUNDED
@given(live=stages, data=st.data())
def test_flatten_is_blind_to_the_order_of_sets_and_of_properties(
    live: dict[str, Any], data: st.DataObject
) -> None:
    """Properties, sets, translations and children with numbers may come in any order."""
    turned = {name: live[name] for name in data.draw(st.permutations(list(live)))}
    for name in ("notificationTemplates", "translations", "attributeValues", "programStageDataElements"):
        turned[name] = data.draw(st.permutations(turned[name]))
    first, again = (flatten(CATALOGUE, "programStages", each) for each in (live, turned))
    assert first == again


@BOUNDED
@given(live=stages)
def test_flatten_is_idempotent(live: dict[str, Any]) -> None:
    """What is built from an object's fields has these fields again."""
    flat = flatten(CATALOGUE, "programStages", live)
    edits = {path: value for path, value in flat.items() if path and value is not None}
    body = overlay(CATALOGUE, "programStages", {"id": live["id"]}, edits, live)
    assert _alike(flatten(CATALOGUE, "programStages", body)) == _alike(flat)


@given(key=st.text(max_size=8), rest=st.sampled_from(("", "field", "inner[key].x")))
def test_paths_are_taken_apart_as_they_were_put_together(key: str, rest: str) -> None:
    """Any key goes into a path and comes out again."""
    path = paths.member("list", key)
    parsed = paths.parse(paths.inside(path, rest) if rest else path)
    assert (parsed.property, parsed.key, parsed.rest, parsed.is_order) == ("list", key, rest, False)


sequence = st.lists(st.sampled_from("ABCDxyz"), unique=True).map(tuple)


@given(desired=sequence, live=sequence, gone=st.frozensets(st.sampled_from("xyz")))
def test_merged_keeps_our_order_and_every_local_member_once(
    desired: tuple[str, ...], live: tuple[str, ...], gone: frozenset[str]
) -> None:
    """Ours stand in our order, nobody is lost or stands twice, and a local member keeps its neighbour."""
    result = sequences.merged(desired, live, gone)
    local = tuple(key for key in live if key not in desired and key not in gone)
    assert sequences.restricted(result, desired) == desired
    assert sorted(result) == sorted((*desired, *local))
    for key in local:
        assert _before(key, result, desired) == _before(key, live, desired)


def _before(key: str, within: tuple[str, ...], ours: tuple[str, ...]) -> str | None:
    """The nearest of ours before a member."""
    return next((each for each in within[: within.index(key)][::-1] if each in ours), None)


@given(desired=sequence, live=sequence)
def test_merging_twice_is_merging_once(desired: tuple[str, ...], live: tuple[str, ...]) -> None:
    """What was merged needs no merging."""
    once = sequences.merged(desired, live)
    assert sequences.merged(desired, once) == once


@given(live=sequence, data=st.data())
def test_our_order_among_locals_is_no_change(live: tuple[str, ...], data: st.DataObject) -> None:
    """Where ours stand in our order already, nothing moves."""
    ours = data.draw(st.sets(st.sampled_from(live)) if live else st.just(set()))
    assert sequences.merged(sequences.restricted(live, ours), live) == live
