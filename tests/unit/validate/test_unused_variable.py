"""unused-variable: rule variables that no rule reads."""

from dhis2cfg.validate.rules.unused_variable import check
from tests.unit.validate.programs_world import acts, assign, rule, variable
from tests.unit.validate.states import found


def test_what_reads_a_variable() -> None:
    """Conditions, values and messages do, in both braces and in quotes; being assigned is not being read."""
    names = ("lest", "vist", "brukt", "sitert", "tilordnet", "ubrukt")
    variables = [variable(name) for name in names]
    named = variable("nokkel", name="annet navn")
    actions = (assign("tilordnet", "#{brukt}"), acts("SHOWERROR", content="A{vist} feil"))
    rules = rule("#{lest} > 1 && d2:hasValue('sitert') && #{annet navn} == 1", *actions)
    assert [each.message for each in found(check, *variables, named, *rules)] == [
        "no rule reads program rule variable P/tilordnet",
        "no rule reads program rule variable P/ubrukt",
    ]
    assert found(check, *variables) == []
