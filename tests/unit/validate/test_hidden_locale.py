"""hidden-locale: languages that nobody will see."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.rules.hidden_locale import check
from tests.unit.validate.states import field, found, messages, text, thing


def test_a_language_that_dhis2_does_not_offer() -> None:
    """It is a warning, said once, where it is used first."""
    one = thing("dataElements/A", name=field(text("A", se="A"), 9))
    two = thing("dataElements/B", name=field(text("B", se="B", en="B"), 4))
    (finding,) = found(check, one, two)
    assert finding.message == "no screen of DHIS2 can be set to se"
    assert (finding.severity, finding.place.line) == (Severity.WARNING, 4)


def test_languages_of_dhis2() -> None:
    """Offered languages, also with a country, are fine."""
    assert messages(check, thing("dataElements/A", name=text("A", en="A", pt_BR="A"), url="x")) == []
