"""section-member: sections that show what their form does not have."""

from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.state import Field
from dhis2cfg.validate.rules.section_member import check
from tests.unit.validate.states import at, child, found, messages, thing

STAGE = thing("programStages/P/S", programStageDataElements=(child("FEBER"), child("HOSTE")))


def element(key: str) -> Ref:
    """A data element by its key."""
    return Ref("dataElements", key)


def test_a_stage_that_lacks_what_its_section_shows() -> None:
    """The member is told where it stands, with the nearest that there is."""
    members = Field(
        value=(element("FEBER"), element("FEBR"), element("ANDRE")),
        place=at(3),
        places={element("FEBR"): at(9)},
    )
    near, none = found(check, STAGE, thing("programStageSections/P/S/FUNN", dataElements=members))
    assert near.message == "stage P/S has no FEBR, which section FUNN shows"
    assert (near.place.line, near.following) == (9, "did you mean FEBER?")
    assert (none.place.line, none.label) == (3, "this stage does not ask for it")
    assert none.following == "add it to the stage, or take it out of the section"


def test_programs_and_data_sets() -> None:
    """Sections of a program show its attributes, those of a data set its elements."""
    program = thing("programs/P", programTrackedEntityAttributes=(child("NAVN"),))
    attributes = (Ref("trackedEntityAttributes", "NAVN"), Ref("trackedEntityAttributes", "FNR"))
    data_set = thing("dataSets/D", dataSetElements=(child("A"),))
    said = messages(
        check,
        program,
        thing("programSections/P/X", trackedEntityAttributes=attributes),
        data_set,
        thing("sections/D/Y", dataElements=(element("A"), element("B"))),
    )
    assert said == [
        "program P has no FNR, which section X shows",
        "data set D has no B, which section Y shows",
    ]


def test_what_cannot_be_told() -> None:
    """What stands outside the package, a section without members, one of a foreign stage."""
    foreign = Foreign("dataElements", Uid("abcdefghij1"))
    sections = (
        thing("programStageSections/P/S/A", dataElements=(foreign,)),
        thing("programStageSections/P/S/B"),
        thing("programStageSections/P/T/C", dataElements=(element("X"),)),
    )
    assert messages(check, STAGE, *sections) == []
