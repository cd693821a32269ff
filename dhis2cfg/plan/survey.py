"""Everything that planning knows of one target: matched, bound, flattened and compared, object by object."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.questions import Answers, Live, ServerFacts
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.state import State
from dhis2cfg.plan.compare import Comparison, compare
from dhis2cfg.plan.matching.matcher import Matching, match
from dhis2cfg.wire import paths
from dhis2cfg.wire.bind import Binding, Body, bind, derived_places
from dhis2cfg.wire.flatten import Flat, flatten
from dhis2cfg.wire.identity import with_live_ids
from dhis2cfg.wire.judging import Judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What planning is given: what is asked for, what we wrote last, what the server is, what it accepts.

    `thresholds` are the municipality's limits of what one apply may do (`max_delete` …). `foreign` tells of
    what other fleets wrote here whose it is, by type and UID. `surveyed` remembers the last survey with the
    answers it was made from, so that what asked for it is not worked out again.
    """

    state: State
    record: Record | None
    facts: ServerFacts
    catalogue: Catalogue
    fleet: str
    environment: str
    thresholds: Mapping[str, int] = field(default_factory=dict)
    foreign: Mapping[tuple[str, Uid], str] = field(default_factory=dict)
    surveyed: list[tuple[Answers, "Survey"]] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An object that the record holds and the packages ask for no longer.

    `live` None: it is gone already, or it is `hidden` and nobody knows. `flat` is what stands, flattened.
    """

    type: str
    uid: Uid
    recorded: Recorded
    live: Live | None
    flat: Flat
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All objects, compared. `live` is by (type, UID), of what stands on the server.

    `flats` and `live_flats` are ours and the server's fields of every desired object; `unseen` are those that
    stand there and may not be read.
    """

    given: Given
    matching: Matching
    bodies: Mapping[Ref, Body]
    flats: Mapping[Ref, Flat]
    live: Mapping[tuple[str, Uid], Live]
    live_flats: Mapping[Ref, Flat | None]
    comparisons: Mapping[Ref, Comparison]
    dropped: tuple[Dropped, ...]
    unseen: frozenset[Ref] = frozenset()

    def uid(self, ref: Ref) -> Uid:
        """The UID of an object on this server."""
        return self.matching.uids[ref]

    def live_of(self, ref: Ref) -> Live | None:
        """An object as it stands, or None."""
        return self.live.get((ref.type, self.uid(ref)))

    def recorded(self, ref: Ref) -> Recorded | None:
        """What we wrote of an object last, or None."""
        record = self.given.record
        return record.get(ref.type, self.uid(ref)) if record else None

    def is_lost_unit(self, ref: Ref) -> bool:
        """Whether a unit that is found, not made, is not there to be found."""
        is_found = ref in self.matching.adopted and bool(self.given.state.objects[ref].adopt)
        return is_found and ref not in self.unseen and self.live_of(ref) is None


def survey(given: Given, answers: Answers) -> Survey:
    """The comparison of every object, from all that was answered; the same answers are looked at once."""
    if not given.surveyed or given.surveyed[0][0] is not answers:
        given.surveyed[:] = [(answers, _survey(given, answers))]
    return given.surveyed[0][1]


def _survey(given: Given, answers: Answers) -> Survey:
    matching = match(given.state, given.record, given.catalogue, answers)
    live = standing(answers)
    binding = Binding(
        catalogue=given.catalogue,
        uids=matching.uids,
        users={name: uid or Uid(f"no user {name}") for name, uid in answers.users.items()},
        locales=given.facts.locales,
    )
    judge = Judge(given.catalogue)
    bodies = _managed(given, matching, bind(given.state, binding), live)
    dropped = _dropped(given, matching, live, answers, judge)
    unseen = frozenset(ref for ref, uid in matching.uids.items() if (ref.type, uid) in answers.hidden)
    known = Survey(
        given=given,
        matching=matching,
        bodies=bodies,
        flats={ref: flatten(given.catalogue, ref.type, body, judge=judge) for ref, body in bodies.items()},
        live=live,
        live_flats={},
        comparisons={},
        dropped=dropped,
        unseen=unseen,
    )
    known = replace(known, live_flats={ref: _live_flat(known, ref, judge) for ref in bodies})
    return replace(known, comparisons={ref: _compared(known, ref, binding) for ref in bodies})


def standing(answers: Answers) -> dict[tuple[str, Uid], Live]:
    """What stands on the server, of all that was asked for."""
    return {
        (type_name, uid): each
        for type_name, objects in answers.objects.items()
        for uid, each in objects.items()
        if each is not None
    }


def _compared(known: Survey, ref: Ref, binding: Binding) -> Comparison:
    """One object; of one that may not be read, or that only others could make, nothing is known or done."""
    recorded = known.recorded(ref)
    if ref in known.unseen or known.is_lost_unit(ref):
        return Comparison(record=recorded.fields if recorded else {})
    stands = known.live_flats[ref]
    was_adopted = stands is not None and (recorded is None or "" in recorded.found)
    each = known.given.state.objects[ref]
    return compare(
        recorded,
        known.flats[ref],
        stands,
        _orphans(ref, known.dropped),
        derived_places(each, binding) if was_adopted else frozenset(),
    )


def _managed(
    given: Given, matching: Matching, bodies: Mapping[Ref, Body], live: Mapping[tuple[str, Uid], Live]
) -> dict[Ref, Body]:
    """Bodies with their children's ids as they stand; of a unit that was found nothing is managed."""
    managed: dict[Ref, Body] = {}
    for ref, body in bodies.items():
        if ref in matching.adopted and given.state.objects[ref].adopt:
            managed[ref] = {"id": body["id"]}
            continue
        last = given.record.get(ref.type, body["id"]) if given.record else None
        stands = live.get((ref.type, body["id"]), {})
        managed[ref] = with_live_ids(given.catalogue, ref.type, body, stands, last.fields if last else {})
    return managed


def _live_flat(known: Survey, ref: Ref, judge: Judge) -> Flat | None:
    """What stands; equal numbers say no order, so there the last one written holds, else the one wanted."""
    stands, last = known.live_of(ref), known.recorded(ref)
    if stands is None:
        return None
    like = ChainMap({}, dict(last.fields), known.flats[ref]) if last else known.flats[ref]
    return flatten(
        judge.catalogue,
        ref.type,
        stands,
        lambda child, member: sort_order(known.live, child, member),
        judge,
        like,
    )


def sort_order(live: Mapping[tuple[str, Uid], Live], child: str, uid: str) -> float | None:
    """The number of a child on the server, where it was read."""
    stands = live.get((child, Uid(uid)))
    number = stands.get("sortOrder") if stands else None
    return None if number is None else float(number)


def _dropped(
    given: Given,
    matching: Matching,
    live: Mapping[tuple[str, Uid], Live],
    answers: Answers,
    judge: Judge,
) -> tuple[Dropped, ...]:
    if given.record is None:
        return ()
    wanted = {(ref.type, uid) for ref, uid in matching.uids.items()}
    return tuple(
        Dropped(
            type=type_name,
            uid=uid,
            recorded=recorded,
            live=live.get((type_name, uid)),
            flat=flatten(given.catalogue, type_name, live.get((type_name, uid), {}), judge=judge),
            hidden=(type_name, uid) in answers.hidden,
        )
        for type_name, objects in given.record.objects.items()
        for uid, recorded in objects.items()
        if (type_name, uid) not in wanted
    )


def neighbours(uids: Mapping[Ref, Uid], live: Mapping[tuple[str, Uid], Live]) -> dict[str, set[Uid]]:
    """Local children whose numbers say the order of a list of ours: type → UIDs to be read as well."""
    wanted: dict[str, set[Uid]] = {}
    for ref, uid in uids.items():
        stands = live.get((ref.type, uid), {})
        for row in oddities.NESTED:
            if row.parent == ref.type and row.order == "sortOrder" and row.listed:
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
        for each in dropped
        for row in oddities.parent_lists(each.type)
        if row.parent == ref.type and row.listed and is_orphaned(each.type)
    )
