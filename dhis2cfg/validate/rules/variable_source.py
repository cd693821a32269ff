"""Rule variables without what their source type needs."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import is_empty, text_of, value_of

PAGE = Page(
    rule="variable-source",
    what="A rule variable does not name what its source type takes the value from.",
    why=(
        "Values of events need a data element (E4059), those of the newest event of a stage the stage "
        "too (E4091), those of the tracked entity an attribute (E4089); a calculated value needs a "
        "value type (E4092)."
    ),
    wrong="""
programRuleVariables:
  provedato:
    programRuleVariableSourceType: DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE
    dataElement: NO_PROVEDATO
""",
    right="""
programRuleVariables:
  provedato:
    programRuleVariableSourceType: DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE
    programStage: NO_PROVE
    dataElement: NO_PROVEDATO
""",
)
WANTED = {
    "CALCULATED_VALUE": ("valueType",),
    "DATAELEMENT_CURRENT_EVENT": ("dataElement",),
    "DATAELEMENT_NEWEST_EVENT_PROGRAM": ("dataElement",),
    "DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE": ("dataElement", "programStage"),
    "DATAELEMENT_PREVIOUS_EVENT": ("dataElement",),
    "TEI_ATTRIBUTE": ("trackedEntityAttribute",),
}


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each thing that a variable of its source type needs and does not name."""
    for variable in context.of("programRuleVariables"):
        source = text_of(variable.fields, "programRuleVariableSourceType") or ""
        for name in WANTED.get(source, ()):
            if name not in variable.unread and is_empty(value_of(variable.fields, name)):
                yield PAGE.finding(
                    f"{context.name(variable)} has no {name}",
                    variable.place,
                    label=f"{source} needs a {name}",
                    following=f"write {name}: …, or take another programRuleVariableSourceType",
                )
