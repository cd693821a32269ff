"""What a run that died leaves to do though no comparison shows it: owners, upkeep (facts §11, §17.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.snapshot import Snapshot
from dhis2cfg.pipeline.tasks import Planned, Ports
from dhis2cfg.pipeline.undoing.looking import standing
from dhis2cfg.pipeline.undoing.sent import BESIDE, upkeep_of
from dhis2cfg.pipeline.undoing.steps_back import OWNER, Key, Stands, by_type, name_of, upkeep_step
from dhis2cfg.plan.steps.order import in_turn


def with_left_over(planned: Planned, ports: Ports) -> Planned:
    """The plan with the steps that finish what an earlier run began."""
    earlier = planned.run
    if earlier is None or not earlier.is_unfinished or not earlier.snapshot:
        return planned
    first = ports.store.snapshot(planned.plan.fleet, earlier.snapshot)
    if first is None:
        return planned
    steps = planned.plan.steps
    asked = upkeep_of(steps)
    more = (
        _owners(first, standing(ports.server, first)),
        upkeep_step(each for each in first.upkeep if each not in asked),
    )
    return replace(planned, plan=replace(planned.plan, steps=in_turn(steps, *more)))


def _owners(first: Snapshot, now: Stands) -> Step | None:
    """Objects that an import left to whoever made them, and that were somebody else's."""
    items: dict[Key, Mapping[str, Any]] = dict(_lost(first, now))
    if not items:
        return None
    return Step(
        number=0,
        kind=StepKind.SHARING,
        objects=tuple((key[0], name_of(first, key)) for key in items),
        body=by_type((key[0], {"id": key[1], "sharing": each}) for key, each in items.items()),
        reason=OWNER,
    )


def _lost(first: Snapshot, now: Stands) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    for type_name, objects in first.sent.items():
        for uid, sent in objects.items() if type_name not in BESIDE else ():
            stands = now.get((type_name, uid)) or {}
            owner = ((sent or {}).get("sharing") or {}).get("owner")
            sharing = stands.get("sharing") or {}
            maker = (stands.get("createdBy") or {}).get("id")
            if owner and sharing.get("owner") != owner and sharing.get("owner") == maker:
                yield (type_name, uid), {**_told(sharing), "owner": owner}


def _told(sharing: Mapping[str, Any]) -> dict[str, Any]:
    """Sharing as its endpoint takes it, without the names that a read adds."""
    told = {name: sharing[name] for name in ("public", "external") if name in sharing}
    for part in ("userGroups", "users"):
        entries = sharing.get(part) or {}
        told[part] = {uid: {"id": uid, "access": entry["access"]} for uid, entry in entries.items()}
    return told
