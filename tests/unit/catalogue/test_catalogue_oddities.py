"""The tables of what schemas do not say hold together with the catalogues."""

import pytest

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.shipped import VERSIONS, load
from dhis2cfg.catalogue.types import Shape


@pytest.mark.parametrize("version", VERSIONS)
def test_every_nested_list_is_a_list_of_its_parent(version: str) -> None:
    """Parent, children and the reference back exist; but for sections, whose data set does not list them."""
    catalogue = load(version)
    for row in oddities.NESTED:
        parent, child = catalogue.types[row.parent], catalogue.types[row.child]
        assert not row.back or child.properties[row.back].target == row.parent
        listed = parent.properties.get(row.collection)
        assert (listed is not None and listed.owner and listed.writable) or not row.listed
        assert row.order != "sortOrder" or child.properties["sortOrder"].shape is Shape.INTEGER


@pytest.mark.parametrize("version", VERSIONS)
def test_every_embedded_class_has_its_natural_key(version: str) -> None:
    """Natural keys, back references and numbers are properties of the class."""
    catalogue = load(version)
    for row in oddities.EMBEDDED:
        names = catalogue.embedded[row.singular].properties
        assert set(row.natural_key) <= set(names), row.singular
        assert row.order in {"", "list"} or row.order in names
        assert not row.back or row.back in names


@pytest.mark.parametrize(
    "names", [oddities.KEY_IS_CODE, oddities.LOGIC, oddities.PROVEN, oddities.PARTS], ids=len
)
def test_every_type_named_is_one(names: frozenset[str]) -> None:
    """No table names a type that no version has."""
    assert names <= set(load("2.42").types)


def test_every_closed_type_was_one_once() -> None:
    """The closed list names types of the oldest or the newest version."""
    known = {name for version in VERSIONS for name in load(version).types}
    assert set(oddities.CLOSED) <= known


def test_scope_goes_by_type() -> None:
    """Stages are PARENT/KEY wherever they stand, indicators never are."""
    assert oddities.is_scoped("programStages")
    assert not oddities.is_scoped("programIndicators")
    assert not oddities.is_scoped("dataElements")


def test_rows_are_found_by_name() -> None:
    """What no row speaks of gives None."""
    row = oddities.nested("programs", "programStages")
    assert row is not None
    assert (row.child, row.order, row.first) == ("programStages", "sortOrder", 1)
    assert oddities.nested("programs", "organisationUnits") is None
    legend = oddities.embedded_class("legend")
    assert legend is not None
    assert legend.natural_key == ("startValue", "endValue")
    assert oddities.embedded_class("axis") is None
