"""Who refers to an object: by reference anywhere, by a variable's name in rules, through a variable."""

from collections.abc import Iterator

from dhis2cfg.explain.objects import SOURCES, Objects, program_of, source_of, variable_name, walk_fields
from dhis2cfg.explain.texts import passages_of
from dhis2cfg.expressions import Kind, find_references
from dhis2cfg.model.description import Use
from dhis2cfg.model.mentions import mentioned
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Child, DesiredObject

_OWNERS = frozenset({"optionSets", "programRules", "programStages", "programs"})
"""Types whose children have their key path in front."""
_LISTS = frozenset(
    {
        "dataSetElements.dataElement",
        "programStageDataElements.dataElement",
        "programTrackedEntityAttributes.trackedEntityAttribute",
        "trackedEntityTypeAttributes.trackedEntityAttribute",
    }
)
"""Where a field is asked for; `standing` tells of it."""


def users_of(objects: Objects, ref: Ref) -> Iterator[Use]:
    """Every object that refers to another, property by property.

    Left out are its own children, and what is told elsewhere: lists that ask for a field, rules that act on
    it.
    """
    for each in objects.all.values():
        if each.ref == ref or (ref.type in _OWNERS and each.ref.path.startswith(f"{ref.path}/")):
            continue
        is_action = each.ref.type == "programRuleActions"
        for name, place in _mentions(each, ref):
            if is_action and name in SOURCES:
                continue
            yield Use(user=objects.named(each.ref), property=name, place=place)
    if ref.type == "programRuleVariables":
        yield from _readers(objects, ref)
    elif ref.type in {"dataElements", "trackedEntityAttributes"}:
        for variable in objects.of("programRuleVariables"):
            if source_of(variable) == ref:
                yield from _readers(objects, variable.ref, is_source=True)


def _mentions(each: DesiredObject, ref: Ref) -> Iterator[tuple[str, Place]]:
    """The properties of an object that name another, each once."""
    seen = set()
    for name, written in walk_fields(each.fields):
        value = written.value
        is_list = isinstance(value, Child) or (
            isinstance(value, tuple) and any(isinstance(member, Child) for member in value)
        )
        if not is_list and name not in _LISTS and name not in seen and ref in mentioned(value):
            seen.add(name)
            yield name, written.places.get(ref, written.place)


def _readers(objects: Objects, variable: Ref, *, is_source: bool = False) -> Iterator[Use]:
    """The rules and actions whose texts name a variable; `is_source`: for the field that fills it."""
    found = objects.all[variable]
    name = variable_name(found)
    for kind in ("programRules", "programRuleActions"):
        for each in objects.of(kind):
            if program_of(each) != program_of(found):
                continue
            for passage in passages_of(each):
                references = find_references(passage.text, passage.context)
                if any(one.kind is Kind.RULE_VARIABLE and one.parts[0] == name for one in references):
                    yield Use(
                        user=objects.named(each.ref),
                        property=passage.property,
                        place=passage.place,
                        through=objects.named(variable) if is_source else None,
                    )
