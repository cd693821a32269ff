"""The record that stands after a plan was applied: every object and field that is ours."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.questions import Live
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.plan.survey import Dropped, Survey, is_orphaned
from dhis2cfg.wire.flatten import flatten


def record_of(known: Survey, digest: str) -> Record:
    """The base of the next merge. Orphans stay in it; what is let go or gone is left out."""
    given = known.given
    objects: dict[str, dict[Uid, Recorded]] = {}
    for ref, comparison in known.comparisons.items():
        uid = known.uid(ref)
        last = given.record.get(ref.type, uid) if given.record else None
        objects.setdefault(ref.type, {})[uid] = Recorded(
            path=ref.path,
            owner=given.state.objects[ref].owner,
            fields=comparison.record,
            found=comparison.found,
            adopted=ref in known.matching.adopted,
            filled=_filled(known, ref, last),
        )
    for dropped in known.dropped:
        if stays_recorded(dropped):
            objects.setdefault(dropped.type, {})[dropped.uid] = dropped.recorded
    return Record(
        fleet=given.fleet,
        environment=given.environment,
        packages={each.name: each.version for each in given.state.packages},
        objects=objects,
        digest=digest,
        server_version=given.facts.version,
    )


def stays_recorded(dropped: Dropped) -> bool:
    """An orphan that still stands and was not found there is ours until it is pruned."""
    return is_orphaned(dropped.type) and dropped.live is not None and "" not in dropped.recorded.found


def _filled(known: Survey, ref: Ref, last: Recorded | None) -> Mapping[str, Any]:
    """What the server filled in by itself: known from the first read-back on of an object that we made."""
    live = known.live_of(ref)
    if last is not None and last.filled:
        return last.filled
    if live is None or last is None or "" in last.found or last.adopted:
        return {}
    return filled_in(known.given.catalogue, ref.type, live, last.fields)


def filled_in(catalogue: Catalogue, type_name: str, live: Live, ours: Mapping[str, Any]) -> dict[str, Any]:
    """What a live object that we have just made carries beyond what we wrote."""
    flat = flatten(catalogue, type_name, live)
    return {path: value for path, value in flat.items() if path not in ours and value is not None}
