"""What is sent, and in how many calls: numbers of an order, checks against what stands, lost links."""

from typing import Any

import pytest

from dhis2cfg.catalogue.forward import FORWARD, Fate
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.plan.steps.bodies import numbered
from tests.unit.plan.planning import Standing, applied, child, others, plan_of, shared, thing

PROGRAM, STAGE, RULE, ACTION = "ProgProg001", "StageStage1", "RuleRule001", "ActionActi1"
NEW, OLD = "DeNewNew001", "DeOldOld001"
P, S = Ref("programs", "P"), Ref("programStages", "P/S")


def program(*stages: Ref, attributes: tuple[str, ...] = ()) -> DesiredObject:
    """A program with its stages and attributes."""
    rows = tuple(
        child(uid, trackedEntityAttribute=others("trackedEntityAttributes", uid)[0]) for uid in attributes
    )
    return thing(
        "programs/P", PROGRAM, name="P", programStages=stages or (S,), programTrackedEntityAttributes=rows
    )


def stage(*elements: str, key: str = "S", uid: str = STAGE) -> DesiredObject:
    """A stage with its elements."""
    rows = tuple(child(each, dataElement=others("dataElements", each)[0]) for each in elements)
    return thing(f"programStages/P/{key}", uid, name=key, program=P, programStageDataElements=rows)


def rule(**target: Any) -> list[DesiredObject]:
    """A rule of the program with one action."""
    action = Ref("programRuleActions", "P/R/A")
    return [
        thing("programRules/P/R", RULE, name="R", program=P, programRuleActions=(action,)),
        thing(str(action), ACTION, programRule=Ref("programRules", "P/R"), **target),
    ]


def element(uid: str) -> Any:
    """A data element of the server."""
    return others("dataElements", uid)[0]


def server() -> Standing:
    """A server with two elements and an attribute."""
    found = Standing()
    for uid in (NEW, OLD):
        found.put("dataElements", uid, name=uid)
    found.put("trackedEntityAttributes", "AttrAttr001", name="A")
    return found


def calls(made: Any) -> list[tuple[set[str], str, bool]]:
    """Of each call: which objects it holds, its reason, whether it can be tried."""
    return [({path for _, path in step.objects}, step.reason, step.tried) for step in made.plan.steps]


def test_everything_new_goes_in_one_call() -> None:
    """A new program with stage, rule and action: what is new passes the checks (facts §17.2)."""
    made = plan_of([program(), stage(NEW), *rule(dataElement=element(NEW))], server())
    assert calls(made) == [({"P", "P/S", "P/R", "P/R/A"}, "", True)]


def test_e4047_an_action_on_an_element_that_a_stage_gains() -> None:
    """The rule goes with its action in a second call, which can be tried only after the first."""
    there = server()
    record = applied([program(), stage(OLD)], there)
    made = plan_of([program(), stage(OLD, NEW), *rule(dataElement=element(NEW))], there, record)
    first, second = calls(made)
    assert first == ({"P/S"}, "", True)
    assert second[0] == {"P/R", "P/R/A"}
    assert second[1].startswith("E4047: a rule acts on an element that an existing stage gains")
    assert second[2] is False


def test_e4047_not_where_another_stage_of_the_program_has_the_element() -> None:
    """What the program holds already passes; what a new stage of a standing program brings does not."""
    there = server()
    other = Ref("programStages", "P/T")
    both = [program(S, other), stage(OLD), stage(NEW, key="T", uid="StageOther1")]
    record = applied(both, there)
    gained = [program(S, other), stage(OLD, NEW), both[2], *rule(dataElement=element(NEW))]
    assert len(plan_of(gained, there, record).plan.steps) == 1
    alone = applied([program(), stage(OLD)], there := server())
    new_stage = [program(S, other), stage(OLD, NEW), both[2], *rule(dataElement=element(NEW))]
    assert len(plan_of(new_stage, there, alone).plan.steps) == 2


def test_e4047_counts_within_the_program_of_the_rule() -> None:
    """A stage of another program that has the element makes no difference to the server."""
    there = server()
    there.put(
        "programStages",
        "StageOther1",
        name="Other",
        program={"id": "ProgOther01"},
        programStageDataElements=[{"id": "ChildChild1", "dataElement": {"id": NEW}}],
    )
    watched = thing("programStages/Q/S", "StageOther1", name="Other")
    record = applied([program(), stage(OLD), watched], there)
    wanted = [program(), stage(OLD, NEW), watched, *rule(dataElement=element(NEW))]
    assert len(plan_of(wanted, there, record).plan.steps) == 2


def test_e4047_of_a_rule_that_stands() -> None:
    """A new action of an old rule: both go in the second call, for the rule lists its action."""
    there = server()
    old = rule(dataElement=element(OLD))
    record = applied([program(), stage(OLD), *old], there)
    second = Ref("programRuleActions", "P/R/B")
    wanted = [
        program(),
        stage(OLD, NEW),
        thing("programRules/P/R", RULE, name="R", program=P, programRuleActions=(old[1].ref, second)),
        old[1],
        thing(str(second), "ActionActi2", programRule=Ref("programRules", "P/R"), dataElement=element(NEW)),
    ]
    assert [objects for objects, _, _ in calls(plan_of(wanted, there, record))] == [
        {"P/S"},
        {"P/R", "P/R/B"},
    ]


def test_e4048_an_action_on_an_attribute_that_a_program_gains() -> None:
    """The same for attributes of the program."""
    there = server()
    record = applied([program(), stage(OLD)], there)
    attribute = others("trackedEntityAttributes", "AttrAttr001")[0]
    wanted = [
        program(attributes=("AttrAttr001",)),
        stage(OLD),
        *rule(trackedEntityAttribute=attribute),
    ]
    first, second = calls(plan_of(wanted, there, record))
    assert (first[0], second[0]) == ({"P"}, {"P/R", "P/R/A"})
    assert second[1].startswith("E4048: ")


def relationship(holder: Any, key: str) -> DesiredObject:
    """A relationship type whose one end shows data of a program or stage."""
    view = child("", attributes=others("trackedEntityAttributes", "AttrAttr001"))
    end = child("", relationshipEntity="PROGRAM_STAGE_INSTANCE", trackerDataView=view, **{key: holder})
    return thing("relationshipTypes/R", "RelType0001", name="R", fromConstraint=end)


def test_e4314_a_relationship_type_that_shows_data_of_something_new() -> None:
    """It goes in a second call where its program is new, in the only one where it stands."""
    there = server()
    wanted = [program(), stage(OLD), relationship(P, "program")]
    first, second = calls(plan_of(wanted, there))
    assert (first[0], second[0]) == ({"P", "P/S"}, {"R"})
    assert second[1].startswith("E4314: ")
    record = applied([program(), stage(OLD)], there)
    assert len(plan_of(wanted, there, record).plan.steps) == 1


def test_a_link_to_something_new_is_sent_again() -> None:
    """An attribute loses its new option set in the same call; with an old one it does not."""
    option_set = thing("optionSets/S", "OptionSet01", name="S")
    attribute = thing("attributes/A", "AttrMeta001", name="A", optionSet=option_set.ref)
    made = plan_of([option_set, attribute], Standing())
    assert calls(made) == [
        ({"S", "A"}, "", True),
        ({"A"}, "attributes.optionSet is lost where optionSets are new in the same call", True),
    ]
    there = Standing()
    record = applied([option_set], there)
    assert len(plan_of([option_set, attribute], there, record).plan.steps) == 1


SENT_AGAIN = [row for row in FORWARD if row.fate is Fate.LOST and "." not in row.property]


@pytest.mark.parametrize("row", SENT_AGAIN, ids=lambda row: f"{row.type}.{row.property}")
def test_every_lost_reference_of_the_table_is_sent_again(row: Any) -> None:
    """Each row of the table that a call loses has its object in a second call."""
    target = thing(f"{row.target}/T", "TargetTarg1", name="T")
    is_list = row.property.endswith("s")
    value = (target.ref,) if is_list else target.ref
    source = thing(f"{row.type}/X", "SourceSour1", name="X", **{row.property: value})
    made = plan_of([source, target], Standing())
    assert len(made.plan.steps) == 2
    assert [path for _, path in made.plan.steps[1].objects] == ["X"]


def test_a_link_that_position_keeps_is_sent_again_only_in_a_circle() -> None:
    """What is referred to stands before; where two refer to each other, a second call brings it back."""
    lower = thing("userGroups/B", "GroupGroupB", name="B")
    upper = thing("userGroups/A", "GroupGroupA", name="A", managedGroups=(lower.ref,))
    (only,) = plan_of([upper, lower], Standing()).plan.steps
    assert [path for _, path in only.objects] == ["B", "A"]
    circle = thing("userGroups/B", "GroupGroupB", name="B", managedGroups=(upper.ref,))
    first, second = plan_of([upper, circle], Standing()).plan.steps
    assert {path for _, path in second.objects} <= {path for _, path in first.objects}


def test_what_refers_to_something_that_goes_later_goes_later_too() -> None:
    """An object of the first call may not name what only the second brings."""
    there = server()
    record = applied([program(), stage(OLD)], there)
    group = thing("dataElementGroups/G", "GroupGroup1", name="G", attributeValues=None)
    wanted = [program(), stage(OLD, NEW), *rule(dataElement=element(NEW)), group]
    first, second = calls(plan_of(wanted, there, record))
    assert (first[0], second[0]) == ({"P/S", "G"}, {"P/R", "P/R/A"})


@pytest.mark.parametrize(
    ("sequence", "live", "expected"),
    [
        (("a", "b"), {"a": 1, "b": 2}, {}),
        (("a", "b"), {"a": 3, "b": 3}, {}),
        (("a", "b", "n"), {"a": 1, "b": 5, "n": None}, {"n": 6}),
        (("n", "m"), {"n": None, "m": None}, {"n": 1, "m": 2}),
        (("b", "a"), {"a": 1, "b": 2}, {"b": 1, "a": 2}),
        (("a", "n", "b"), {"a": 1, "n": None, "b": 2}, {"n": 2, "b": 3}),
    ],
)
def test_numbers_change_only_where_the_sequence_does(
    sequence: tuple[str, ...], live: dict[str, float | None], expected: dict[str, int]
) -> None:
    """Ties and gaps stay; new ones at the end count on; else all from the first number on."""
    assert numbered(sequence, live, 1) == expected


def section(key: str, uid: str) -> DesiredObject:
    """A section of the stage."""
    return thing(f"programStageSections/P/S/{key}", uid, name=key, programStage=S)


def with_sections(*sections: DesiredObject) -> list[DesiredObject]:
    """A stage with sections in this order."""
    refs = tuple(each.ref for each in sections)
    return [thing("programStages/P/S", STAGE, name="S", programStageSections=refs), *sections]


def test_a_local_section_makes_room_and_is_told() -> None:
    """Ours change places around it: its number is sent anew, and the plan says so."""
    one, two = section("ONE", "SectOne0001"), section("TWO", "SectTwo0001")
    there = Standing()
    record = applied(with_sections(one, two), there)
    there.put("programStageSections", "SectLocal01", name="Local", sortOrder=1, programStage={"id": STAGE})
    there.edit("programStageSections", "SectTwo0001", sortOrder=2)
    there.edit(
        "programStages",
        STAGE,
        programStageSections=[{"id": uid} for uid in ("SectOne0001", "SectLocal01", "SectTwo0001")],
    )
    made = plan_of(with_sections(two, one), there, record)
    assert made.told == [
        ("programStageSections#order", "the package moved on", ["P/S/ONE", "P/S/TWO"], ["P/S/TWO", "P/S/ONE"])
    ]
    numbers = {each["id"]: each["sortOrder"] for each in made.plan.steps[0].body["programStageSections"]}
    assert numbers == {"SectTwo0001": 0, "SectOne0001": 1, "SectLocal01": 2}
    assert any("new numbers for the order of" in note and "Local" in note for note in made.plan.notes)


def test_public_access_that_is_not_set_is_closed() -> None:
    """Sent without `public`, an object would become everybody's (facts §7.2)."""
    there = Standing()
    wanted = thing("dataElements/E", OLD, name="E", sharing=shared(None))
    record = applied([wanted], there)
    there.edit("dataElements", OLD, name="by hand", sharing={"owner": "x", "userGroups": {}, "users": {}})
    body = plan_of([wanted], there, record).body(OLD)
    assert body["sharing"] == {"owner": "x", "userGroups": {}, "users": {}, "public": "--------"}


def test_nothing_to_do_is_no_call() -> None:
    """An empty plan has no steps."""
    there = Standing()
    wanted = [thing("dataElements/E", OLD, name="E")]
    assert plan_of(wanted, there, applied(wanted, there)).plan.steps == ()


def test_a_neighbour_that_may_not_be_read_is_left_alone() -> None:
    """Nobody writes what nobody could read; ours are numbered around it."""
    one, two = section("ONE", "SectOne0001"), section("TWO", "SectTwo0001")
    there = Standing(hidden={("programStageSections", "SectHidden1")})
    record = applied(with_sections(one, two), there)
    listed = [{"id": uid} for uid in ("SectOne0001", "SectHidden1", "SectTwo0001")]
    there.edit("programStages", STAGE, programStageSections=listed)
    made = plan_of(with_sections(two, one), there, record)
    numbers = {each["id"]: each["sortOrder"] for each in made.plan.steps[0].body["programStageSections"]}
    assert numbers == {"SectTwo0001": 0, "SectOne0001": 1}
