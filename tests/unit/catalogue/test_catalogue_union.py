"""Several versions read as one."""

import pytest

from dhis2cfg.catalogue.shipped import VERSIONS, load
from dhis2cfg.catalogue.types import Shape
from dhis2cfg.catalogue.union import Difference, differences, unite
from dhis2cfg.errors import UsageError

EVERY = tuple(load(version) for version in VERSIONS)


def test_a_property_is_there_if_any_version_has_it() -> None:
    """What only 2.43 knows may be written in a package that claims 2.41, too."""
    united = unite(EVERY)
    assert united.version == "2.41 2.42 2.43"
    assert united.property("programs", "enrollmentsLabel") is not None
    assert "pushAnalysis" in united.types


def test_required_by_any_is_required_by_all() -> None:
    """2.42 asks for a short name of tracked entity types, so the package must have one."""
    found = unite(EVERY).property("trackedEntityTypes", "shortName")
    assert found is not None
    assert found.required


def test_limits_are_as_tight_as_the_tightest() -> None:
    """The limit that 2.43 brought counts for all; a limit that none has is none."""
    united = unite(EVERY)
    description, content = united.property("programs", "description"), united.property("dataElements", "url")
    assert description is not None
    assert content is not None
    assert (description.length, description.minimum) == (255, 1)
    assert (content.minimum, content.maximum) == (None, None)


def test_constants_are_those_of_any_version() -> None:
    """A value type that only old servers know may be written, and is a difference."""
    found = unite(EVERY).property("dataElements", "valueType")
    assert found is not None
    assert "TRACKER_ASSOCIATE" in found.constants


def test_where_shapes_differ_the_newest_wins() -> None:
    """Expiry days became a number in 2.42."""
    found = unite(EVERY).property("dataSets", "expiryDays")
    assert found is not None
    assert found.shape is Shape.NUMBER
    assert Difference(
        owner="dataSets",
        property="expiryDays",
        what="shape",
        values=(("2.41", "integer"), ("2.42", "number"), ("2.43", "number")),
    ) in differences(EVERY)


def test_differences_name_what_is_gone_and_what_is_longer() -> None:
    """A package that claims several versions is told what does not hold in all of them."""
    found = {(each.owner, each.property, each.what): dict(each.values) for each in differences(EVERY)}
    assert found["programs", "enrollmentsLabel", "there"] == {"2.41": "-", "2.42": "-", "2.43": "there"}
    assert found["programs", "description", "length"] == {
        "2.41": "no limit",
        "2.42": "no limit",
        "2.43": "255",
    }
    assert ("mapView", "layer", "required") not in found


def test_one_version_has_no_differences() -> None:
    """There is nothing to say about a package for one version."""
    assert differences([load("2.42")]) == ()


def test_no_version_is_no_catalogue() -> None:
    """A package that claims none of the shipped versions cannot be read."""
    with pytest.raises(UsageError, match="no DHIS2 version"):
        unite([])
