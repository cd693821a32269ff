"""Rule variables that ask a stage for what it does not collect."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.options import variable
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import program_of, reads, rule_of, stage_of
from dhis2cfg.validate.programs import program_elements, stage_elements
from dhis2cfg.validate.values import reference_of, text_of

PAGE = Page(
    rule="variable-stage",
    what=(
        "A rule variable takes its value from a data element where that is not collected, or a "
        "rule of one stage reads an element of the event that only another stage has."
    ),
    why=(
        "DHIS2 accepts it, and the variable is always empty. `DATAELEMENT_CURRENT_EVENT` sees the "
        "event that is open and nothing else."
    ),
    wrong="""
programRules:
  R: {programStage: NO_OPPFOLGING, condition: "#{svar} == 'POS'"}      # NO_PROVESVAR stands in NO_PROVE
programRuleVariables:
  svar: {programRuleVariableSourceType: DATAELEMENT_CURRENT_EVENT, dataElement: NO_PROVESVAR}
""",
    right="""
programRules:
  R: {programStage: NO_OPPFOLGING, condition: "#{svar} == 'POS'"}
programRuleVariables:
  svar: {programRuleVariableSourceType: DATAELEMENT_NEWEST_EVENT_PROGRAM, dataElement: NO_PROVESVAR}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each variable without a source, and each rule that reads the wrong event."""
    for each in context.of("programRuleVariables"):
        element = reference_of(each.fields, "dataElement")
        stage = context.get(reference_of(each.fields, "programStage"))
        if element is None or not context.below("programStages", each.ref.parent_path):
            continue
        known = stage_elements(stage) if stage else program_elements(context, each.ref.parent_path)
        if element not in known:
            where = f"stage {stage.ref.path}" if stage else f"no stage of {each.ref.parent_path}"
            yield PAGE.finding(
                f"{context.name(each)} is always empty: {where} {'lacks' if stage else 'has'} {element.path}",
                each.fields["dataElement"].place,
                label="not collected there",
                following="name the stage that has it, or another data element",
            )
    for ref, names in reads(context).items():
        reader = context.get(ref)
        rule = rule_of(context, reader) if reader else None
        if reader and rule:
            yield from _of_other_stages(context, reader, rule, names)


def _of_other_stages(
    context: RuleContext, reader: DesiredObject, rule: DesiredObject, names: frozenset[str]
) -> Iterator[Finding]:
    """Variables of the open event whose element the rule's own stage does not have."""
    stage = context.get(stage_of(rule))
    known = stage_elements(stage) if stage else frozenset()
    for name in sorted(names) if stage else ():
        found = variable(context, program_of(reader), name)
        element = reference_of(found.fields, "dataElement") if found else None
        source = text_of(found.fields, "programRuleVariableSourceType") if found else None
        if (
            stage
            and isinstance(element, Ref)
            and source == "DATAELEMENT_CURRENT_EVENT"
            and element not in known
        ):
            yield PAGE.finding(
                f"#{{{name}}} is empty in rule {rule.ref.path}: stage {stage.ref.key} lacks {element.path}",
                reader.place,
                label="the open event does not have it",
                following="take DATAELEMENT_NEWEST_EVENT_PROGRAM, or bind the rule to another stage",
            )
