"""What files adopt: found by properties, used under its own UID, not changed, let go when dropped."""

from dataclasses import replace
from typing import Any

from dhis2cfg.model.names import Ref, ServerDefault
from dhis2cfg.model.plan import Kind
from dhis2cfg.model.state import DesiredObject, Formula
from tests.unit.plan.planning import DEFAULTS, Standing, applied, child, others, plan_of, text, thing

OWN, THEIRS, OTHER = "TypeOwnOwn1", "TypeTheirs1", "TypeTheirs2"
SET_OWN, SET_THEIRS = "SetOwnOwn01", "SetTheirs01"


def adopted(each: DesiredObject, must_stand: bool = False, **adopt: str) -> DesiredObject:  # noqa: FBT001, FBT002 - said by a file
    """An object that a file adopts."""
    return replace(each, adopt=adopt, must_stand=must_stand)


def per_cent(must_stand: bool = False, **adopt: str) -> DesiredObject:  # noqa: FBT001, FBT002 - said by a file
    """An indicator type, by default adopted by factor and number."""
    by = adopt or {"factor": "100", "number": "false"}
    each = thing("indicatorTypes/PER_100", OWN, name="Per cent", factor=100, number=False)
    return adopted(each, must_stand, **by)


def indicator() -> DesiredObject:
    """An indicator of that type."""
    return thing(
        "indicators/I", "IndicatorI1", name="I", shortName="I", indicatorType=Ref("indicatorTypes", "PER_100")
    )


def element(**more: Any) -> DesiredObject:
    """An element of ours."""
    return thing("dataElements/FEVER", OWN, code="FEVER", name="Fever", valueType="TEXT", **more)


def test_by_factor_and_number() -> None:
    """Theirs is used as it is, by its UID; what the package says of it is not written."""
    server = Standing()
    server.put("indicatorTypes", THEIRS, name="Prosent", factor=100, number=False)
    server.put("indicatorTypes", OTHER, name="Hundre", factor=100, number=True)
    made = plan_of([per_cent(), indicator()], server)
    assert made.refused == []
    assert [(each.kind, each.path, each.note) for each in made.plan.changes] == [
        (Kind.ADOPT, "PER_100", "found on the server; keeps its UID and what it holds"),
        (Kind.CREATE, "I", ""),
    ]
    assert made.body("IndicatorI1")["indicatorType"] == {"id": THEIRS}
    record = applied([per_cent(), indicator()], server)
    assert server.objects["indicatorTypes"][THEIRS]["name"] == "Prosent"
    made = plan_of([], server, record, prune=True)
    assert "let go: indicatorTypes/PER_100 stood there before us and stays" in made.plan.notes


def test_what_is_not_there_is_made_where_it_may_be() -> None:
    """A package's is made, with its name looked for first; a municipality's is refused."""
    server = Standing()
    assert [each.kind for each in plan_of([per_cent()], server).plan.changes] == [Kind.CREATE]
    record = applied([per_cent()], server)
    assert not record.objects["indicatorTypes"][server_uid(server)].adopted
    assert plan_of([per_cent(must_stand=True)], Standing()).refused == [
        ("", "the server has no one indicatorTypes/PER_100 of factor 100 and number false: there is none")
    ]
    named = Standing()
    named.put("indicatorTypes", THEIRS, name="Per cent", factor=1, number=False)
    assert "has the same name" in plan_of([per_cent()], named).refused[0][1]


def server_uid(server: Standing) -> Any:
    """The UID of the only indicator type."""
    (uid,) = server.objects["indicatorTypes"]
    return uid


def test_several_are_refused_unless_one_is_ours() -> None:
    """Nobody guesses between two; our own UID comes before both."""
    server = Standing()
    for uid in (THEIRS, OTHER):
        server.put("indicatorTypes", uid, name=uid, factor=100, number=False)
    assert plan_of([per_cent()], server).refused == [
        (
            "",
            "the server has no one indicatorTypes/PER_100 of factor 100 and number false: there is 2 of them",
        )
    ]
    made = plan_of([per_cent(id=OTHER)], server)
    assert (made.refused, made.known.uid(Ref("indicatorTypes", "PER_100"))) == ([], OTHER)
    server.put("indicatorTypes", OWN, name="Prosent", factor=100, number=False)
    made = plan_of([per_cent()], server)
    assert (made.refused, made.known.uid(Ref("indicatorTypes", "PER_100"))) == ([], OWN)
    assert [each.kind for each in made.plan.changes] == [Kind.ADOPT]


def test_another_thing_cannot_stand_for_ours() -> None:
    """An element of another value type is refused, and so is one that is ours under another key."""
    server = Standing()
    server.put("dataElements", THEIRS, name="Feber", code="HEAT", valueType="NUMBER")
    made = plan_of([adopted(element(), code="HEAT")], server)
    assert made.refused == [
        ("", "dataElements/FEVER: TypeTheirs1 on the server cannot stand for it, with another valueType")
    ]
    heat = thing("dataElements/HEAT", THEIRS, code="HEAT", name="Feber", valueType="NUMBER")
    made = plan_of([adopted(element(), id=THEIRS), heat], server)
    assert made.refused == [
        ("", "dataElements/FEVER: TypeTheirs1 on the server is dataElements/HEAT already")
    ]


def test_what_is_gone_is_said() -> None:
    """It was found and is there no more: nobody makes it."""
    server = Standing()
    server.put("dataElements", THEIRS, name="Feber", code="HEAT", valueType="TEXT")
    record = plan_of([adopted(element(), id=THEIRS)], server).record
    server.remove("dataElements", THEIRS)
    made = plan_of([adopted(element(), id=THEIRS)], server, record)
    assert made.refused == [("", "dataElements/FEVER is not on the server: TypeTheirs1 is gone")]
    assert (
        made.plan.refusals[0].following == "adopt what takes its place ({id: UID}), or take it out of adopt:"
    )


def test_a_file_may_change_its_mind() -> None:
    """What was ours gives way to theirs, which references then name; ours is an orphan until it is pruned."""
    server = Standing()
    wanted = thing(
        "indicators/I", "IndicatorI1", name="I", numerator=Formula(parts=("#{", element().ref, "}"))
    )
    record = applied([element(), wanted], server)
    server.put("dataElements", THEIRS, name="Feber", code="HEAT", valueType="TEXT")
    by_code, by_id = adopted(element(), must_stand=True, code="HEAT"), adopted(element(), id=THEIRS)
    made = plan_of([by_id, wanted], server, record)
    for each in (made, plan_of([by_code, wanted], server, record)):
        assert each.refused == []
        assert each.body("IndicatorI1")["numerator"] == f"#{{{THEIRS}}}"
        assert set(each.record.objects["dataElements"]) == {OWN, THEIRS}
    server.take(made.plan)
    for theirs in (by_id, by_code):
        assert plan_of([theirs, wanted], server, made.record).plan.changes == ()


def option(key: str, uid: str, **adopt: str) -> DesiredObject:
    """An option of our set."""
    each = thing(f"options/ANSWERS/{key}", uid, code=key, name=key, optionSet=Ref("optionSets", "ANSWERS"))
    return adopted(each, must_stand=bool(adopt), **adopt)


def answers(**adopt: str) -> DesiredObject:
    """Our option set."""
    members = (Ref("options", "ANSWERS/YES"), Ref("options", "ANSWERS/NO"))
    each = thing(
        "optionSets/ANSWERS", SET_OWN, code="ANSWERS", name="Answers", valueType="TEXT", options=members
    )
    return adopted(each, must_stand=bool(adopt), **adopt)


def their_set(*codes: str) -> Standing:
    """A server with a set of the same code, and these options."""
    server = Standing()
    listed = [{"id": f"Their{code:>06}".replace(" ", "0")} for code in codes]
    server.put("optionSets", SET_THEIRS, name="Svar", code="ANSWERS", valueType="TEXT", options=listed)
    for row, code in zip(listed, codes, strict=True):
        server.put("options", row["id"], code=code, name=code.title(), optionSet={"id": SET_THEIRS})
    return server


def test_options_of_an_adopted_set_are_its_own() -> None:
    """Each is found by its code; one that is not there is refused, and none is written."""
    server = their_set("YES", "NO", "MAYBE")
    objects = [
        answers(code="ANSWERS"),
        option("YES", "OptYesOwn01", code="YES"),
        option("NO", "OptNoOwn001", code="NO"),
    ]
    made = plan_of(objects, server)
    assert (made.refused, made.plan.steps) == ([], ())
    assert made.known.uid(Ref("options", "ANSWERS/YES")) == "Their000YES"
    assert plan_of(objects, server, made.record).plan.changes == ()
    made = plan_of(objects, their_set("YES"))
    assert made.refused == [
        ("", "options/ANSWERS/NO: the option set SetTheirs01 on the server has no option of code NO")
    ]


def test_options_of_a_set_that_was_found_by_its_code() -> None:
    """Those of equal code are theirs, others are made in their set; a set that is made brings all its own."""
    server = their_set("YES", "MAYBE")
    objects = [answers(), option("YES", "OptYesOwn01"), option("NO", "OptNoOwn001")]
    made = plan_of(objects, server)
    assert [(each.kind, each.path) for each in made.plan.changes if not each.field] == [
        (Kind.ADOPT, "ANSWERS"),
        (Kind.ADOPT, "ANSWERS/YES"),
        (Kind.CREATE, "ANSWERS/NO"),
    ]
    assert made.body("OptNoOwn001")["optionSet"] == {"id": SET_THEIRS}
    listed = [each["id"] for each in made.body(SET_THEIRS)["options"]]
    assert listed == ["Their000YES", "Their0MAYBE", "OptNoOwn001"]
    made = plan_of(objects, Standing())
    assert {each.kind for each in made.plan.changes} == {Kind.CREATE}
    alone = plan_of([thing("options/ANSWERS/YES", "OptYesOwn01", code="YES")], server)
    assert [each.kind for each in alone.plan.changes] == [Kind.CREATE]


def test_a_set_that_may_be_made_brings_its_options() -> None:
    """A package adopts where it can."""
    objects = [
        replace(each, must_stand=False)
        for each in (
            answers(name="Svar"),
            option("YES", "OptYesOwn01", code="YES"),
            option("NO", "OptNoOwn001", code="NO"),
        )
    ]
    made = plan_of(objects, Standing())
    assert made.refused == []
    assert {each.kind for each in made.plan.changes} == {Kind.CREATE}


def test_names_in_languages_are_found_by_their_base() -> None:
    """And what may not be read may be it."""
    server = Standing(hidden={("trackedEntityTypes", THEIRS)})
    server.put("trackedEntityTypes", THEIRS, name="Person")
    person = thing("trackedEntityTypes/PERSON", OWN, name=text("Person", en="Person"))
    made = plan_of([adopted(person, name="Person", description="")], server)
    assert made.known.uid(person.ref) == THEIRS


def test_the_servers_default_where_its_uid_is_needed() -> None:
    """In a row and in a list it is named by the UID that it has there; an object's own is left out."""
    server = Standing()
    server.put("dataElements", THEIRS, name="Count")
    row = child(
        "COUNT", dataElement=others("dataElements", THEIRS)[0], categoryCombo=ServerDefault("categoryCombos")
    )
    form = thing(
        "dataSets/D",
        "DataSetOwn1",
        name="D",
        shortName="D",
        periodType="Daily",
        categoryCombo=ServerDefault("categoryCombos"),
        dataSetElements=(row,),
    )
    category = thing(
        "categories/C", "CategoryOw1", name="C", categoryOptions=(ServerDefault("categoryOptions"),)
    )
    made = plan_of([form, category], server)
    (sent,) = made.body("DataSetOwn1")["dataSetElements"]
    assert sent["categoryCombo"] == {"id": DEFAULTS["categoryCombos"]}
    assert "categoryCombo" not in made.body("DataSetOwn1")
    assert made.body("CategoryOw1")["categoryOptions"] == [{"id": DEFAULTS["categoryOptions"]}]
    assert [each.defaults for each in server.asked][:2] == [True, False]
    other = Standing()
    plan_of(
        [thing("dataSets/D", "DataSetOwn1", name="D", categoryCombo=ServerDefault("categoryCombos"))], other
    )
    assert not any(each.defaults for each in other.asked)
