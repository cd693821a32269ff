"""Tests of what packages need of an account, as `doctor` asks for it."""

from dhis2cfg.catalogue import shipped
from dhis2cfg.cli.work.doctoring import needs_of
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, PackageUse, State


def a_state(package: str, *types: str) -> State:
    """What a package of objects of these types asks for."""
    refs = [Ref(type_name, "K") for type_name in types]
    objects = {
        ref: DesiredObject(ref=ref, owner=package, place=Place(file="a.yaml"), fields={}) for ref in refs
    }
    use = PackageUse(name=package, version="1.0.0", locale="nb", digest="")
    return State(municipality="oslo", packages=(use,), objects=objects)


def test_needs_of_packages() -> None:
    """Each type with the authorities that let one make it; of types that anybody may make, none."""
    states = [a_state("covid", "dataElements", "dataEntryForms"), a_state("tb", "dataElements", "constants")]
    needs = needs_of(states, shipped.load("2.42"))
    assert needs.who == "covid and tb"
    assert needs.locale == "nb"
    assert dict(needs.authorities) == {
        "create constants": ("F_CONSTANT_ADD",),
        "create dataElements": ("F_DATAELEMENT_PUBLIC_ADD", "F_DATAELEMENT_PRIVATE_ADD"),
    }


def test_needs_of_nothing() -> None:
    """A workspace without packages needs no more than to sign in."""
    needs = needs_of([], shipped.load("2.42"))
    assert (needs.who, needs.locale, dict(needs.authorities)) == ("the packages", "", {})
