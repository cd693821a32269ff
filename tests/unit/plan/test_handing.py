"""Unique values handed over, owners, dead entries, upkeep, the order of sections: steps beside the calls."""

from typing import Any

from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.plan import HandOver, Kind, Reason, Risk, StepKind
from dhis2cfg.model.state import Value
from tests.unit.plan.planning import Standing, applied, others, plan_of, shared, thing

STAYS = "it is no longer in the package and stays on the server"
ONE, TWO = "DeElement01", "DeElement02"


def element(key: str, uid: str, **values: Value) -> Any:
    """An element of ours without a code."""
    fields: dict[str, Value] = {"name": key, "valueType": "TEXT", "domainType": "TRACKER", **values}
    return thing(f"dataElements/{key}", uid, **fields)


def test_two_names_are_swapped_in_two_calls() -> None:
    """A call before frees both names; the plan says why, and what a dry run of both calls may say."""
    server = Standing()
    record = applied([element("A", ONE, name="Dag"), element("B", TWO, name="Natt")], server)
    wanted = [element("A", ONE, name="Natt"), element("B", TWO, name="Dag")]
    made = plan_of(wanted, server, record)
    first, second = made.plan.steps
    assert {each["id"]: each["name"] for each in first.body["dataElements"]} == {
        ONE: f"{ONE} for the moment",
        TWO: f"{TWO} for the moment",
    }
    assert first.reason == (
        "the name “Natt” passes from B to A, so B is called otherwise for the moment; "
        "the name “Dag” passes from A to B, so A is called otherwise for the moment"
    )
    assert first.handed[0] == HandOver(
        type="dataElements", property="name", value="Natt", giver="B", taker="A", holder=Uid(TWO)
    )
    assert {each["id"]: each["name"] for each in second.body["dataElements"]} == {ONE: "Natt", TWO: "Dag"}
    assert made.refused == []
    applied(wanted, server, record)


def test_a_new_object_takes_the_name_of_one_that_goes() -> None:
    """The one that goes is called otherwise for the moment, then the new one is made, then it is deleted."""
    server = Standing()
    old = thing("programIndicators/OLD", "IndOldOld01", name="Antall", expression="1")
    new = thing("programIndicators/NEW", "IndNewNew01", name="Antall", expression="2")
    record = applied([old], server)
    made = plan_of([new], server, record)
    assert [step.kind for step in made.plan.steps] == [StepKind.CALL, StepKind.CALL, StepKind.DELETE]
    assert [step.number for step in made.plan.steps] == [1, 2, 3]
    assert [each.giver for each in made.plan.steps[0].handed] == ["OLD"]
    applied([new], server, record)


def test_an_orphan_keeps_its_name_until_it_is_pruned() -> None:
    """Refused, with both ways out; with --prune it is handed over."""
    server = Standing(counts={"events-with-value": 0})
    record = applied([element("OLD", ONE, name="Dag")], server)
    new = [element("NEW", TWO, name="Dag")]
    ((word, message),) = plan_of(new, server, record).refused
    assert (word, message) == (
        "",
        f"dataElements/NEW wants the name “Dag”, which OLD still has: {STAYS}",
    )
    assert plan_of(new, server, record, prune=True).refused == [
        ("destructive", "--allow destructive is missing (1 change)")
    ]


def test_what_is_no_text_is_not_handed_over() -> None:
    """A level has no other number for the moment."""
    server = Standing()
    levels = [
        thing(f"organisationUnitLevels/L{number}", f"LevelLeve0{number}", name=f"L{number}", level=number)
        for number in (1, 2)
    ]
    record = applied(levels, server)
    turned = [
        thing(f"organisationUnitLevels/L{number}", f"LevelLeve0{number}", name=f"L{number}", level=3 - number)
        for number in (1, 2)
    ]
    assert len(plan_of(turned, server, record).refused) == 2


def test_a_value_that_stays_where_it_is_is_no_hand_over() -> None:
    """Two of ours want one name: the second is refused."""
    server = Standing()
    record = applied([element("A", ONE, name="Dag"), element("B", TWO, name="Natt")], server)
    made = plan_of([element("A", ONE, name="Dag"), element("B", TWO, name="Dag")], server, record)
    assert made.refused == [("", "dataElements/B wants the name “Dag”, which DeElement01 on the server has")]


OWNED = {"owner": "UserOther01", "public": "--------", "userGroups": {}, "users": {}}


def test_an_owner_who_is_not_the_maker_is_put_back() -> None:
    """An import would make whoever created the object its owner again; its own endpoint does not."""
    server = Standing()
    record = applied([element("A", ONE, sharing=shared("--------"))], server)
    server.edit("dataElements", ONE, sharing=OWNED, createdBy={"id": "UserMaker01"})
    wanted = [element("A", ONE, name="Ny", sharing=shared("--------", GroupGroup1="r-------"))]
    server.put("userGroups", "GroupGroup1", name="G")
    made = plan_of(wanted, server, record)
    assert [step.kind for step in made.plan.steps] == [StepKind.CALL, StepKind.SHARING]
    step = made.plan.steps[1]
    assert step.objects == (("dataElements", "A"),)
    assert step.body == {
        "dataElements": [
            {
                "id": ONE,
                "sharing": {
                    "owner": "UserOther01",
                    "public": "--------",
                    "userGroups": {"GroupGroup1": {"id": "GroupGroup1", "access": "r-------"}},
                    "users": {},
                },
            }
        ]
    }
    assert "owner is put back" in step.reason
    server.edit("dataElements", ONE, createdBy={"id": "UserOther01"})
    assert [each.kind for each in plan_of(wanted, server, record).plan.steps] == [StepKind.CALL]


def dead() -> Standing:
    """A server on which an element of ours is shared with a group that is gone."""
    server = Standing()
    record = applied([element("A", ONE, sharing=shared("--------"))], server)
    assert record is not None
    entries = {"GroupGone01": {"id": "GroupGone01", "access": "r-------", "displayName": "?"}}
    server.edit("dataElements", ONE, sharing={**OWNED, "userGroups": entries})
    return server


def test_an_entry_of_a_deleted_group_is_taken_out_first() -> None:
    """Shown in the plan, done by a step before every call; nothing is told as lost."""
    server = dead()
    record = applied([element("A", ONE, sharing=shared("--------"))], Standing())
    wanted = [element("A", ONE, name="Ny", sharing=shared("--------"))]
    made = plan_of(wanted, server, record, thresholds={"max_delete": 0})
    assert [step.kind for step in made.plan.steps] == [StepKind.SHARING, StepKind.CALL]
    assert made.plan.steps[0].body == {"dataElements": [{"id": ONE, "sharing": OWNED}]}
    assert made.body(ONE)["sharing"]["userGroups"] == {}
    change = made.change("sharing.userGroups[id:GroupGone01]")
    assert (change.kind, change.reason, change.risk) == (Kind.DELETE, Reason.DEAD, Risk.SAFE)
    assert made.refused == []
    assert made.plan.local == ()
    server.take(made.plan)
    assert plan_of(wanted, server, made.record).plan.changes == ()


def test_only_who_sees_everything_can_tell_that_a_group_is_gone() -> None:
    """To others a group that they may not see looks gone."""
    server = dead()
    server.authorities = ("F_X",)
    record = applied([element("A", ONE, sharing=shared("--------"))], Standing())
    made = plan_of([element("A", ONE, sharing=shared("--------"))], server, record)
    assert made.plan.changes == ()
    assert made.plan.steps == ()


def test_a_group_of_ours_that_was_deleted_is_made_again() -> None:
    """Its entries are alive again then: nothing is taken out."""
    server = Standing()
    group = thing("userGroups/G", "GroupGroup1", name="G")
    wanted = [group, element("A", ONE, sharing=shared("--------", GroupGroup1="r-------"))]
    record = applied(wanted, server)
    server.remove("userGroups", "GroupGroup1")
    made = plan_of(wanted, server, record)
    assert [(each.path, each.kind) for each in made.plan.changes] == [("G", Kind.CREATE)]
    assert [step.kind for step in made.plan.steps] == [StepKind.CALL]


def test_combinations_are_made_after_their_categories() -> None:
    """A new combination, or other options of a category, need the server's own upkeep."""
    server = Standing()
    for uid in ("CatOption01", "CatOption02"):
        server.put("categoryOptions", uid, name=uid)
    category = thing(
        "categories/K", "CategoryK01", name="K", categoryOptions=others("categoryOptions", "CatOption01")
    )
    combo = thing("categoryCombos/C", "ComboCombo1", name="C", categories=(category.ref,))
    made = plan_of([category], server)
    assert [step.kind for step in made.plan.steps] == [StepKind.CALL]
    made = plan_of([category, combo], server)
    assert made.plan.steps[-1].kind is StepKind.MAINTENANCE
    counted = {"id": "categoryOptionComboUpdate", "categoryCombos": ["ComboCombo1"]}
    assert made.plan.steps[-1].body == {"maintenance": [counted]}
    record = applied([category, combo], server)
    both = others("categoryOptions", "CatOption01", "CatOption02")
    grown = thing("categories/K", "CategoryK01", name="K", categoryOptions=both)
    made = plan_of([grown, combo], server, record)
    assert [step.kind for step in made.plan.steps] == [StepKind.CALL, StepKind.MAINTENANCE]
    assert [word for word, _ in made.refused] == ["irreversible"]
    named = thing(
        "categories/K", "CategoryK01", name="K2", categoryOptions=others("categoryOptions", "CatOption01")
    )
    assert len(plan_of([named, combo], server, record).plan.steps) == 1


def test_levels_are_mended_after_a_unit_moved() -> None:
    """Below it they are stale until the server is told."""
    server = Standing()
    upper, other = (
        thing(f"organisationUnits/{key}", f"UnitUnit00{key}", name=key, openingDate="2020-01-01")
        for key in "AB"
    )

    def lower(parent: Ref, name: str = "C") -> Any:
        return thing("organisationUnits/C", "UnitUnit00C", name=name, openingDate="2020-01-01", parent=parent)

    made = plan_of([upper, other, lower(upper.ref)], server)
    assert len(made.plan.steps) == 1
    record = applied([upper, other, lower(upper.ref)], server)
    made = plan_of([upper, other, lower(other.ref)], server, record)
    assert [step.kind for step in made.plan.steps] == [StepKind.CALL, StepKind.MAINTENANCE]
    assert made.plan.steps[1].objects == (("maintenance", "ouPathsUpdate"),)
    assert len(plan_of([upper, other, lower(upper.ref, "D")], server, record).plan.steps) == 1


def role(*authorities: str) -> Any:
    """A role of ours."""
    return thing("userRoles/R", "RoleRole001", name="R", authorities=authorities)


def test_the_tools_own_rights_are_not_taken() -> None:
    """A role of its account that loses what the tool needs: refused, no word allows it."""
    server = Standing(authorities=("F_METADATA_IMPORT", "F_X"))
    record = applied([role("F_METADATA_IMPORT", "F_X")], server)
    server.roles = {"RoleRole001": ("F_METADATA_IMPORT", "F_X")}
    made = plan_of([role("F_X")], server, record)
    assert made.refused == [
        (
            "",
            "userRoles/R would take F_METADATA_IMPORT from robot, the account that this tool works with",
        )
    ]
    assert made.plan.refusals[0].place == role().place
    assert plan_of([role("F_METADATA_IMPORT")], server, record).refused == []
    server.roles["RoleOther01"] = ("F_METADATA_IMPORT",)
    assert plan_of([role("F_X")], server, record).refused == []
    server.roles["RoleOther01"] = ("ALL",)
    assert plan_of([role("F_X")], server, record).refused == []
    server.roles = {}
    assert plan_of([role("F_X")], server, record).refused == []


def sections(*keys: str) -> list[Any]:
    """A data set with sections in this order."""
    members = [
        thing(f"sections/D/{key}", f"Section{key}", name=key, dataSet=Ref("dataSets", "D")) for key in keys
    ]
    return [
        thing("dataSets/D", "DataSet0001", name="D", sections=tuple(each.ref for each in members)),
        *members,
    ]


def test_sections_of_a_data_set_are_turned_round() -> None:
    """Only their numbers are sent anew; a section of the municipality's stays behind its neighbour."""
    server = Standing()
    assert len(applied(sections("0001"), Standing()).objects["sections"]) == 1
    record = applied(sections("0001", "0002"), server)
    assert plan_of(sections("0001", "0002", "0003"), server, record).refused == []
    server.put("sections", "SectionLoc1", name="Lokal", dataSet={"id": "DataSet0001"}, sortOrder=0)
    server.edit("sections", "Section0001", sortOrder=1)
    server.edit("sections", "Section0002", sortOrder=2)
    made = plan_of(sections("0002", "0001"), server, record)
    (change,) = made.plan.changes
    assert (change.kind, change.field, change.after) == (Kind.MOVE, "sections#order", ["D/0002", "D/0001"])
    assert {each["id"]: each["sortOrder"] for each in made.plan.steps[0].body["sections"]} == {
        "Section0002": 1,
        "Section0001": 2,
    }
    assert "dataSets" not in made.plan.steps[0].body
    applied(sections("0002", "0001"), server, record)
