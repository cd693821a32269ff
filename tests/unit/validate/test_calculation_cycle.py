"""calculation-cycle: variables that are calculated from each other."""

from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.calculation_cycle import check
from tests.unit.validate.programs_world import acts, assign, element, rule, said


def assigning(**data: str) -> tuple[DesiredObject, ...]:
    """One rule with these assignments."""
    return rule("true", *(assign(name, text) for name, text in data.items()))


def test_circles() -> None:
    """Each circle is told once, however long; what leads into it is not in it."""
    assert said(check, *assigning(a="#{b} + 1", b="#{a} + 1")) == [
        ("variables are calculated from each other: #{a} → #{b} → #{a}", "warning")
    ]
    assert said(check, *assigning(x="#{a}", a="#{b} + #{c}", b="#{c}", c="#{a}")) == [
        ("variables are calculated from each other: #{a} → #{c} → #{a}", "warning"),
        ("variables are calculated from each other: #{b} → #{c} → #{a} → #{b}", "warning"),
    ]


def test_no_circle() -> None:
    """A variable may add to itself, and fields are no variables."""
    field = acts("ASSIGN", dataElement=element("ANTALL"), data="#{antall} + 1")
    assert said(check, *rule("true", assign("a", "#{a} + 1"), assign("b", "#{a}"), field)) == []
