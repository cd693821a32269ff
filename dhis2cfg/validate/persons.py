"""What tells of persons, by what a package promises: attributes, types, programs and stages."""

from collections.abc import Iterator

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import Child, DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.values import children_of, value_of

METADATA, DATA = 0, 2
"""Where the access string says who reads the thing itself, and who reads its data."""


def personal(context: RuleContext, persons: set[str]) -> Iterator[tuple[DesiredObject, int]]:
    """What tells of these types, each with where its access string says that persons may be read."""
    programs = [each for each in context.of("programs") if _type_of(each) in persons]
    types = [each for each in context.of("trackedEntityTypes") if each.ref.key in persons]
    asked = {key for each in programs for key in _rows(each, "programTrackedEntityAttributes")}
    asked |= {key for each in types for key in _rows(each, "trackedEntityTypeAttributes")}
    for each in context.of("trackedEntityAttributes"):
        if each.ref.key in asked:
            yield each, METADATA
    for each in (*types, *programs):
        yield each, DATA
    for program in programs:
        for each in context.below("programStages", program.ref.path):
            yield each, DATA


def _type_of(program: DesiredObject) -> str:
    value = value_of(program.fields, "trackedEntityType")
    return value.key if isinstance(value, Ref) else ""


def _rows(each: DesiredObject, name: str) -> Iterator[str]:
    """The keys of a list's rows, each the attribute that it points at."""
    rows: tuple[Child, ...] = children_of(value_of(each.fields, name))
    for row in rows:
        yield row.key
