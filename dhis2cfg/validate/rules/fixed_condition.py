"""Conditions that hold always, or never."""

from collections.abc import Iterator

from dhis2cfg.expressions.readings.conditions import fixed
from dhis2cfg.expressions.vocabulary import Use
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="fixed-condition",
    what=("A condition, or a part of one, holds for everybody or for nobody."),
    why=(
        "Two comparisons that exclude each other, joined by `&&`, are never true; joined by `||`, "
        "two that leave nothing out are always true. Mostly `and` was meant where `or` stands, or "
        "the reverse. A condition that is the word `true` is meant so."
    ),
    wrong="""
programRules:
  R: {condition: "#{utfall} != 'FRISK' || #{utfall} != 'DOD'"}
""",
    right="""
programRules:
  R: {condition: "#{utfall} != 'FRISK' && #{utfall} != 'DOD'"}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each part that hangs on no value."""
    for expression in judged(context):
        if expression.tree is None:
            continue
        if expression.use in {Use.CONDITION, Use.FILTER} and expression.passage.text.strip() == "false":
            yield PAGE.finding(
                f"{context.name(expression.passage.object)} never does anything",
                expression.passage.place,
                label="this is never true",
                following="take it away, or say when it holds",
            )
        for found in fixed(expression.tree, expression.types):
            word = "true" if found.value else "false"
            reason = " and ".join(found.because) or expression.passage.text[found.start : found.end]
            yield PAGE.finding(
                f"this is always {word}: {reason}",
                expression.passage.place_of(found.start, found.end),
                label=f"always {word}",
                following="was && meant?" if found.value else "was || meant?",
            )
