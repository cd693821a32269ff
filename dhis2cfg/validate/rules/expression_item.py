"""Items that have no meaning where they stand."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Fault, Language
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="expression-item",
    what=("An expression or a message holds an item that means nothing where it stands."),
    why=(
        "`[days]` counts days in indicators alone, `#{?x}` stands for an element only behind "
        "`forEach ?x`, and the notification of a program knows no data elements: DHIS2 sends "
        "`[N/A]` in its place."
    ),
    wrong="""
programs:
  P: {notificationTemplates: [NO_MELDING]}
programNotificationTemplates:
  NO_MELDING: {messageTemplate: "Svaret er #{NO_PROVESVAR}"}
""",
    right="""
programStages:
  P/NO_IX_PROVE: {notificationTemplates: [NO_MELDING]}
programNotificationTemplates:
  NO_MELDING: {messageTemplate: "Svaret er #{NO_PROVESVAR}"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each item of this kind; names of rule variables are judged where they are defined."""
    for expression in judged(context):
        where = f"{expression.passage.name} of {context.name(expression.passage.object)}"
        is_rule = expression.use.language is Language.RULES
        for mistake in () if expression.is_told or is_rule else expression.mistakes:
            if mistake.fault is Fault.ITEM:
                yield PAGE.finding(
                    f"{mistake.message}, in {where}",
                    expression.place(mistake),
                    following=mistake.suggestion,
                    severity=None if mistake.is_sure else Severity.WARNING,
                )
