"""Reach, rest and keep: whatever package, whatever release after it, whatever hands did in between."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Reason
from dhis2cfg.model.run import Result
from tests.property.hands import by_hand
from tests.property.server import UNITS, House, make_house
from tests.property.strategies import HANDS, Package, Stage, hands, packages, state_of, uid

BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
"""A failure is told as it was found: making it smaller would take minutes of applying."""


@BOUNDED
@given(data=st.data())
def test_reach_rest_and_keep(data: st.DataObject) -> None:
    """After apply the server holds what was asked for, a second plan is empty, and nothing else changed."""
    house = make_house()
    first = data.draw(packages(), label="first release")
    assert house.apply(state_of(first)).result is Result.CHANGED
    must_hold(house, first)
    own = [by_hand(house, hand, first) for hand in data.draw(hands(), label="by hand")]
    second = data.draw(packages(after=first), label="second release")
    before = house.everything()
    outcome = house.apply(state_of(second))
    assert outcome.result in (Result.CHANGED, Result.AS_IT_WAS), outcome
    must_hold(house, second)
    assert house.plan(state_of(second)).changes == ()
    assert [kept(house) for kept in own if kept is not None] == [True for kept in own if kept is not None]
    must_be_kept(before, house.everything(), first, second)


@settings(BOUNDED, max_examples=4)
@given(package=packages())
def test_the_same_plan_twice_is_the_same_bytes(package: Package) -> None:
    """Planning changes nothing and hangs on nothing but what it is given."""
    house = make_house()
    assert house.plan(state_of(package)) == house.plan(state_of(package))


def must_hold(house: House, package: Package) -> None:
    """What was asked for stands, read from the server and compared by hand, not by the planner."""
    for name, word in package.elements.items():
        live = house.get("dataElements", uid(Ref("dataElements", name)))
        assert live["name"] == f"{name} {word}"
        assert live["sharing"]["public"] == package.public
        if name in package.described:
            assert live["description"] == f"About {word}"
        texts = {(each["property"], each["locale"]): each["value"] for each in live["translations"]}
        if name in package.english:
            assert texts["NAME", "en"] == f"{word} {name}"
        if package.entry:
            entry = live["sharing"]["userGroups"][uid(Ref("userGroups", "UG"))]
            assert entry["access"] == package.entry
    one_set = house.get("optionSets", uid(Ref("optionSets", "S")))
    wanted = [uid(Ref("options", f"S/{name}")) for name in package.options]
    assert in_order(wanted, [each["id"] for each in one_set["options"]])
    group = house.get("dataElementGroups", uid(Ref("dataElementGroups", "G")))
    members = {each["id"] for each in group["dataElements"]}
    assert {uid(Ref("dataElements", name)) for name in package.grouped} <= members
    legends = house.get("legendSets", uid(Ref("legendSets", "L")))["legends"]
    ranges = sorted((each["startValue"], each["endValue"]) for each in legends)
    assert ranges == sorted(package.legends)
    assert len({each["id"] for each in legends}) == len(legends)
    _program_holds(house, package)


def _program_holds(house: House, package: Package) -> None:
    program = house.get("programs", uid(Ref("programs", "P")))
    assert package.units <= {each["id"] for each in program["organisationUnits"]}
    numbers = {}
    for name, stage in package.stages.items():
        live = house.get("programStages", uid(Ref("programStages", f"P/{name}")))
        numbers[name] = live["sortOrder"]
        rows = sorted(live["programStageDataElements"], key=lambda row: row["sortOrder"])
        elements = [uid(Ref("dataElements", each)) for each in stage.elements]
        assert in_order(elements, [row["dataElement"]["id"] for row in rows])
        compulsory = {row["dataElement"]["id"] for row in rows if row["compulsory"]}
        assert {uid(Ref("dataElements", each)) for each in stage.compulsory} <= compulsory
        sections = [uid(Ref("programStageSections", f"P/{name}/{each}")) for each in stage.sections]
        found = {each: house.get("programStageSections", each)["sortOrder"] for each in sections}
        assert sorted(sections, key=found.__getitem__) == sections
        assert len(set(found.values())) == len(found)
    assert sorted(package.stages, key=numbers.__getitem__) == list(package.stages)
    for name in package.rules:
        action = house.get("programRuleActions", uid(Ref("programRuleActions", f"P/R_{name}/HIDE")))
        assert action["dataElement"]["id"] == uid(Ref("dataElements", name))


def in_order(wanted: Sequence[str], live: Sequence[str]) -> bool:
    """Whether all that is wanted stands, in its order, whatever else stands between."""
    return [each for each in live if each in set(wanted)] == list(wanted)


def must_be_kept(
    before: dict[tuple[str, str], Any], after: dict[tuple[str, str], Any], *releases: Package
) -> None:
    """What no release names is as it was, but for numbers that make room in an order."""
    ours = {(ref.type, uid(ref)) for release in releases for ref in state_of(release).objects}
    for key, was in before.items():
        if key in ours or key[0] == "categoryOptionCombos":
            continue
        now = after[key]
        assert {**now, "sortOrder": None} == {**was, "sortOrder": None}, key


FIRST = Package(
    elements={"E0": "alpha", "E1": "beta", "E2": "gamma"},
    english=frozenset({"E0"}),
    described=frozenset({"E0"}),
    options=("O0", "O1", "O2"),
    grouped=frozenset({"E0", "E1"}),
    stages={"ST0": Stage(elements=("E0", "E1"), compulsory=frozenset({"E0"}), sections=("SE0",))},
    units=frozenset({UNITS[0]}),
    public="--------",
    entry="r-------",
    legends=((0, 10), (10, 20)),
    rules=frozenset(),
)
SECOND = Package(
    elements={"E0": "beta", "E1": "beta", "E2": "gamma"},
    english=frozenset({"E0", "E1"}),
    described=frozenset({"E0", "E1"}),
    options=("O2", "O3", "O0"),
    grouped=frozenset({"E1", "E2"}),
    stages={
        "ST1": Stage(elements=("E0",), compulsory=frozenset(), sections=()),
        "ST0": Stage(elements=("E2", "E1", "E0"), compulsory=frozenset({"E2"}), sections=("SE1", "SE0")),
    },
    units=frozenset({UNITS[1]}),
    public="r-------",
    entry="rw------",
    legends=((10, 20), (20, 30)),
    rules=frozenset({"E2"}),
)


@pytest.mark.parametrize("hand", HANDS)
def test_each_hand_beside_a_release_that_changes_everything(hand: str) -> None:
    """What one hand did survives, or is set back, while every list and field of ours moves on."""
    house = make_house()
    assert house.apply(state_of(FIRST)).result is Result.CHANGED
    kept = by_hand(house, hand, FIRST)
    before = house.everything()
    assert house.apply(state_of(SECOND)).result is Result.CHANGED
    must_hold(house, SECOND)
    assert house.plan(state_of(SECOND)).changes == ()
    assert kept is None or kept(house)
    must_be_kept(before, house.everything(), FIRST, SECOND)


@pytest.mark.parametrize("hand", HANDS)
def test_each_hand_is_set_back_or_is_nobody_s(hand: str) -> None:
    """The same release again: ours are drift and set back, what is the municipality's own is no change."""
    house = make_house()
    house.apply(state_of(FIRST))
    kept = by_hand(house, hand, FIRST)
    plan = house.plan(state_of(FIRST))
    assert {each.reason for each in plan.changes} <= {Reason.DRIFT}
    assert bool(plan.changes) is (kept is None or hand == "share")
    house.apply(state_of(FIRST))
    must_hold(house, FIRST)
    assert kept is None or kept(house)
    assert house.plan(state_of(FIRST)).changes == ()
