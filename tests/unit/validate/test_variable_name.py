"""variable-name: names that the rule engine cannot read."""

import pytest

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.rules.variable_name import check
from tests.unit.validate.states import field, found, messages, thing


@pytest.mark.parametrize(
    ("name", "label", "severity"),
    [
        ("fødselsdato", "rules cannot read 'ø'", Severity.ERROR),
        ("a{b}{c}", "rules cannot read '{}'", Severity.ERROR),
        ("ja or nei", "or is a word of the expression language", Severity.ERROR),
        ("date of birth", "a blank counts", Severity.WARNING),
    ],
)
def test_names_that_are_no_good(name: str, label: str, severity: Severity) -> None:
    """Strange letters and the words of the language are errors, blanks a warning."""
    (finding,) = found(check, thing("programRuleVariables/P/x", name=field(name, 3)))
    assert (finding.label, finding.severity, finding.place.line) == (label, severity, 3)


def test_names_that_are_read() -> None:
    """A to Z, digits, `_ - .`; the key where no name is written; parts of words are no words."""
    variables = [
        thing("programRuleVariables/P/a", name="opv0.current-1"),
        thing("programRuleVariables/P/orden"),
    ]
    assert messages(check, *variables) == []


def test_a_key_stands_for_the_name() -> None:
    """A key that is no good name is found at the variable."""
    (finding,) = found(check, thing("programRuleVariables/P/or", line=8))
    assert finding.place.line == 8
