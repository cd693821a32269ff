"""Functions that came with a patch release."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import walk
from dhis2cfg.expressions.syntax.tree import Call
from dhis2cfg.expressions.vocabulary.functions import first_patch
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="function-version",
    what=("A rule calls a function that not all releases of a claimed version have."),
    why=(
        "Rule functions also come with patch releases: `d2:minutesBetween` with 2.42.5, "
        "`d2:inUserGroup` with 2.42.4. On an older server the rule fails when it runs."
    ),
    wrong="""
programRules:
  R: {condition: "d2:minutesBetween(#{fra}, #{til}) > 15"}      # the package claims 2.42
""",
    right="""
programRules:
  R: {condition: "d2:daysBetween(#{fra}, #{til}) > 0"}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each call of a function that came late, with the releases that have it."""
    for expression in judged(context):
        for node in walk(expression.tree.root) if expression.tree else ():
            if not isinstance(node, Call):
                continue
            language = expression.passage.context
            claimed = context.claimed(expression.passage.object)
            patches = [patch for version in claimed if (patch := first_patch(language, node.name, version))]
            if patches:
                yield PAGE.finding(
                    f"{node.name} came with DHIS2 {', '.join(patches)}",
                    expression.place(node),
                    label="older releases refuse it",
                    following="see that all servers are as new, or do without it",
                )
