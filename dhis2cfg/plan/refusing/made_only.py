"""Changes of what a server takes once and never again (`catalogue.made_only`)."""

from collections.abc import Iterator, Sequence

from dhis2cfg.catalogue.made_only import MADE_ONLY
from dhis2cfg.model.plan import Refusal
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Survey


def made_only(known: Survey, writes: Sequence[Write]) -> Iterator[Refusal]:
    """Refused by name before anything is written, for the dry run of the server does not see it."""
    version = known.given.catalogue.version
    places = {(ref.type, known.uid(ref)): known.given.state.objects[ref].place for ref in known.comparisons}
    rows = {row.type: row.property for row in MADE_ONLY if version in row.versions}
    for write in writes:
        if write.is_new or not write.body.get(rows.get(write.type, "")):
            continue
        name = f"{write.type}/{write.path}"
        yield Refusal(
            word="",
            message=f"{name} cannot be changed: DHIS2 {version} does not save it again",
            place=places.get(write.key),
            following="give it another key in the package: it is made anew, and the old one goes",
        )
