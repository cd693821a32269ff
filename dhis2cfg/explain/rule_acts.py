"""What rules do: to a field, and what one rule does."""

from collections.abc import Iterator
from dataclasses import dataclass

from dhis2cfg.explain.objects import (
    SOURCES,
    Objects,
    program_of,
    reference_of,
    references_of,
    source_of,
    text_of,
)
from dhis2cfg.explain.standing import holders_of
from dhis2cfg.explain.texts import passages_of, with_names
from dhis2cfg.expressions import Context, Kind, find_references
from dhis2cfg.model.description import Act
from dhis2cfg.model.names import Ref, Reference
from dhis2cfg.model.state import DesiredObject

_TARGETS = (*SOURCES, "programStageSection", "programStage", "option", "optionGroup", "templateUid")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reached:
    """A field that an action reaches; `through` the section, stage or variable, if not directly."""

    field: Reference
    through: Ref | None = None


def acts_on(objects: Objects, field: Ref, within: Ref | None) -> Iterator[Act]:
    """What rules do to a field, by program, rule and action; inside one stage or program, if one is meant."""
    for action in objects.of("programRuleActions"):
        rule = objects.get(Ref("programRules", action.ref.parent_path))
        if rule is None or not _is_within(objects, rule, within):
            continue
        for reached in _reached(objects, action):
            if reached.field == field and _is_there(reached, within):
                yield act(objects, rule, action, reached.through)


def acts_of(objects: Objects, rule: DesiredObject) -> Iterator[Act]:
    """What a rule does, in the order written."""
    for action in objects.of("programRuleActions"):
        if action.ref.parent_path == rule.ref.path:
            yield act(objects, rule, action, None)


def act(objects: Objects, rule: DesiredObject, action: DesiredObject, through: Ref | None) -> Act:
    """One action of a rule, with names."""
    texts = {each.property: each for each in passages_of(action)}
    condition = next((each for each in passages_of(rule) if each.property == "condition"), None)
    data = [with_names(objects, texts[name]) for name in ("content", "data") if name in texts]
    targets = (reference_of(action.fields, name) for name in _TARGETS)
    return Act(
        rule=objects.named(rule.ref),
        does=text_of(action.fields, "programRuleActionType"),
        place=action.place,
        when=with_names(objects, condition) if condition else "",
        on=tuple(objects.named(each) for each in targets if each is not None),
        data=" = ".join(each for each in data if each),
        through=objects.named(through) if through else None,
    )


def variable_targets(objects: Objects, action: DesiredObject) -> Iterator[DesiredObject]:
    """The variables that an ASSIGN writes to by their names in its content."""
    if text_of(action.fields, "programRuleActionType") != "ASSIGN":
        return
    for found in find_references(text_of(action.fields, "content"), Context.RULE_MESSAGE):
        variable = objects.variable(program_of(action), found.parts[0])
        if found.kind is Kind.RULE_VARIABLE and variable is not None:
            yield variable


def _reached(objects: Objects, action: DesiredObject) -> Iterator[_Reached]:
    """The fields that an action acts on: itself, by their section, by their stage, by their variable."""
    for name in SOURCES:
        field = reference_of(action.fields, name)
        if field is not None:
            yield _Reached(field=field)
    for variable in variable_targets(objects, action):
        source = source_of(variable)
        if source is not None:
            yield _Reached(field=source, through=variable.ref)
    section = objects.get(reference_of(action.fields, "programStageSection"))
    for field in references_of(section.fields, "dataElements") if section else ():
        yield _Reached(field=field, through=section.ref if section else None)
    stage = reference_of(action.fields, "programStage")
    if isinstance(stage, Ref) and text_of(action.fields, "programRuleActionType") == "HIDEPROGRAMSTAGE":
        for element in objects.of("dataElements"):
            if any(each.holder.path == stage.path for each in holders_of(objects, element.ref)):
                yield _Reached(field=element.ref, through=stage)


def _is_within(objects: Objects, rule: DesiredObject, within: Ref | None) -> bool:
    """Whether a rule runs where the field is looked at."""
    if within is None or within.type not in {"programs", "programStages"}:
        return within is None
    program = within.path if within.type == "programs" else within.parent_path
    stage = objects.get(reference_of(rule.fields, "programStage"))
    elsewhere = within.type == "programStages" and stage is not None and stage.ref != within
    return program_of(rule) == program and not elsewhere


def _is_there(reached: _Reached, within: Ref | None) -> bool:
    """Whether a section or stage by which a field is reached is the one that is looked at."""
    through = reached.through
    if through is None or within is None or within.type != "programStages":
        return True
    if through.type == "programStages":
        return through == within
    return through.type != "programStageSections" or through.parent_path == within.path
