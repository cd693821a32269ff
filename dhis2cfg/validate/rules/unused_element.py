"""Data elements that nothing asks for."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.mentions import mentioned
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import children_of, value_of

PAGE = Page(
    rule="unused-element",
    what=("No stage, data set or expression names a data element; groups and rule variables do not count."),
    why=(
        "Nobody can register a value for it here, and it makes every list of data elements longer. "
        "Often it is left over from a field that was replaced, or a stage that should ask for it does not."
    ),
    wrong="""
dataElements:
  NO_GAMMELT_FELT: {name: Gammelt felt, valueType: TEXT, domainType: TRACKER, aggregationType: NONE}
""",
    right="""
dataElements:
  NO_PROVESVAR: {name: Prøvesvar, valueType: TEXT, domainType: TRACKER, aggregationType: NONE}
programs:
  P: {programStages: {NO_IX_PROVE: {programStageDataElements: {NO_PROVESVAR: {}}}}}
""",
    severity=Severity.INFO,
)
_SILENT = frozenset({"dataElementGroupSets", "dataElementGroups", "programRuleVariables"})
"""Types that name elements and ask nobody for a value."""
_ASKING = (
    ("programStages", "programStageDataElements"),
    ("dataSets", "dataSetElements"),
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each element that nothing but groups and variables names."""
    used = {
        reference
        for each in context.state.objects.values()
        if each.ref.type not in _SILENT
        for name, field in each.fields.items()
        if name != "dataElementGroups"
        for reference in mentioned(field.value)
    }
    for kind, name in _ASKING:
        for each in context.of(kind):
            listed = children_of(value_of(each.fields, name))
            used.update(Ref("dataElements", child.key) for child in listed)
    for each in context.of("dataElements"):
        if each.ref not in used:
            yield PAGE.finding(
                f"nothing asks for {context.name(each)}",
                each.place,
                label="named by no stage, no data set and no expression",
                following="take it away, or name it where it is to be filled in",
            )
