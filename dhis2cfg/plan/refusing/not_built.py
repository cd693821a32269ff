"""What is right and not built yet: refused by name before anything is written, never guessed (design §1)."""

from collections.abc import Iterator, Sequence

from dhis2cfg.catalogue import quirks
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Refusal
from dhis2cfg.plan.matching.references import unsupported
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Survey


def not_built(known: Survey, writes: Sequence[Write]) -> Iterator[Refusal]:
    """Every such thing that a plan would need, named."""
    for what, written in unsupported(known.given.state):
        yield _refused(what, written.place)
    version = known.given.catalogue.version
    for write in writes:
        for name in write.body:
            row = quirks.other_road(write.type, name, version)
            if row is not None and _needs_other_road(write, name):
                yield _refused(f"{write.type}/{write.path} ({row.reason})")


def _refused(what: str, place: Place | None = None) -> Refusal:
    return Refusal(word="", message=f"not supported yet: {what}", place=place)


def _needs_other_road(write: Write, name: str) -> bool:
    """Maps with data items, and periods that are dates: what an import loses without a word."""
    value = write.body[name]
    if name == "mapViews":
        return any(view.get("dataDimensionItems") or view.get("columns") for view in value or ())
    return any(str(period)[:1].isdigit() for period in value or ())
