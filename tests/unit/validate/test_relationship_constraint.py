"""relationship-constraint: ends of relationship types that name the wrong things."""

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.relationship_constraint import check
from tests.unit.validate.states import child, field, found, messages, thing

PROGRAM, STAGE = Ref("programs", "P"), Ref("programStages", "P/S")
PERSON = Ref("trackedEntityTypes", "T")


def test_an_end_without_what_it_needs() -> None:
    """An event needs its stage, whatever else it names; no kind at all is a finding too."""
    from_end = child("from", 3, relationshipEntity="PROGRAM_STAGE_INSTANCE", program=PROGRAM)
    first, second = found(
        check, thing("relationshipTypes/R", fromConstraint=from_end, toConstraint=child("to"))
    )
    assert first.message == "fromConstraint of relationship type R has no programStage"
    assert (first.label, first.place.line) == ("PROGRAM_STAGE_INSTANCE needs a programStage", 3)
    assert second.message == "toConstraint of relationship type R has no relationshipEntity"


def test_an_end_that_names_too_much() -> None:
    """What goes with another kind of end is found where it is written."""
    end = child(
        "from", relationshipEntity="PROGRAM_INSTANCE", program=PROGRAM, trackedEntityType=field(PERSON, 8)
    )
    (finding,) = found(check, thing("relationshipTypes/R", fromConstraint=end))
    assert finding.message == "fromConstraint of relationship type R may not name a trackedEntityType"
    assert finding.place.line == 8


def test_ends_that_are_right() -> None:
    """Each kind with what it needs is fine, an event with its program beside its stage too."""
    event = child("f", relationshipEntity="PROGRAM_STAGE_INSTANCE", programStage=STAGE, program=PROGRAM)
    person = child("t", relationshipEntity="TRACKED_ENTITY_INSTANCE", trackedEntityType=PERSON)
    strange = child("t", relationshipEntity="SOMETHING")
    assert messages(check, thing("relationshipTypes/R", fromConstraint=event, toConstraint=person)) == []
    assert messages(check, thing("relationshipTypes/R", fromConstraint=strange)) == []
