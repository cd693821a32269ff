"""stage-element: expressions that ask a stage for what it does not collect."""

from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.validate.rules.stage_element import check
from tests.unit.validate.states import child, field, formula, found, messages, thing

STAGE, ELEMENT = Ref("programStages", "P/NO_PROVE"), Ref("dataElements", "NO_PROVESVAR")
OTHER = Ref("dataElements", "NO_PROVESVARET")
A_STAGE = thing("programStages/P/NO_PROVE", programStageDataElements=(child("NO_PROVESVAR"),))


def test_an_element_of_another_stage() -> None:
    """The key of the element is marked, and the nearest element of the stage offered."""
    text = "#{NO_PROVE.NO_PROVESVARET} == 'POS'"
    filter_field = field(formula("#{", STAGE, ".", OTHER, "} == 'POS'"), line=4, column=13, length=len(text))
    (finding,) = found(check, A_STAGE, thing("programIndicators/I", filter=filter_field))
    assert finding.message == "stage P/NO_PROVE has no data element NO_PROVESVARET"
    assert finding.following == "did you mean NO_PROVESVAR?"
    assert (finding.place.column, finding.place.length) == (13 + 11, 14)


def test_boundaries_are_read_too() -> None:
    """A boundary names an element of a stage as well; with nothing near, the way out is said."""
    unlike = Ref("dataElements", "X")
    boundary = child("b", boundaryTarget=formula("#{", STAGE, ".", unlike, "}"))
    (finding,) = found(check, A_STAGE, thing("programIndicators/I", analyticsPeriodBoundaries=(boundary,)))
    assert finding.following == "name the stage that has it, or add it there"


def test_what_is_fine_or_foreign() -> None:
    """Elements of the stage are fine; stages and elements outside the packages are not judged."""
    foreign = Foreign("programStages", Uid("uYjxkTbwRNf"))
    texts = (
        formula("#{", STAGE, ".", ELEMENT, "}"),
        formula("A{", Ref("trackedEntityAttributes", "X"), "}"),
        formula("#{", Ref("programStages", "P/NONE"), ".", ELEMENT, "}"),
    )
    indicators = [thing(f"programIndicators/I{number}", filter=text) for number, text in enumerate(texts)]
    assert messages(check, A_STAGE, *indicators) == []
    strange = child("b", boundaryTarget="#{" + foreign.uid + ".x}")
    assert messages(check, thing("programIndicators/J", analyticsPeriodBoundaries=(strange,))) == []
