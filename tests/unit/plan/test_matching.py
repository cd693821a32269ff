"""Which object of the server an object of ours is: by record, UID, code, unique name, or as a file says."""

from dataclasses import replace
from typing import Any

from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Kind
from dhis2cfg.model.state import DesiredObject
from tests.unit.plan.planning import Standing, applied, others, plan_of, text, thing

OWN, THEIRS, SET_OWN, SET_THEIRS = "DeOwnOwn001", "DeTheirs001", "SetOwnOwn01", "SetTheirs01"


def element(**more: Any) -> DesiredObject:
    """An element of ours."""
    return thing("dataElements/FEVER", OWN, code="FEVER", name="Fever", valueType="TEXT", **more)


def unit(opening: str | None = None, **adopt: str) -> DesiredObject:
    """The municipality's own unit."""
    more = {"openingDate": opening} if opening else {}
    return replace(thing("organisationUnits/by", None, name="By", shortName="By", **more), adopt=adopt)


def test_by_uid_first() -> None:
    """An object under our own UID is ours, and no code is asked for."""
    server = Standing()
    server.put("dataElements", OWN, name="Fever", code="FEVER", valueType="TEXT")
    made = plan_of([element()], server)
    assert made.plan.changes == ()
    assert [questions.by for questions in server.asked] == [{}]


def test_by_code_where_what_defines_it_is_equal() -> None:
    """The same code and value type: adopted, under the UID that it has, and what differs is a takeover."""
    server = Standing()
    server.put("dataElements", THEIRS, name="Feber", code="FEVER", valueType="TEXT")
    made = plan_of([element()], server)
    assert [(each.kind, each.field) for each in made.plan.changes] == [
        (Kind.ADOPT, ""),
        (Kind.UPDATE, "name"),
    ]
    assert [each.uid for each in made.plan.changes] == [THEIRS, THEIRS]
    assert [word for word, _ in made.refused] == ["takeover"]
    assert made.record.objects["dataElements"][made.known.uid(Ref("dataElements", "FEVER"))].adopted
    server.take(made.plan)
    again = plan_of([element()], server, made.record)
    assert again.plan.changes == ()
    dropped = plan_of([], server, again.record)
    assert dropped.plan.notes == ("let go: dataElements/FEVER stood there before us and stays",)
    assert dropped.record.objects == {}


def test_by_code_but_another_thing_is_refused() -> None:
    """The same code and another value type: a conflict with the three ways out."""
    server = Standing()
    server.put("dataElements", THEIRS, name="Feber", code="FEVER", valueType="NUMBER")
    made = plan_of([element()], server)
    ((word, message),) = made.refused
    assert word == ""
    assert message == (
        "dataElements/FEVER: DeTheirs001 on the server has the same code (FEVER), with another valueType"
    )
    assert made.plan.refusals[0].following == (
        "rename ours, adopt theirs (adopt: {dataElements/FEVER: {id: DeTheirs001}}), or leave ours out"
    )


def test_a_reference_to_an_adopted_object_defines_alike() -> None:
    """Our option set was adopted, so their element with their set is our element with our set."""
    server = Standing()
    server.put("optionSets", SET_THEIRS, name="Answers", code="ANSWERS")
    server.put(
        "dataElements", THEIRS, name="Fever", code="FEVER", valueType="TEXT", optionSet={"id": SET_THEIRS}
    )
    ours = thing("optionSets/ANSWERS", SET_OWN, code="ANSWERS", name="Answers")
    made = plan_of([element(optionSet=ours.ref), ours], server)
    assert [each.kind for each in made.plan.changes] == [Kind.ADOPT, Kind.ADOPT]
    assert made.refused == []
    other = plan_of([element(optionSet=others("optionSets", SET_OWN)[0])], server)
    assert "with another optionSet" in other.refused[0][1]


def test_by_name_alone_only_proposes() -> None:
    """An equal unique name is no reason to take somebody's object."""
    server = Standing()
    server.put("dataElements", THEIRS, name="Fever", code="OTHER", valueType="TEXT")
    ((_, message),) = plan_of([element()], server).refused
    assert message.endswith("has the same name (Fever), by its name alone")


def test_a_short_name_is_taken_as_well() -> None:
    """DHIS2 wants it unique too; of a program only its UID can be pinned."""
    server = Standing()
    server.put("dataElements", THEIRS, name="Temperature", shortName="Fever", valueType="TEXT")
    made = plan_of([element(shortName="Fever")], server)
    assert [message for _, message in made.refused] == [
        "dataElements/FEVER: DeTheirs001 on the server has the same shortName (Fever), by its shortName alone"
    ]
    server = Standing()
    server.put("programs", THEIRS, name="P", code="P", programType="WITH_REGISTRATION")
    program = thing("programs/P", OWN, name="P", code="P", programType="WITHOUT_REGISTRATION")
    (refusal,) = plan_of([program], server).plan.refusals
    assert refusal.following == "rename ours, pin theirs (id: DeTheirs001), or leave ours out"


def test_texts_by_locale_are_looked_up_by_their_base() -> None:
    """The base text is the name."""
    server = Standing()
    server.put("dataElements", THEIRS, name="Fever", valueType="TEXT")
    wanted = thing("dataElements/F", OWN, name=text("Fever", en="Fever"), valueType="TEXT")
    assert len(plan_of([wanted], server).refused) == 1


def test_what_was_found_and_may_not_be_read_stays_ours_to_make() -> None:
    """A code that belongs to something unreadable is no match; the server will say that it is taken."""
    server = Standing(hidden={("dataElements", THEIRS)})
    server.put("dataElements", THEIRS, name="Fever", code="FEVER", valueType="TEXT")
    made = plan_of([element()], server)
    assert [each.kind for each in made.plan.changes] == [Kind.CREATE]


def test_another_uid_in_the_record_is_refused() -> None:
    """One key path cannot be two objects."""
    server = Standing()
    record = applied([element()], server)
    moved = replace(element(), uid=made_other(element()))
    ((word, message),) = plan_of([moved], server, record).refused
    assert word == ""
    assert message.startswith(
        "dataElements/FEVER is DeOwnOwn001 in the record of this server and DeTheirs001"
    )


def made_other(each: DesiredObject) -> Any:
    """A UID that is not the one of the object."""
    assert each.uid != THEIRS
    return THEIRS


def test_a_value_handed_over_is_no_match() -> None:
    """A new object with the code of one of ours is not that object; the code is handed over."""
    server = Standing()
    record = applied([element()], server)
    renamed = thing("dataElements/FEVER", OWN, code="HEAT", name="Heat", valueType="TEXT")
    new = thing("dataElements/NEW", "DeNewNew001", code="FEVER", name="Other", valueType="TEXT")
    made = plan_of([renamed, new], server, record)
    assert made.refused == []
    assert [each.taker for each in made.plan.steps[0].handed] == ["NEW"]
    assert [each.kind for each in made.plan.changes if not each.field] == [Kind.CREATE]


def test_a_unit_is_found_by_code_and_nothing_of_it_is_managed() -> None:
    """The unit is used under its UID; its name stays as it is."""
    server = Standing()
    server.put("organisationUnits", "UnitUnit001", name="Byen", shortName="Byen", code="5501")
    made = plan_of([unit(code="5501")], server)
    assert [(each.kind, each.uid) for each in made.plan.changes] == [(Kind.ADOPT, "UnitUnit001")]
    assert made.plan.steps == ()
    assert plan_of([unit(code="5501")], server, made.record).plan.changes == ()


def test_a_unit_is_found_by_id() -> None:
    """The id that the file gives is the unit's."""
    server = Standing()
    server.put("organisationUnits", "UnitUnit001", name="Byen")
    assert plan_of([unit(id="UnitUnit001")], server).plan.changes[0].kind is Kind.ADOPT


def test_a_unit_is_made_where_there_is_none_and_it_may_be() -> None:
    """With an opening date, the unit is created."""
    made = plan_of([unit("2020-01-01", code="5501")], Standing())
    assert [each.kind for each in made.plan.changes] == [Kind.CREATE]
    assert made.refused == []


def test_no_one_unit_is_refused() -> None:
    """None, or two of a name: nobody guesses."""
    server = Standing()
    assert plan_of([unit(name="By")], server).refused == [
        ("", "the server has no one organisation unit of name By: there is none")
    ]
    server.put("organisationUnits", "UnitUnit001", name="By")
    server.put("organisationUnits", "UnitUnit002", name="By")
    assert plan_of([unit(name="By")], server).refused == [
        ("", "the server has no one organisation unit of name By: there is 2 of them")
    ]


def test_a_unit_that_is_gone_is_refused_and_not_made() -> None:
    """What was found on the server and is there no longer is nobody's to make."""
    server = Standing()
    server.put("organisationUnits", "UnitUnit001", name="By", code="5501")
    record = plan_of([unit(code="5501")], server).record
    server.remove("organisationUnits", "UnitUnit001")
    made = plan_of([unit(code="5501")], server, record)
    assert made.plan.changes == ()
    assert made.refused == [("", "the organisation unit by is not on the server: UnitUnit001 is gone")]
    assert plan_of([unit(id="UnitUnit001")], server).plan.changes == ()


def test_no_second_root_is_made() -> None:
    """A municipality's unit that is not there is refused beside a root; a package's root is the one there."""
    server = Standing()
    new = replace(
        unit(code="5501"), fields=thing("organisationUnits/by", None, openingDate="2020-01-01").fields
    )
    assert plan_of([new], server).refused == []
    server.put("organisationUnits", "RootRoot001", name="Norge", level=1)
    ((word, message),) = plan_of([new], server).refused
    assert (word, message) == (
        "",
        "the organisation unit by would be a second root: RootRoot001 stands at the top of the server",
    )
    root = thing("organisationUnits/NO", None, name="Norge", openingDate="2020-01-01")
    made = plan_of([root], server)
    assert made.known.uid(root.ref) == "RootRoot001"
    server.put("organisationUnits", "RootRoot002", name="Norge", level=1)
    ((_, message),) = plan_of([root], server).refused
    assert "RootRoot001, RootRoot002 stand at the top" in message
