"""Rule actions that name what they have nothing to do with."""

from collections.abc import Iterator

from dhis2cfg.catalogue.rule_actions import UNWANTED
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import is_empty, text_of, value_of

PAGE = Page(
    rule="action-irrelevant",
    what="A rule action names something that an action of its type must not name.",
    why=(
        "DHIS2 refuses it with E4058: hiding a section goes with the section alone, not with its "
        "stage, and hiding an option not with a stage or a section. An official package fails by "
        "this."
    ),
    wrong="""
programRuleActions:
  - {programRuleActionType: HIDESECTION, programStageSection: NO_SYMPTOMER, programStage: NO_HELSE}
""",
    right="""
programRuleActions:
  - {programRuleActionType: HIDESECTION, programStageSection: NO_HELSE/NO_SYMPTOMER}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each property that an action of this type may not have."""
    for action in context.of("programRuleActions"):
        kind = text_of(action.fields, "programRuleActionType") or ""
        for name in UNWANTED.get(kind, ()):
            if not is_empty(value_of(action.fields, name)):
                yield PAGE.finding(
                    f"{kind} in rule {action.ref.parent_path} may not name a {name}",
                    action.fields[name].place,
                    label=f"{kind} has nothing to do with it",
                    following="take it out",
                )
