"""Rule actions on fields that the program does not have."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.programs import program_attributes, program_elements, program_of_action
from dhis2cfg.validate.values import reference_of, text_of
from dhis2cfg.validate.wording import nearest

PAGE = Page(
    rule="action-not-in-program",
    what=(
        "A rule acts on a data element of no stage of its program, or on an attribute that the program lacks."
    ),
    why=(
        "Hiding such a field or making it mandatory is refused with E4047 or E4048; assigning to it "
        "or warning beside it is accepted and does nothing, which is a warning here."
    ),
    wrong="""
programs:
  NO_INDEKS:
    programStages: {NO_PROVE: {programStageDataElements: [NO_PROVEDATO]}}
    programRules:
      R: {condition: "true", programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: NO_SVAR}]}
""",
    right="""
programs:
  NO_INDEKS:
    programStages: {NO_PROVE: {programStageDataElements: [NO_PROVEDATO, NO_SVAR]}}
    programRules:
      R: {condition: "true", programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: NO_SVAR}]}
""",
)
REFUSED = frozenset(
    {"CREATEEVENT", "HIDEFIELD", "HIDEOPTION", "HIDEOPTIONGROUP", "SETMANDATORYFIELD", "SHOWOPTIONGROUP"}
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each action whose field the program does not have."""
    for action in context.of("programRuleActions"):
        path = program_of_action(action)
        program = context.get(Ref("programs", path))
        if program is None:
            continue
        element = reference_of(action.fields, "dataElement")
        attribute = reference_of(action.fields, "trackedEntityAttribute")
        if element is not None and element not in (known := program_elements(context, path)):
            yield _finding(action, "dataElement", element, path, known)
        if attribute is not None and attribute not in (known := program_attributes(program)):
            yield _finding(action, "trackedEntityAttribute", attribute, path, known)


def _finding(action: DesiredObject, name: str, ref: Ref, program: str, known: frozenset[Ref]) -> Finding:
    kind = text_of(action.fields, "programRuleActionType") or "an action"
    is_element = name == "dataElement"
    near = nearest(ref.key, sorted(each.key for each in known))
    where = "a stage of the program" if is_element else "the program"
    return PAGE.finding(
        f"{kind} in rule {action.ref.parent_path} acts on {ref.path}, which is not in {program}",
        action.fields[name].place,
        label="in no stage of this program" if is_element else "no attribute of this program",
        following=f"did you mean {near}?" if near else f"add it to {where}, or act on another field",
        severity=None if kind in REFUSED else Severity.WARNING,
    )
