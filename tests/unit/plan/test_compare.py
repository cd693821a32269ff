"""What becomes of one object beyond the rows of the table: found, derived, edited children, ids, ties."""

from typing import Any

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from tests.unit.plan.planning import (
    Standing,
    applied,
    attributed,
    child,
    others,
    plan_of,
    shared,
    text,
    thing,
)

ELEMENT, LEGENDS, STAGE, PROGRAM = "DeElement01", "LegendSet01", "StageStage1", "ProgProg001"


def test_a_base_text_in_two_places_never_touches_an_adopted_object() -> None:
    """The base text repeated in its own locale is no reason by itself; beside another change it goes."""
    server = Standing()
    english = {"property": "NAME", "locale": "en", "value": "Fever"}
    server.put("dataElements", ELEMENT, name="Feber", translations=[english])
    wanted = thing("dataElements/E", ELEMENT, name=text("Feber", en="Fever"))
    made = plan_of([wanted], server)
    assert made.plan.changes == ()
    assert plan_of([wanted], server, made.record).plan.changes == ()
    moved = thing("dataElements/E", ELEMENT, name=text("Feber", en="High fever"))
    told = plan_of([moved], server, made.record).told
    assert sorted(field for field, *_ in told) == ["translations[NAME,en]", "translations[NAME,nb]"]


def test_the_base_text_of_our_own_object_is_kept_in_both_places() -> None:
    """What we made is held in full."""
    server = Standing()
    wanted = thing("dataElements/E", ELEMENT, name=text("Feber", en="Fever"))
    record = applied([wanted], server)
    server.edit("dataElements", ELEMENT, translations=[])
    fields = [field for field, *_ in plan_of([wanted], server, record).told]
    assert sorted(fields) == ["translations[NAME,en]", "translations[NAME,nb]"]


def test_what_was_found_is_let_go_when_dropped() -> None:
    """A member that stood there before us stays when the package drops it; it is not found for ever."""
    server = Standing()
    for uid in ("DeMember001", "DeMember002"):
        server.put("dataElements", uid, name=uid)
    server.put("dataElementGroups", "GroupGroup1", name="G", dataElements=[{"id": "DeMember001"}])
    both = group("DeMember001", "DeMember002")
    made = plan_of([both], server)
    assert [word for word, _ in made.refused] == []
    server.take(made.plan)
    record = plan_of([both], server, made.record).record
    recorded = record.objects["dataElementGroups"][made.known.uid(both.ref)]
    assert set(recorded.found) == {"", "name", "dataElements[DeMember001]"}
    made = plan_of([group()], server, record)
    assert made.told == [("dataElements[id:DeMember002]", "no longer in the package", True, None)]
    assert made.plan.notes == (
        "no longer managed: dataElementGroups/G.dataElements[id:DeMember001], which stays as it is",
    )
    after = made.record.objects["dataElementGroups"][made.known.uid(both.ref)]
    assert set(after.found) == {"", "name"}


def group(*members: str) -> DesiredObject:
    """A group of ours with members."""
    return thing(
        "dataElementGroups/G", "GroupGroup1", name="G", dataElements=others("dataElements", *members)
    )


def test_what_the_server_filled_in_is_nobody_s() -> None:
    """A default that came with the creation is no takeover when the package writes the field later."""
    server = Standing()
    plain = thing("programStages/S", STAGE, name="S")
    made = plan_of([plain], server)
    server.take(made.plan)
    server.edit("programStages", STAGE, autoGenerateEvent=True)
    record = plan_of([plain], server, made.record).record
    wanted = thing("programStages/S", STAGE, name="S", autoGenerateEvent=False)
    made = plan_of([wanted], server, record)
    assert made.told == [("autoGenerateEvent", "the package moved on", True, False)]
    assert made.refused == []


def legends(*rows: tuple[str, float, float]) -> DesiredObject:
    """A legend set; each legend has a key, a start and an end."""
    made = tuple(child(key, startValue=low, endValue=high, name=key) for key, low, high in rows)
    return thing("legendSets/L", LEGENDS, name="L", legends=made)


def test_a_range_edited_by_hand_is_drift_of_one_legend() -> None:
    """The id is followed, so that no id is sent twice (oddities.md §3)."""
    server = Standing()
    wanted = legends(("LOW", 0, 10), ("HIGH", 10, 20))
    record = applied([wanted], server)
    live = server.objects["legendSets"][LEGENDS]["legends"]
    ids = [each["id"] for each in live]
    server.edit("legendSets", LEGENDS, legends=[{**live[0], "endValue": 12.0}, live[1]])
    made = plan_of([wanted], server, record)
    assert made.told == [("legends[LOW].endValue", "changed by hand", 12, 10)]
    assert made.change("legends[LOW].endValue").label == "LOW: endValue"
    assert [each["id"] for each in made.body(LEGENDS)["legends"]] == ids


def test_legends_that_stand_are_found_by_their_range_and_then_by_id() -> None:
    """Adopted without a record by range; afterwards the recorded id holds, whatever the range is."""
    server = Standing()
    rows = [
        {"id": "LegendTheir", "startValue": 0.0, "endValue": 10.0, "name": "LOW"},
        {"id": "LegendLocal", "startValue": 90.0, "endValue": 99.0, "name": "Local"},
    ]
    server.put("legendSets", LEGENDS, name="L", legends=rows)
    wanted = legends(("LOW", 0, 10))
    made = plan_of([wanted], server)
    assert made.plan.changes == ()
    assert [each.field for each in made.plan.local] == ["legends[id:LegendLocal]"]
    server.edit("legendSets", LEGENDS, legends=[{**rows[0], "endValue": 11.0}, rows[1]])
    again = plan_of([wanted], server, made.record)
    assert again.told == [("legends[LOW].endValue", "changed by hand", 11, 10)]
    assert [each["id"] for each in again.body(LEGENDS)["legends"]] == ["LegendTheir", "LegendLocal"]


def test_a_child_of_ours_edited_since_is_a_conflict_when_dropped() -> None:
    """It goes only if no managed field of it was edited."""
    server = Standing()
    wanted = legends(("LOW", 0, 10), ("HIGH", 10, 20))
    record = applied([wanted], server)
    live = server.objects["legendSets"][LEGENDS]["legends"]
    server.edit("legendSets", LEGENDS, legends=[{**live[0], "name": "By hand"}, live[1]])
    made = plan_of([legends(("HIGH", 10, 20))], server, record)
    assert made.told == [(f"legends[id:{live[0]['id']}]", "conflict", True, None)]
    assert made.plan.changes[0].base is True
    assert [word for word, _ in made.refused] == ["conflict"]
    server.take(made.plan)
    assert [each["id"] for each in server.objects["legendSets"][LEGENDS]["legends"]] == [live[1]["id"]]


def with_elements(*uids: str) -> DesiredObject:
    """A stage with elements in this order."""
    rows = tuple(child(uid, dataElement=others("dataElements", uid)[0]) for uid in uids)
    return thing("programStages/S", STAGE, name="S", programStageDataElements=rows)


def _rows(*pairs: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"id": f"Row{uid[3:]}", "dataElement": {"id": uid}, "sortOrder": number} for uid, number in pairs]


def test_equal_numbers_say_no_order() -> None:
    """A stage with ties that agrees with ours otherwise is not renumbered (72 false changes in C19_CS)."""
    server = Standing()
    for uid in ("DeOne000001", "DeTwo000001", "DeThree0001"):
        server.put("dataElements", uid, name=uid)
    rows = _rows(("DeTwo000001", 1), ("DeOne000001", 1), ("DeThree0001", 3))
    server.put("programStages", STAGE, name="S", programStageDataElements=rows)
    wanted = with_elements("DeOne000001", "DeTwo000001", "DeThree0001")
    made = plan_of([wanted], server)
    assert made.plan.changes == ()
    moved = with_elements("DeTwo000001", "DeOne000001", "DeThree0001")
    again = plan_of([moved], server, made.record)
    assert again.told == [
        (
            "programStageDataElements#order",
            "the package moved on",
            ["id:DeOne000001", "id:DeTwo000001", "id:DeThree0001"],
            ["id:DeTwo000001", "id:DeOne000001", "id:DeThree0001"],
        )
    ]
    numbers = {
        row["dataElement"]["id"]: row["sortOrder"] for row in again.body(STAGE)["programStageDataElements"]
    }
    assert numbers == {"DeTwo000001": 1, "DeOne000001": 2, "DeThree0001": 3}


def test_an_orphan_stays_in_the_list_of_its_parent() -> None:
    """A stage left out of the package stays with its program, and its program keeps it."""
    server = Standing()
    stage = thing("programStages/P/S", STAGE, name="S", program=Ref("programs", "P"))
    program = thing("programs/P", PROGRAM, name="P", programStages=(stage.ref,))
    record = applied([program, stage], server)
    without = thing("programs/P", PROGRAM, name="P Q", programStages=())
    made = plan_of([without], server, record)
    assert made.told == [("name", "the package moved on", "P", "P Q")]
    assert made.body(PROGRAM)["programStages"] == [{"id": STAGE}]
    assert (
        made.plan.notes[0] == "orphan: programStages/P/S is no longer in the package and stays on the server"
    )
    again = plan_of([program, stage], server, made.record)
    assert [each.field for each in again.plan.changes] == []


def test_an_attribute_value_cleared_is_not_there() -> None:
    """Empty is one thing: a value written empty is not asked for for ever."""
    server = Standing()
    server.put("attributes", "AttrMeta001", name="A")
    wanted = thing("dataElements/E", ELEMENT, name="E", attributeValues=attributed(AttrMeta001=""))
    record = applied([wanted], server)
    full = thing("dataElements/E", ELEMENT, name="E", attributeValues=attributed(AttrMeta001="1"))
    record = applied([full], server, record)
    assert plan_of([wanted], server, record).told == [
        ("attributeValues[id:AttrMeta001]", "no longer in the package", "1", None)
    ]


def test_public_access_that_is_dropped_is_closed() -> None:
    """A property left out that was managed is cleared; public access cleared is nobody's."""
    server = Standing()
    record = applied([thing("dataElements/E", ELEMENT, name="E", sharing=shared("r-------"))], server)
    made = plan_of([thing("dataElements/E", ELEMENT, name="E", sharing=shared(None))], server, record)
    assert made.told == [("sharing.public", "no longer in the package", "r-------", None)]
    assert made.body(ELEMENT)["sharing"]["public"] == "--------"
    server.take(made.plan)
    again = plan_of([thing("dataElements/E", ELEMENT, name="E", sharing=shared(None))], server, made.record)
    assert again.plan.changes == ()
