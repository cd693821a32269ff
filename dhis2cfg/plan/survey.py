"""Everything that planning knows of one target: matched, bound, flattened and compared, object by object."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.names import Combination, Ref, Uid
from dhis2cfg.model.questions import Answers, Live, Use
from dhis2cfg.model.record import Recorded
from dhis2cfg.plan.alive import alive
from dhis2cfg.plan.compare import Claim, Comparison, compare
from dhis2cfg.plan.dropping.data import data_on
from dhis2cfg.plan.dropping.dropped import Dropped, Fate
from dhis2cfg.plan.dropping.fates import Asked, fated
from dhis2cfg.plan.dropping.holding import holds_on, names_variable
from dhis2cfg.plan.given import Given
from dhis2cfg.plan.listing import desired_orders, live_orders, sort_order
from dhis2cfg.plan.matching.combinations import combination_uids, wanted_combinations
from dhis2cfg.plan.matching.matcher import Matching, match
from dhis2cfg.plan.matching.second_places import second_places
from dhis2cfg.plan.tags.complete import emptied
from dhis2cfg.plan.tags.keep import kept_lists, released
from dhis2cfg.plan.tags.once import Started, started, without_starts
from dhis2cfg.plan.tags.secrets import sent_fields, standing_fields
from dhis2cfg.wire import paths
from dhis2cfg.wire.bind import Binding, Body, bind
from dhis2cfg.wire.flatten import Flat, flatten
from dhis2cfg.wire.identity import with_live_ids
from dhis2cfg.wire.judging import Judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All objects, compared. `live` is by (type, UID), of what stands on the server.

    `flats` and `live_flats` are ours and the server's fields of every desired object; `unseen` are those that
    stand there and may not be read. `combinations` are the UIDs of the option combinations that the state
    names, or the marks that hold their places. `starts` has the starting values of the objects that have
    any; `dead` by object the groups whose entries in its sharing are dead: `live` is without them.
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
    starts: Mapping[Ref, Started] = field(default_factory=dict)
    dead: Mapping[tuple[str, Uid], tuple[str, ...]] = field(default_factory=dict)
    combinations: Mapping[Combination, Uid] = field(default_factory=dict)

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

    def is_lost(self, ref: Ref) -> bool:
        """Whether what is found, not made, is not there to be found."""
        is_found = ref in self.matching.adopted and bool(self.given.state.objects[ref].adopt)
        return is_found and ref not in self.unseen and self.live_of(ref) is None


def survey(given: Given, answers: Answers) -> Survey:
    """The comparison of every object, from all that was answered; the same answers are looked at once."""
    if not given.surveyed or given.surveyed[0][0] is not answers:
        given.surveyed[:] = [(answers, _survey(given, answers))]
    known: Survey = given.surveyed[0][1]
    return known


def _survey(given: Given, answers: Answers) -> Survey:
    matching = match(given.state, given.record, given.catalogue, answers)
    live, dead = alive(answers, given.facts.account, matching.uids)
    wanted = wanted_combinations(given.state, given.named, matching.uids, answers)
    combinations = combination_uids(wanted, answers)
    binding = Binding(
        catalogue=given.catalogue,
        uids=matching.uids,
        users={name: uid or Uid(f"no user {name}") for name, uid in answers.users.items()},
        locales=given.facts.locales,
        combinations=combinations,
        defaults=answers.defaults,
    )
    judge = Judge(given.catalogue)
    bodies = _managed(given, matching, bind(given.state, binding), live)
    orders = desired_orders(given.state, matching.uids)
    flats = {ref: _flat(given, ref, body, judge) | orders.get(ref, {}) for ref, body in bodies.items()}
    unseen = frozenset(ref for ref, uid in matching.uids.items() if (ref.type, uid) in answers.hidden)
    known = Survey(
        given=given,
        matching=matching,
        bodies=bodies,
        flats=flats,
        live=live,
        live_flats={},
        comparisons={},
        dropped=_dropped(given, matching, live, answers, judge),
        unseen=unseen,
        dead=dead,
        combinations=combinations,
    )
    known = replace(known, flats=_with_sent(known, answers), live_flats=_live_flats(known, judge))
    known = replace(known, starts=_starts(known, binding, judge), dropped=_fated(known, answers))
    return replace(known, comparisons={ref: _compared(known, ref, binding) for ref in bodies})


def _with_sent(known: Survey, answers: Answers) -> dict[Ref, Flat]:
    """All fields, and what the record is to hold of the parts with secrets."""
    return {
        ref: flat | sent_fields(ref.type, known.bodies[ref], known.recorded(ref), answers)
        for ref, flat in known.flats.items()
    }


def _flat(given: Given, ref: Ref, body: Body, judge: Judge) -> Flat:
    return flatten(given.catalogue, ref.type, body, judge=judge)


def _starts(known: Survey, binding: Binding, judge: Judge) -> dict[Ref, Started]:
    """The starting values of every object that has any."""
    state = known.given.state
    plain = without_starts(state)
    if plain is None:
        return {}
    bodies = _managed(known.given, known.matching, bind(plain, binding), known.live)
    return {
        ref: started(
            known.recorded(ref),
            known.flats[ref],
            _flat(known.given, ref, bodies[ref], judge),
            known.live_flats[ref],
        )
        for ref, each in state.objects.items()
        if plain.objects[ref] is not each
    }


def _compared(known: Survey, ref: Ref, binding: Binding) -> Comparison:
    """One object; of one that may not be read, or that only others could make, nothing is known or done."""
    recorded = known.recorded(ref)
    if ref in known.unseen or known.is_lost(ref):
        return Comparison(record=recorded.fields if recorded else {})
    stands, desired = known.live_flats[ref], known.flats[ref]
    each, catalogue = known.given.state.objects[ref], known.given.catalogue
    if ref in known.starts:
        recorded, desired = known.starts[ref].recorded, known.starts[ref].desired
    gone = (
        emptied(catalogue, ref.type, desired, stands, recorded) if each.complete and stands else frozenset()
    )
    claim = Claim(
        orphans=_orphans(ref, known.dropped),
        derived=second_places(each, binding, recorded, desired, stands) if stands else frozenset(),
        released=released(catalogue, each, known.bodies[ref], recorded) if recorded else frozenset(),
        emptied=gone,
    )
    return compare(recorded, desired, stands, claim)


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


def _live_flats(known: Survey, judge: Judge) -> dict[Ref, Flat | None]:
    """Of every object what stands, with the order of lists that only their members tell."""
    state, uids = known.given.state, known.matching.uids
    last = {ref: _sequences(known, ref) for ref in known.flats}
    orders = live_orders(state, uids, known.live, last)
    flats: dict[Ref, Flat | None] = {}
    for ref in known.bodies:
        flat = _live_flat(known, ref, judge)
        sent = standing_fields(ref.type, known.recorded(ref))
        flats[ref] = None if flat is None else flat | orders.get(ref, {}) | sent
    return flats


def _sequences(known: Survey, ref: Ref) -> Mapping[str, tuple[str, ...]]:
    """The sequences last written, else those wanted."""
    last = known.recorded(ref)
    fields = ChainMap({}, dict(last.fields), known.flats[ref]) if last else known.flats[ref]
    return {path: tuple(value) for path, value in fields.items() if path.endswith(paths.ORDER)}


def _live_flat(known: Survey, ref: Ref, judge: Judge) -> Flat | None:
    """What stands; equal numbers say no order, so there the last one written holds, else the one wanted."""
    stands = known.live_of(ref)
    if stands is None:
        return None
    return flatten(
        judge.catalogue,
        ref.type,
        stands,
        lambda child, member: sort_order(known.live, child, member),
        judge,
        _sequences(known, ref),
    )


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


def _fated(known: Survey, answers: Answers) -> tuple[Dropped, ...]:
    """What becomes of the dropped objects, by what the answers tell so far."""
    refs = {(ref.type, uid): ref for ref, uid in known.matching.uids.items()}
    objects = known.given.state.objects

    def holds(use: Use, each: Dropped) -> bool:
        ref = refs.get((use.type, use.uid))
        live = known.live_flats[ref] if ref else None
        if ref is None or live is None:
            return True
        if each.type == "programRuleVariables":
            return names_variable(each, {**live, **known.flats[ref]}.get(use.by))
        return holds_on(ref.type, each.uid, known.recorded(ref), known.flats[ref], live)

    kept = {ref: names for ref, each in objects.items() if (names := kept_lists(each))}
    asked = Asked(
        prune=known.given.prune,
        foreign=known.given.foreign,
        lists={key: kept[ref] for key, ref in refs.items() if ref in kept},
        data=lambda each: data_on(each, answers),
        holds_on=holds,
        uses=answers.uses,
    )
    return fated(known.dropped, asked)


def _orphans(ref: Ref, dropped: tuple[Dropped, ...]) -> frozenset[str]:
    """Members of nested lists that are dropped as objects and stay: they stay in their parent's list too."""
    return frozenset(
        paths.member(row.collection, each.uid)
        for each in dropped
        for row in oddities.parent_lists(each.type)
        if row.parent == ref.type and row.listed and each.fate in (Fate.ORPHAN, Fate.HIDDEN)
    )
