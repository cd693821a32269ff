"""hidden-compulsory: compulsory fields that a rule hides."""

from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.validate.rules.hidden_compulsory import check
from tests.unit.validate.programs_world import WORLD, acts, element, rule, said
from tests.unit.validate.states import found, thing

SECTION = thing(
    "programStageSections/P/S/X", dataElements=(element("DATO"), Foreign("dataElements", Uid("abcdefghijk")))
)


def test_a_field() -> None:
    """A compulsory data element, or a mandatory attribute."""
    hides = (
        acts("HIDEFIELD", dataElement=element("DATO")),
        acts("HIDEFIELD", trackedEntityAttribute=Ref("trackedEntityAttributes", "FODT")),
        acts("HIDEFIELD", dataElement=element("ANTALL")),
        acts("SHOWWARNING", dataElement=element("DATO")),
    )
    assert said(check, *rule("true", *hides)) == [
        ("rule P/R hides DATO, which is compulsory", "warning"),
        ("rule P/R hides FODT, which is compulsory", "warning"),
    ]


def test_a_section() -> None:
    """A section is hidden with all its fields; an unknown or empty one hides nothing."""
    sections = [Ref("programStageSections", "P/S/X"), Ref("programStageSections", "P/S/EMPTY"), None]
    hides = [acts("HIDESECTION", programStageSection=each) for each in sections]
    objects = (SECTION, thing("programStageSections/P/S/EMPTY"), *rule("true", *hides))
    assert said(check, *objects) == [("rule P/R hides DATO, which is compulsory", "warning")]


def test_a_rule_without_its_program() -> None:
    """Where the program is not there, nothing is compulsory."""
    assert found(check, *rule("true", acts("HIDEFIELD", dataElement=element("DATO")))) == []
    assert WORLD
