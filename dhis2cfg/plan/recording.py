"""The record that stands after a plan was applied: every object and field that is ours."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.plan.dropping.dropped import Dropped, Fate
from dhis2cfg.plan.survey import Survey


def record_of(known: Survey, digest: str) -> Record:
    """The base of the next merge. Orphans stay in it; what is let go or gone is left out."""
    given = known.given
    objects: dict[str, dict[Uid, Recorded]] = {}
    for ref, comparison in known.comparisons.items():
        uid = known.uid(ref)
        last = known.recorded(ref)
        starts = known.starts[ref].values if ref in known.starts else {}
        objects.setdefault(ref.type, {})[uid] = Recorded(
            path=ref.path,
            owner=given.state.objects[ref].owner,
            fields=as_json({path: each for path, each in comparison.record.items() if path not in starts}),
            found=tuple(path for path in comparison.found if path not in starts),
            adopted=ref in known.matching.adopted,
            filled=_filled(known, ref, last),
            once=as_json(starts),
            also=given.state.objects[ref].also,
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


def as_json(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as they come back from the data store: a sequence is a list."""
    return {path: list(value) if isinstance(value, tuple) else value for path, value in fields.items()}


def stays_recorded(dropped: Dropped) -> bool:
    """An orphan that still stands is ours until it is pruned; the unseen one, too."""
    return dropped.fate in (Fate.HIDDEN, Fate.ORPHAN)


def _filled(known: Survey, ref: Ref, last: Recorded | None) -> Mapping[str, Any]:
    """What the server filled in by itself: known from the first read-back on of an object that we made."""
    live = known.live_flats[ref]
    if last is not None and last.filled:
        return last.filled
    if live is None or last is None or "" in last.found or last.adopted:
        return {}
    return as_json(
        {
            path: value
            for path, value in live.items()
            if path not in last.fields and path not in last.once and value is not None
        }
    )
