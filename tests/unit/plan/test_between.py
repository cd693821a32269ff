"""Two states compared without a server: names in expressions, what stands elsewhere, tags, parts that go."""

from dataclasses import replace

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.names import Ref, Username
from dhis2cfg.model.plan import Change
from dhis2cfg.model.state import DesiredObject, Field, Formula, Keep, Once, Opaque, Secret, Sharing, State
from dhis2cfg.plan.between import between
from tests.unit.plan.planning import at, child, thing

CATALOGUE = shipped.united()
ELEMENT = thing("dataElements/E", "ElementE001", name="Temperatur", domainType="TRACKER")
OTHER = thing("dataElements/F", "ElementF001", name="Feber")


def state(*objects: DesiredObject) -> State:
    """A state of some objects."""
    return State(municipality="", packages=(), objects={each.ref: each for each in objects})


def changes(before: State, after: State, *elsewhere: DesiredObject) -> list[Change]:
    """What differs."""
    return list(between(before, after, CATALOGUE, elsewhere={each.ref: each for each in elsewhere}))


def indicator(*keys: str) -> DesiredObject:
    """An indicator whose numerator adds elements."""
    parts: list[str | Ref] = []
    for key in keys:
        parts += ["#{" if not parts else "} + #{", Ref("dataElements", key)]
    return thing("indicators/I", "IndicatorI1", name="Sum", numerator=Formula(parts=(*parts, "}")))


def test_keys_stand_in_expressions_and_have_names() -> None:
    """An expression is told with keys; what they name stands beside, also where another package has it."""
    (change,) = changes(state(ELEMENT, indicator("E")), state(ELEMENT, indicator("E", "F")), OTHER)
    assert (change.before, change.after) == ("#{E}", "#{E} + #{F}")
    assert change.names == {"E": "Temperatur", "F": "Feber"}
    (change,) = changes(state(ELEMENT, indicator("E")), state(ELEMENT, indicator("E", "Nowhere")))
    assert change.after == "#{E} + #{Nowhere}"


def test_what_is_only_referred_to_is_not_told() -> None:
    """A stand-in that comes or goes with what refers to it is nobody's change."""
    told = changes(state(indicator("E")), state(), ELEMENT)
    assert [(each.type, each.field, each.kind.value) for each in told] == [("indicators", "", "delete")]


def test_starting_values_inside_children() -> None:
    """A starting value is compared as a value, also in a child; let go is no change."""

    def stage(note: str, *, first: bool) -> DesiredObject:
        each = child("E", dataElement=Ref("dataElements", "E"), compulsory=Once(value=first))
        style = child("style", color=Once(value=note))
        return thing(
            "programStages/S", "StageStage1", name="Steg", programStageDataElements=(each,), style=style
        )

    told = changes(state(ELEMENT, stage("a", first=False)), state(ELEMENT, stage("b", first=True)))
    assert {(each.field, each.before, each.after) for each in told} == {
        ("programStageDataElements[E].compulsory", False, True),
        ("style.color", "a", "b"),
    }
    styled = [
        state(thing("options/S/O", "OptionOpti1", name="A", style=child("s", color=Once(value=each))))
        for each in "ab"
    ]
    assert [(each.field, each.after) for each in changes(styled[0], styled[1])] == [("style.color", "b")]
    kept = thing("dataElements/E", "ElementE001", name="Temperatur", domainType=Keep())
    (change,) = changes(state(ELEMENT), state(kept))
    assert change.note == "no longer managed: what stands on servers stays"


def test_secrets_and_whole_objects() -> None:
    """Secrets differ by their names; whether an object is described as a whole is told."""

    def route(secret: str, users: tuple[str, ...]) -> DesiredObject:
        auth = Opaque(json={"type": "x", "tokens": [Secret(name=secret)]})
        return thing("routes/R", "RouteRoute1", name="Rute", auth=auth, authorities=users)

    told = changes(state(route("A", ())), state(route("B", ())))
    assert [(each.field, each.before, each.after) for each in told] == [
        ("auth", {"type": "x", "tokens": ["secret A"]}, {"type": "x", "tokens": ["secret B"]})
    ]
    (gone,) = changes(state(route("A", ())), state(thing("routes/R", "RouteRoute1", name="Rute")))
    assert (gone.field, gone.after) == ("auth", None)
    assert changes(state(route("A", ())), state(route("A", ()))) == []
    (whole,) = changes(state(ELEMENT), state(replace(ELEMENT, complete=True)))
    assert (whole.label, whole.before, whole.after) == ("describes all of it", False, True)


def test_people_are_called_by_their_usernames() -> None:
    """Who something is shared with is told by the username; nobody is asked for a UID."""

    def shared(**users: str) -> DesiredObject:
        sharing = Sharing(public=None, users={Username(name): access for name, access in users.items()})
        fields = {**ELEMENT.fields, "sharing": Field(value=sharing, place=at(9))}
        return replace(ELEMENT, fields=fields)

    (change,) = changes(state(shared(kari="r-------")), state(shared(kari="rw------")))
    assert change.label == "access of kari"
