"""What is right and not built yet: refused by name before anything is written, never guessed (design §1)."""

from collections.abc import Iterator

from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Refusal
from dhis2cfg.plan.matching.references import unsupported
from dhis2cfg.plan.survey import Survey


def not_built(known: Survey) -> Iterator[Refusal]:
    """Every such thing that a plan would need, named."""
    for what, written in unsupported(known.given.state):
        yield _refused(what, written.place)


def _refused(what: str, place: Place | None = None) -> Refusal:
    return Refusal(word="", message=f"not supported yet: {what}", place=place)
