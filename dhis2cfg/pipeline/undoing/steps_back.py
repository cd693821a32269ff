"""The steps that put objects back, cut and ordered by the same rules as those of any plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dhis2cfg.catalogue.settings.keys import DATA_STORE, SYSTEM_SETTINGS
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import Live, ServerFacts
from dhis2cfg.model.record import Recorded
from dhis2cfg.model.snapshot import Snapshot
from dhis2cfg.model.state import State
from dhis2cfg.pipeline.undoing.back import Back
from dhis2cfg.plan.dropping.dropped import Dropped, Fate
from dhis2cfg.plan.given import Given
from dhis2cfg.plan.matching.matcher import Matching
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.steps.handing import freeing, handing
from dhis2cfg.plan.steps.order import in_turn
from dhis2cfg.plan.steps.own_roads import cut_by_roads
from dhis2cfg.plan.steps.removing import deletes
from dhis2cfg.plan.steps.shared import told_sharing
from dhis2cfg.plan.steps.upkeep import MAINTENANCE, upkeep
from dhis2cfg.plan.survey import Survey
from dhis2cfg.wire.secrets import parts_of

Key = tuple[str, Uid]
REASON = "as it stood before the run"
OWNER = "an import would leave it to whoever made it: its owner is put back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What stands now of all that a run touched; `dead` are groups and users that are gone."""

    objects: Mapping[str, Mapping[Uid, Live | None]]
    dead: frozenset[str] = frozenset()

    def get(self, key: Key) -> Live | None:
        """One object, None where it is not there."""
        return self.objects.get(key[0], {}).get(key[1])


class Putting(NamedTuple):
    """All that the steps are made of: what is put back of objects, and of values beside them."""

    catalogue: Catalogue
    facts: ServerFacts
    snapshot: Snapshot
    now: Stands
    backs: Mapping[Key, Back]
    beside: Mapping[Key, Back]


def steps_back(putting: Putting) -> tuple[Step, ...]:
    """Settings, names handed over, calls, owners, deletions, data store, upkeep: the order of any plan."""
    writes = [_write(putting, key, each) for key, each in putting.backs.items() if each.body is not None]
    known = _survey(putting)
    return in_turn(
        _values(putting.beside, SYSTEM_SETTINGS),
        freeing(known, handing(known, writes).passing),
        cut_by_roads(known, writes),
        _owners(putting, known, writes),
        deletes(known),
        _values(putting.beside, DATA_STORE),
        upkeep(known, writes),
    )


def name_of(snapshot: Snapshot, key: Key) -> str:
    """Our key path of an object, its UID where it is none of ours."""
    recorded = snapshot.record.get(*key) if snapshot.record else None
    known = snapshot.names.get(key[0], {}).get(key[1])
    return known or (recorded.path if recorded else f"id:{key[1]}")


def _write(putting: Putting, key: Key, each: Back) -> Write:
    """One object as it is sent; parts with secrets, which no server tells, go as the run sent them."""
    body = dict(each.body or {})
    sent = putting.snapshot.sent.get(key[0], {}).get(key[1]) or {}
    secrets = {part: sent[part] for part in parts_of(key[0]) if part in body and part in sent}
    return Write(
        type=key[0],
        uid=key[1],
        path=name_of(putting.snapshot, key),
        body={**body, **secrets},
        is_new=each.is_new,
        gained=each.gained,
    )


def _survey(putting: Putting) -> Survey:
    """A survey in which nothing is desired: what stands, its names, and what goes."""
    snapshot = putting.snapshot
    live = {
        (type_name, uid): each
        for type_name, objects in putting.now.objects.items()
        for uid, each in objects.items()
        if each is not None and type_name in putting.catalogue.types
    }
    keys = [key for key in live if key[1] in snapshot.before.get(key[0], {})]
    going = [key for key, each in putting.backs.items() if each.is_deleted]
    return Survey(
        given=Given(
            state=State(municipality="", packages=(), objects={}),
            record=None,
            facts=putting.facts,
            catalogue=putting.catalogue,
            fleet=snapshot.fleet,
            environment="",
        ),
        matching=Matching(uids={Ref(key[0], name_of(snapshot, key)): key[1] for key in keys}),
        bodies={},
        flats={},
        live=live,
        live_flats={},
        comparisons={},
        dropped=tuple(
            Dropped(
                type=key[0],
                uid=key[1],
                recorded=Recorded(path=name_of(snapshot, key), owner="", fields={}),
                live=live.get(key),
                flat={},
                fate=Fate.DELETED,
            )
            for key in going
        ),
    )


def _values(beside: Mapping[Key, Back], type_name: str) -> Step | None:
    items = [each.body for key, each in beside.items() if key[0] == type_name and each.body is not None]
    if not items:
        return None
    return Step(
        number=0,
        kind=StepKind.SETTING,
        objects=tuple((type_name, str(each["id"])) for each in items),
        body={type_name: items},
        reason=REASON,
    )


def _owners(putting: Putting, known: Survey, writes: Iterable[Write]) -> Step | None:
    """Objects that would have, or have, another owner than before (facts §17.5)."""
    sent = {each.key: each for each in writes}
    items: dict[Key, dict[str, Any]] = {}
    for type_name, objects in putting.snapshot.before.items():
        for uid, before in objects.items():
            key = (type_name, uid)
            owner = ((before or {}).get("sharing") or {}).get("owner")
            if owner and _loses_owner(putting, key, str(owner), sent.get(key)):
                body = sent[key].body if key in sent else putting.now.get(key) or {}
                items[key] = {**told_sharing(known, key, body), "owner": owner}
    if not items:
        return None
    return Step(
        number=0,
        kind=StepKind.SHARING,
        objects=tuple((key[0], name_of(putting.snapshot, key)) for key in items),
        body=by_type((key[0], {"id": key[1], "sharing": each}) for key, each in items.items()),
        reason=OWNER,
    )


def _loses_owner(putting: Putting, key: Key, owner: str, write: Write | None) -> bool:
    """Whether the server makes, or the run has made, somebody else the owner of what is to stand."""
    stands = putting.now.get(key)
    if write is not None:
        return stands is None or (stands.get("createdBy") or {}).get("id") != owner
    if stands is None or key[1] not in putting.snapshot.sent.get(key[0], {}):
        return False
    return bool((stands.get("sharing") or {}).get("owner") != owner)


def upkeep_step(tasks: Iterable[str]) -> Step | None:
    """What the server is asked to put in order, once more: asked twice, it does the same."""
    wanted = tuple(tasks)
    if not wanted:
        return None
    return Step(
        number=0,
        kind=StepKind.MAINTENANCE,
        objects=tuple((MAINTENANCE, each) for each in wanted),
        body={MAINTENANCE: [{"id": each} for each in wanted]},
        reason="nobody knows whether it was done",
    )


def by_type(items: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, list[Any]]:
    """The body of a step: by type, its items in the order given."""
    body: dict[str, list[Any]] = {}
    for type_name, each in items:
        body.setdefault(type_name, []).append(each)
    return body
