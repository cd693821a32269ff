"""Undoing as a plan: what stands otherwise because of the run, and the steps that end it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.plan import Step
from dhis2cfg.model.questions import Live, ServerFacts
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.pipeline.undoing.back import NOTHING, Back, Clash, Sides, back
from dhis2cfg.pipeline.undoing.sent import BESIDE
from dhis2cfg.pipeline.undoing.steps_back import Key, Putting, Stands, steps_back
from dhis2cfg.pipeline.undoing.values import value_back
from dhis2cfg.wire.judging import Judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What is to be done, and by object the fields that somebody edited since; `made` are what goes again."""

    steps: tuple[Step, ...]
    clashes: Mapping[Key, tuple[Clash, ...]]
    restored: tuple[Key, ...]
    made: tuple[Key, ...]


def undoing(
    catalogue: Catalogue, facts: ServerFacts, snapshot: Snapshot, aftermath: Aftermath | None, now: Stands
) -> Undoing:
    """Everything that stands otherwise than before the run because of the run, put back."""
    judge = Judge(catalogue)
    backs: dict[Key, Back] = {}
    beside: dict[Key, Back] = {}
    for type_name, objects in snapshot.before.items():
        for uid, before in objects.items():
            key = (type_name, uid)
            if type_name in BESIDE:
                sides = sides_of(snapshot, aftermath, now, key)
                beside[key] = value_back(before, sides.left, sides.now)
            else:
                backs[key] = back(judge, sides_of(snapshot, aftermath, now, key), now.dead)
    backs = {key: each for key, each in backs.items() if each is not NOTHING}
    beside = {key: each for key, each in beside.items() if each is not NOTHING}
    return Undoing(
        steps=steps_back(Putting(catalogue, facts, snapshot, now, backs, beside)),
        clashes={key: each.clashes for key, each in {**backs, **beside}.items() if each.clashes},
        restored=tuple(key for key, each in {**backs, **beside}.items() if not each.is_deleted),
        made=tuple(key for key, each in backs.items() if each.is_deleted),
    )


def sides_of(snapshot: Snapshot, aftermath: Aftermath | None, now: Stands, key: Key) -> Sides:
    """What stood of one object, what the run left of it, and what stands."""
    before, stands = snapshot.before[key[0]][key[1]], now.get(key)
    left = _left(snapshot, aftermath, key)
    saver = ((stands or {}).get("lastUpdatedBy") or {}).get("id")
    return Sides(
        type=key[0],
        before=before,
        left=left,
        now=stands,
        is_ours=aftermath is None and saver in (None, snapshot.account),
    )


def _left(snapshot: Snapshot, aftermath: Aftermath | None, key: Key) -> Live | None:
    """What the run left of an object: as read back; else as it was sent, or as it stood where it was not."""
    type_name, uid = key
    if aftermath is not None and uid in aftermath.after.get(type_name, {}):
        return aftermath.after[type_name][uid]
    if uid in snapshot.sent.get(type_name, {}):
        return snapshot.sent[type_name][uid]
    return (
        None
        if uid in snapshot.gone.get(type_name, ())
        else _let_go(snapshot, snapshot.before[type_name][uid])
    )


def _let_go(snapshot: Snapshot, before: Live | None) -> Live | None:
    """An object that was not sent, without what the run deleted: the server takes it out of every list."""
    deleted = {uid for objects in snapshot.sent.values() for uid, each in objects.items() if each is None}
    deleted.update(uid for uids in snapshot.gone.values() for uid in uids)
    return before if before is None or not deleted else _without(before, frozenset(deleted))


def _without(value: Any, deleted: frozenset[str]) -> Any:
    """A value without members and references that name one of these, embedded children included."""
    if isinstance(value, Mapping):
        return {
            name: _without(inner, deleted)
            for name, inner in value.items()
            if not (isinstance(inner, Mapping) and inner.get("id") in deleted)
        }
    if isinstance(value, list):
        return [_without(each, deleted) for each in value if not _names(each, deleted)]
    return value


def _names(member: Any, deleted: frozenset[str]) -> bool:
    """Whether a member is, or an embedded child shows, one of these."""
    if not isinstance(member, Mapping):
        return False
    return member.get("id") in deleted or any(
        isinstance(each, Mapping) and each.get("id") in deleted for each in member.values()
    )
