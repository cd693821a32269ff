"""The bodies to be sent: live objects with ours laid over them, new objects, renumbered neighbours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.names import Uid
from dhis2cfg.plan.listing import sort_order
from dhis2cfg.plan.survey import Survey
from dhis2cfg.plan.tags.secrets import with_secrets
from dhis2cfg.wire import paths
from dhis2cfg.wire.bind import Body, for_creation
from dhis2cfg.wire.overlay import NOBODY, overlay

Key: TypeAlias = tuple[str, Uid]


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One object as it is to be sent; `gained` are the members and children that an existing object gains."""

    type: str
    uid: Uid
    path: str
    body: Body
    is_new: bool
    gained: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """Type and UID."""
        return (self.type, self.uid)


def writes_of(known: Survey) -> tuple[Write, ...]:
    """Every object that a plan must send, each once and in its final form."""
    writes = {each.key: each for each in _own(known)}
    paths_by_uid = {(ref.type, uid): ref.path for ref, uid in known.matching.uids.items()}
    for key, number in _numbers(known).items():
        if key in writes:
            writes[key] = replace(writes[key], body={**writes[key].body, "sortOrder": number})
        elif key in known.live:
            body = closed(known, key[0], {**known.live[key], "sortOrder": number})
            path = paths_by_uid.get(key, f"id:{key[1]}")
            writes[key] = Write(type=key[0], uid=key[1], path=path, body=body, is_new=False)
    return tuple(writes.values())


def _own(known: Survey) -> Iterator[Write]:
    for ref, comparison in known.comparisons.items():
        catalogue, uid = known.given.catalogue, known.uid(ref)
        if comparison.is_new:
            body = for_creation(catalogue, ref.type, known.bodies[ref])
            yield Write(type=ref.type, uid=uid, path=ref.path, body=body, is_new=True)
        elif edits := _carried(ref.type, comparison.edits):
            live = known.live[ref.type, uid]
            body = overlay(catalogue, ref.type, live, edits, known.bodies[ref])
            body = with_secrets(ref.type, body, known.bodies[ref])
            gained = frozenset(path for path, value in edits.items() if value is True)
            body = closed(known, ref.type, body)
            yield Write(type=ref.type, uid=uid, path=ref.path, body=body, is_new=False, gained=gained)


def _carried(type_name: str, edits: Mapping[str, Any]) -> Mapping[str, Any]:
    """The edits that the body itself carries: not the order of a list that only its members tell."""
    told = [row for row in oddities.NESTED if row.parent == type_name and row.order and not row.listed]
    elsewhere = {paths.order(row.collection) for row in told}
    return {path: value for path, value in edits.items() if path not in elsewhere}


def closed(known: Survey, type_name: str, body: Body) -> Body:
    """Public access that is not set goes out as `--------`: left out, it is everybody's (facts §7.2)."""
    sharing = body.get("sharing")
    if sharing is None or sharing.get("public") or not known.given.catalogue.types[type_name].shareable:
        return body
    return {**body, "sharing": {**sharing, "public": NOBODY}}


def _numbers(known: Survey) -> dict[tuple[str, Uid], int]:
    """New `sortOrder` of children whose list changes its sequence; all others keep theirs."""
    numbers: dict[tuple[str, Uid], int] = {}
    for ref, comparison in known.comparisons.items():
        for row in oddities.NESTED if comparison.edits else ():
            sequence = comparison.edits.get(paths.order(row.collection))
            if row.parent == ref.type and row.order == "sortOrder" and sequence is not None:
                live = {uid: sort_order(known.live, row.child, uid) for uid in sequence}
                for uid, number in numbered(sequence, live, row.first).items():
                    numbers[row.child, Uid(uid)] = number
    return numbers


def numbered(sequence: tuple[str, ...], live: Mapping[str, float | None], first: int) -> dict[str, int]:
    """The numbers that change: only the new ones where they come last, else all from the first one on."""
    standing = [uid for uid in sequence if live[uid] is not None]
    behind = list(sequence[len(standing) :])
    rising = [live[uid] or 0 for uid in standing]
    if list(sequence[: len(standing)]) == standing and rising == sorted(rising):
        last = int(max(rising, default=first - 1))
        return {uid: last + 1 + index for index, uid in enumerate(behind)}
    every = {uid: first + index for index, uid in enumerate(sequence)}
    return {uid: number for uid, number in every.items() if live[uid] != number}


def member_uids(gained: frozenset[str], collection: str) -> set[str]:
    """The keys of a collection among gained paths."""
    parsed = [paths.parse(path) for path in gained]
    return {each.key for each in parsed if each.property == collection and each.key and not each.rest}


def referred(value: Any) -> Iterator[str]:
    """Every UID that a value on the wire refers to by `{id}`."""
    if isinstance(value, Mapping):
        if set(value) <= {"id", "name", "displayName"} and "id" in value:
            yield str(value["id"])
        for inner in value.values():
            yield from referred(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from referred(inner)
