"""Everything that planning knows of one target: matched, bound, flattened and compared, object by object."""

from collections.abc import Mapping
from dataclasses import dataclass

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.questions import Answers, Live, ServerFacts
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.state import State
from dhis2cfg.plan.compare import Comparison, compare
from dhis2cfg.plan.matching import Matching, match
from dhis2cfg.wire import paths
from dhis2cfg.wire.bind import Binding, Body, bind
from dhis2cfg.wire.flatten import Flat, flatten


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What planning is given: what is asked for, what we wrote last, what the server is, what it accepts."""

    state: State
    record: Record | None
    facts: ServerFacts
    catalogue: Catalogue
    fleet: str
    environment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An object that the record holds and the packages ask for no longer; `live` None: it is gone already."""

    type: str
    uid: Uid
    recorded: Recorded
    live: Live | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All objects, compared. `live` is by (type, UID), of what stands on the server."""

    given: Given
    matching: Matching
    bodies: Mapping[Ref, Body]
    flats: Mapping[Ref, Flat]
    live: Mapping[tuple[str, Uid], Live]
    comparisons: Mapping[Ref, Comparison]
    dropped: tuple[Dropped, ...]

    def uid(self, ref: Ref) -> Uid:
        """The UID of an object on this server."""
        return self.matching.uids[ref]

    def live_of(self, ref: Ref) -> Live | None:
        """An object as it stands, or None."""
        return self.live.get((ref.type, self.uid(ref)))


def survey(given: Given, answers: Answers) -> Survey:
    """The comparison of every object, from all that was answered."""
    matching = match(given.state, given.record, given.catalogue, answers)
    live = {
        (type_name, uid): each
        for type_name, objects in answers.objects.items()
        for uid, each in objects.items()
        if each is not None
    }
    binding = Binding(
        catalogue=given.catalogue,
        uids=matching.uids,
        users={name: uid or Uid(f"no user {name}") for name, uid in answers.users.items()},
        locales=given.facts.locales,
    )
    bodies = _managed(given.state, matching, bind(given.state, binding))
    flats = {ref: flatten(given.catalogue, ref.type, body) for ref, body in bodies.items()}
    dropped = _dropped(given, matching, live)
    comparisons = {
        ref: compare(
            given.record.get(ref.type, matching.uids[ref]) if given.record else None,
            flat,
            _live_flat(given.catalogue, ref, matching.uids[ref], live),
            _orphans(ref, dropped),
        )
        for ref, flat in flats.items()
    }
    return Survey(
        given=given,
        matching=matching,
        bodies=bodies,
        flats=flats,
        live=live,
        comparisons=comparisons,
        dropped=dropped,
    )


def _managed(state: State, matching: Matching, bodies: Mapping[Ref, Body]) -> dict[Ref, Body]:
    """A unit that was found on the server is used, not managed: nothing of it is compared or written."""
    return {
        ref: {"id": body["id"]} if ref in matching.adopted and state.objects[ref].adopt else body
        for ref, body in bodies.items()
    }


def _live_flat(catalogue: Catalogue, ref: Ref, uid: Uid, live: Mapping[tuple[str, Uid], Live]) -> Flat | None:
    stands = live.get((ref.type, uid))
    if stands is None:
        return None
    return flatten(catalogue, ref.type, stands, lambda child, member: sort_order(live, child, member))


def sort_order(live: Mapping[tuple[str, Uid], Live], child: str, uid: str) -> float | None:
    """The number of a child on the server, where it was read."""
    stands = live.get((child, Uid(uid)))
    number = stands.get("sortOrder") if stands else None
    return None if number is None else float(number)


def _dropped(given: Given, matching: Matching, live: Mapping[tuple[str, Uid], Live]) -> tuple[Dropped, ...]:
    if given.record is None:
        return ()
    wanted = {(ref.type, uid) for ref, uid in matching.uids.items()}
    return tuple(
        Dropped(type=type_name, uid=uid, recorded=recorded, live=live.get((type_name, uid)))
        for type_name, objects in given.record.objects.items()
        for uid, recorded in objects.items()
        if (type_name, uid) not in wanted
    )


def neighbours(bodies: Mapping[Ref, Body], live: Mapping[tuple[str, Uid], Live]) -> dict[str, set[Uid]]:
    """Local children whose numbers say the order of a list of ours: type → UIDs to be read as well."""
    wanted: dict[str, set[Uid]] = {}
    for ref, body in bodies.items():
        stands = live.get((ref.type, body["id"]))
        for row in oddities.NESTED if stands else ():
            if row.parent == ref.type and row.order == "sortOrder" and row.listed and stands is not None:
                members = {Uid(each["id"]) for each in stands.get(row.collection) or ()}
                wanted.setdefault(row.child, set()).update(members)
    return wanted


def is_orphaned(type_name: str) -> bool:
    """Whether an object of this type that the packages drop stays until it is pruned (grammar.md)."""
    return type_name not in oddities.LOGIC | oddities.PARTS


def _orphans(ref: Ref, dropped: tuple[Dropped, ...]) -> frozenset[str]:
    """Members of nested lists that are dropped as objects: they stay in their parent's list too."""
    return frozenset(
        paths.member(row.collection, each.uid)
        for row in oddities.NESTED
        for each in dropped
        if row.parent == ref.type and row.listed and row.child == each.type and is_orphaned(each.type)
    )
