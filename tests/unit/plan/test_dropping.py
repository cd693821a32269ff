"""What becomes of dropped objects: deleted, orphaned, pruned, let go of; who has a say in it."""

from typing import Any

import pytest

from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.plan import Kind, Mark, Plan, Reason, Risk, StepKind
from dhis2cfg.model.questions import Use
from dhis2cfg.model.state import Keep, Value
from dhis2cfg.plan.telling.notes import used_by
from tests.unit.plan.planning import Made, Standing, applied, child, plan_of, shared, thing

PROGRAM, STAGE, RULE, ELEMENT, OPTIONS, OPTION = (
    "ProgProg001", "StageStage1", "RuleRule001", "DeElement01", "OptionSet01", "OptOption01"
)  # fmt: skip

STAYS = "orphan: {} is no longer in the package and stays on the server"


def element(**more: Value) -> Any:
    """A tracker element of ours."""
    values: dict[str, Value] = {"name": "E", "valueType": "TEXT", "domainType": "TRACKER", **more}
    return thing("dataElements/E", ELEMENT, **values)


def indicator(**more: Value) -> Any:
    """A program indicator of ours."""
    return thing("programIndicators/PI", "IndIndica01", name="PI", expression="V{event_count}", **more)


def program(*stages: Any, **more: Value) -> list[Any]:
    """A program of ours with stages."""
    refs = tuple(each.ref for each in stages)
    return [thing("programs/P", PROGRAM, name="P", programStages=refs, **more), *stages]


def stage(*elements: Any, **more: Value) -> Any:
    """A stage of the program, with elements."""
    children = tuple(child(each.ref.path, dataElement=each.ref) for each in elements)
    return thing(
        "programStages/P/S",
        STAGE,
        name="S",
        program=Ref("programs", "P"),
        programStageDataElements=children,
        **more,
    )


def rule(**more: Value) -> Any:
    """A rule of the program."""
    return thing("programRules/P/R", RULE, name="R", condition="true", program=Ref("programs", "P"), **more)


def deleted(plan: Plan) -> list[list[str]]:
    """What the deleting steps take away, step by step."""
    return [
        [f"{name}/{path}" for name, path in step.objects]
        for step in plan.steps
        if step.kind is StepKind.DELETE
    ]


def goes(made: Made) -> list[tuple[str, Risk]]:
    """Every object that goes, with its risk."""
    return [
        (each.path, each.risk) for each in made.plan.changes if each.kind is Kind.DELETE and not each.field
    ]


def test_logic_that_nobody_uses_is_deleted() -> None:
    """Shown as visible, deleted by a step of its own, forgotten by the record; then nothing is left."""
    server = Standing()
    record = applied([indicator()], server)
    made = plan_of([], server, record)
    (change,) = made.plan.changes
    assert (change.kind, change.reason, change.risk) == (Kind.DELETE, Reason.DROPPED, Risk.VISIBLE)
    assert (change.title, change.before["name"]) == ("PI", "PI")
    assert deleted(made.plan) == [["programIndicators/PI"]]
    assert made.plan.steps[0].body == {"programIndicators": [{"id": "IndIndica01"}]}
    assert made.refused == []
    assert made.record.objects == {}
    server.take(made.plan)
    assert plan_of([], server, made.record).plan.changes == ()


def test_logic_that_somebody_uses_stays() -> None:
    """A section of the municipality's shows the indicator: it stays ours, and who uses it is said."""
    server = Standing()
    record = applied([indicator()], server)
    server.put("programStageSections", "SectionSec1", name="Lokal", programIndicators=[{"id": "IndIndica01"}])
    made = plan_of([], server, record)
    assert made.plan.changes == ()
    assert made.plan.notes == (
        f"{STAYS.format('programIndicators/PI')}: used by programStageSections (Lokal)",
    )
    assert made.record.objects == record.objects


def test_who_lets_go_of_logic_does_not_hold_it() -> None:
    """Our own section drops the indicator in the same plan; one in which hands put it goes on holding it."""
    server = Standing()
    section = thing("programSections/P/X", "SectionSec1", name="X")
    showing = thing(
        "programStageSections/P/S/X", "SectionSec2", name="X", programIndicators=(indicator().ref,)
    )
    record = applied([indicator(), showing, section], server)
    empty = thing("programStageSections/P/S/X", "SectionSec2", name="X", programIndicators=())
    assert deleted(plan_of([empty, section], server, record).plan) == [["programIndicators/PI"]]
    record = applied([indicator(), empty, section], server, record)
    server.edit("programStageSections", "SectionSec2", programIndicators=[{"id": "IndIndica01"}])
    assert deleted(plan_of([empty, section], server, record).plan) == []


def test_logic_that_was_edited_is_a_conflict() -> None:
    """It goes with the word, and who edited it is named."""
    server = Standing()
    record = applied([indicator()], server)
    server.edit("programIndicators", "IndIndica01", expression="V{tei_count}")
    made = plan_of([], server, record)
    assert made.refused == [("conflict", "--allow conflict is missing (1 change)")]
    assert made.plan.refusals[0].following == "dhis2cfg apply -m by --allow conflict"
    (change,) = made.plan.changes
    assert change.reason is Reason.CONFLICT
    assert change.author is not None
    assert change.note == "edited by hand since it was applied"
    assert deleted(made.plan) == [["programIndicators/PI"]]


def test_children_go_before_what_they_refer_to() -> None:
    """One step a type, in reverse of the order in which a server saves; the cascade is not deleted twice."""
    server = Standing(counts={"events-in-stage": 0, "enrollments-in-program": 0, "events-in-program": 0})
    server.counts["events-with-value"] = 0
    everything = [*program(stage(element())), rule(), element(), indicator(program=Ref("programs", "P"))]
    record = applied(everything, server)
    made = plan_of([], server, record, prune=True)
    assert deleted(made.plan) == [
        ["programRules/P/R"],
        ["programIndicators/PI"],
        ["programs/P"],
        ["dataElements/E"],
    ]
    assert "goes with its parent: programStages/P/S" in made.plan.notes
    assert dict(goes(made)) == {
        "P/R": Risk.VISIBLE,
        "PI": Risk.VISIBLE,
        "P": Risk.DESTRUCTIVE,
        "E": Risk.DESTRUCTIVE,
    }
    assert [word for word, _ in made.refused] == ["destructive"]
    assert made.record.objects == {}


def test_what_stands_in_an_orphan_stays_with_it() -> None:
    """A program that is not pruned keeps its rules; so does one that data hold."""
    server = Standing(counts={"events-in-stage": 0, "enrollments-in-program": 3, "events-in-program": 0})
    record = applied([*program(stage()), rule()], server)
    made = plan_of([], server, record)
    assert made.plan.changes == ()
    assert (
        "orphan: programRules/P/R is no longer in the package and stays on the server: " in made.plan.notes[2]
    )
    pruned = plan_of([], server, record, prune=True)
    assert pruned.plan.changes == ()
    assert any(each.endswith("3 enrolments and events hold it") for each in pruned.plan.notes)
    assert pruned.record.objects == record.objects


def test_data_that_nobody_can_count_want_their_own_word() -> None:
    """Unknown counts as touched: deleted for good, if at all."""
    server = Standing(counts={"events-with-value": None})
    record = applied([element()], server)
    made = plan_of([], server, record, prune=True)
    assert goes(made) == [("E", Risk.IRREVERSIBLE)]
    assert [word for word, _ in made.refused] == ["irreversible"]
    aggregate = element(domainType="AGGREGATE")
    server = Standing(counts={"events-with-value": 0})
    record = applied([aggregate], server)
    assert goes(plan_of([], server, record, prune=True)) == [("E", Risk.IRREVERSIBLE)]
    combo = thing("categoryCombos/C", "ComboCombo1", name="C")
    server = Standing()
    record = applied([combo], server)
    assert goes(plan_of([], server, record, prune=True)) == [("C", Risk.IRREVERSIBLE)]


def options(*kept: Any) -> list[Any]:
    """A set of ours with these options."""
    return [
        thing("optionSets/O", OPTIONS, name="O", options=tuple(each.ref for each in kept)),
        *kept,
    ]


def option(key: str, uid: str) -> Any:
    """An option of the set."""
    return thing(f"options/O/{key}", uid, code=key, name=key, optionSet=Ref("optionSets", "O"))


@pytest.mark.parametrize(("count", "pruned"), [(0, True), (4, False), (None, True)])
def test_an_option_is_pruned_where_no_value_holds_its_code(count: int | None, *, pruned: bool) -> None:
    """It leaves its set in the call before; told once, as an object that goes."""
    server = Standing(counts={"events-with-option": count, "tracked-entities-with-option": 0})
    both = [option("A", OPTION), option("B", "OptOption02")]
    record = applied(options(*both), server)
    server.put("dataElements", "DeStranger1", name="Their", optionSet={"id": OPTIONS})
    server.put("trackedEntityAttributes", "TeaStrange1", name="Their", optionSet={"id": OPTIONS})
    kept = plan_of(options(both[0]), server, record)
    assert kept.plan.changes == ()
    made = plan_of(options(both[0]), server, record, prune=True)
    assert [each.path for each in made.plan.changes] == (["O/B"] if pruned else [])
    if pruned:
        assert [step.kind for step in made.plan.steps] == [StepKind.CALL, StepKind.DELETE]
        assert made.body(OPTIONS)["options"] == [{"id": OPTION}]
        assert made.plan.changes[0].marks == (Mark.DEVICES,)
        assert made.plan.changes[0].risk is (Risk.DESTRUCTIVE if count == 0 else Risk.IRREVERSIBLE)


def test_a_set_goes_after_its_options() -> None:
    """An option without a set that others use holds no value; one of the municipality's holds the set."""
    server = Standing()
    record = applied(options(option("A", OPTION)), server)
    made = plan_of([], server, record, prune=True)
    assert deleted(made.plan) == [["options/O/A"], ["optionSets/O"]]
    server.put("options", "OptLocal001", name="Lokal", code="L", optionSet={"id": OPTIONS})
    assert deleted(plan_of([], server, record, prune=True).plan) == []


def test_units_below_go_first() -> None:
    """A unit is deleted before the one it lies in."""
    server = Standing(counts={"events-in-unit": 0, "tracked-entities-in-unit": 0})
    upper = thing("organisationUnits/A", "UnitUnit001", name="A", openingDate="2020-01-01")
    lower = thing("organisationUnits/B", "UnitUnit002", name="B", parent=upper.ref, openingDate="2020-01-01")
    record = applied([upper, lower], server)
    server.edit("organisationUnits", "UnitUnit001", path="/UnitUnit001")
    server.edit("organisationUnits", "UnitUnit002", path="/UnitUnit001/UnitUnit002")
    made = plan_of([], server, record, prune=True)
    assert deleted(made.plan) == [["organisationUnits/B"], ["organisationUnits/A"]]


def test_a_section_of_a_program_is_deleted_by_itself() -> None:
    """DHIS2 leaves it behind, belonging to nothing: whether its program goes, or only lets go of it."""
    server = Standing(counts={"enrollments-in-program": 0, "events-in-program": 0})
    section = thing("programSections/P/X", "SectionSec1", name="X", program=Ref("programs", "P"))

    def listing(*sections: Any) -> Any:
        return thing("programs/P", PROGRAM, name="P", programSections=tuple(each.ref for each in sections))

    record = applied([listing(section), section], server)
    made = plan_of([listing()], server, record)
    assert [step.kind for step in made.plan.steps] == [StepKind.CALL, StepKind.DELETE]
    assert [(each.type, each.kind) for each in made.plan.changes] == [("programSections", Kind.DELETE)]
    made = plan_of([], server, record, prune=True)
    assert deleted(made.plan) == [["programSections/P/X"], ["programs/P"]]


def test_what_another_fleet_wrote_too_is_never_pruned() -> None:
    """Its record holds it: it stays, and that is said."""
    server = Standing(counts={"events-with-value": 0})
    record = applied([element()], server)
    made = plan_of([], server, record, prune=True, foreign={("dataElements", Uid(ELEMENT)): "north"})
    assert made.plan.changes == ()
    assert made.plan.notes == (f"{STAYS.format('dataElements/E')}: the fleet north has it too",)


def test_what_stands_in_a_list_that_is_let_go_of_is_let_go_of() -> None:
    """`programRules: !keep`: the rules are the municipality's from now on, not deleted."""
    server = Standing()
    record = applied([*program(), rule()], server)
    kept = thing("programs/P", PROGRAM, name="P", programStages=(), programRules=Keep())
    made = plan_of([kept], server, record)
    assert made.plan.changes == ()
    assert made.plan.notes == ("let go: programRules/P/R is no longer managed and stays",)
    assert "programRules" not in made.record.objects


def test_a_variable_is_held_by_rules_that_name_it() -> None:
    """A rule of the municipality's names it in its condition; ours that stops doing so does not hold it."""
    server = Standing()
    variable = thing("programRuleVariables/P/temp", "VarVariab01", name="temp", program=Ref("programs", "P"))
    naming = thing("programRules/P/R", RULE, name="R", condition="#{temp} > 38", program=Ref("programs", "P"))
    record = applied([*program(), naming, variable], server)
    use = Use(type="programRules", uid=Uid(RULE), title="R", by="condition", mentions=True)
    server.uses["VarVariab01"] = (use,)
    assert deleted(plan_of([*program(), rule()], server, record).plan) == [["programRuleVariables/P/temp"]]
    assert deleted(plan_of([*program(), naming], server, record).plan) == []


def test_who_uses_it_is_named_or_counted() -> None:
    """Few by name, many and people by number, and who cannot be seen as perhaps."""

    def use(type_name: str, uid: str, title: str = "") -> Use:
        return Use(type=type_name, uid=Uid(uid), title=title, by="x")

    assert used_by([use("dashboards", "a", "Smitte"), use("dashboards", "b", "Test")]) == (
        "used by dashboards (Smitte, Test)"
    )
    assert used_by([use("maps", "a"), use("users", "u1"), use("users", "u2")]) == (
        "used by maps (id:a), 2 users"
    )
    assert used_by([use("maps", str(i), str(i)) for i in range(7)]) == "used by 7 maps"
    assert used_by([use("users", "")]) == "used by perhaps users, which this account may not read"


def test_a_group_leaves_the_sharing_of_all_before_it_goes() -> None:
    """Objects of others that are shared with it are told so, by their own endpoint."""
    group = thing("userGroups/G", "GroupGroup1", name="G")
    server = Standing()
    record = applied([group, element()], server)
    entry = {"GroupGroup1": {"id": "GroupGroup1", "access": "r-------"}}
    sharing = {"owner": "UserOwner01", "public": "--------", "userGroups": entry, "users": {}}
    server.put("dashboards", "DashDash001", name="Their", sharing=sharing)
    server.edit("dataElements", ELEMENT, sharing=sharing)
    made = plan_of([element()], server, record, prune=True)
    assert [step.kind for step in made.plan.steps] == [StepKind.SHARING, StepKind.DELETE]
    items = {each["id"]: each["sharing"] for rows in made.plan.steps[0].body.values() for each in rows}
    assert items == {
        uid: {"owner": "UserOwner01", "public": "--------", "userGroups": {}, "users": {}}
        for uid in ("DashDash001", ELEMENT)
    }
    assert ("dashboards", "id:DashDash001") in made.plan.steps[0].objects
    server.take(made.plan)
    assert plan_of([element()], server, made.record).plan.changes == ()


def test_an_object_that_lets_go_of_a_group_needs_no_second_word() -> None:
    """Our own entry of the group goes with the call of our object."""
    group = thing("userGroups/G", "GroupGroup1", name="G")
    server = Standing()
    record = applied([group, element(sharing=shared("--------", GroupGroup1="r-------"))], server)
    made = plan_of([element(sharing=shared("--------"))], server, record, prune=True)
    assert [step.kind for step in made.plan.steps] == [StepKind.CALL, StepKind.DELETE]
