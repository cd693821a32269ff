"""Variables that are calculated from each other."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import assignments, reads

PAGE = Page(
    rule="calculation-cycle",
    what=("Calculated variables hang on each other in a circle."),
    why=(
        "Rules run once, in order, so one of them reads the other before it has a value. A "
        "variable that adds to itself, over several rules, is no circle."
    ),
    wrong="""
programRuleActions:
  - {programRuleActionType: ASSIGN, content: "#{a}", data: "#{b} + 1"}
  - {programRuleActionType: ASSIGN, content: "#{b}", data: "#{a} + 1"}
""",
    right="""
programRuleActions:
  - {programRuleActionType: ASSIGN, content: "#{a}", data: "#{antall} + 1"}
  - {programRuleActionType: ASSIGN, content: "#{b}", data: "#{a} + 1"}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each circle, at the first assignment of it."""
    read = reads(context)
    needs: dict[tuple[str, str], set[str]] = {}
    for each in assignments(context):
        names = read.get(each.action.ref, frozenset()) - {each.variable}
        if each.variable:
            needs.setdefault((each.rule.ref.parent_path, each.variable), set()).update(names)
    told: set[tuple[str, str]] = set()
    for each in assignments(context):
        program = each.rule.ref.parent_path
        circle = _circle(needs, program, each.variable) if (program, each.variable) not in told else ()
        if circle:
            told.update((program, name) for name in circle)
            shown = " → ".join(f"#{{{name}}}" for name in (*circle, circle[0]))
            yield PAGE.finding(
                f"variables are calculated from each other: {shown}",
                each.action.place,
                label="one of them is read before it has a value",
                following="calculate one of them from something else",
            )


def _circle(needs: dict[tuple[str, str], set[str]], program: str, start: str) -> tuple[str, ...]:
    """The way from a variable back to itself, the shortest one; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        for name in sorted(needs.get((program, way[-1]), ())):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
