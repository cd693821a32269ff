"""action-not-in-program: rule actions on fields that the program does not have."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.action_not_in_program import check
from tests.unit.validate.states import child, field, found, messages, thing

ELEMENT, OTHER = Ref("dataElements", "NO_SVAR"), Ref("dataElements", "NO_SVARET")
ATTRIBUTE = Ref("trackedEntityAttributes", "NO_FODT")
PROGRAM = (
    thing("programs/P", programTrackedEntityAttributes=(child("x", trackedEntityAttribute=ATTRIBUTE),)),
    thing("programStages/P/S", programStageDataElements=(child("NO_SVAR"),)),
)


def test_an_element_of_no_stage() -> None:
    """The nearest element of the program is offered."""
    action = thing("programRuleActions/P/R/A", programRuleActionType="HIDEFIELD", dataElement=field(OTHER, 7))
    (finding,) = found(check, *PROGRAM, action)
    assert finding.message == "HIDEFIELD in rule P/R acts on NO_SVARET, which is not in P"
    assert finding.following == "did you mean NO_SVAR?"
    assert (finding.severity, finding.place.line) == (Severity.ERROR, 7)


def test_an_attribute_that_the_program_lacks() -> None:
    """What servers accept and phones ignore is a warning."""
    unknown = Ref("trackedEntityAttributes", "X")
    action = thing(
        "programRuleActions/P/R/A", programRuleActionType="SHOWWARNING", trackedEntityAttribute=unknown
    )
    (finding,) = found(check, *PROGRAM, action)
    assert finding.severity is Severity.WARNING
    assert finding.following == "add it to the program, or act on another field"


def test_fields_of_the_program() -> None:
    """Elements of any stage and attributes of the program are fine; foreign programs are not judged."""
    objects = (
        thing("programRuleActions/P/R/A", dataElement=ELEMENT, trackedEntityAttribute=ATTRIBUTE),
        thing("programRuleActions/Q/R/A", dataElement=OTHER),
        thing("programRuleActions/P/R/B"),
    )
    assert messages(check, *PROGRAM, *objects) == []
