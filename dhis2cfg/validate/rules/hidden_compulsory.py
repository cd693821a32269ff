"""Compulsory fields that a rule hides."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import program_of
from dhis2cfg.validate.values import children_of, reference_of, text_of, value_of

PAGE = Page(
    rule="hidden-compulsory",
    what=("A rule hides a field that must be filled in."),
    why=(
        "While the field is hidden nobody can fill it in, and the form cannot be completed, or is "
        "completed without it, as the client likes. Make it mandatory by a rule instead, where it "
        "shows."
    ),
    wrong="""
programStages:
  NO_SLUTT: {name: Avslutning, programStageDataElements: {NO_DODSDATO: {compulsory: true}}}
programRules:
  R:
    condition: "#{utfall} != 'DOD'"
    programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: NO_DODSDATO}]
""",
    right="""
programStages:
  NO_SLUTT: {name: Avslutning, programStageDataElements: {NO_DODSDATO: {}}}
programRules:
  R:
    condition: "#{utfall} == 'DOD'"
    programRuleActions: [{programRuleActionType: SETMANDATORYFIELD, dataElement: NO_DODSDATO}]
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each compulsory field that an action hides, alone or with its section."""
    for action in context.of("programRuleActions"):
        compulsory = _compulsory(context, program_of(action))
        for name, ref in _hidden(context, action):
            if ref in compulsory:
                yield PAGE.finding(
                    f"rule {action.ref.parent_path} hides {ref.path}, which is compulsory",
                    action.fields[name].place,
                    label="it must be filled in",
                    following="let SETMANDATORYFIELD make it mandatory where it shows",
                )


def _compulsory(context: RuleContext, program: str) -> frozenset[Ref]:
    """The fields of a program that must be filled in."""
    found = context.get(Ref("programs", program))
    stages = context.below("programStages", program)
    lists = [(stage, "programStageDataElements", "compulsory", "dataElement") for stage in stages]
    if found is not None:
        lists.append((found, "programTrackedEntityAttributes", "mandatory", "trackedEntityAttribute"))
    return frozenset(
        reference_of(child.fields, kind) or Ref(f"{kind}s", child.key)
        for holder, name, word, kind in lists
        for child in children_of(value_of(holder.fields, name))
        if value_of(child.fields, word) is True
    )


def _hidden(context: RuleContext, action: DesiredObject) -> Iterator[tuple[str, Ref]]:
    """What an action hides, and the property that says so."""
    kind = text_of(action.fields, "programRuleActionType")
    for name in ("dataElement", "trackedEntityAttribute") if kind == "HIDEFIELD" else ():
        ref = reference_of(action.fields, name)
        if ref is not None:
            yield name, ref
    section = (
        context.get(reference_of(action.fields, "programStageSection")) if kind == "HIDESECTION" else None
    )
    elements = value_of(section.fields, "dataElements") if section else None
    for each in elements if isinstance(elements, tuple) else ():
        if isinstance(each, Ref):
            yield "programStageSection", each
