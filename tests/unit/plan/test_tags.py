"""`!once`, `!keep`, `complete: true`: what a package says about its own claim to a value."""

from dataclasses import replace
from typing import Any

from dhis2cfg.model.names import Ref, ServerDefault
from dhis2cfg.model.plan import Kind, Reason
from dhis2cfg.model.state import Field, Keep, Once, Value
from tests.unit.plan.planning import Standing, applied, at, child, others, plan_of, shared, text, thing

ELEMENT, STAGE = "DeElement01", "StageStage1"


def element(**more: Value) -> Any:
    """An element of ours."""
    return thing("dataElements/E", ELEMENT, **{"name": "E", "valueType": "TEXT", **more})


def test_a_starting_value_is_written_once() -> None:
    """Then it is the municipality's: no drift, no conflict; a note where the package starts with another."""
    server = Standing()
    record = applied([element(description=Once(value="V"))], server)
    assert server.objects["dataElements"][ELEMENT]["description"] == "V"
    (recorded,) = record.objects["dataElements"].values()
    assert recorded.once == {"description": "V"}
    assert "description" not in recorded.fields
    server.edit("dataElements", ELEMENT, description="W")
    same = plan_of([element(description=Once(value="V"))], server, record)
    assert (same.plan.changes, same.plan.notes) == ((), ())
    later = plan_of([element(description=Once(value="V2"))], server, record)
    assert later.plan.changes == ()
    assert later.plan.notes == (
        "starting value: dataElements/E.description: the package now starts with V2, here it is W",
    )
    assert plan_of([element(description=Once(value="V2"))], server, later.record).plan.notes == ()
    server.edit("dataElements", ELEMENT, description="V2")
    assert plan_of([element(description=Once(value="V2"))], server, record).plan.notes == ()


def test_a_starting_value_comes_to_an_object_of_ours() -> None:
    """Written where nothing stands and where only the server filled something in; somebody's value stays."""
    server = Standing()
    record = applied([element()], server)
    made = plan_of([element(description=Once(value="V"))], server, record)
    assert made.told == [("description", "new", None, "V")]
    server.edit("dataElements", ELEMENT, description="Theirs")
    assert plan_of([element(description=Once(value="V"))], server, record).plan.changes == ()
    server = Standing()
    first = plan_of([element()], server)
    server.take(first.plan)
    server.edit("dataElements", ELEMENT, aggregationType="NONE")
    record = plan_of([element()], server, first.record).record
    made = plan_of([element(aggregationType=Once(value="SUM"))], server, record)
    assert made.told == [("aggregationType", "the package moved on", "NONE", "SUM")]


def test_what_was_managed_becomes_a_starting_value() -> None:
    """It is let go of as it stands; an object deleted by hand gets its starting values again."""
    server = Standing()
    record = applied([element(description="V")], server)
    server.edit("dataElements", ELEMENT, description="W")
    made = plan_of([element(description=Once(value="V"))], server, record)
    assert (made.plan.changes, made.plan.notes) == ((), ())
    server.remove("dataElements", ELEMENT)
    again = plan_of([element(description=Once(value="V"))], server, made.record)
    assert again.body(ELEMENT)["description"] == "V"


def test_starting_values_of_lists_texts_and_children() -> None:
    """A list, a text in two languages, a field of a child: each is one value."""
    server = Standing()
    for uid in ("DeMember001", "DeMember002"):
        server.put("dataElements", uid, name=uid)

    def group(*uids: str) -> Any:
        members: Any = Once(value=others("dataElements", *uids))
        return thing(
            "dataElementGroups/G", "GroupGroup1", name=Once(value=text("G", en="G en")), dataElements=members
        )

    def stage(value: Value) -> Any:
        inside = child("E", dataElement=others("dataElements", "DeMember001")[0], compulsory=value)
        return thing("programStages/S", STAGE, name="S", programStageDataElements=(inside,))

    wanted = [group("DeMember001"), stage(Once(value=True))]
    record = applied(wanted, server)
    server.edit("dataElementGroups", "GroupGroup1", dataElements=[{"id": "DeMember002"}], name="Ny")
    stands = server.objects["programStages"][STAGE]["programStageDataElements"]
    server.edit("programStages", STAGE, programStageDataElements=[{**stands[0], "compulsory": False}])
    made = plan_of([group("DeMember001", "DeMember002"), stage(Once(value=True))], server, record)
    assert made.plan.changes == ()
    assert [note for note in made.plan.notes if "dataElements[" in note] == []
    assert plan_of([group("DeMember001"), stage(value=True)], server, record).told == [
        ("programStageDataElements[id:DeMember001].compulsory", "takeover", False, True)
    ]


def test_a_starting_value_inside_an_embedded_object() -> None:
    """A colour of a style; and what is no starting value beside it stays ours."""
    server = Standing()

    def styled(colour: Value) -> Any:
        return element(style=child("style", color=colour, icon="clinic"))

    record = applied([styled(Once(value="#ffffff"))], server)
    server.edit("dataElements", ELEMENT, style={"color": "#000000", "icon": "outpatient"})
    made = plan_of([styled(Once(value="#ffffff"))], server, record)
    assert made.told == [("style.icon", "changed by hand", "outpatient", "clinic")]


def test_a_starting_value_that_is_the_servers_own_default() -> None:
    """Nothing is sent, so nothing is started."""
    server = Standing()
    record = applied([element(categoryCombo=Once(value=ServerDefault("categoryCombos")))], server)
    (recorded,) = record.objects["dataElements"].values()
    assert (recorded.once, recorded.fields["name"]) == ({}, "E")


def test_children_of_a_class_without_a_key_let_go_of_nothing() -> None:
    """Their list is one value."""
    server = Standing()
    item = child("I", dataDimensionItemType="INDICATOR", indicator=others("indicators", "IndIndica01")[0])
    server.put("indicators", "IndIndica01", name="I")
    picture = thing("visualizations/V", "VisVisVis01", name="V", dataDimensionItems=(item,))
    record = applied([picture], server)
    assert plan_of([picture], server, record).plan.changes == ()


def test_the_order_of_a_starting_list_is_the_municipalitys() -> None:
    """A sequence comes back from the record as a list; it is no other one for that."""
    server = Standing()
    categories = others("categories", "CategoryK01", "CategoryK02")
    for each in ("CategoryK01", "CategoryK02"):
        server.put("categories", each, name=each)
    combo = thing("categoryCombos/C", "ComboCombo1", name="C", categories=Once(value=categories))
    record = applied([combo], server)
    turned = [{"id": "CategoryK02"}, {"id": "CategoryK01"}]
    server.edit("categoryCombos", "ComboCombo1", categories=turned)
    made = plan_of([combo], server, record)
    assert (made.plan.changes, made.plan.notes) == ((), ())


def test_a_field_is_let_go_of() -> None:
    """`!keep`: it stays as it is, is no longer compared, and that is said once."""
    server = Standing()
    record = applied([element(description="V", name=text("E", en="E en"))], server)
    server.edit("dataElements", ELEMENT, description="W")
    kept = element(description=Keep(), name=Keep())
    made = plan_of([kept], server, record)
    assert made.plan.changes == ()
    assert set(made.plan.notes) == {
        f"no longer managed: dataElements/E.{path}, which stays as it is"
        for path in ("description", "name", "translations[NAME,en]", "translations[NAME,nb]")
    }
    assert plan_of([kept], server, made.record).plan.notes == ()


def test_a_field_of_a_child_is_let_go_of() -> None:
    """The child stays ours, the field in it does not."""
    server = Standing()
    server.put("dataElements", ELEMENT, name="E")

    def stage(value: Value) -> Any:
        inside = child("E", dataElement=others("dataElements", ELEMENT)[0], compulsory=value)
        return thing("programStages/S", STAGE, name="S", programStageDataElements=(inside,))

    record = applied([stage(value=True)], server)
    stands = server.objects["programStages"][STAGE]["programStageDataElements"]
    server.edit("programStages", STAGE, programStageDataElements=[{**stands[0], "compulsory": False}])
    made = plan_of([stage(Keep())], server, record)
    assert made.plan.changes == ()
    path = f"programStages/S.programStageDataElements[id:{ELEMENT}].compulsory"
    assert made.plan.notes == (f"no longer managed: {path}, which stays as it is",)


def test_an_object_of_which_all_is_described() -> None:
    """What somebody added is shown as a takeover and goes; what cannot be empty and who sees it stay."""
    server = Standing()
    record = applied([element()], server)
    for uid in ("LegendSet01", "GroupGroup1"):
        server.put("legendSets" if uid.startswith("L") else "userGroups", uid, name=uid)
    server.edit(
        "dataElements",
        ELEMENT,
        description="Theirs",
        zeroIsSignificant=True,
        legendSets=[{"id": "LegendSet01"}],
        translations=[{"property": "NAME", "locale": "fr", "value": "E fr"}],
        sharing={
            "public": "r-------",
            "userGroups": {"GroupGroup1": {"id": "GroupGroup1", "access": "r-------"}},
        },
    )
    whole = replace(element(), complete=True)
    made = plan_of([whole], server, record)
    assert {(each.field, each.kind, each.reason) for each in made.plan.changes} == {
        ("description", Kind.UPDATE, Reason.TAKEOVER),
        ("legendSets[id:LegendSet01]", Kind.DELETE, Reason.TAKEOVER),
        ("translations[NAME,fr]", Kind.DELETE, Reason.TAKEOVER),
    }
    assert [word for word, _ in made.refused] == ["takeover"]
    body = made.body(ELEMENT)
    assert "description" not in body
    assert (body["legendSets"], body["translations"], body["zeroIsSignificant"]) == ([], [], True)
    server.take(made.plan)
    assert plan_of([whole], server, made.record).plan.changes == ()
    entries = replace(element(sharing=shared("r-------")), complete=True)
    told = {each.field for each in plan_of([entries], server, made.record).plan.changes}
    assert told == {"sharing.userGroups[id:GroupGroup1]"}


def test_children_of_what_is_described_whole() -> None:
    """A child that somebody put in goes whole, a text that somebody gave a child of ours alone."""
    server = Standing()
    for uid in (ELEMENT, "DeStranger1"):
        server.put("dataElements", uid, name=uid)
    inside = child("E", dataElement=others("dataElements", ELEMENT)[0])
    stage = thing("programStages/S", STAGE, name="S", programStageDataElements=(inside,))
    record = applied([stage], server)
    stands = server.objects["programStages"][STAGE]["programStageDataElements"]
    theirs = {"id": "StageElem02", "dataElement": {"id": "DeStranger1"}, "compulsory": True}
    ours = {**stands[0], "renderOptionsAsRadio": True}
    server.edit("programStages", STAGE, programStageDataElements=[ours, theirs])
    made = plan_of([replace(stage, complete=True)], server, record)
    assert [each.field for each in made.plan.changes] == ["programStageDataElements[id:DeStranger1]"]
    program = thing("programs/P", "ProgProg001", name="P")
    server.put("organisationUnits", "UnitUnit001", name="U")
    record = applied([program], server)
    server.edit("programs", "ProgProg001", organisationUnits=[{"id": "UnitUnit001"}])
    assert plan_of([replace(program, complete=True)], server, record).plan.changes == ()


def test_a_list_of_objects_may_be_let_go_of() -> None:
    """The members stay in it."""
    server = Standing()
    option = thing("options/O/A", "OptOption01", code="A", name="A", optionSet=Ref("optionSets", "O"))
    whole = thing("optionSets/O", "OptionSet01", name="O", options=(option.ref,))
    record = applied([whole, option], server)
    kept = replace(whole, fields={**whole.fields, "options": Field(value=Keep(), place=at(9))})
    made = plan_of([kept], server, record)
    assert made.plan.changes == ()
    assert "let go: options/O/A is no longer managed and stays" in made.plan.notes
    assert "options" not in made.record.objects
