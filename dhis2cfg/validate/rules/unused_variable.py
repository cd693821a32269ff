"""Rule variables that no rule reads."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import program_of, reads
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="unused-variable",
    what=("No rule of its program reads a rule variable."),
    why=(
        "It is sent to every device, and makes the list of variables longer for whoever looks for "
        "the right one. Two packages have 77 and 122 of them. A calculated variable that is "
        "assigned and never read is one too."
    ),
    wrong="""
programRuleVariables:
  gammel: {programRuleVariableSourceType: DATAELEMENT_CURRENT_EVENT, dataElement: NO_PROVEDATO}
""",
    right="""
programRules:
  R: {condition: "d2:hasValue(#{provedato})"}
programRuleVariables:
  provedato: {programRuleVariableSourceType: DATAELEMENT_CURRENT_EVENT, dataElement: NO_PROVEDATO}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each variable that nothing reads, in programs that have rules."""
    used: set[tuple[str, str]] = set()
    for ref, names in reads(context).items():
        each = context.get(ref)
        used.update((program_of(each), name) for name in names if each)
    for each in context.of("programRuleVariables"):
        name = text_of(each.fields, "name") or each.ref.key
        program = each.ref.parent_path
        if context.below("programRules", program) and (program, name) not in used:
            yield PAGE.finding(
                f"no rule reads {context.name(each)}",
                each.place,
                label="read by no condition, no value and no message",
                following="take it away, or use it",
            )
