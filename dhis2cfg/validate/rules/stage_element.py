"""Expressions that ask a stage for what it does not collect."""

from collections.abc import Iterator

from dhis2cfg.expressions import Context, Kind, find_references
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.passages import passages
from dhis2cfg.validate.programs import stage_elements
from dhis2cfg.validate.wording import nearest

PAGE = Page(
    rule="stage-element",
    what="An expression asks for a data element in a stage that does not have it.",
    why=(
        "DHIS2 accepts it, and the value is always empty: the indicator counts nothing. It happens "
        "when an element moves from one stage to another."
    ),
    wrong="""
programIndicators:
  NO_POSITIVE:
    program: P
    filter: "#{NO_OPPFOLGING.NO_PROVESVAR} == 'POS'"      # the test result stands in NO_PROVE
""",
    right="""
programIndicators:
  NO_POSITIVE:
    program: P
    filter: "#{NO_PROVE.NO_PROVESVAR} == 'POS'"
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each `#{STAGE.ELEMENT}` whose stage lacks the element."""
    for passage in passages(context, Context.PROGRAM_INDICATOR, Context.BOUNDARY):
        for found in find_references(passage.text, passage.context):
            if found.kind is not Kind.STAGE_DATA_ELEMENT:
                continue
            stage_ref, element = passage.meant(found)
            stage = context.get(stage_ref) if isinstance(stage_ref, Ref) else None
            if stage is None or not isinstance(element, Ref):
                continue
            known = stage_elements(stage)
            if element not in known:
                near = nearest(element.key, sorted(each.key for each in known))
                yield PAGE.finding(
                    f"stage {stage.ref.path} has no data element {element.path}",
                    passage.place_of_key(found.keys[1]),
                    label="this stage does not collect it",
                    following=f"did you mean {near}?"
                    if near
                    else "name the stage that has it, or add it there",
                )
