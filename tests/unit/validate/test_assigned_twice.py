"""assigned-twice: fields that two rules assign."""

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.assigned_twice import check
from tests.unit.validate.programs_world import WORLD, acts, assign, element, rule, said
from tests.unit.validate.states import found


def test_two_rules_that_may_both_hold() -> None:
    """Variables and fields alike; the finding shows both places."""
    value = acts("ASSIGN", dataElement=element("ANTALL"), data="1")
    first = rule("#{ja}", assign("sum", "1"), value, key="A")
    second = rule("#{antall} > 1", assign("sum", "2"), value, key="B")
    findings = found(check, *WORLD, *first, *second)
    assert [each.message for each in findings] == [
        "rules P/A and P/B both assign #{sum}",
        "rules P/A and P/B both assign ANTALL",
    ]
    assert [each.related[0].message for each in findings] == ["also assigned here"] * 2


def test_rules_that_cannot_meet() -> None:
    """Conditions that exclude each other, priorities, stages of their own, one rule twice: all is said."""
    other = Ref("programStages", "P/T")
    pairs = [
        (
            rule("#{antall} < 3", assign("sum", "1"), key="A"),
            rule("#{antall} > 5", assign("sum", "2"), key="B"),
        ),
        (
            rule("#{ja}", assign("sum", "1"), key="A"),
            rule("!(#{ja}) && #{antall} > 1", assign("sum", "2"), key="B"),
        ),
        (rule("!#{ja}", assign("sum", "1"), key="A"), rule("#{ja}", assign("sum", "2"), key="B")),
        (
            rule("#{ja}", assign("sum", "1"), key="A", priority=1),
            rule("true", assign("sum", "2"), key="B", priority=2),
        ),
        (
            rule("#{ja}", assign("sum", "1"), key="A"),
            rule("true", assign("sum", "2"), key="B", programStage=other),
        ),
        (
            rule("#{ja}", assign("sum", "1"), assign("sum", "2"), key="A"),
            rule("true", assign("grense", "2"), key="B"),
        ),
    ]
    assert [said(check, *first, *second) for first, second in pairs] == [[]] * len(pairs)


def test_what_cannot_be_read_may_hold() -> None:
    """A condition with a mistake is told elsewhere, and excludes nothing; an action alone is no rule's."""
    first = rule("#{ja} &&", assign("sum", "1"), key="A")
    second = rule("!#{ja}", assign("sum", "2"), key="B")
    assert said(check, *first, *second) == [("rules P/A and P/B both assign #{sum}", "warning")]
    assert said(check, *first[1:], *second[1:]) == []
    assert said(check, *rule("true", acts("ASSIGN", content="sum", data="1"), acts("HIDEFIELD"))) == []
