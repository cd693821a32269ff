"""unused-object: objects that mean nothing unless another names them."""

from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.state import Once
from dhis2cfg.validate.rules.unused_object import check
from tests.unit.validate.states import child, found, messages, thing

SET = Ref("optionSets", "S")


def test_nothing_names_it() -> None:
    """Neither the object itself nor what stands in it counts."""
    (finding,) = found(check, thing("optionSets/S", line=5), thing("options/S/A", optionSet=SET))
    assert (finding.message, finding.place.line) == ("nothing names option set S", 5)


def test_something_names_it() -> None:
    """A reference, one behind a starting value, a row of a list with its key."""
    objects = (
        thing("optionSets/S"),
        thing("dataElements/S", optionSet=SET),
        thing("legendSets/L"),
        thing("dataElements/B", legendSets=Once(value=(Ref("legendSets", "L"),))),
        thing("trackedEntityAttributes/A"),
        thing("programs/P", programTrackedEntityAttributes=(child("A"),), name="P"),
        thing("dataElements/C", optionSet=Foreign("optionSets", Uid("abcdefghij1"))),
    )
    assert messages(check, *objects) == []


def test_types_that_stand_alone() -> None:
    """Programs, indicators and the like are of use without being named."""
    assert messages(check, thing("programs/P"), thing("indicators/I")) == []
