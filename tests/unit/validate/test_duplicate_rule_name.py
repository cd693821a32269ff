"""duplicate-rule-name: rules of one name in one program."""

from dhis2cfg.validate.rules.duplicate_rule_name import check
from tests.unit.validate.states import field, found, messages, text, thing


def test_capitals_do_not_tell_names_apart() -> None:
    """DHIS2 compares the names of a program's rules without capitals."""
    one = thing("programRules/P/A", name=text("Skjul alder"))
    two = thing("programRules/P/B", name=field(text("skjul ALDER"), 6))
    (finding,) = found(check, one, two)
    assert finding.message == "rules A and B of P have the same name"
    assert finding.place.line == 6


def test_other_programs_and_nameless_rules() -> None:
    """Another program's rule may have the name; a missing name is said elsewhere."""
    rules = [thing(f"programRules/{path}", name=text("R")) for path in ("P/A", "Q/A")]
    assert messages(check, *rules, thing("programRules/P/B"), thing("programRules/P/C")) == []
