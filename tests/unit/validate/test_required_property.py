"""required-property: what DHIS2 refuses an object without."""

from dhis2cfg.validate.rules.required_property import check
from tests.unit.validate.states import ALL, child, field, found, found_unit, messages, text, thing


def test_a_missing_property_is_named_with_its_choices() -> None:
    """Each missing property is one finding; a property with constants lists them."""
    (domain, short) = found(
        check, thing("dataElements/A", name=text("A"), valueType="TEXT", aggregationType="NONE")
    )
    assert domain.message == "data element A has no domainType"
    assert domain.label == "domainType is required"
    assert domain.following == "write domainType: one of AGGREGATE, TRACKER"
    assert short.following == "write shortName: … (the name does not fit in its place)"


def test_only_some_versions_require_it() -> None:
    """The versions that refuse are named where others take it."""
    (finding,) = found(check, thing("trackedEntityTypes/P", name=text("P")), versions=ALL)
    assert finding.label == "shortName is required in DHIS2 2.42, 2.43"
    assert messages(check, thing("trackedEntityTypes/P", name=text("P")), versions=["2.41"]) == []


def test_an_empty_text_is_missing() -> None:
    """A field that is managed and empty counts as missing, at its own place."""
    (finding,) = found(check, thing("dashboards/D", line=3, name=field(text(None), 7)))
    assert (finding.message, finding.place.line) == ("dashboard D has no name", 7)


def test_a_parent_that_the_place_says_is_not_missing() -> None:
    """The option set of an option and the program of a stage follow from the key path."""
    option = thing("options/S/A", name=text("A"), code="A")
    stage = thing("programStages/P/S", name=text("S"))
    assert messages(check, option, stage) == []


def test_a_code_of_an_option_has_a_rule_of_its_own() -> None:
    """The missing code of an option is said by option-without-code alone."""
    assert messages(check, thing("options/S/A", name=text("A"))) == []


def test_a_child_is_looked_into() -> None:
    """Children lack properties too; what their key or parent says is not missing."""
    stage = thing("programStages/P/S", name=text("S"), programStageDataElements=(child("E"),))
    legend = thing("legendSets/L", name=text("L"), legends=(child("low", 5, startValue=1),))
    assert messages(check, stage) == []
    (finding,) = found(check, legend, versions=["2.41"])[:1]
    assert finding.message == "low in legends of legend set L has no endValue"
    assert finding.place.line == 5


def test_what_is_found_on_the_server_is_not_judged() -> None:
    """A unit that is adopted has its properties there already."""
    assert messages(check, found_unit("organisationUnits/tromso")) == []
