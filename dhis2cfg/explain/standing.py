"""Where a field is asked for: the stages, programs, types and data sets that list it."""

from collections.abc import Iterator

from dhis2cfg.explain.objects import Objects, children_of, reference_of, value_of
from dhis2cfg.model.description import Standing
from dhis2cfg.model.names import Ref

_LISTS = (
    ("programStages", "programStageDataElements", "dataElement", "dataElements", "compulsory"),
    (
        "programs",
        "programTrackedEntityAttributes",
        "trackedEntityAttribute",
        "trackedEntityAttributes",
        "mandatory",
    ),
    (
        "trackedEntityTypes",
        "trackedEntityTypeAttributes",
        "trackedEntityAttribute",
        "trackedEntityAttributes",
        "mandatory",
    ),
    ("dataSets", "dataSetElements", "dataElement", "dataElements", ""),
)


def holders_of(objects: Objects, ref: Ref) -> Iterator[Standing]:
    """Everything that lists a field, with the line on which it does."""
    for kind, name, member, target, compulsory in _LISTS:
        if ref.type != target:
            continue
        for holder in objects.of(kind):
            for child in children_of(value_of(holder.fields, name)):
                if (reference_of(child.fields, member) or Ref(target, child.key)) == ref:
                    yield Standing(
                        holder=objects.named(holder.ref),
                        place=child.place,
                        compulsory=value_of(child.fields, compulsory) is True,
                    )
