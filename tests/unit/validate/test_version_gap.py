"""version-gap: what only some of the claimed versions have."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.rules.version_gap import check
from tests.unit.validate.states import ALL, field, follows, found, messages, text, thing


def test_a_property_of_some_versions_is_a_note() -> None:
    """It is said once, where it is written first, and weighs nothing."""
    one = thing("programRuleActions/P/R/A", priority=field(1, 9))
    two = thing("programRuleActions/P/R/B", priority=field(2, 4))
    (finding,) = found(check, one, two, versions=ALL)
    assert finding.message == "programRuleActions.priority does not exist in DHIS2 2.41, 2.42"
    assert finding.label == "not sent to 2.41, 2.42"
    assert (finding.severity, finding.place.line) == (Severity.INFO, 4)
    assert messages(check, one, versions=["2.43"]) == []


def test_a_property_of_no_claimed_version_is_an_error() -> None:
    """What nobody takes does not belong into the package."""
    (finding,) = found(check, thing("programRuleActions/P/R/A", priority=1), versions=["2.41"])
    assert (finding.severity, finding.label) == (Severity.ERROR, "no claimed version has it")


def test_a_type_of_some_versions() -> None:
    """Types come and go too."""
    assert messages(check, thing("pushAnalysis/A", line=2), versions=ALL) == [
        "pushAnalysis does not exist in DHIS2 2.43"
    ]


def test_what_follows_is_not_said() -> None:
    """A short name that nobody wrote is no reason for a note."""
    person = thing("trackedEntityTypes/P", shortName=follows(text("P")))
    assert messages(check, person, versions=ALL) == []
