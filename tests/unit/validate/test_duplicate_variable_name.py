"""duplicate-variable-name: variables of one name in one program."""

from dhis2cfg.validate.rules.duplicate_variable_name import check
from tests.unit.validate.states import field, found, messages, thing


def test_a_name_that_repeats() -> None:
    """Names count, and keys where no name is written; capitals do not tell them apart."""
    one = thing("programRuleVariables/P/alder")
    two = thing("programRuleVariables/P/x", name=field("Alder", 7))
    (finding,) = found(check, one, two)
    assert finding.message == "variables alder and x of P have the same name"
    assert (finding.label, finding.place.line) == ("'Alder' is taken in this program", 7)


def test_a_key_that_repeats_a_name() -> None:
    """A variable without a name is found by its own place."""
    one = thing("programRuleVariables/P/x", name="alder")
    (finding,) = found(check, one, thing("programRuleVariables/P/ALDER", line=9))
    assert finding.place.line == 9


def test_other_programs() -> None:
    """Variables of two programs may share a name."""
    variables = [thing(f"programRuleVariables/{path}") for path in ("P/alder", "Q/alder")]
    assert messages(check, *variables) == []
