"""Sections that show what their form does not have."""

from collections.abc import Iterator
from dataclasses import dataclass

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.programs import program_attributes, stage_elements
from dhis2cfg.validate.values import children_of, value_of
from dhis2cfg.validate.wording import nearest

PAGE = Page(
    rule="section-member",
    what="A section lists a field that its stage, program or data set does not have.",
    why=(
        "DHIS2 stores it, and the field is shown nowhere. It is left over where a field was taken out of the "
        "stage, or the stage was forgotten when the section got a field."
    ),
    wrong="""
programStages:
  NO_SKJEMA:
    programStageDataElements: {NO_PROVESVAR: {}}
    programStageSections: {NO_S_FUNN: {name: Funn, dataElements: [NO_PROVESVAR, NO_FEBER]}}
""",
    right="""
programStages:
  NO_SKJEMA:
    programStageDataElements: {NO_PROVESVAR: {}, NO_FEBER: {}}
    programStageSections: {NO_S_FUNN: {name: Funn, dataElements: [NO_PROVESVAR, NO_FEBER]}}
""",
    severity=Severity.WARNING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Sections of a type stand in a holder; `listed` is the list of theirs that must be part of it."""

    section: str
    listed: str
    holder: str
    called: str


_FORMS = (
    _Form(section="programStageSections", listed="dataElements", holder="programStages", called="stage"),
    _Form(section="programSections", listed="trackedEntityAttributes", holder="programs", called="program"),
    _Form(section="sections", listed="dataElements", holder="dataSets", called="data set"),
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each member of a section that is none of its form."""
    for form in _FORMS:
        for section in context.of(form.section):
            holder = context.get(Ref(form.holder, section.ref.parent_path))
            members = value_of(section.fields, form.listed)
            if holder is None or not isinstance(members, tuple):
                continue
            has = _fields(holder)
            written = section.fields[form.listed]
            for member in members:
                if isinstance(member, Ref) and member not in has:
                    near = nearest(member.key, sorted(each.key for each in has))
                    yield PAGE.finding(
                        f"{form.called} {holder.ref.path} has no {member.key}, "
                        f"which section {section.ref.key} shows",
                        written.places.get(member, written.place),
                        label=f"this {form.called} does not ask for it",
                        following=f"did you mean {near}?"
                        if near
                        else f"add it to the {form.called}, or take it out of the section",
                    )


def _fields(holder: DesiredObject) -> frozenset[Ref]:
    """What a stage, a program or a data set asks for."""
    if holder.ref.type == "programStages":
        return stage_elements(holder)
    if holder.ref.type == "programs":
        return program_attributes(holder)
    listed = children_of(value_of(holder.fields, "dataSetElements"))
    return frozenset(Ref("dataElements", child.key) for child in listed)
