"""Sharing by its own endpoint: dead entries before the calls, owners and deleted groups after them.

An import makes whoever created an object its owner; `PUT …/sharing` puts the owner back, and is never sent
without one (facts §17.5, §19.7). A group that is deleted leaves the sharing of every object first (§17.1).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.plan.alive import GROUPS
from dhis2cfg.plan.dropping.dropped import Fate
from dhis2cfg.plan.steps.bodies import Key, Write, closed
from dhis2cfg.plan.survey import Survey

DEAD = "entries of deleted groups are taken out, for no call with them is accepted"
OWNER = "an import would leave it to whoever made it: its owner is put back"
LEAVING = "a group that is deleted leaves the sharing of every object first"


def repaired(known: Survey) -> Step | None:
    """Objects of ours in whose sharing a deleted group stands."""
    ours = _ours(known)
    items = {key: told_sharing(known, key, known.live[key]) for key in known.dead if key in ours}
    return _step(items, ours, DEAD)


def settled_sharing(known: Survey, writes: Sequence[Write]) -> Step | None:
    """Owners put back, and groups that are to be deleted taken out."""
    sent: dict[Key, Mapping[str, Any]] = {each.key: each.body for each in writes}
    names = {**_ours(known), **{each.key: each.path for each in writes}}
    items: dict[Key, dict[str, Any]] = {}
    reasons: dict[str, None] = {}
    for key, written in sent.items():
        if _loses_owner(known, key):
            items[key] = told_sharing(known, key, written)
            reasons[OWNER] = None
    for group, key in _leaving(known):
        body: Mapping[str, Any] = sent.get(key) or known.live.get(key) or {}
        if group in ((body.get("sharing") or {}).get(GROUPS) or {}):
            told = items.setdefault(key, told_sharing(known, key, body))
            told[GROUPS] = {uid: entry for uid, entry in told[GROUPS].items() if uid != group}
            reasons[LEAVING] = None
    return _step(items, names, "; ".join(reasons))


def _leaving(known: Survey) -> list[tuple[Uid, Key]]:
    """Each group that goes, with every object that is shared with it."""
    going = {each.uid for each in known.dropped if each.type == GROUPS and each.fate is Fate.DELETED}
    told = [(each.uid, use) for each in known.dropped if each.uid in going for use in each.users]
    return [(group, (use.type, use.uid)) for group, use in told if use.by == "sharing"]


def _loses_owner(known: Survey, key: Key) -> bool:
    """Whether the server would make whoever created an object its owner again."""
    live = known.live.get(key) or {}
    owner = (live.get("sharing") or {}).get("owner")
    maker = (live.get("createdBy") or {}).get("id")
    return bool(owner and maker) and owner != maker


def told_sharing(known: Survey, key: Key, body: Mapping[str, Any]) -> dict[str, Any]:
    """Sharing as its endpoint takes it: whole, without the names that a read adds."""
    sharing = closed(known, key[0], dict(body)).get("sharing") or {}
    told: dict[str, Any] = {
        name: sharing[name] for name in ("owner", "public", "external") if name in sharing
    }
    for part in (GROUPS, "users"):
        entries = sharing.get(part) or {}
        told[part] = {uid: {"id": uid, "access": entry["access"]} for uid, entry in entries.items()}
    return told


def _ours(known: Survey) -> dict[Key, str]:
    return {(ref.type, uid): ref.path for ref, uid in known.matching.uids.items()}


def _step(items: Mapping[Key, dict[str, Any]], names: Mapping[Key, str], reason: str) -> Step | None:
    if not items:
        return None
    body: dict[str, list[dict[str, Any]]] = {}
    for (type_name, uid), sharing in items.items():
        body.setdefault(type_name, []).append({"id": uid, "sharing": sharing})
    keys = [(type_name, Uid(each["id"])) for type_name, several in body.items() for each in several]
    return Step(
        number=0,
        kind=StepKind.SHARING,
        objects=tuple((key[0], names.get(key, f"id:{key[1]}")) for key in keys),
        body=body,
        reason=reason,
    )
