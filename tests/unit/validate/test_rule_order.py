"""rule-order: rules that read what a later rule assigns."""

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.rule_order import check
from tests.unit.validate.programs_world import WORLD, acts, assign, rule, said
from tests.unit.validate.states import field, found


def test_a_rule_that_may_read_too_early() -> None:
    """At equal priorities, and where the reader runs first; conditions, values and messages read."""
    assigns = rule("true", assign("sum", "1"), key="A", priority=2)
    same = rule("#{sum} > 1", acts("SHOWWARNING", content="#{sum}"), key="B", priority=field(2, 7))
    early = rule("true", assign("grense", "#{sum} + 1"), key="C", priority=1)
    findings = found(check, *WORLD, *assigns, *same, *early)
    assert [(each.message, each.label, each.place.line) for each in findings] == [
        ("rule P/B reads #{sum}, which P/A assigns", "both have the same priority", 7),
        ("rule P/C reads #{sum}, which P/A assigns", "it runs before that", 1),
    ]


def test_rules_in_order() -> None:
    """A lower number runs first, none last; a rule reads what it assigned itself; other stages never meet."""
    last = rule("#{sum} > 1", key="B")
    assert said(check, *rule("true", assign("sum", "1"), key="A", priority=1), *last) == []
    assert said(check, *rule("true", assign("sum", "1"), assign("grense", "#{sum}"), key="A")) == []
    other = rule("#{sum} > 1", key="B", programStage=Ref("programStages", "P/T"))
    assert said(check, *rule("true", assign("sum", "1"), key="A"), *other) == []


def test_each_pair_is_told_once() -> None:
    """Two rules that assign one variable do not make two findings of one reader."""
    writers = [*rule("#{ja}", assign("sum", "1"), key="A"), *rule("true", assign("sum", "2"), key="B")]
    readers = rule("#{sum} > 1", key="C")
    assert said(check, *writers, *readers) == [("rule P/C reads #{sum}, which P/A assigns", "warning")]


def test_an_action_without_a_rule() -> None:
    """What belongs to no rule reads nothing in time."""
    assert (
        said(
            check,
            *rule("true", assign("sum", "1"), key="A"),
            *rule("true", assign("x", "#{sum}"), key="B")[1:],
        )
        == []
    )
