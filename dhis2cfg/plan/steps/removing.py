"""Deletions: one step a type, children first, after the calls that let go of them (facts §6, §19.18).

Units are one step a level of the tree: within one call DHIS2 asks of each whether anything lies below it.
"""

from collections.abc import Iterator

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.plan.dropping.dropped import Dropped, Fate
from dhis2cfg.plan.survey import Survey

REASON = "what goes is deleted after the calls that let go of it, children first"


def deletes(known: Survey) -> Iterator[Step]:
    """The steps, those first whose objects refer to others that go."""
    going: dict[tuple[str, int], list[Dropped]] = {}
    for each in known.dropped:
        if each.fate is Fate.DELETED:
            going.setdefault((each.type, _depth(each)), []).append(each)
    catalogue = known.given.catalogue
    for key in sorted(going, key=lambda key: (-_rank(catalogue, key[0]), key[0], -key[1])):
        type_name = key[0]
        several = sorted(going[key], key=lambda each: each.recorded.path)
        yield Step(
            number=0,
            kind=StepKind.DELETE,
            objects=tuple((type_name, each.recorded.path) for each in several),
            body={type_name: [{"id": each.uid} for each in several]},
            reason=REASON,
        )


def _rank(catalogue: Catalogue, type_name: str) -> float:
    """Who is saved last refers to the others and goes first; what stands in a list goes before its parent."""
    parents = [row.parent for row in oddities.parent_lists(type_name)] if type_name == "options" else []
    own: float = catalogue.types[type_name].order
    return max([own, *(catalogue.types[parent].order + 0.5 for parent in parents)])


def _depth(each: Dropped) -> int:
    """How deep a unit stands in the tree; other types have no tree."""
    return str((each.live or {}).get("path") or "").count("/")
