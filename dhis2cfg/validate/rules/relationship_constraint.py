"""Ends of relationship types that name the wrong things."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import Holder, RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import is_empty, text_of, value_of

PAGE = Page(
    rule="relationship-constraint",
    what=("One end of a relationship type lacks what its kind needs, or names what goes with another kind."),
    why=(
        "DHIS2 refuses it with E4023 to E4026: a tracked entity needs its type, an enrolment its "
        "program, an event its stage. An end without a kind makes servers fail without a message."
    ),
    wrong="""
relationshipTypes:
  NO_SMITTET_AV:
    fromConstraint: {relationshipEntity: PROGRAM_STAGE_INSTANCE, program: NO_INDEKS}
""",
    right="""
relationshipTypes:
  NO_SMITTET_AV:
    fromConstraint: {relationshipEntity: PROGRAM_STAGE_INSTANCE, programStage: NO_INDEKS/NO_PROVE}
""",
)
WANTED = {
    "PROGRAM_INSTANCE": "program",
    "PROGRAM_STAGE_INSTANCE": "programStage",
    "TRACKED_ENTITY_INSTANCE": "trackedEntityType",
}
UNWANTED = {
    "PROGRAM_INSTANCE": ("trackedEntityType", "programStage"),
    "PROGRAM_STAGE_INSTANCE": ("trackedEntityType",),
    "TRACKED_ENTITY_INSTANCE": ("programStage",),
}


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each thing that an end of its kind lacks or may not have."""
    for holder in context.holders():
        if holder.kind == "relationshipConstraint":
            yield from _problems(context, holder)


def _problems(context: RuleContext, end: Holder) -> Iterator[Finding]:
    kind = text_of(end.fields, "relationshipEntity")
    where = f"{end.path.rstrip('.')} of {context.name(end.object)}"
    wanted = WANTED.get(kind, "") if kind else "relationshipEntity"
    if wanted and wanted not in end.unread and is_empty(value_of(end.fields, wanted)):
        yield PAGE.finding(
            f"{where} has no {wanted}",
            end.place,
            label=f"{kind} needs a {wanted}" if kind else "which kind of end is it?",
            following=f"write {wanted}: …",
        )
    for name in UNWANTED.get(kind or "", ()):
        if not is_empty(value_of(end.fields, name)):
            yield PAGE.finding(
                f"{where} may not name a {name}",
                end.fields[name].place,
                label=f"{kind} goes without it",
                following="take it out, or choose another relationshipEntity",
            )
