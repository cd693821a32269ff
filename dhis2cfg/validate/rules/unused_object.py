"""Objects that mean nothing unless another names them, and that none names."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.mentions import mentioned
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import children_of, unwrapped

PAGE = Page(
    rule="unused-object",
    what="No other object names an option set, an attribute, a legend set, a category or a message.",
    why=(
        "Nobody ever sees it, and everybody who looks for one finds it in the lists. Often it is left over "
        "from something that was taken out, or what should name it does not."
    ),
    wrong="""
optionSets:
  NO_SVAR: {name: Svar, valueType: TEXT, options: {JA: {name: Ja}, NEI: {name: Nei}}}
""",
    right="""
optionSets:
  NO_SVAR: {name: Svar, valueType: TEXT, options: {JA: {name: Ja}, NEI: {name: Nei}}}
dataElements:
  NO_PROVESVAR: {name: Prøvesvar, valueType: TEXT, optionSet: NO_SVAR}
""",
    severity=Severity.INFO,
)
NAMED_BY_OTHERS = (
    "attributes",
    "categories",
    "categoryCombos",
    "categoryOptions",
    "indicatorTypes",
    "legendSets",
    "optionSets",
    "programNotificationTemplates",
    "trackedEntityAttributes",
    "trackedEntityTypes",
)
"""Types whose objects are of use only where another object names them."""
_LISTED = {
    "programTrackedEntityAttributes": "trackedEntityAttributes",
    "trackedEntityTypeAttributes": "trackedEntityAttributes",
}
"""Lists whose children have the key of what they stand for."""


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each such object that nothing but itself and what it holds names."""
    used = {ref for holder, ref in _uses(context) if holder != ref and holder.parent_path != ref.path}
    for kind in NAMED_BY_OTHERS:
        for each in context.of(kind):
            if each.ref not in used:
                yield PAGE.finding(
                    f"nothing names {context.name(each)}",
                    each.place,
                    label="of no use by itself",
                    following="take it away, or name it where it belongs",
                )


def _uses(context: RuleContext) -> Iterator[tuple[Ref, Ref]]:
    """Who names whom; an option that stands in a set does not make use of the set."""
    for each in context.state.objects.values():
        for name, field in each.fields.items():
            for reference in mentioned(field.value):
                if isinstance(reference, Ref):
                    yield each.ref, reference
            if name in _LISTED:
                for child in children_of(unwrapped(field.value)):
                    yield each.ref, Ref(_LISTED[name], child.key)
