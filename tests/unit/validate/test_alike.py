"""States that are alike are judged once; what municipalities add is judged for each of them."""

from collections.abc import Mapping
from dataclasses import replace

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, Field, Origin, State
from dhis2cfg.validate import Package, validate
from dhis2cfg.validate.alike import Alike
from tests.unit.validate.states import child, field, state, text, thing

PACKAGES = {"demo": Package(name="demo", versions=("2.42",), folder="packages/demo")}
CATALOGUES = {"2.42": shipped.load("2.42")}
PROGRAM = thing("programs/P", line=2, uid="uYjxkTbwRNf", name=text("P"), programType="WITHOUT_REGISTRATION")
CHILD = child("C", uid="aB3dE5gH7jK")
ELEMENT = thing("dataElements/E", line=3, name=text("E" * 300), children=field((CHILD,)))


def of(name: str, *own: DesiredObject, element: DesiredObject = ELEMENT) -> State:
    """The state of a municipality: the program of the package, assigned to its unit, an element, its own."""
    where = Place(file=f"municipalities/{name}.yaml", line=4)
    units = Field(value=(Ref("organisationUnits", name),), place=where, origin=Origin.MUNICIPALITY)
    program = replace(PROGRAM, fields={**PROGRAM.fields, "organisationUnits": units})
    return replace(state(program, element, *own), municipality=name)


def unit(name: str, uid: str = "", **values: str) -> DesiredObject:
    """A municipality's own unit, written in its file."""
    made = thing("organisationUnits/" + name, owner=name, uid=uid or None)
    where = Place(file=f"municipalities/{name}.yaml", line=7)
    fields = {key: Field(value=each, place=where, origin=Origin.MUNICIPALITY) for key, each in values.items()}
    return replace(made, place=where, fields=fields, adopt={"code": "1"})


def sizes(*states: State, packages: Mapping[str, Package] = PACKAGES) -> list[tuple[int, bool]]:
    """How many objects of each state are judged, and whether these are all."""
    return [(len(part.objects), is_whole) for part, is_whole in Alike(states, packages).parts()]


def test_only_the_own_part_of_the_second_is_judged() -> None:
    """The program with its assignment and the unit, and not the element."""
    states = (of("oslo", unit("oslo")), of("alta", unit("alta")), of("bodo"))
    assert sizes(*states) == [(3, True), (2, False), (1, False)]


def test_another_field_makes_another_state() -> None:
    """A patch, another UID or another package makes it a state of its own."""
    patched = replace(ELEMENT, fields={**ELEMENT.fields, "name": field(text("F"))})
    other = replace(of("bodo"), packages=())
    pinned = replace(ELEMENT, uid=Uid("Zx9wV7uT5sR"))
    states = (of("oslo"), of("alta", element=patched), other, of("vardo", element=pinned))
    assert sizes(*states) == [(2, True)] * 4


def test_an_own_uid_that_the_package_has() -> None:
    """Where a unit has the UID of an object or a child, the whole state is judged."""
    for uid in ("uYjxkTbwRNf", "aB3dE5gH7jK"):
        assert sizes(of("oslo"), of("alta", unit("alta", uid)))[1] == (3, True)


def test_a_package_that_is_the_workspace() -> None:
    """Without a folder of its own, what stands in a package cannot be told from the rest: all is judged."""
    for folder in ("", "."):
        alone = {"demo": replace(PACKAGES["demo"], folder=folder)}
        assert sizes(of("oslo"), of("alta"), packages=alone) == [(2, True), (2, True)]


def test_nothing_is_lost() -> None:
    """What is wrong in the package is told once, what is wrong in a municipality's file for each."""
    wrong = Field(
        value=(Foreign("organisationUnits", Uid("nope")),),
        place=Place(file="municipalities/bodo.yaml", line=9),
        origin=Origin.MUNICIPALITY,
    )
    program = replace(PROGRAM, fields={**PROGRAM.fields, "organisationUnits": wrong})
    bodo = replace(state(program, ELEMENT), municipality="bodo")
    states = [of("oslo", unit("oslo", code="x" * 60)), of("alta", unit("alta", code="y" * 60)), bodo]
    together = validate(states, PACKAGES, CATALOGUES)
    apart = {finding for each in states for finding in validate(each, PACKAGES, CATALOGUES)}
    assert set(together) == apart
    found = [
        (each.rule, each.place.file) for each in together if each.place.file.startswith("municipalities")
    ]
    assert found == [
        ("code-length", "municipalities/alta.yaml"),
        ("uid-form", "municipalities/bodo.yaml"),
        ("code-length", "municipalities/oslo.yaml"),
    ]
